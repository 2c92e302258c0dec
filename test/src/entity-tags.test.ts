import { once } from 'node:events'
import { createServer, type Http2Server } from 'node:http2'
import { Readable } from 'node:stream'
import * as express from '@http-semantics/express'
import * as koa from '@http-semantics/koa'
import * as fastify from '@http-semantics/fastify'
import Express from 'express'
import Fastify, { type FastifyInstance } from 'fastify'
import Koa from 'koa'
import { describe, expect, it, onTestFinished } from 'vitest'
import { address, serve, start, type App, type Neighbours } from './apps.ts'
import { frameworks } from './hosts.ts'
import { ask, openSession } from './h2.ts'
import { Sources } from './sources.ts'
import { listen } from './violations.ts'
import { field, pipeline, send, type WireAnswer } from './wire.ts'

const nobody: Neighbours = {
  express: () => undefined,
  koa: () => undefined,
  fastify: () => undefined,
}

/** Without the entity tags of Express itself. */
const untagged: Neighbours = { ...nobody, express: (app) => app.disable('etag') }

const lastModified = 'Wed, 10 Jun 2026 08:00:00 GMT'

const routes = (sources = new Sources()): App['routes'] => [
  ['GET', '/json', (reply) => reply.send(200, { a: 'é' })],
  ['GET', '/list', (reply) => reply.send(200, [1, 2])],
  ['GET', '/text', (reply) => reply.send(200, 'é')],
  ['GET', '/bytes', (reply) => reply.send(200, Buffer.from('é'))],
  [
    'GET',
    '/raw',
    (reply) => {
      const response = reply.raw()
      response.setHeader('Content-Type', 'text/plain')
      response.end('é', 'latin1')
    },
  ],
  [
    'GET',
    '/fields',
    (reply) => {
      reply.set('Cache-Control', 'max-age=60')
      reply.set('Content-Language', 'en')
      reply.set('Content-Location', '/fields.en')
      reply.set('Expires', lastModified)
      reply.set('Set-Cookie', 'a=b')
      reply.set('Cache-Control', 'private, max-age=60')
      reply.set('Vary', 'Accept-Language')
      reply.send(200, 'fields')
    },
  ],
  [
    'GET',
    '/own',
    (reply) => {
      reply.set('ETag', '"own"')
      reply.set('Last-Modified', lastModified)
      reply.send(200, 'own')
    },
  ],
  [
    'GET',
    '/wrong',
    (reply) => {
      reply.set('ETag', 'no-tag')
      reply.send(200, 'wrong')
    },
  ],
  [
    'GET',
    '/dated',
    (reply) => {
      reply.set('Last-Modified', lastModified)
      reply.send(200, Readable.from(['dated']))
    },
  ],
  ['GET', '/stream', (reply) => reply.send(200, Readable.from(['a', 'b']))],
  [
    'GET',
    '/own-stream',
    (reply) => {
      reply.set('ETag', '"own"')
      reply.send(200, sources.stream())
    },
  ],
  [
    'GET',
    '/cookie',
    (reply) => {
      reply.set('Set-Cookie', 'a=b')
      reply.send(200, 'cookie')
    },
  ],
  ['GET', '/203', (reply) => reply.send(203, 'other')],
  ['GET', '/404', (reply) => reply.send(404, 'page')],
  ['ALL', '/any', (reply) => reply.send(200, 'any')],
  ['POST', '/json', (reply) => reply.send(200, { a: 1 })],
]

/** The fields of an answer by name, without those that are about the moment or the connection. */
const comparable = ({ fields }: WireAnswer): Record<string, string> =>
  Object.fromEntries(
    fields
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(
        ([name]) => !['date', 'transfer-encoding', 'keep-alive', 'connection'].includes(name),
      ),
  )

/** What a 200 has and its 304 has not. */
const dropped = ['content-type', 'content-length', 'content-language']

const kinds = ['weak', 'strong'] as const
const cases = frameworks.flatMap((framework) => kinds.map((kind) => ({ framework, kind })))

describe.each(cases)('$framework with $kind entity tags', ({ framework, kind }) => {
  const startApp = (ahead: Neighbours = nobody, sources?: Sources): Promise<number> =>
    start(framework, {
      ahead,
      routes: routes(sources),
      rules: { entityTags: kind, onViolation: 'repair' },
    })
  const form = kind === 'weak' ? /^W\/"[\w-]{27}"$/ : /^"[\w-]{27}"$/

  it.each(
    ['/json', '/list', '/text', '/bytes', '/raw', '/fields'].flatMap((target) => [
      [target, 'with', nobody] as const,
      [target, 'without', untagged] as const,
    ]),
  )('gives %s one, %s those of Express, and answers 304 to it', async (target, _name, ahead) => {
    const violations = listen()
    const port = await startApp(ahead)
    const request = { method: 'GET', target }
    const [got, again, head] = await pipeline(port, [request, request, { method: 'HEAD', target }])
    if (got === undefined || again === undefined || head === undefined)
      throw new Error('No answers')
    const etag = field(got, 'ETag') ?? ''
    expect(etag).toMatch(form)
    expect(field(again, 'ETag')).toBe(etag)
    expect([head.status, comparable(head)]).toEqual([200, comparable(got)])

    const fields = { 'If-None-Match': `"other", ${etag}` }
    const not = await pipeline(port, [
      { ...request, fields },
      { method: 'HEAD', target, fields },
      { ...request, fields: { 'If-None-Match': '"other"' } },
    ])
    expect(not.map(({ status }) => status)).toEqual([304, 304, 200])
    const kept = Object.entries(comparable(got)).filter(([name]) => !dropped.includes(name))
    for (const answer of not.slice(0, 2)) {
      expect(comparable(answer)).toEqual(Object.fromEntries(kept))
      expect(field(answer, 'Date')).toMatch(/ GMT$/)
      expect(answer.bytes).toHaveLength(0)
    }
    expect(not[2]?.content).toBe(got.content)
    expect(violations).toEqual([])
  })

  it('makes the same tags of the same bytes on all three', async () => {
    const answer = await send(await startApp(), { method: 'GET', target: '/json' })
    const strong = '"s6CSpq9IgH-pSCsu4UAQVXXaom1"'
    expect(answer.content).toBe('{"a":"é"}')
    expect(field(answer, 'ETag')).toBe(kind === 'weak' ? `W/${strong}` : strong)
  })

  it.each(['GET', 'HEAD'])('heeds what a handler has set, by %s', async (method) => {
    const port = await startApp()
    const ask = (target: string, fields = {}): Promise<WireAnswer> =>
      send(port, { method, target, fields })
    expect(field(await ask('/own'), 'ETag')).toBe('"own"')
    expect((await ask('/own', { 'If-None-Match': 'W/"own"' })).status).toBe(304)
    expect((await ask('/own', { 'If-Modified-Since': lastModified })).status).toBe(304)
    expect(
      (await ask('/own', { 'If-None-Match': '"a"', 'If-Modified-Since': lastModified })).status,
    ).toBe(200)
    expect(field(await ask('/wrong'), 'ETag')).toBe('no-tag')
    // Express takes any text for a tag.
    const wrong = framework === 'express' ? 304 : 200
    expect((await ask('/wrong', { 'If-None-Match': 'no-tag' })).status).toBe(wrong)
    expect((await ask('/dated', { 'If-Modified-Since': lastModified })).status).toBe(304)
  })

  it.each(['/stream', '/203', '/404', '/no'])('gives %s none', async (target) => {
    const port = await startApp(untagged)
    for (const method of ['GET', 'HEAD']) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await send(port, { method, target })
      // Express makes them before it knows the status.
      if (framework !== 'express' || target === '/stream')
        expect(field(answer, 'ETag')).toBeUndefined()
      expect(answer.status).toBe(target === '/stream' ? 200 : Number(target.slice(1)) || 404)
    }
  })

  it('heeds QUERY as it does GET', async () => {
    const port = await startApp()
    const request = {
      method: 'QUERY',
      target: '/any',
      fields: { 'Content-Type': 'text/plain' },
      content: 'a',
    }
    const got = await send(port, request)
    expect(field(got, 'ETag')).toMatch(form)
    const fields = { ...request.fields, 'If-None-Match': field(got, 'ETag') ?? '' }
    expect((await send(port, { ...request, fields })).status).toBe(304)
  })

  it('keeps the 304 of what sets a cookie from others as it does the 200', async () => {
    const port = await startApp()
    const got = await send(port, { method: 'GET', target: '/cookie' })
    const fields = { 'If-None-Match': field(got, 'ETag') ?? '' }
    const not = await send(port, { method: 'GET', target: '/cookie', fields })
    expect([got, not].map(({ status }) => status)).toEqual([200, 304])
    for (const answer of [got, not]) expect(field(answer, 'Cache-Control')).toBe('private')
  })

  it('gives answers to other methods no 304', async () => {
    const fields = { 'If-None-Match': '*' }
    const answer = await send(await startApp(), { method: 'POST', target: '/json', fields })
    expect(answer.status).toBe(200)
  })

  it('frees the stream that a 304 stands for', async () => {
    const sources = new Sources()
    const port = await startApp(nobody, sources)
    const fields = { 'If-None-Match': '"own"' }
    const answers = await pipeline(port, [
      { method: 'GET', target: '/own-stream', fields },
      { method: 'HEAD', target: '/own-stream', fields },
      { method: 'GET', target: '/text' },
    ])
    expect(answers.map(({ status }) => status)).toEqual([304, 304, 200])
    await expect.poll(() => sources.live).toBe(0)
  })

  it.each([
    [{ 'If-Match': '"other"' }, 412],
    [{ 'If-Match': '*' }, 200],
    [{ 'If-None-Match': 'other' }, 200],
    [{ 'If-None-Match': '' }, 200],
  ])('answers a GET with %j by %i', async (fields, status) => {
    const answer = await send(await startApp(), { method: 'GET', target: '/text', fields })
    expect(answer.status).toBe(status)
  })
})

describe.each(frameworks)('%s without the option', (framework) => {
  it('makes no tag, and no 304 of what a handler has tagged', async () => {
    const port = await start(framework, { ahead: untagged, routes: routes() })
    expect(field(await send(port, { method: 'GET', target: '/json' }), 'ETag')).toBeUndefined()
    const fields = { 'If-None-Match': '"own"' }
    const answer = await send(port, { method: 'GET', target: '/own', fields })
    // Express does that by itself.
    expect(answer.status).toBe(framework === 'express' ? 304 : 200)
  })

  it('refuses a wrong one', async () => {
    const options = { entityTags: 'both' }
    const message = "entityTags must be 'weak' or 'strong', got 'both'"
    if (framework === 'fastify') {
      const app = Fastify()
      onTestFinished(() => app.close())
      await expect(
        Reflect.apply(app.register, app, [fastify.httpSemantics, options]),
      ).rejects.toThrow(message)
    } else {
      const { httpSemantics } = framework === 'express' ? express : koa
      expect(() => Reflect.apply(httpSemantics, undefined, [options])).toThrow(message)
    }
  })
})

/** Apps that answer with JSON over HTTP/2; each gives its port. */
const http2Apps = {
  async koa(content: object): Promise<number> {
    const app = new Koa()
    app.use(koa.httpSemantics({ entityTags: 'strong' }))
    app.use((ctx) => void (ctx.body = content))
    // oxlint-disable-next-line typescript/no-misused-promises -- Koa's listener never rejects
    const server = createServer(app.callback()).listen(0, address.host)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const bound = server.address()
    return typeof bound === 'object' && bound !== null ? bound.port : 0
  },
  async fastify(content: object): Promise<number> {
    const app: FastifyInstance<Http2Server> = Fastify({ http2: true, forceCloseConnections: true })
    await app.register(fastify.httpSemantics, { entityTags: 'strong' })
    app.get('/', async () => content)
    onTestFinished(() => app.close())
    return Number(new URL(await app.listen(address)).port)
  },
}

it.each(['koa', 'fastify'] as const)('gives 304 over HTTP/2 as well, on %s', async (framework) => {
  const violations = listen()
  const port = await http2Apps[framework]({ a: 'é' })
  const session = await openSession(port)
  const got = await ask(session, { method: 'GET', path: '/' })
  const { etag = '' } = got.fields
  expect([got.status, etag]).toEqual([200, '"s6CSpq9IgH-pSCsu4UAQVXXaom1"'])
  expect((await ask(session, { method: 'HEAD', path: '/' })).fields.etag).toBe(etag)
  for (const method of ['GET', 'HEAD']) {
    // oxlint-disable-next-line no-await-in-loop
    const not = await ask(session, { method, path: '/', fields: { 'if-none-match': etag } })
    expect([not.status, not.content, not.code, not.fields.etag]).toEqual([304, '', 0, etag])
    expect(not.fields['content-type']).toBeUndefined()
  }
  expect(violations).toEqual([])
})

it('leaves an Express app the function it has chosen', async () => {
  const app = Express().set('etag', () => '"chosen"')
  const semantics = express.httpSemantics({ entityTags: 'strong' })
  app.use(semantics)
  app.get('/', (_request, response) => void response.send('content'))
  const port = await serve(semantics.attach(app.listen(address.port, address.host)))
  expect(field(await send(port, { method: 'GET', target: '/' }), 'ETag')).toBe('"chosen"')
})

it.each([0, false, true, [], new Uint8Array([97]), new Date(0)])(
  'gives HEAD on Koa the tag that GET has of %o',
  async (body) => {
    const app = new Koa()
    const semantics = koa.httpSemantics({ entityTags: 'strong' })
    app.use(semantics)
    app.use((ctx) => void (ctx.body = body))
    const port = await serve(semantics.attach(app.listen(address.port, address.host)))
    const [got, head] = await pipeline(
      port,
      ['GET', 'HEAD'].map((method) => ({ method, target: '/' })),
    )
    expect(got && field(got, 'ETag')).toMatch(/^"[\w-]{27}"$/)
    expect(head && field(head, 'ETag')).toBe(got && field(got, 'ETag'))
  },
)

it('makes on Fastify the tag of what its hooks make of the content', async () => {
  const app = Fastify({ forceCloseConnections: true })
  await app.register(fastify.httpSemantics, { entityTags: 'strong' })
  app.addHook('onSend', async (_request, _reply, payload) => `<${String(payload)}>`)
  app.get('/', async () => 'content')
  await app.listen(address)
  const port = await serve(app.server)
  const got = await send(port, { method: 'GET', target: '/' })
  const head = await send(port, { method: 'HEAD', target: '/' })
  expect(got.content).toBe('<content>')
  expect(field(got, 'ETag')).toMatch(/^"[\w-]{27}"$/)
  expect(field(head, 'ETag')).toBe(field(got, 'ETag'))
  const fields = { 'If-None-Match': field(got, 'ETag') ?? '' }
  expect((await send(port, { method: 'GET', target: '/', fields })).status).toBe(304)
})

it.each(frameworks)('leaves HEAD on %s what it says where nobody compresses', async (framework) => {
  const long = 'content '.repeat(500)
  const port = await start(framework, {
    routes: [
      [
        'GET',
        '/text',
        (reply) => {
          reply.set('ETag', '"own"')
          reply.set('Vary', 'Accept-Encoding')
          reply.send(200, long)
        },
      ],
    ],
  })
  const fields = { 'Accept-Encoding': 'gzip' }
  const head = await send(port, { method: 'HEAD', target: '/text', fields })
  expect([field(head, 'ETag'), field(head, 'Content-Length')]).toEqual(['"own"', '4000'])
})
