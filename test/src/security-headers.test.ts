import { createServer, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import type { SecurityHeadersOptions, SecurityOptions } from '@http-semantics/http'
import * as koa from '@http-semantics/koa'
import { Router } from '@koa/router'
import Express from 'express'
import Fastify, { type FastifyInstance } from 'fastify'
import Koa from 'koa'
import { createSecurityPolicy } from '@http-semantics/security-headers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { address, serve } from './apps.ts'
import { frameworks, type Framework } from './hosts.ts'
import { exchange, field, parseAnswer, send, type WireAnswer } from './wire.ts'

/** What differs on the route `/framed`, and on `/nonce`, which answers with the nonce. */
const framed: SecurityHeadersOptions = {
  contentSecurityPolicy: { frameAncestors: ['https://partner.example'] },
}

/** What the route `/own` sets: of what others may do in the policy, the least there is. */
const own = { 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "default-src 'none'" }

/** Any folder. */
const folder = fileURLToPath(new URL('.', import.meta.url))

interface Setting {
  readonly options?: SecurityOptions
  /** Install `securityHeaders()` alone, with these. */
  readonly alone?: SecurityHeadersOptions
  readonly trustProxy?: boolean
}

/**
 * Starts the same app in any framework: `GET /` and `POST /` say hello, `/framed` has options of its
 * own, `/nonce` tells the nonce, `/own` sets fields by hand, `/boom` throws, `/304` and `/204`, and
 * `/files` has static files, but for Koa, whose neighbours lead nobody to the slash of a folder.
 */
const starters: Readonly<Record<Framework, (setting: Setting) => Promise<number>>> = {
  express({ options, alone, trustProxy = false }) {
    const app = Express()
    app.set('trust proxy', trustProxy)
    app.set('env', 'test')
    const semantics = express.httpSemantics({ ...options, onError: () => undefined })
    app.use(alone === undefined ? semantics : express.securityHeaders(alone))
    app.get('/', (_request, response) => void response.send('hello'))
    app.post('/', (_request, response) => void response.send('hello'))
    app.get('/framed', express.securityHeaders(framed), (_request, response) => {
      response.send('hello')
    })
    app.get('/nonce', (_request, response) => {
      response.send(String(response.locals['cspNonce']))
    })
    app.get('/own', (_request, response) => void response.set(own).send(''))
    app.get('/boom', () => {
      throw new Error('secret detail')
    })
    app.get('/304', (_request, response) => void response.status(304).end())
    app.get('/204', (_request, response) => void response.status(204).end())
    app.use('/files', Express.static(folder))
    const server = app.listen(address.port, address.host)
    return serve(alone === undefined ? semantics.attach(server) : server)
  },

  koa({ options, alone, trustProxy = false }) {
    const app = new Koa({ proxy: trustProxy })
    app.silent = true
    const semantics = koa.httpSemantics(options)
    app.use(alone === undefined ? semantics : koa.securityHeaders(alone))
    const router = new Router()
    router.register('/', ['GET', 'POST'], (ctx) => void (ctx.body = 'hello'))
    router.get('/framed', koa.securityHeaders(framed), (ctx) => void (ctx.body = 'hello'))
    router.get('/nonce', (ctx) => void (ctx.body = String(ctx.state['cspNonce'])))
    router.get('/own', (ctx) => {
      ctx.set(own)
      ctx.body = ''
    })
    router.get('/boom', () => {
      throw new Error('secret detail')
    })
    router.get('/304', (ctx) => void (ctx.status = 304))
    router.get('/204', (ctx) => void (ctx.status = 204))
    app.use(router.routes())
    const server = app.listen(address.port, address.host)
    return serve(alone === undefined ? semantics.attach(server) : server)
  },

  async fastify({ options = {}, alone, trustProxy = false }) {
    const app = Fastify({ forceCloseConnections: true, trustProxy })
    if (alone === undefined) await app.register(fastify.httpSemantics, options)
    else await app.register(fastify.securityHeaders, alone)
    app.route({ method: ['GET', 'POST'], url: '/', handler: async () => 'hello' })
    app.get('/framed', { securityHeaders: framed }, async () => 'hello')
    app.get('/nonce', async (_request, reply) => String(reply.cspNonce))
    app.get('/own', async (_request, reply) => reply.headers(own).send(''))
    app.get('/boom', async () => {
      throw new Error('secret detail')
    })
    app.get('/304', async (_request, reply) => reply.code(304).send())
    app.get('/204', async (_request, reply) => reply.code(204).send())
    await app.register(fastifyStatic, { root: folder, prefix: '/files', redirect: true })
    await app.listen(address)
    return serve(app.server)
  },
}

/** The fields of a policy as they are on an answer. */
const pick = (answer: WireAnswer, fields: readonly (readonly [string, string])[]): unknown =>
  fields.map(([name]) => [name, field(answer, name)])

const plain = createSecurityPolicy().fields(false)
const secure = createSecurityPolicy().fields(true)

describe.each(frameworks)('%s', (framework) => {
  const start = (setting: Setting): Promise<number> => starters[framework](setting)

  it.each([
    ['GET', '/', 200],
    ['HEAD', '/', 200],
    ['OPTIONS', '/', 204],
    ['OPTIONS', '*', 204],
    ['GET', '/missing', 404],
    ['DELETE', '/', 405],
    ['PATCH', '/', 501],
    ['TRACE', '/', 405],
    ['GET', '/boom', 500],
    ['HEAD', '/boom', 500],
    ['GET', '/%zz', 400],
    ['GET', '/304', 304],
    ['GET', '/204', 204],
  ])('has all fields on %s %s', async (method, target, status) => {
    const port = await start({})
    const answer = await send(port, { method, target })
    const known = status === 405 && method === 'DELETE' ? [405, 501] : [status]
    expect(known).toContain(answer.status)
    expect(pick(answer, plain)).toEqual(plain)
    expect(field(answer, 'X-Powered-By')).toBeUndefined()
    expect(field(answer, 'Strict-Transport-Security')).toBeUndefined()
  })

  it.each([
    ['a method nobody knows', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 501],
    ['a malformed request line', 'GET\r\n\r\n', 400],
    ['a field section too large', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 405],
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ])('has all fields on the answer to %s', async (_case, request, status) => {
    const answer = parseAnswer(await exchange(await start({}), request))
    expect(answer.status).toBe(status)
    expect(pick(answer, plain)).toEqual(plain)
  })

  it('has none where they are off', async () => {
    const port = await start({ options: { securityHeaders: false } })
    const answer = await send(port, { method: 'GET', target: '/' })
    expect(pick(answer, plain)).toEqual(plain.map(([name]) => [name, undefined]))
  })

  it.each(['/', '/missing', '/boom', '/%zz'])(
    'has them where they are alone: %s',
    async (target) => {
      const answer = await send(await start({ alone: {} }), { method: 'GET', target })
      expect(pick(answer, plain)).toEqual(plain)
    },
  )

  // serve-static has a page for it, with a policy of its own.
  it.each<Setting>(framework === 'koa' ? [] : [{}, { alone: {} }])(
    'has them where a folder of files leads to its slash: %j',
    async (setting) => {
      const answer = await send(await start(setting), { method: 'GET', target: '/files' })
      expect([answer.status, field(answer, 'Location')]).toEqual([301, '/files/'])
      expect(pick(answer, plain)).toEqual(plain)
    },
  )

  it('says https-only fields behind a trusted proxy', async () => {
    const fields = { 'X-Forwarded-Proto': 'https' }
    const trusting = await send(await start({ trustProxy: true }), {
      method: 'GET',
      target: '/',
      fields,
    })
    expect(pick(trusting, secure)).toEqual(secure)
    const other = await send(await start({}), { method: 'GET', target: '/', fields })
    expect(pick(other, plain)).toEqual(plain)
  })

  it.each([{}, { alone: {} }])(
    'differs on a route in single directives alone: %j',
    async (setting) => {
      const port = await start(setting)
      const wanted = createSecurityPolicy().extend(framed).fields(false)
      const answer = await send(port, { method: 'GET', target: '/framed' })
      expect(pick(answer, wanted)).toEqual(wanted)
      expect(field(answer, 'X-Frame-Options')).toBeUndefined()
      const after = await send(port, { method: 'GET', target: '/' })
      expect(pick(after, plain)).toEqual(plain)
    },
  )

  it('leaves alone what a handler has set', async () => {
    const answer = await send(await start({}), { method: 'GET', target: '/own' })
    const fields = Object.entries(own)
    expect(pick(answer, fields)).toEqual(fields)
  })

  it('leaves alone what the resource says of itself', async () => {
    const extra = [['Accept-Query', '"text/plain"']] as const
    const methods = { resources: { '/': { accept: { query: ['application/json'] } } } } as const
    const options = { securityHeaders: { extra }, methods }
    const port = await start({ options })
    for (const [target, value] of [
      ['/', 'application/json'],
      ['/own', '"text/plain"'],
    ] as const) {
      const { raw } = await send(port, { method: 'GET', target })
      expect(raw.match(/^accept-query: .*$/gim)).toEqual([`Accept-Query: ${value}`])
    }
  })

  it('makes a nonce for each answer, and tells the handler', async () => {
    const port = await start({
      options: {
        securityHeaders: { contentSecurityPolicy: { scriptSrc: ["'self'", "'nonce'"] } },
      },
    })
    const nonces = new Set<string>()
    for (let round = 0; round < 3; round += 1) {
      const answer = await send(port, { method: 'GET', target: '/nonce' })
      expect(answer.content).toMatch(/^[A-Za-z0-9+/]{22,}={0,2}$/)
      expect(field(answer, 'Content-Security-Policy')).toContain(
        `script-src 'self' 'nonce-${answer.content}'`,
      )
      nonces.add(answer.content)
    }
    expect(nonces.size).toBe(3)
  })

  it.each<[string, Readonly<Record<string, string>>, number]>([
    ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a page of another origin, without Sec-Fetch-Site', { Origin: 'https://evil.example' }, 403],
    ['a page of this origin', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['a trusted origin', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://app.example' }, 200],
    ['no browser', {}, 200],
  ])('judges a write from %s', async (_case, fields, status) => {
    const port = await start({
      options: { crossOriginProtection: { trustedOrigins: ['https://app.example'] } },
    })
    expect((await send(port, { method: 'POST', target: '/', fields })).status).toBe(status)
    expect((await send(port, { method: 'GET', target: '/', fields })).status).toBe(200)
  })

  it('sends clients of plain http to https, with method and content', async () => {
    const port = await start({ options: { httpsRedirect: true }, trustProxy: true })
    const fields = { Host: 'shop.example' }
    const answer = await send(port, { method: 'POST', target: '/?a=b', fields })
    expect([answer.status, field(answer, 'Location'), answer.content]).toEqual([
      308,
      'https://shop.example/?a=b',
      '',
    ])
    expect(pick(answer, plain)).toEqual(plain)
    const safe = { ...fields, 'X-Forwarded-Proto': 'https' }
    expect((await send(port, { method: 'POST', target: '/', fields: safe })).status).toBe(200)
    const absolute = await send(port, { method: 'GET', target: 'http://shop.example/?a', fields })
    expect(field(absolute, 'Location')).toBe('https://shop.example/?a')
  })

  it('lets a route add a source that the policy has already', async () => {
    const layer: SecurityHeadersOptions = {
      contentSecurityPolicy: { imgSrc: (sources) => [...sources, 'data:'] },
    }
    const answer = await send(await start({ alone: layer }), { method: 'GET', target: '/' })
    expect(field(answer, 'Content-Security-Policy')).toContain(";img-src 'self' data:;")
  })
})

describe('express', () => {
  it.each([
    ['/other', 200],
    ['/fails', 500],
    ['/own', 200],
    ['/missing', 404],
  ])('has all fields where a handler hands over to another app: %s', async (target, status) => {
    const other = Express()
    other.set('env', 'test')
    other.get('/other', (_request, response) => void response.send('hello'))
    other.get('/fails', () => {
      throw new Error('secret detail')
    })
    const app = Express()
    app.set('env', 'test')
    const semantics = express.httpSemantics({ onError: () => undefined })
    app.use(semantics)
    app.use((request, response, next) => void other(request, response, next))
    app.get('/own', (_request, response) => void response.send('hello'))
    const port = await serve(semantics.attach(app.listen(address.port, address.host)))
    // The first request is not like the others.
    for (let round = 0; round < 2; round += 1) {
      const answer = await send(port, { method: 'GET', target })
      expect(answer.status).toBe(status)
      expect(pick(answer, plain)).toEqual(plain)
    }
  })

  it.each([
    ['/ahead', 200],
    ['/fails', 500],
  ])('has them where a middleware ahead of ours answers: %s', async (target, status) => {
    const app = Express()
    app.set('env', 'test')
    app.use((request, response, next) => {
      if (request.url === '/ahead') response.send('hello')
      else next(new Error('secret detail'))
    })
    const semantics = express.httpSemantics({ onError: () => undefined })
    app.use(semantics)
    const port = await serve(semantics.attach(app.listen(address.port, address.host)))
    const answer = await send(port, { method: 'GET', target })
    expect(answer.status).toBe(status)
    expect(pick(answer, plain)).toEqual(plain)
  })
})

describe.each<[Framework, () => Promise<number>]>([
  [
    'express',
    async () => {
      const app = Express()
      app.use(express.securityHeaders())
      app.use((_request, response) => void response.status(404).set(own).send('<p>none'))
      return serve(app.listen(address.port, address.host))
    },
  ],
  [
    'koa',
    async () => {
      const app = new Koa()
      app.use(koa.securityHeaders())
      app.use((ctx) => {
        Object.assign(ctx, { status: 404, body: '<p>none' })
        ctx.set(own)
      })
      return serve(app.listen(address.port, address.host))
    },
  ],
])('%s', (_framework, begin) => {
  it('leaves the policy of an error page that a handler has made', async () => {
    const answer = await send(await begin(), { method: 'GET', target: '/' })
    expect([answer.status, field(answer, 'Content-Type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ])
    expect(field(answer, 'Content-Security-Policy')).toBe("default-src 'none'")
  })
})

/** Sends the header section of an answer as soon as it is written, as for server-sent events. */
function sendAtOnce(response: ServerResponse): void {
  const writeHead: unknown = Reflect.get(response, 'writeHead')
  if (typeof writeHead !== 'function') return
  Object.assign(response, {
    writeHead(this: ServerResponse, ...parameters: unknown[]) {
      Reflect.apply(writeHead, this, parameters)
      this.flushHeaders()
      return this
    },
  })
}

describe.each(['ahead of', 'behind'])('%s ours, a wrapper that sends at once', (place) => {
  it('leaves the fields to an answer of Koa', async () => {
    const app = new Koa()
    const wrapper: Koa.Middleware = (ctx, next) => {
      sendAtOnce(ctx.res)
      return next()
    }
    const ours = koa.securityHeaders()
    for (const middleware of place === 'behind' ? [ours, wrapper] : [wrapper, ours]) {
      app.use(middleware)
    }
    app.use((ctx) => void (ctx.body = 'hello'))
    const port = await serve(app.listen(address.port, address.host))
    const answer = await send(port, { method: 'GET', target: '/' })
    expect([answer.status, answer.content]).toEqual([200, 'hello'])
    expect(pick(answer, plain)).toEqual(plain)
  })

  it('leaves them to an answer of Express', async () => {
    const app = Express()
    const wrapper: Express.RequestHandler = (_request, response, next) => {
      sendAtOnce(response)
      next()
    }
    const semantics = express.httpSemantics()
    app.use(place === 'behind' ? [semantics, wrapper] : [wrapper, semantics])
    app.get('/', (_request, response) => void response.send('hello'))
    const port = await serve(semantics.attach(app.listen(address.port, address.host)))
    const answer = await send(port, { method: 'GET', target: '/' })
    expect([answer.status, answer.content]).toEqual([200, 'hello'])
    expect(pick(answer, plain)).toEqual(plain)
  })
})

describe('fastify', () => {
  const nonced: SecurityHeadersOptions = {
    contentSecurityPolicy: { scriptSrc: ["'self'", "'nonce'"] },
  }

  /** What `localhost` has for its second address: a server that no plugin sees. */
  async function startFurther(app: FastifyInstance): Promise<number> {
    await app.ready()
    onTestFinished(() => app.close())
    const server = createServer((request, response) => app.routing(request, response))
    return serve(server.listen(address.port, address.host))
  }

  it.each([{ securityHeaders: nonced }, { alone: nonced }])(
    'has all fields and the nonce on a further server: %j',
    async ({ securityHeaders, alone }) => {
      const app = Fastify()
      if (alone === undefined) await app.register(fastify.httpSemantics, { securityHeaders })
      else await app.register(fastify.securityHeaders, alone)
      app.get('/', async (_request, reply) => String(reply.cspNonce))
      const port = await startFurther(app)
      for (const target of ['/', '/missing']) {
        const answer = await send(port, { method: 'GET', target })
        const nonce = target === '/' ? `${answer.content}'` : ''
        expect(field(answer, 'Content-Security-Policy')).toContain(
          `script-src 'self' 'nonce-${nonce}`,
        )
        expect(field(answer, 'X-Frame-Options')).toBe('SAMEORIGIN')
      }
      const { headers, body } = await app.inject('/')
      expect(headers['content-security-policy']).toContain(`'nonce-${body}'`)
    },
  )

  it('has what was registered last, on refusals too', async () => {
    const app = Fastify()
    await app.register(fastify.securityHeaders, { referrerPolicy: 'origin' })
    await app.register(fastify.httpSemantics, {
      securityHeaders: { referrerPolicy: 'same-origin' },
    })
    app.get('/', async () => 'hello')
    await app.listen(address)
    const port = await serve(app.server)
    for (const target of ['/', '/%zz']) {
      const answer = await send(port, { method: 'GET', target })
      expect(field(answer, 'Referrer-Policy')).toBe('same-origin')
    }
  })

  it('takes no policy of the whole app inside another plugin', async () => {
    const app = Fastify()
    const inner = app.register(async (child) => {
      await child.register(fastify.securityHeaders, { frameOptions: false })
    })
    await expect(inner).rejects.toThrow(/inside another plugin/)
  })

  it('checks the options of a route against the policy of the app, at its registration', async () => {
    const app = Fastify()
    await app.register(fastify.securityHeaders, {
      reportingEndpoints: { csp: '/reports' },
      contentSecurityPolicy: { reportTo: 'csp' },
    })
    const routed = (securityHeaders: SecurityHeadersOptions) => () =>
      app.get(`/${app.printRoutes().length}`, { securityHeaders }, async () => 'hello')
    expect(routed({ reportingEndpoints: false })).toThrow(/reportTo: 'csp' is none of/)
    expect(
      routed({ contentSecurityPolicyReportOnly: { imgSrc: ["'none'"], reportTo: 'csp' } }),
    ).not.toThrow()
  })
})

it.each<[SecurityOptions, RegExp]>([
  [{ httpsRedirect: JSON.parse('"always"') }, /httpsRedirect must be true or false, got 'always'/],
  [{ crossOriginProtection: JSON.parse('7') }, /crossOriginProtection must be .*, got 7/],
  [
    { securityHeaders: JSON.parse('{ "contentSecurityPolicy": { "scriptsrc": [] } }') },
    /scriptsrc.*scriptSrc/,
  ],
])('refuses %j at construction', (options, sentence) => {
  expect(() => express.httpSemantics(options)).toThrow(sentence)
  expect(() => koa.httpSemantics(options)).toThrow(sentence)
})
