import { createServer, type RequestListener } from 'node:http'
import { gunzipSync, gzipSync } from 'node:zlib'
import fastifyCompress from '@fastify/compress'
import { hello } from '@http-semantics/example-shared'
import compression from 'compression'
import koaCompress from 'koa-compress'
import { describe, expect, inject, it } from 'vitest'
import { address, serve, start, type App, type Neighbours } from './apps.ts'
import { frameworks, type Framework } from './hosts.ts'
import { examples } from './examples.ts'
import { recordRequests, startNginx, type Cache, type Forwarded } from './nginx.ts'
import { field, send, type WireAnswer } from './wire.ts'

const { nginx } = inject('peers')

/** A cache in front of an origin, and the requests that reach the origin. */
interface Proxied extends Cache {
  readonly origin: number
  readonly forwarded: readonly Forwarded[]
}

async function proxy(origin: number): Promise<Proxied> {
  return { ...(await startNginx(nginx ?? '', origin)), origin, forwarded: recordRequests(origin) }
}

/** The cache in front of an example. */
const proxyExample = async (framework: Framework): Promise<Proxied> =>
  proxy(await serve(await examples[framework](address)))

/** The cache in front of a server that shows what the others have to do right. */
const proxyNaive = async (listener: RequestListener): Promise<Proxied> =>
  proxy(await serve(createServer(listener).listen(address.port, address.host)))

const get = (
  port: number,
  target: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<WireAnswer> => send(port, { method: 'GET', target, fields })

/** What the cache did: `MISS`, `HIT`, `REVALIDATED` by a 304, `EXPIRED` and replaced by another 200. */
const did = (answer: WireAnswer): string | undefined =>
  // In a 416 of its own nginx says it twice.
  field(answer, 'X-Cache')?.split(', ', 1)[0]

/** Asks until the stored answer is stale. */
async function getStale(
  port: number,
  target: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<WireAnswer> {
  const begun = Date.now()
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const answer = await get(port, target, fields)
    if (did(answer) !== 'HIT') return answer
    if (Date.now() - begun > 6000) throw new Error('It does not become stale')
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const file = '/files/hello.txt'
const { content, etag } = hello

const long = 'content '.repeat(500)

/** What describes a representation, and its content. */
const described = (answer: WireAnswer): unknown => [
  answer.status,
  ...['Content-Type', 'Content-Language', 'Content-Encoding', 'Content-Range', 'ETag'].map((name) =>
    field(answer, name),
  ),
  answer.bytes.toString('latin1'),
]

describe.skipIf(nginx === undefined)('nginx', { timeout: 20_000 }, () => {
  describe.each(frameworks)('in front of the %s example', (framework) => {
    it('revalidates what is stale with a 304, and gets what has changed', async () => {
      const cache = await proxyExample(framework)
      const note = '/notes/1'
      const first = await get(cache.brief, file)
      expect([did(first), first.status, first.bytes.equals(content)]).toEqual(['MISS', 200, true])
      const before = await get(cache.brief, note)
      const put = await send(cache.brief, {
        method: 'PUT',
        target: note,
        fields: { 'Content-Type': 'application/json', 'If-Match': field(before, 'ETag') ?? '' },
        content: '{"text":"changed"}',
      })
      expect(put.status).toBe(200)

      const stale = await getStale(cache.brief, file)
      expect(did(stale)).toBe('REVALIDATED')
      expect(described(stale)).toEqual(described(first))
      expect(field(stale, 'Last-Modified')).toBe(hello.lastModified.toUTCString())
      // The 304 has made it fresh again.
      expect(did(await get(cache.brief, file))).toBe('HIT')

      const after = await getStale(cache.brief, note)
      expect([did(after), after.content]).toEqual(['EXPIRED', put.content])
      expect(field(after, 'ETag')).toBe(field(put, 'ETag'))
      expect(cache.forwarded).toMatchObject([
        { target: file, status: 200 },
        { target: note, status: 200 },
        { target: note, status: 200 },
        {
          target: file,
          status: 304,
          headers: {
            'if-none-match': etag,
            'if-modified-since': hello.lastModified.toUTCString(),
          },
        },
        { target: note, status: 200, headers: { 'if-none-match': field(before, 'ETag') } },
      ])
    })

    it.each<readonly [string, Readonly<Record<string, string>>, number]>([
      ['a range', { Range: 'bytes=100-199' }, 206],
      ['a suffix', { Range: 'bytes=-10' }, 206],
      ['one that begins behind the end', { Range: 'bytes=99999-' }, 416],
      ['a range, if it is this representation', { Range: 'bytes=0-9', 'If-Range': etag }, 206],
      ['a range, if it is another one', { Range: 'bytes=0-9', 'If-Range': '"other"' }, 200],
      ['a range, if its tag is weak', { Range: 'bytes=0-9', 'If-Range': `W/${etag}` }, 200],
      ['nothing new', { 'If-None-Match': `"other", W/${etag}` }, 304],
    ])('answers %s from its store as the example does', async (_name, fields, status) => {
      const cache = await proxyExample(framework)
      await get(cache.lasting, file)
      const cached = await get(cache.lasting, file, fields)
      expect([did(cached), cached.status]).toEqual(['HIT', status])
      expect(cache.forwarded).toHaveLength(1)
      const direct = await get(cache.origin, file, fields)
      if (status === 416) {
        expect(field(direct, 'Content-Range')).toBe(field(cached, 'Content-Range'))
        expect(direct.status).toBe(416)
      } else if (status === 304) {
        expect([direct.status, field(direct, 'ETag')]).toEqual([304, field(cached, 'ETag')])
      } else {
        expect(described(cached)).toEqual(described(direct))
      }
    })

    it('cuts several ranges as the example does', async () => {
      const cache = await proxyExample(framework)
      await get(cache.lasting, file)
      const fields = { Range: 'bytes=0-9,500-599,-5' }
      const cached = await get(cache.lasting, file, fields)
      const direct = await get(cache.origin, file, fields)
      expect([did(cached), cached.status, direct.status]).toEqual(['HIT', 206, 206])
      const expected = [
        ['bytes 0-9/1671', content.subarray(0, 10).toString()],
        ['bytes 500-599/1671', content.subarray(500, 600).toString()],
        ['bytes 1666-1670/1671', content.subarray(-5).toString()],
      ]
      expect(partsOf(cached)).toEqual(expected)
      expect(partsOf(direct)).toEqual(expected)
    })

    it('puts together what it gets in slices', async () => {
      const cache = await proxyExample(framework)
      const whole = await get(cache.sliced, file)
      expect([whole.status, whole.bytes.equals(content)]).toEqual([200, true])
      expect(cache.forwarded.map(({ status, headers: { range } }) => [status, range])).toEqual([
        [206, 'bytes=0-511'],
        [206, 'bytes=512-1023'],
        [206, 'bytes=1024-1535'],
        [206, 'bytes=1536-2047'],
      ])
      const part = await get(cache.sliced, file, { Range: 'bytes=500-1499' })
      expect(part.status).toBe(206)
      expect(part.bytes.equals(content.subarray(500, 1500))).toBe(true)
      // A slice that is stale is asked for with both a range and a condition.
      const stale = await getStale(cache.sliced, file)
      expect([did(stale), stale.bytes.equals(content)]).toEqual(['REVALIDATED', true])
      expect(cache.forwarded.slice(4).every(({ status }) => status === 304)).toBe(true)
    })

    it('keeps the languages and types of a page apart', async () => {
      const cache = await proxyExample(framework)
      const target = '/status/404'
      const kinds = [
        { 'Accept-Language': 'zh-TW' },
        { 'Accept-Language': 'en' },
        { 'Accept-Language': 'zh-TW', Accept: 'application/json' },
        { 'Accept-Language': 'en', Accept: 'text/plain' },
        { 'Accept-Language': 'en', Accept: 'image/png' },
      ]
      const direct: unknown[] = []
      for (const kind of kinds) {
        // oxlint-disable no-await-in-loop
        direct.push(described(await get(cache.origin, target, kind)))
        expect(did(await get(cache.lasting, target, kind))).toBe('MISS')
        // oxlint-enable no-await-in-loop
      }
      // They are five different ones, and stay so.
      expect(new Set(direct.map((one) => JSON.stringify(one))).size).toBe(5)
      for (const [index, kind] of kinds.entries()) {
        // oxlint-disable-next-line no-await-in-loop
        const cached = await get(cache.lasting, target, kind)
        expect(described(cached)).toEqual(direct[index])
        // Nobody said how long a 406 may be kept.
        expect(did(cached)).toBe(cached.status === 406 ? 'MISS' : 'HIT')
      }
    })
  })

  const compressors: Neighbours = {
    express: (app) => app.use(compression()),
    koa: (app) => app.use(koaCompress()),
    fastify: (app) => app.register(fastifyCompress),
  }
  const app: App = {
    behind: compressors,
    rules: { entityTags: 'strong' },
    routes: [
      [
        'GET',
        '/text',
        (reply) => {
          reply.set('Cache-Control', 'max-age=1')
          return reply.sendContent({ content: Buffer.from(long), type: 'text/plain', etag: '"v1"' })
        },
      ],
    ],
  }
  const gzip = { 'Accept-Encoding': 'gzip' }

  describe.each(frameworks)('in front of a %s app that compresses', (framework) => {
    it('keeps the codings apart, and revalidates each by its own tag', async () => {
      const cache = await proxy(await start(framework, app))
      const check = (answer: WireAnswer, coding: string | undefined): void => {
        expect([answer.status, field(answer, 'Content-Encoding')]).toEqual([200, coding])
        expect(field(answer, 'ETag')).toBe(coding === undefined ? '"v1"' : '"v1-gzip"')
        const text = coding === undefined ? answer.bytes : gunzipSync(answer.bytes)
        expect(text.toString()).toBe(long)
      }
      for (const round of ['MISS', 'REVALIDATED']) {
        // oxlint-disable no-await-in-loop
        const coded = await getStale(cache.lasting, '/text', gzip)
        const plain = await getStale(cache.lasting, '/text')
        // oxlint-enable no-await-in-loop
        expect([did(coded), did(plain)]).toEqual([round, round])
        check(coded, 'gzip')
        check(plain, undefined)
      }
      expect(cache.forwarded.map(({ status }) => status)).toEqual([200, 200, 304, 304])
      expect(cache.forwarded.map(({ headers }) => headers['if-none-match'])).toEqual([
        undefined,
        undefined,
        '"v1-gzip"',
        '"v1"',
      ])
    })

    it('does not complete the one by a range of the other', async () => {
      const cache = await proxy(await start(framework, app))
      const coded = await get(cache.lasting, '/text', gzip)
      await get(cache.lasting, '/text')
      const range = { Range: 'bytes=0-9', 'If-Range': field(coded, 'ETag') ?? '' }
      const other = await get(cache.lasting, '/text', range)
      expect([did(other), other.status, other.content]).toEqual(['HIT', 200, long])
      const same = await get(cache.lasting, '/text', { ...range, 'If-Range': '"v1"' })
      expect([did(same), same.status, same.content]).toEqual(['HIT', 206, long.slice(0, 10)])
    })
  })

  it('lets a 304 say how long an answer is fresh', async () => {
    const cache = await proxyNaive((request, response) => {
      const isAsked = request.headers['if-none-match'] !== undefined
      response.setHeader('ETag', '"v1"').setHeader('Cache-Control', `max-age=${isAsked ? 60 : 1}`)
      response.writeHead(isAsked ? 304 : 200).end(isAsked ? undefined : 'content')
    })
    await get(cache.lasting, '/')
    expect(did(await getStale(cache.lasting, '/'))).toBe('REVALIDATED')
    await new Promise((resolve) => setTimeout(resolve, 2100))
    expect(did(await get(cache.lasting, '/'))).toBe('HIT')
  })

  // What the tests above would see of servers that do it wrong.
  describe('in front of a naive server', () => {
    it('cannot revalidate what has no validator', async () => {
      const cache = await proxyNaive((_request, response) => void response.end('content'))
      await get(cache.brief, '/')
      expect(did(await getStale(cache.brief, '/'))).toBe('EXPIRED')
    })

    it('mixes up languages that no Vary tells apart', async () => {
      const cache = await proxyNaive(({ headers }, response) => {
        response.end(headers['accept-language'])
      })
      await get(cache.lasting, '/', { 'Accept-Language': 'zh-TW' })
      const answer = await get(cache.lasting, '/', { 'Accept-Language': 'en' })
      expect([did(answer), answer.content]).toEqual(['HIT', 'zh-TW'])
    })

    it('completes one coding by a range of another where both have one tag', async () => {
      const cache = await proxyNaive(({ headers }, response) => {
        response.setHeader('ETag', '"v1"').setHeader('Accept-Ranges', 'bytes')
        response.setHeader('Vary', 'Accept-Encoding')
        response.end(headers['accept-encoding'] === undefined ? long : gzipSync(long))
      })
      await get(cache.lasting, '/', gzip)
      await get(cache.lasting, '/')
      const range = { Range: 'bytes=0-9', 'If-Range': '"v1"' }
      expect((await get(cache.lasting, '/', range)).status).toBe(206)
    })

    it('gives up slices that have different tags', async () => {
      const bytes = Buffer.alloc(2000)
      const cache = await proxyNaive(({ headers }, response) => {
        const [, from = 0] = /bytes=(\d+)/.exec(headers.range ?? '') ?? []
        const part = bytes.subarray(Number(from), Number(from) + 512)
        response.setHeader('ETag', `"${from}"`)
        const last = Number(from) + part.length - 1
        response.setHeader('Content-Range', `bytes ${from}-${last}/2000`)
        response.writeHead(206).end(part)
      })
      expect((await get(cache.sliced, '/')).bytes).toHaveLength(512)
    })
  })
})

/** The parts of a `multipart/byteranges`: what each is, and its text. */
function partsOf(answer: WireAnswer): string[][] {
  const [, boundary = ''] =
    /^multipart\/byteranges; boundary=(\S+)$/.exec(field(answer, 'Content-Type') ?? '') ?? []
  expect(boundary).not.toBe('')
  return answer.bytes
    .toString()
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const end = part.indexOf('\r\n\r\n')
      expect(part.slice(0, end)).toContain('Content-Type: text/plain; charset=utf-8')
      const [, range = ''] = /\r\nContent-Range: (.*)/.exec(part.slice(0, end)) ?? []
      return [range, part.slice(end + 4, -2)]
    })
}
