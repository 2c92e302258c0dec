import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import * as http2 from 'node:http2'
import * as https from 'node:https'
import type { AddressInfo } from 'node:net'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import { createSecurityPolicy } from '@http-semantics/security-headers'
import { Router } from '@koa/router'
import Express from 'express'
import Fastify, { type FastifyInstance } from 'fastify'
import Koa from 'koa'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { address } from './apps.ts'
import { ask, openSession } from './h2.ts'
import type { Framework } from './hosts.ts'
import { exchange, field, parseAnswer, requestText } from './wire.ts'

const { certificate } = inject('peers')

/** How a server listens: `h2` is HTTP/2 over TLS with HTTP/1.1 beside it, `h2c` is HTTP/2 without. */
type Protocol = 'http' | 'https' | 'h2' | 'h2c'

const isSecure = (protocol: Protocol): boolean => protocol === 'https' || protocol === 'h2'

const credentials = (): { readonly key: Buffer; readonly cert: Buffer } => {
  const { key = '', cert = '' } = certificate ?? {}
  return { key: readFileSync(key), cert: readFileSync(cert) }
}

/** A server of Node. Those of HTTP/2 have another type, and what is used here is the same. */
function serverOf(protocol: Protocol, listener: RequestListener): Server {
  if (protocol === 'http') return createServer(listener)
  if (protocol === 'https') return https.createServer(credentials(), listener)
  const handler = listener as unknown as Parameters<typeof http2.createServer>[1]
  const server =
    protocol === 'h2'
      ? http2.createSecureServer({ ...credentials(), allowHTTP1: true }, handler)
      : http2.createServer(handler)
  return server as unknown as Server
}

const fastifyOf = (protocol: Protocol): FastifyInstance => {
  if (protocol === 'http') return Fastify()
  if (protocol === 'https') return Fastify({ https: credentials() })
  if (protocol === 'h2c') return Fastify({ http2: true }) as unknown as FastifyInstance
  const tls = { ...credentials(), allowHTTP1: true }
  return Fastify({ http2: true, https: tls }) as unknown as FastifyInstance
}

/** What is installed: `httpSemantics()`, or `securityHeaders()` alone. */
type Part = 'all' | 'alone'

/** `GET /` and `POST /write` say hello, `GET /boom` throws, and `GET /204` and `/304` say it. */
const builders: Readonly<Record<Framework, (protocol: Protocol, part: Part) => Promise<Server>>> = {
  async express(protocol, part) {
    const app = Express()
    app.set('env', 'test')
    const semantics = express.httpSemantics({ onError: () => undefined })
    app.use(part === 'all' ? semantics : express.securityHeaders())
    app.get('/', (_request, response) => void response.send('hello'))
    app.post('/write', (_request, response) => void response.send('hello'))
    app.get('/boom', () => {
      throw new Error('secret detail')
    })
    app.get('/204', (_request, response) => void response.status(204).end())
    app.get('/304', (_request, response) => void response.status(304).end())
    const server = serverOf(protocol, app)
    return part === 'all' ? semantics.attach(server) : server
  },

  async koa(protocol, part) {
    const app = new Koa()
    app.silent = true
    const semantics = koa.httpSemantics()
    const router = new Router()
    router.get('/', (ctx) => void (ctx.body = 'hello'))
    router.post('/write', (ctx) => void (ctx.body = 'hello'))
    router.get('/boom', () => {
      throw new Error('secret detail')
    })
    router.get('/204', (ctx) => void (ctx.status = 204))
    router.get('/304', (ctx) => void (ctx.status = 304))
    app.use(part === 'all' ? semantics : koa.securityHeaders()).use(router.routes())
    const handle = app.callback()
    const server = serverOf(protocol, (request, response) => void handle(request, response))
    return part === 'all' ? semantics.attach(server) : server
  },

  async fastify(protocol, part) {
    const app = fastifyOf(protocol)
    await app.register(part === 'all' ? fastify.httpSemantics : fastify.securityHeaders)
    app.get('/', async () => 'hello')
    app.post('/write', async () => 'hello')
    app.get('/boom', async () => {
      throw new Error('secret detail')
    })
    app.get('/204', async (_request, reply) => reply.code(204).send())
    app.get('/304', async (_request, reply) => reply.code(304).send())
    await app.ready()
    return app.server
  },
}

/** Express does not speak HTTP/2. */
const hosts: readonly { readonly framework: Framework; readonly protocol: Protocol }[] = [
  ...(['express', 'koa', 'fastify'] as const).flatMap((framework) =>
    (['http', 'https'] as const).map((protocol) => ({ framework, protocol })),
  ),
  ...(['koa', 'fastify'] as const).flatMap((framework) =>
    (['h2c', 'h2'] as const).map((protocol) => ({ framework, protocol })),
  ),
]

interface Answer {
  readonly status: number
  /** The security fields, in the order of {@link names}. */
  readonly fields: readonly (readonly [name: string, value: unknown])[]
}

const [plain, secure] = [false, true].map((isSecure) => createSecurityPolicy().fields(isSecure))
const names = secure?.map(([name]) => name) ?? []

/** The fields of a policy as {@link Answer} has them. */
const wanted = (protocol: Protocol): Answer['fields'] => {
  const fields = new Map(isSecure(protocol) ? secure : plain)
  return names.map((name) => [name, fields.get(name)])
}

describe.each(hosts.filter(({ protocol }) => certificate !== undefined || !isSecure(protocol)))(
  '$framework over $protocol',
  ({ framework, protocol }) => {
    const start = async (part: Part): Promise<number> => {
      const server = (await builders[framework](protocol, part)).listen(address)
      await once(server, 'listening')
      onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
      return (server.address() as AddressInfo).port
    }

    const overHttp1 = async (port: number, message: string): Promise<Answer> => {
      const answer = parseAnswer(await exchange(port, message, { tls: isSecure(protocol) }))
      return { status: answer.status, fields: names.map((name) => [name, field(answer, name)]) }
    }

    const get = async (
      port: number,
      method: string,
      path: string,
      given: Readonly<Record<string, string>>,
    ): Promise<Answer> => {
      if (protocol === 'http' || protocol === 'https') {
        return overHttp1(port, requestText({ method, target: path, fields: given }))
      }
      const session = await openSession(port, protocol === 'h2' ? 'https' : 'http')
      const { status, fields } = await ask(session, { method, path, fields: given })
      return { status, fields: names.map((name) => [name, fields[name.toLowerCase()]]) }
    }

    it.each(['/', '/missing', '/boom'])('asks for https over TLS alone: %s', async (path) => {
      const fields = new Map((await get(await start('all'), 'GET', path, {})).fields)
      const [hsts, csp] = ['Strict-Transport-Security', 'Content-Security-Policy'].map((name) =>
        String(fields.get(name)).split(';'),
      )
      const isTls = isSecure(protocol)
      expect(hsts).toEqual(isTls ? ['max-age=31536000', ' includeSubDomains'] : ['undefined'])
      expect(csp).toContain("default-src 'self'")
      expect(csp?.includes('upgrade-insecure-requests')).toBe(isTls)
    })

    it.each<[string, string, number, Readonly<Record<string, string>>?]>([
      ['GET', '/', 200],
      ['HEAD', '/', 200],
      ['OPTIONS', '/', 204],
      ['OPTIONS', '*', 204],
      ['GET', '/204', 204],
      ['GET', '/304', 304],
      ['GET', '/%zz', 400],
      ['GET', '/missing', 404],
      ['HEAD', '/missing', 404],
      ['POST', '/', 405],
      ['TRACE', '/', 405],
      ['GET', '/', 417, { Expect: 'magic' }],
      ['GET', '/boom', 500],
      ['HEAD', '/boom', 500],
      ['FOO', '/', 501],
    ])('has all fields on %s %s, answered %i', async (method, path, status, fields = {}) => {
      const answer = await get(await start('all'), method, path, fields)
      expect(answer).toEqual({ status, fields: wanted(protocol) })
    })

    // Over TLS, a server of HTTP/2 has HTTP/1.1 beside it; without, none.
    it.each(
      protocol === 'h2c'
        ? []
        : ([
            ['a malformed request line', 'GET\r\n\r\n', 400],
            ['a field that is too long', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
            ['a version nobody speaks', 'GET / HTTP/2.0\r\nHost: a\r\n\r\n', 505],
            ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
            ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 405],
            ['GET', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 200],
          ] as const),
    )('has all fields on the answer to %s over HTTP/1.1', async (_name, message, status) => {
      const answer = await overHttp1(await start('all'), message)
      expect(answer).toEqual({ status, fields: wanted(protocol) })
    })

    it.each(['/', '/204', '/missing', '/boom', '/%zz'])(
      'has them where they are alone: %s',
      async (path) => {
        const { fields } = await get(await start('alone'), 'GET', path, {})
        expect(fields).toEqual(wanted(protocol))
      },
    )
  },
)
