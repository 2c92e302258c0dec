import { once } from 'node:events'
import { Readable } from 'node:stream'
import fastifyCompress from '@fastify/compress'
import { createNegotiation, sendContent } from '@http-semantics/express'
import compression from 'compression'
import Express from 'express'
import koaCompress from 'koa-compress'
import { describe, expect, it } from 'vitest'
import { address, serve, start, type App } from './apps.ts'
import { frameworks } from './hosts.ts'
import { listen } from './violations.ts'
import { exchange, field, open, pipeline, requestText, send } from './wire.ts'

const content = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251))
const lastModified = new Date('2026-06-10T12:00:00Z')
const etag = '"v7"'

/** The streams that were opened, and what became of them. */
const opened: Readable[] = []

const stream = {
  length: content.length,
  read({ start: from, end }: { readonly start: number; readonly end: number }): Readable {
    // Several chunks, so that a part is more than one.
    const bytes = content.subarray(from, end + 1)
    const chunks = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, index) =>
      bytes.subarray(index * 100, index * 100 + 100),
    )
    const source = Readable.from(chunks, { objectMode: false })
    opened.push(source)
    return source
  },
}

/** Goes on until its reader goes. */
const endless = {
  length: 1e9,
  read: (): Readable => {
    const source = new Readable({ read: () => void source.push(Buffer.alloc(65_536)) })
    opened.push(source)
    return source
  },
}

const failing = {
  length: 1000,
  read: (): Readable =>
    new Readable({
      read() {
        this.destroy(new Error('the disk is gone'))
      },
    }),
}

const type = 'application/octet-stream'

const app: App = {
  routes: [
    ['GET', '/bytes', (reply) => reply.sendContent({ content, type, etag, lastModified })],
    ['GET', '/stream', (reply) => reply.sendContent({ content: stream, type, etag, lastModified })],
    ['POST', '/bytes', (reply) => reply.sendContent({ content, type, etag })],
    ['GET', '/weak', (reply) => reply.sendContent({ content, type, etag: 'W/"v7"', lastModified })],
    [
      'GET',
      '/dated',
      (reply) => reply.sendContent({ content, type, lastModified, dateIsStrong: true }),
    ],
    ['GET', '/empty', (reply) => reply.sendContent({ content: new Uint8Array(), type })],
    ['GET', '/few', (reply) => reply.sendContent({ content, type, limits: { maxRanges: 2 } })],
    ['GET', '/endless', (reply) => reply.sendContent({ content: endless, type })],
    ['GET', '/failing', (reply) => reply.sendContent({ content: failing, type })],
    [
      'GET',
      '/view',
      (reply) =>
        reply.sendContent({ content: new Uint8Array(content.buffer, content.byteOffset + 1, 5) }),
    ],
    ['GET', '/next', (reply) => reply.send(200, 'next')],
    [
      'GET',
      '/chosen',
      (reply) => {
        const negotiation = createNegotiation([
          { type: 'text/plain', language: 'en' },
          { type: 'text/html', language: 'en' },
        ])
        reply.set('Cache-Control', 'max-age=60')
        const { type: chosen } = reply.negotiate(negotiation)
        return reply.sendContent({ content: stream, type: chosen, etag })
      },
    ],
  ],
}

/** The parts of a `multipart/byteranges`, read as RFC 2046 section 5.1.1 has it. */
function partsOf(bytes: Buffer, contentType = ''): { range: string; bytes: Buffer }[] {
  const [, boundary = ''] = /^multipart\/byteranges; boundary=([\w-]+)$/.exec(contentType) ?? []
  const text = bytes.toString('latin1')
  const pieces = text.split(`--${boundary}`)
  expect(pieces.at(0)).toBe('')
  expect(pieces.at(-1)).toBe('--\r\n')
  return pieces.slice(1, -1).map((piece) => {
    const end = piece.indexOf('\r\n\r\n')
    const [, range = ''] = /\r\nContent-Range: (.*)/.exec(piece.slice(0, end)) ?? []
    expect(piece.slice(0, end)).toContain(`Content-Type: ${type}`)
    return { range, bytes: Buffer.from(piece.slice(end + 4, -2), 'latin1') }
  })
}

const asked = async (
  port: number,
  target: string,
  fields: Readonly<Record<string, string>>,
  method = 'GET',
) => {
  const [answer, next] = await pipeline(port, [
    { method, target, fields },
    { method: 'GET', target: '/next' },
  ])
  expect(next?.content).toBe('next')
  if (answer === undefined) throw new Error('No answer')
  return answer
}

describe.each(frameworks)('sendContent() on %s', (framework) => {
  describe.each(['/bytes', '/stream'])('of %s', (target) => {
    it.each<[string, string, number, number]>([
      ['the first byte', 'bytes=0-0', 0, 0],
      ['a range', 'bytes=100-199', 100, 199],
      ['the rest', 'bytes=990-', 990, 999],
      ['a suffix', 'bytes=-10', 990, 999],
      ['a suffix longer than all', 'bytes=-5000', 0, 999],
      ['an end behind the end', 'bytes=995-5000', 995, 999],
      ['ranges that overlap', 'bytes=0-99,50-149', 0, 149],
      ['ranges that touch', 'bytes=0-99,100-199', 0, 199],
      ['one that is there among others', 'bytes=5000-,0-9', 0, 9],
    ])('sends %s', async (_name, range, first, last) => {
      const violations = listen()
      const answer = await asked(await start(framework, app), target, { Range: range })
      expect(answer.status).toBe(206)
      expect(answer.bytes.equals(content.subarray(first, last + 1))).toBe(true)
      expect(field(answer, 'Content-Range')).toBe(`bytes ${first}-${last}/1000`)
      expect(field(answer, 'Content-Length')).toBe(String(last - first + 1))
      expect(field(answer, 'Content-Type')).toBe(type)
      expect(field(answer, 'ETag')).toBe(etag)
      expect(field(answer, 'Last-Modified')).toBe(lastModified.toUTCString())
      expect(field(answer, 'Accept-Ranges')).toBe('bytes')
      expect(violations).toEqual([])
    })

    it.each<[string, string, [number, number][]]>([
      [
        'the first and the last byte',
        'bytes=0-0,-1',
        [
          [0, 0],
          [999, 999],
        ],
      ],
      [
        'ranges in the order asked for',
        'bytes=500-599,0-9,-1',
        [
          [500, 599],
          [0, 9],
          [999, 999],
        ],
      ],
      [
        'as many as there may be',
        `bytes=${Array.from({ length: 20 }, (_, index) => `${index * 10}-${index * 10}`).join()}`,
        Array.from({ length: 20 }, (_, index) => [index * 10, index * 10]),
      ],
    ])('sends %s in parts', async (_name, range, ranges) => {
      const violations = listen()
      const answer = await asked(await start(framework, app), target, { Range: range })
      expect(answer.status).toBe(206)
      expect(field(answer, 'Content-Range')).toBeUndefined()
      expect(field(answer, 'Content-Length')).toBe(String(answer.bytes.length))
      const parts = partsOf(answer.bytes, field(answer, 'Content-Type'))
      expect(parts.map((part) => part.range)).toEqual(
        ranges.map(([first, last]) => `bytes ${first}-${last}/1000`),
      )
      for (const [index, [first, last]] of ranges.entries()) {
        expect(parts[index]?.bytes.equals(content.subarray(first, last + 1))).toBe(true)
      }
      expect(violations).toEqual([])
    })

    it.each<[string, Record<string, string>, string?]>([
      ['no Range', {}],
      ['another unit', { Range: 'lines=0-9' }],
      ['a Range that is none', { Range: 'bytes=9-0' }],
      ['an If-Range that does not hold', { Range: 'bytes=0-9', 'If-Range': '"v6"' }],
      ['an If-Range with a date', { Range: 'bytes=0-9', 'If-Range': lastModified.toUTCString() }],
      [
        'more ranges than there may be',
        {
          Range: `bytes=${Array.from({ length: 100 }, (_, index) => `${index * 9}-${index * 9}`).join()}`,
        },
      ],
      ['HEAD', { Range: 'bytes=0-9' }, 'HEAD'],
      ['HEAD of what is not there', { Range: 'bytes=5000-' }, 'HEAD'],
    ])('sends all to %s', async (_name, fields, method = 'GET') => {
      opened.length = 0
      const answer = await asked(await start(framework, app), target, fields, method)
      expect([answer.status, field(answer, 'Content-Range')]).toEqual([200, undefined])
      expect(field(answer, 'Content-Length')).toBe('1000')
      expect(field(answer, 'Content-Type')).toBe(type)
      expect(field(answer, 'ETag')).toBe(etag)
      expect(field(answer, 'Accept-Ranges')).toBe('bytes')
      expect(answer.bytes.equals(method === 'HEAD' ? Buffer.alloc(0) : content)).toBe(true)
      // Nothing is opened for HEAD.
      expect(opened).toHaveLength(target === '/stream' && method === 'GET' ? 1 : 0)
    })

    it('sends the part that an If-Range agrees to', async () => {
      const fields = { Range: 'bytes=0-9', 'If-Range': etag }
      const answer = await asked(await start(framework, app), target, fields)
      expect([answer.status, answer.bytes.length]).toEqual([206, 10])
    })

    it('answers 416 with the length', async () => {
      const answer = await asked(await start(framework, app), target, { Range: 'bytes=1000-' })
      expect([answer.status, JSON.parse(answer.content)]).toMatchObject([416, { status: 416 }])
      expect(field(answer, 'Content-Range')).toBe('bytes */1000')
      expect(field(answer, 'Accept-Ranges')).toBe('bytes')
      expect(field(answer, 'ETag')).toBeUndefined()
    })

    it.each<[Record<string, string>, number]>([
      [{ 'If-None-Match': etag, Range: 'bytes=0-9' }, 304],
      [{ 'If-Modified-Since': lastModified.toUTCString() }, 304],
      [{ 'If-Match': '"v6"', Range: 'bytes=0-9' }, 412],
      [{ 'If-Match': etag }, 200],
    ])('keeps to the preconditions %o: %i', async (fields, status) => {
      const violations = listen()
      const port = await start(framework, app)
      for (const method of ['GET', 'HEAD']) {
        const answer = await asked(port, target, fields, method)
        expect(answer.status).toBe(status)
        if (status === 412) continue
        expect(field(answer, 'ETag')).toBe(etag)
        if (status === 304) {
          expect(answer.bytes.length).toBe(0)
          expect(field(answer, 'Content-Type')).toBeUndefined()
          expect(field(answer, 'Content-Length')).toBeUndefined()
        }
      }
      expect(violations).toEqual([])
    })
  })

  it.each<[string, string, Record<string, string>, number, string]>([
    ['POST, whose answer has no ranges', '/bytes', { Range: 'bytes=0-9' }, 200, 'POST'],
    ['POST, which is done by now', '/bytes', { 'If-None-Match': etag }, 200, 'POST'],
    ['a weak entity tag', '/weak', { Range: 'bytes=0-9', 'If-Range': 'W/"v7"' }, 200, 'GET'],
    [
      'a date that is strong',
      '/dated',
      { Range: 'bytes=0-9', 'If-Range': lastModified.toUTCString() },
      206,
      'GET',
    ],
    ['empty content', '/empty', { Range: 'bytes=0-9' }, 200, 'GET'],
    ['no more ranges than its limit', '/few', { Range: 'bytes=0-0,2-2' }, 206, 'GET'],
    ['more ranges than its limit', '/few', { Range: 'bytes=0-0,2-2,4-4' }, 200, 'GET'],
  ])('takes %s as it should', async (_name, target, fields, status, method) => {
    const answer = await asked(await start(framework, app), target, fields, method)
    expect(answer.status).toBe(status)
  })

  it('says of a 304 what guides a cache, and nothing of the content that was chosen', async () => {
    const violations = listen()
    const fields = { Accept: 'text/plain', 'If-None-Match': etag }
    const answer = await asked(await start(framework, app), '/chosen', fields)
    expect(answer.status).toBe(304)
    expect(field(answer, 'Content-Type')).toBeUndefined()
    expect(field(answer, 'Content-Language')).toBeUndefined()
    expect(field(answer, 'ETag')).toBe(etag)
    expect(field(answer, 'Cache-Control')).toBe('max-age=60')
    expect(field(answer, 'Vary')).toMatch(/\bAccept\b/)
    expect(violations).toEqual([])
  })

  it('sends the bytes of a view, and no others', async () => {
    const answer = await asked(await start(framework, app), '/view', {})
    expect([...answer.bytes]).toEqual([1, 2, 3, 4, 5])
  })

  it.each(['bytes=0-', 'bytes=0-499999999,600000000-'])(
    'closes the source of %s when the client goes',
    async (range) => {
      const port = await start(framework, app)
      opened.length = 0
      const socket = await open(port)
      socket.write(requestText({ method: 'GET', target: '/endless', fields: { Range: range } }))
      await once(socket, 'data')
      socket.destroy()
      await expect.poll(() => opened.map(({ destroyed }) => destroyed)).toEqual([true])
    },
  )

  // Koa cuts the connection itself.
  it('answers 500 where the source fails before its first byte', async () => {
    const port = await start(framework, app)
    const raw = await exchange(port, requestText({ method: 'GET', target: '/failing' }))
    if (framework === 'koa') expect(raw).toBe('')
    else expect(raw).toMatch(/^HTTP\/1\.1 500 /)
    expect((await send(port, { method: 'GET', target: '/next' })).content).toBe('next')
  })
})

it('closes the source of a client that has gone before it is opened, on Express', async () => {
  const app = Express()
  opened.length = 0
  let isDone = false
  app.get('/', (request, response) =>
    once(response, 'close')
      .then(() => sendContent(request, response, { content: endless }))
      .then(() => (isDone = true)),
  )
  const port = await serve(app.listen(address.port, address.host))
  const socket = await open(port)
  socket.write(requestText({ method: 'GET', target: '/' }))
  setTimeout(() => socket.destroy(), 50)
  await expect.poll(() => opened.map(({ destroyed }) => destroyed)).toEqual([true])
  await expect.poll(() => isDone).toBe(true)
})

describe.each(frameworks)('sendContent() next to compression on %s', (framework) => {
  const plain: App = {
    routes: [
      [
        'GET',
        '/',
        (reply) =>
          reply.sendContent({ content: Buffer.alloc(5000), type: 'text/plain', etag: '"v7"' }),
      ],
    ],
    behind: {
      express: (app) => app.use(compression({ threshold: 0 })),
      koa: (app) => void app.use(koaCompress({ threshold: 0 })),
      fastify: (app) => app.register(fastifyCompress, { threshold: 0 }),
    },
  }

  it.each([
    ['all', {}, 'gzip', 200],
    ['a range', { Range: 'bytes=0-2999' }, undefined, 206],
    ['several', { Range: 'bytes=0-2999,4000-' }, undefined, 206],
    ['all, if it is what was compressed', { 'If-Match': '"v7-gzip"' }, 'gzip', 200],
    ['no range of what was compressed', { Range: 'bytes=0-9', 'If-Match': '"v7-gzip"' }, '', 412],
    ['all, if it is what was not', { 'If-Match': '"v6", "v7"' }, 'gzip', 200],
    ['nothing, if it is another', { 'If-Match': '"v6-gzip"' }, '', 412],
  ])('sends %s as it should', async (_name, fields, coding, status) => {
    const answer = await send(await start(framework, plain), {
      method: 'GET',
      target: '/',
      fields: { ...fields, 'Accept-Encoding': 'gzip' },
    })
    expect(answer.status).toBe(status)
    if (coding !== '') {
      expect(field(answer, 'Content-Encoding')).toBe(coding)
      expect(field(answer, 'Vary')?.toLowerCase()).toBe('accept-encoding')
    }
    if (coding === undefined) expect(answer.bytes.length).toBeGreaterThanOrEqual(3000)
  })
})
