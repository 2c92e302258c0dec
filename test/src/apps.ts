import {
  createServer as createHttpServer,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { Readable } from 'node:stream'
import type { Credentials } from '@http-semantics/example-shared'
import { Router, type RouterMiddleware } from '@koa/router'
import type {
  AnswerOptions,
  AppSession,
  Link,
  Negotiation,
  RangedContent,
  SessionOptions,
  Variant,
} from '@http-semantics/http'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import Express, {
  type ErrorRequestHandler,
  type Express as ExpressApp,
  type Response as ExpressResponse,
} from 'express'
import Fastify, { type FastifyInstance, type FastifyReply, type HTTPMethods } from 'fastify'
import Koa, { type Context } from 'koa'
import { onTestFinished } from 'vitest'
import { hostOf, type Framework } from './hosts.ts'

/** What a handler of a table may do, in whichever framework it runs. */
export interface Reply {
  set(name: string, value: string): void
  /** Answers as the framework's users do: texts, JSON, bytes and streams. */
  send(status: number, content: string | Buffer | Readable | object): void
  /** Takes the answer out of the framework's hands. */
  raw(): ServerResponse
  /** The session of the request, where the app has sessions. */
  session(): AppSession
  /** Puts something in its place, as users of other libraries do. */
  replaceSession(value: unknown): void
  /** The adapter's `negotiate()`. */
  negotiate<V extends Variant>(negotiation: Negotiation<V>): V
  /** The adapter's `sendContent()`. */
  sendContent(ranged: RangedContent): unknown
  /** The adapter's `earlyHints()`. */
  earlyHints(links: readonly Link[]): void
}

/** A handler of a table. `'next'`: it leaves the request to whatever comes after it. */
export type Handler = ((reply: Reply) => unknown) | 'next'

/** What of others an app uses, in the words of each framework. */
export interface Neighbours {
  readonly express: (app: ExpressApp) => void
  readonly koa: (app: Koa) => void
  readonly fastify: (app: FastifyInstance) => unknown
}

/** An app that all three frameworks can build. */
export interface App {
  /** `ALL` is every method. */
  readonly routes: readonly (readonly [method: string, path: string, handler: Handler])[]
  readonly methods?: express.MethodGuardOptions
  /** How the response rules are kept. */
  readonly rules?: AnswerOptions & { readonly crossOriginProtection?: boolean }
  readonly session?: SessionOptions | undefined
  /** Believe what a proxy says of the client. */
  readonly trustProxy?: boolean
  /** A key and its certificate, to speak https. */
  readonly tls?: Credentials | undefined
  /** Install `methodGuard()` in place of `httpSemantics()`. */
  readonly guardOnly?: boolean
  /** What of others it uses ahead of our middleware. */
  readonly ahead?: Neighbours | undefined
  /** What of others it uses between our middleware and its routes. */
  readonly behind?: Neighbours | undefined
  /** What runs before the routes on every request. */
  readonly before?: (reply: Reply) => void
  /** The app's own 404 page. */
  readonly page?: string
  /** Told of every error by an error handler of the app, which passes it on. */
  readonly onError?: (error: unknown) => void
  /** Told, in the framework's own way, of what nobody handled: its message. */
  readonly onReport?: (message: string) => void
}

/** A handler that answers 200 with a text. */
export const text =
  (content: string): Handler =>
  (reply) =>
    reply.send(200, content)

/** Routes that answer 200, from `GET /a`-like texts. */
export const routes = (...lines: readonly `${string} /${string}`[]): App['routes'] =>
  lines.map((line) => {
    const [method = '', path = ''] = line.split(' ')
    return [method, path, text(line)]
  })

/**
 * Stops a server when the test that started it ends.
 *
 * @returns Its port.
 */
export async function serve(server: Server): Promise<number> {
  const host = await hostOf(server)
  onTestFinished(() => host.stop())
  return host.port
}

/**
 * Builds an app in one of the frameworks, as its documentation says, and lets it listen.
 *
 * @returns The port; the server stops when the test ends.
 */
export async function start(framework: Framework, app: App): Promise<number> {
  return serve(await builders[framework](app))
}

/** The address every server of the tests listens on. */
export const address = { port: 0, host: '127.0.0.1' } as const

const createServer = (tls: App['tls'], handler: RequestListener): Server =>
  tls === undefined ? createHttpServer(handler) : createHttpsServer(tls, handler)

const builders: Readonly<Record<Framework, (app: App) => Server | Promise<Server>>> = {
  express({
    routes,
    methods = {},
    rules,
    session,
    trustProxy = false,
    tls,
    guardOnly = false,
    ahead,
    behind,
    before,
    page,
    onError,
    onReport,
  }) {
    const app = Express()
    app.set('trust proxy', trustProxy)
    const semantics = guardOnly
      ? express.methodGuard(methods)
      : express.httpSemantics({
          ...rules,
          methods,
          session,
          onError: (error) => onReport?.(error instanceof Error ? error.message : ''),
        })
    ahead?.express(app)
    app.use(semantics)
    behind?.express(app)
    app.use((_request, response, next) => {
      before?.(expressReply(response))
      next()
    })
    for (const [method, path, handler] of routes) {
      const route = app.route(path)
      const add: unknown = Reflect.get(route, method.toLowerCase())
      if (typeof add !== 'function') throw new Error(`Express has no ${method}`)
      Reflect.apply(add, route, [
        (_request: unknown, response: ExpressResponse, next: () => void) =>
          handler === 'next' ? next() : handler(expressReply(response)),
      ])
    }
    if (page !== undefined) app.use((_request, response) => void response.status(404).send(page))
    const tell: ErrorRequestHandler = (error, _request, _response, next) => {
      onError?.(error)
      next(error)
    }
    app.use(tell)
    return semantics.attach(createServer(tls, app).listen(address))
  },

  koa({
    routes,
    methods = {},
    rules,
    session,
    trustProxy = false,
    tls,
    guardOnly = false,
    ahead,
    behind,
    before,
    page,
    onError,
    onReport,
  }) {
    const app = new Koa({ proxy: trustProxy })
    app.silent = true
    app.on('error', (error: Error) => onReport?.(error.message))
    const semantics = guardOnly
      ? koa.methodGuard(methods)
      : koa.httpSemantics({ ...rules, methods, session })
    app.use(async (_ctx, next) => {
      try {
        await next()
      } catch (error) {
        onError?.(error)
        throw error
      }
    })
    ahead?.koa(app)
    app.use(semantics)
    behind?.koa(app)
    app.use(async (ctx, next) => {
      before?.(koaReply(ctx))
      await next()
    })
    if (page !== undefined) {
      app.use(async (ctx, next) => {
        await next()
        if (ctx.status === 404 && ctx.body === undefined) {
          ctx.status = 404
          ctx.body = page
        }
      })
    }
    const router = new Router()
    for (const [method, path, handler] of routes) {
      const handle: RouterMiddleware = (ctx, next) =>
        handler === 'next' ? next() : handler(koaReply(ctx))
      if (method === 'ALL') router.all(path, handle)
      else router.register(path, [method], handle)
    }
    app.use(router.routes())
    const handle = app.callback()
    const server = createServer(tls, (request, response) => void handle(request, response))
    return semantics.attach(server.listen(address))
  },

  async fastify({
    routes,
    methods = {},
    rules,
    session,
    trustProxy = false,
    tls,
    guardOnly = false,
    ahead,
    behind,
    before,
    page,
    onError,
    onReport,
  }) {
    const stream = { write: (line: string) => onReport?.(JSON.parse(line).msg) }
    const app = Fastify({
      forceCloseConnections: true,
      trustProxy,
      https: tls ?? null,
      logger: onReport === undefined ? false : { level: 'error', stream },
    })
    await ahead?.fastify(app)
    if (guardOnly) await app.register(fastify.methodGuard, methods)
    else await app.register(fastify.httpSemantics, { ...rules, methods, session })
    await behind?.fastify(app)
    app.addHook('onRequest', (_request, reply, done) => {
      before?.(fastifyReply(reply))
      done()
    })
    if (onError !== undefined) {
      app.setErrorHandler((error) => {
        onError(error)
        throw error
      })
    }
    if (page !== undefined) {
      app.setNotFoundHandler((_request, reply) => reply.code(404).send(page))
    }
    for (const method of ['PROPFIND', 'PURGE']) {
      if (routes.some(([used]) => used === method)) app.addHttpMethod(method)
    }
    for (const [method, url, handler] of routes) {
      app.route({
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fastify's type lists fewer than it takes
        method: method === 'ALL' ? ([...app.supportedMethods] as HTTPMethods[]) : method,
        url,
        handler: (_request, reply) => {
          if (handler === 'next') reply.callNotFound()
          else handler(fastifyReply(reply))
        },
      })
    }
    await app.listen(address)
    return app.server
  },
}

/** The session of a request, whose type here is that of other libraries, which some tests use. */
const sessionOf = ({ session }: { readonly session: object }): AppSession =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  session as AppSession

const expressReply = (response: ExpressResponse): Reply => ({
  set: (name, value) => void response.set(name, value),
  send: (status, content) => {
    response.status(status)
    if (content instanceof Readable) content.pipe(response)
    else response.send(content)
  },
  raw: () => response,
  session: () => sessionOf(response.req),
  replaceSession: (session) => void Object.assign(response.req, { session }),
  negotiate: (negotiation) => express.negotiate(response.req, response, negotiation),
  sendContent: (ranged) => express.sendContent(response.req, response, ranged),
  earlyHints: (links) => express.earlyHints(response, links),
})

const koaReply = (ctx: Context): Reply => ({
  set: (name, value) => ctx.set(name, value),
  send: (status, content) => {
    ctx.status = status
    ctx.body = content
  },
  raw: () => {
    ctx.respond = false
    ctx.res.statusCode = 200
    return ctx.res
  },
  session: () => ctx.session,
  replaceSession: (session) => void Object.assign(ctx, { session }),
  negotiate: (negotiation) => koa.negotiate(ctx, negotiation),
  sendContent: (ranged) => koa.sendContent(ctx, ranged),
  earlyHints: (links) => koa.earlyHints(ctx, links),
})

const fastifyReply = (reply: FastifyReply): Reply => ({
  set: (name, value) => void reply.header(name, value),
  send: (status, content) => void reply.code(status).send(content),
  raw: () => {
    reply.hijack()
    return reply.raw
  },
  session: () => sessionOf(reply.request),
  replaceSession: (session) => void Object.assign(reply.request, { session }),
  negotiate: (negotiation) => fastify.negotiate(reply.request, reply, negotiation),
  sendContent: (ranged) => fastify.sendContent(reply.request, reply, ranged),
  earlyHints: (links) => fastify.earlyHints(reply, links),
})
