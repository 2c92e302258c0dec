import { createServer } from 'node:http2'
import expressCors from 'cors'
import fastifyCors from '@fastify/cors'
import koaCors from '@koa/cors'
import { Router } from '@koa/router'
import { queryLocations as fromExpress } from '@http-semantics/express'
import { queryLocations as fromFastify } from '@http-semantics/fastify'
import { queryLocations as fromKoa } from '@http-semantics/koa'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import Express from 'express'
import Fastify, { type FastifyInstance } from 'fastify'
import Koa from 'koa'
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest'
import { address, routes, serve, start, type App, type Handler } from './apps.ts'
import { ask, openSession } from './h2.ts'
import { frameworks } from './hosts.ts'
import { listen } from './violations.ts'
import { exchange, field, parseAnswer, pipeline, send, type WireRequest } from './wire.ts'

/** Content parsers are the app's business; Fastify has one for JSON and for text, and refuses the rest. */
const takeAnything: App['behind'] = {
  express: () => undefined,
  koa: () => undefined,
  fastify: (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  },
}

const app: App = { routes: routes('QUERY /search', 'GET /search', 'PUT /a'), behind: takeAnything }
const json = { 'Content-Type': 'application/json' }
const query: WireRequest = { method: 'QUERY', target: '/search', fields: json, content: '{}' }

describe.each(frameworks)('QUERY on %s', (framework) => {
  it.each<[string, WireRequest, number]>([
    ['content and its type', query, 200],
    ['a type of its own', { ...query, fields: { 'Content-Type': 'a/b; c=d' } }, 200],
    ['no type', { ...query, fields: {} }, 400],
    ['an empty type', { ...query, fields: { 'Content-Type': '' } }, 400],
    ['a type that is none', { ...query, fields: { 'Content-Type': 'json' } }, 400],
    ['neither', { method: 'QUERY', target: '/search' }, 400],
    ['a type, but no content', { method: 'QUERY', target: '/search', fields: json }, 400],
    ['empty content', { ...query, content: '' }, 400],
    ['a query in its target', { ...query, target: '/search?a=b' }, 200],
    ['a path that does not exist', { method: 'QUERY', target: '/nowhere' }, 404],
    ['a path with other methods', { method: 'QUERY', target: '/a' }, 405],
  ])('with %s', async (_name, request, status) => {
    const violations = listen()
    const port = await start(framework, app)
    const next = { method: 'GET', target: '/search' }
    const answers = await pipeline(port, [request, next])
    expect(answers.map((answer) => answer.status)).toEqual([status, 200])
    const [answer] = answers
    if (status === 200) expect(answer?.content).toBe('QUERY /search')
    else expect(JSON.parse(answer?.content ?? '')).toMatchObject({ status })
    if (status === 405) expect(answer && field(answer, 'Allow')).toBe('PUT, OPTIONS')
    expect(answer && field(answer, 'Accept-Query')).toBeUndefined()
    expect(violations).toEqual([])
  })

  it('is 501 where no route uses it', async () => {
    const port = await start(framework, { routes: routes('GET /a') })
    expect((await send(port, { ...query, target: '/a' })).status).toBe(501)
  })

  it('takes chunked content', async () => {
    const port = await start(framework, app)
    const head = 'QUERY /search HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n'
    const raw = await exchange(
      port,
      `${head}Content-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    )
    expect(parseAnswer(raw).status).toBe(200)
  })

  it('is refused with methodGuard() alone, too', async () => {
    const port = await start(framework, { ...app, guardOnly: true })
    expect((await send(port, { ...query, fields: {} })).status).toBe(400)
    expect((await send(port, query)).status).toBe(200)
  })

  it('is among the methods of the resource', async () => {
    const port = await start(framework, app)
    const options = await send(port, { method: 'OPTIONS', target: '/search' })
    expect(field(options, 'Allow')).toBe('GET, HEAD, QUERY, OPTIONS')
  })

  it('passes as safe where a page of another origin sends it', async () => {
    const port = await start(framework, {
      ...app,
      rules: { crossOriginProtection: true },
    })
    const fields = { ...json, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://other.example' }
    expect((await send(port, { ...query, fields })).status).toBe(200)
    const put = await send(port, { method: 'PUT', target: '/a', fields })
    expect(put.status).toBe(403)
  })
})

const status =
  (code: number): Handler =>
  (reply) =>
    reply.send(code, '')

const thrown =
  (code: number): Handler =>
  () => {
    throw Object.assign(new Error('no'), { status: code, statusCode: code, expose: true })
  }

const told = 'application/json, "7bit/text";charset=utf-8'

const declared: App = {
  routes: [
    ...routes('QUERY /search', 'GET /search', 'PUT /search'),
    ['POST', '/search', thrown(400)],
    ['DELETE', '/search', thrown(405)],
    ['PATCH', '/search', status(415)],
    ['GET', '/old', status(304)],
    ['GET', '/gone', status(410)],
    ['GET', '/bad', status(400)],
    ...routes('GET /other'),
  ],
  methods: {
    resources: {
      '/search': { accept: { query: ['application/json', '7bit/text;charset=utf-8'] } },
      '/{:path}': { accept: { query: ['application/json', '7bit/text;charset=utf-8'] } },
      '/other': {},
    },
  },
  behind: takeAnything,
}

describe.each(frameworks)('Accept-Query on %s', (framework) => {
  it.each<[string, string, number, Partial<WireRequest>?]>([
    ['OPTIONS', '/search', 204],
    ['GET', '/search', 200],
    ['HEAD', '/search', 200],
    ['QUERY', '/search', 200, query],
    ['QUERY', '/search', 400],
    ['QUERY', '/search', 415, { fields: { 'Content-Type': 'a/b' }, content: 'a' }],
    ['POST', '/search', 400],
    ['DELETE', '/search', 405],
    ['PATCH', '/search', 415],
    ['LOCK', '/search', 501],
    ['PUT', '/search', 200],
    ['GET', '/old', 304],
    ['GET', '/gone', 410],
    ['GET', '/bad', 400],
    ['PUT', '/bad', 405],
    ['TRACE', '/bad', 405],
  ])('of %s %s is told with a %i', async (method, target, code, more) => {
    const port = await start(framework, declared)
    const answer = await send(port, { method, target, ...more })
    expect(answer.status).toBe(code)
    const isSilent = method === 'PUT' && code === 200
    expect(field(answer, 'Accept-Query')).toBe(
      isSilent || code === 501 || code === 410 ? undefined : told,
    )
  })

  it('is told where the request is refused for itself', async () => {
    const port = await start(framework, declared)
    const raw = await exchange(port, 'GET /search HTTP/1.1\r\nConnection: close\r\n\r\n')
    const answer = parseAnswer(raw)
    expect([answer.status, field(answer, 'Accept-Query')]).toEqual([400, told])
  })
})

describe.each(frameworks)('an answer to QUERY on %s', (framework) => {
  it('names resources that GET can ask', async () => {
    const port = await start(framework, {
      routes: [
        [
          'QUERY',
          '/search',
          (reply) => {
            const fields = fromExpress({ result: '/results/17', query: '/queries/café' })
            for (const [name, value] of Object.entries(fields)) reply.set(name, value)
            reply.set('Cache-Control', 'max-age=60')
            reply.send(200, 'found')
          },
        ],
        ...routes('GET /results/17', 'GET /queries/:name'),
      ],
      behind: takeAnything,
      rules: { entityTags: 'strong' },
    })
    const violations = listen()
    const answer = await send(port, query)
    const names = ['Content-Location', 'Location', 'Cache-Control']
    const expected = ['/results/17', '/queries/caf%C3%A9', 'max-age=60']
    expect([answer.status, ...names.map((name) => field(answer, name))]).toEqual([200, ...expected])
    for (const target of expected.slice(0, 2)) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await send(port, { method: 'GET', target })).status).toBe(200)
    }
    const fields = { ...json, 'If-None-Match': field(answer, 'ETag') ?? '' }
    const not = await send(port, { ...query, fields })
    expect([not.status, ...names.map((name) => field(not, name))]).toEqual([304, ...expected])
    expect(violations).toEqual([])
  })
})

it('has the same fields on all three', () => {
  expect([fromKoa, fromFastify]).toEqual([fromExpress, fromExpress])
})

describe('over HTTP/2', () => {
  const resources = { '/search': { accept: { query: ['application/json'] } } }
  const builders: Readonly<Record<string, () => Promise<number>>> = {
    koa: async () => {
      const app = new Koa()
      const semantics = koa.httpSemantics({ methods: { resources } })
      const router = new Router()
      router.register('/search', ['QUERY'], (ctx) => void (ctx.body = 'found'))
      app.use(semantics).use(router.routes())
      const handle = app.callback()
      const server = createServer(
        (request, response) => void handle(request as never, response as never),
      )
      semantics.attach(server)
      await new Promise<void>((resolve) => void server.listen(address.port, address.host, resolve))
      onTestFinished(() => void server.close())
      return portOf(server.address())
    },
    fastify: async () => {
      const app = Fastify({ http2: true })
      await app.register(fastify.httpSemantics as never, { methods: { resources } } as never)
      ;(app as unknown as FastifyInstance).query('/search', () => 'found')
      await app.listen(address)
      onTestFinished(() => app.close())
      return portOf(app.server.address())
    },
  }

  it.each(Object.keys(builders))('%s tells content from none', async (name) => {
    const session = await openSession((await builders[name]?.()) ?? 0)
    const type = { 'content-type': 'application/json' }
    const question = { method: 'QUERY', path: '/search', fields: type }
    const full = await ask(session, { ...question, content: '{}' })
    expect([full.status, full.content]).toEqual([200, 'found'])
    const empty = await ask(session, question)
    expect([empty.status, empty.fields['accept-query']]).toEqual([400, 'application/json'])
    const untyped = await ask(session, { ...question, fields: {}, content: '{}' })
    expect([untyped.status, untyped.fields['accept-query']]).toEqual([400, 'application/json'])
    const other = await ask(session, {
      ...question,
      fields: { 'content-type': 'text/csv' },
      content: 'a',
    })
    expect([other.status, other.fields['accept-query']]).toEqual([415, 'application/json'])
    session.destroy()
  })
})

const portOf = (at: unknown): number => {
  if (typeof at === 'object' && at !== null && 'port' in at && typeof at.port === 'number') {
    return at.port
  }
  throw new Error('The server does not listen')
}

describe.each(frameworks)('a preflight for QUERY on %s', (framework) => {
  const methods = ['GET', 'QUERY']
  const cors = (configured: boolean): App['behind'] => ({
    express: (app) => void app.use(expressCors(configured ? { methods } : {})),
    koa: (app) => void app.use(koaCors(configured ? { allowMethods: methods } : {})),
    fastify: async (app) => {
      takeAnything.fastify(app)
      await app.register(fastifyCors, configured ? { methods } : {})
    },
  })

  it.each([
    [true, 'lists it', 'GET,QUERY'],
    [false, 'does not list it', undefined],
  ])('with a CORS package that knows of it (%s) %s', async (configured, _name, listed) => {
    const port = await start(framework, { ...app, behind: cors(configured) })
    const answer = await send(port, {
      method: 'OPTIONS',
      target: '/search',
      fields: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'QUERY' },
    })
    expect(answer.status).toBe(204)
    const allowed = field(answer, 'Access-Control-Allow-Methods')?.replaceAll(' ', '')
    if (listed === undefined) expect(allowed).not.toContain('QUERY')
    else expect(allowed).toBe(listed)
  })
})

it('has types on the routers', () => {
  expectTypeOf(Express().query).toBeFunction()
  expectTypeOf(Express.Router().query).toBeFunction()
  expectTypeOf(Express().route('/').query).toBeFunction()
  // As it is of other methods, the path tells the parameters, and Router is any router, mounted or not.
  Express.Router({ mergeParams: true }).query('/:id', (request) => {
    expectTypeOf(request.params.id).toEqualTypeOf<string>()
  })
  Express.Router()
    .route('/:id')
    .query((request, response) => {
      expectTypeOf(request.params.id).toEqualTypeOf<string>()
      response.json(request.body)
    })
  expectTypeOf(Fastify().query).toBeFunction()
  // @koa/router 15 has it at run time; its types can be told of it.
  const router = new Router({ methods: ['GET', 'QUERY'] })
  expectTypeOf(router.query).toBeFunction()
  expect(typeof router.query).toBe('function')
})

it('reads nested routers of Express', async () => {
  const app = Express()
  const semantics = express.httpSemantics()
  app.use(semantics)
  const router = Express.Router()
  router.query('/search', (_request, response) => void response.send('found'))
  app.use('/deep', router)
  const port = await serve(semantics.attach(app.listen(address.port, address.host)))
  const answers = await pipeline(port, [
    { ...query, target: '/deep/search' },
    { ...query, target: '/deep/search', fields: {} },
    { ...query, target: '/search', fields: {} },
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 404])
})
