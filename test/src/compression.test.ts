import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import fastifyCompress from '@fastify/compress'
import compression from 'compression'
import koaCompress from 'koa-compress'
import { describe, expect, it } from 'vitest'
import { start, type App, type Neighbours } from './apps.ts'
import { frameworks } from './hosts.ts'
import { Sources } from './sources.ts'
import { listen } from './violations.ts'
import { field, pipeline, send, type WireAnswer } from './wire.ts'

const neighbours: Neighbours = {
  express: (app) => app.use(compression()),
  koa: (app) => app.use(koaCompress()),
  fastify: (app) => app.register(fastifyCompress),
}

const long = 'content '.repeat(500)
const etag = '"v1"'

const routes = (sources: Sources): App['routes'] => [
  [
    'GET',
    '/text',
    (reply) => {
      reply.set('ETag', etag)
      reply.send(200, long)
    },
  ],
  ['GET', '/json', (reply) => reply.send(200, { long })],
  ['GET', '/page', (reply) => reply.send(404, long)],
  [
    'GET',
    '/bytes',
    (reply) => {
      reply.set('Content-Type', 'text/plain')
      reply.send(200, Buffer.from(long))
    },
  ],
  [
    'GET',
    '/stream',
    (reply) => {
      reply.set('Content-Type', 'text/plain')
      reply.send(200, Readable.from([long.slice(0, 2000), long.slice(2000)]))
    },
  ],
  [
    'GET',
    '/endless',
    (reply) => {
      reply.set('Content-Type', 'text/plain')
      reply.send(200, sources.stream())
    },
  ],
  [
    'GET',
    '/writes',
    (reply) => {
      const response = reply.raw()
      response.setHeader('Content-Type', 'text/plain')
      response.write(long.slice(0, 2000))
      response.end(long.slice(2000))
    },
  ],
  ['GET', '/204', (reply) => reply.send(204, long)],
  ['GET', '/205', (reply) => reply.send(205, long)],
  [
    'GET',
    '/304',
    (reply) => {
      reply.set('ETag', etag)
      reply.send(304, long)
    },
  ],
  // Our rules refuse it: nothing says which part it is.
  ['GET', '/206', (reply) => reply.send(206, long)],
  [
    'GET',
    '/throw',
    (reply) => {
      reply.set('ETag', etag)
      throw Object.assign(new Error(long), { status: 409, expose: true })
    },
  ],
]

/** The content as it was before it was compressed; fails where its framing is wrong. */
function decode(answer: WireAnswer): string {
  const length = field(answer, 'Content-Length')
  if (length !== undefined) {
    expect(length).toBe(String(answer.bytes.length))
    expect(field(answer, 'Transfer-Encoding')).toBeUndefined()
  }
  const coding = field(answer, 'Content-Encoding')
  if (coding === undefined) return answer.content
  expect(coding).toBe('gzip')
  expect(field(answer, 'Vary')?.toLowerCase()).toContain('accept-encoding')
  return gunzipSync(answer.bytes).toString()
}

const fields = { 'Accept-Encoding': 'gzip' }

/** What answers to GET and HEAD have in common, and two of the same request do not. */
const described = (answer: WireAnswer): unknown => [
  answer.status,
  ...['Content-Type', 'ETag', 'Allow'].map((name) => field(answer, name)),
]

const cases = frameworks.flatMap((framework) =>
  (['ahead', 'behind'] as const).map((place) => ({ framework, place })),
)

describe.each(cases)('$framework with compression $place', ({ framework, place }) => {
  const startApp = (sources = new Sources()): Promise<number> =>
    start(framework, {
      [place]: neighbours,
      routes: routes(sources),
      rules: { onViolation: 'repair' },
    })

  it.each<readonly [string, number, string]>([
    ['/text', 200, long],
    ['/bytes', 200, long],
    ['/json', 200, JSON.stringify({ long })],
    ['/page', 404, long],
    // Of Express it is to come: what is piped into the response loses its connection.
    ['/stream', 200, long],
  ])('compresses %s', async (target, status, content) => {
    const violations = listen()
    const answer = await send(await startApp(), { method: 'GET', target, fields })
    expect([answer.status, field(answer, 'Content-Encoding')]).toEqual([status, 'gzip'])
    expect(decode(answer)).toBe(content)
    expect(answer.bytes.length).toBeLessThan(content.length / 10)
    expect(violations).toEqual([])
  })

  it('leaves what it is not asked to compress', async () => {
    const answer = await send(await startApp(), { method: 'GET', target: '/text' })
    expect(field(answer, 'Content-Encoding')).toBeUndefined()
    expect(field(answer, 'Content-Length')).toBe(String(long.length))
    expect(answer.content).toBe(long)
  })

  it('sends what is written straight to the response', async () => {
    // Only Express' neighbour sees it: the others work on what the framework sends.
    const answer = await send(await startApp(), { method: 'GET', target: '/writes', fields })
    expect(field(answer, 'Content-Encoding')).toBe(framework === 'express' ? 'gzip' : undefined)
    expect(decode(answer)).toBe(long)
  })

  // All three leave HEAD alone, so that Content-Length is that of the content before it was
  // compressed, against RFC 9110 section 8.6; nobody behind them can know better.
  it.each(['/text', '/json', '/bytes', '/writes', '/page', '/throw', '/no'])(
    'answers HEAD of %s as GET',
    async (target) => {
      const port = await startApp()
      const got = await send(port, { method: 'GET', target, fields })
      const head = await send(port, { method: 'HEAD', target, fields })
      expect(described(head)).toEqual(described(got))
      expect(head.bytes).toHaveLength(0)
      const lengths = [undefined, String(got.bytes.length), String(decode(got).length)]
      expect(lengths).toContain(field(head, 'Content-Length'))
    },
  )

  it.each(['/stream', '/endless'])('ends HEAD of %s and frees the stream', async (target) => {
    const sources = new Sources()
    const port = await startApp(sources)
    const answer = await send(port, { method: 'HEAD', target, fields })
    expect([answer.status, answer.bytes.length]).toEqual([200, 0])
    expect(field(answer, 'Content-Length')).toBeUndefined()
    await expect.poll(() => sources.live).toBe(0)
  })

  it.each(['/204', '/205', '/304'])('sends no content with %s', async (target) => {
    const port = await startApp()
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(port, { method, target, fields })
      expect(answer.status).toBe(Number(target.slice(1)))
      expect(answer.bytes).toHaveLength(0)
      expect(field(answer, 'Transfer-Encoding')).toBeUndefined()
      expect(field(answer, 'Content-Length')).toBe(target === '/205' ? '0' : undefined)
      if (target === '/304') {
        expect(field(answer, 'ETag')).toBe(etag)
        expect(field(answer, 'Content-Encoding')).toBeUndefined()
      }
    }
  })

  it.each([
    ['an error a handler throws', 'GET', '/throw', 409, { detail: long }],
    ['an answer our rules refuse', 'GET', '/206', 500, {}],
    ['a missing resource', 'GET', '/no', 404, {}],
    ['a method the resource does not take', 'PUT', '/text', 405, {}],
  ])('keeps the problem document of %s', async (_name, method, target, status, members) => {
    const port = await start(framework, {
      [place]: neighbours,
      routes: [...routes(new Sources()), ['PUT', '/other', 'next']],
      rules: { onViolation: 'repair' },
    })
    const answer = await send(port, { method, target, fields })
    expect(answer.status).toBe(status)
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    expect(JSON.parse(decode(answer))).toMatchObject({ status, ...members })
    expect(field(answer, 'ETag')).toBeUndefined()
  })

  it('keeps the connection in step', async () => {
    const error = '/throw'
    const targets = ['/text', error, '/304', '/204', '/205', '/206', '/json', '/no', '/text']
    const requests = targets.flatMap((target) =>
      ['GET', 'HEAD'].map((method) => ({ method, target, fields })),
    )
    const answers = await pipeline(await startApp(), requests)
    const statuses = [200, 409, 304, 204, 205, 500, 200, 404, 200]
    expect(answers.map(({ status }) => status)).toEqual(
      statuses.flatMap((status) => [status, status]),
    )
    expect(answers.at(-2)?.bytes.length).toBeGreaterThan(0)
  })
})
