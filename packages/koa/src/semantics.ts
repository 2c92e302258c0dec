import {
  createRefusal,
  Admission,
  type AnswerHost,
  answerOptionNames,
  type AnswerOptions,
  type AnswerSettings,
  AnswerSupervisor,
  attachTo,
  type BareAnswer,
  checkKeys,
  endHeadEarly,
  MethodGuard,
  type MethodGuardOptions,
  readAnswerOptions,
  readSecurityOptions,
  requestOptionNames,
  type RequestOptions,
  RequestRules,
  type RouteReader,
  type SecurityOptions,
  securityOptionNames,
  type SecuritySettings,
  type SessionOptions,
  supervise,
} from '@http-semantics/http'
import type Application from 'koa'
import type { Context, Middleware } from 'koa'
import type { Server } from 'node:http'
import type { Http2SecureServer, Http2Server } from 'node:http2'
import { Readable, Stream } from 'node:stream'
import { answerErrors, tell, toError } from './errors.ts'
import { host } from './partial.ts'
import { KoaRoutes, watchRouters } from './routes.ts'
import { enter } from './security-headers.ts'
import { checkFree, createSessions, lend, type Sessions, withSession } from './session.ts'

/** Options of {@link httpSemantics}. */
export interface HttpSemanticsOptions extends AnswerOptions, RequestOptions, SecurityOptions {
  /** How request methods are treated. */
  readonly methods?: MethodGuardOptions | undefined
  /** Sessions, as `ctx.session`; `secretKey` signs them. Default: none. */
  readonly session?: SessionOptions | undefined
}

/** The middleware, and what it adds to a server. */
export interface HttpSemantics extends Middleware {
  /**
   * Answers what Node shows only to the server: CONNECT, methods its parser does not know,
   * malformed requests.
   *
   * @param server - What `app.listen()` or `http.createServer(app.callback())` returns. Doing it twice is harmless.
   * @returns The same server.
   */
  attach<S extends Server | Http2Server | Http2SecureServer>(server: S): S
}

/** What one middleware does to the app it is installed on. */
interface Parts {
  readonly guard: MethodGuard
  /** `undefined`: of a request, the target and the method alone are looked at. */
  readonly requests: RequestRules | undefined
  /**
   * How the response rules are kept, and errors that nobody handled answered with problem details.
   * `undefined`: both are left to Koa.
   */
  readonly rules: AnswerSettings | undefined
  /** What browsers may do with the app; `undefined`: anything. */
  readonly security: SecuritySettings | undefined
  /** The sessions; `undefined`: there are none. */
  readonly sessions: Sessions | undefined
}

/** Apps that have a middleware: there can be one. */
const installed = new WeakSet<Application>()

/**
 * All of http-semantics as the first middleware of a Koa app: 405 with the true `Allow`, 501,
 * OPTIONS, HEAD that ends early, errors as problem details that keep the header fields.
 *
 * @param options - See {@link HttpSemanticsOptions}.
 * @returns The middleware; its `attach` completes the server.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import Router from '@koa/router'
 * import { httpSemantics } from '@http-semantics/koa'
 * import Koa from 'koa'
 *
 * const app = new Koa()
 * const semantics = httpSemantics()
 * const router = new Router()
 * router.get('/', (ctx) => {
 *   ctx.body = 'hello'
 * })
 * app.use(semantics).use(router.routes())
 * semantics.attach(app.listen(5001))
 * ```
 */
export function httpSemantics(options: HttpSemanticsOptions = {}): HttpSemantics {
  checkKeys('httpSemantics()', options, [
    'methods',
    'session',
    ...answerOptionNames,
    ...requestOptionNames,
    ...securityOptionNames,
  ])
  const { methods, session } = options
  return createMiddleware({
    guard: new MethodGuard(methods),
    requests: new RequestRules(options),
    rules: readAnswerOptions(options),
    security: readSecurityOptions(options),
    sessions: session === undefined ? undefined : createSessions(session),
  })
}

/**
 * The method semantics alone: 405, 501, OPTIONS and HEAD. Its errors are thrown as `http-errors`
 * objects, to the middleware before it or to Koa.
 *
 * @param options - See {@link MethodGuardOptions}.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 */
export function methodGuard(options: MethodGuardOptions = {}): HttpSemantics {
  return createMiddleware({
    guard: new MethodGuard(options),
    requests: undefined,
    rules: undefined,
    security: undefined,
    sessions: undefined,
  })
}

function createMiddleware(parts: Parts): HttpSemantics {
  const { guard, requests, rules, sessions } = parts
  const answers = new KoaAnswers(guard)
  const admission = new Admission({ ...parts, host: answers })
  const layer = parts.security?.layer
  const supervisor = new AnswerSupervisor(guard, answers, rules)
  let installedOn: Application | undefined

  const semantics: Middleware = (ctx, next) => {
    if (ctx.app !== installedOn) {
      if (sessions !== undefined && installedOn === undefined) checkFree(ctx.app)
      install(ctx, semantics, installedOn)
      installedOn = ctx.app
      watchRouters(ctx.app)
      if (rules !== undefined) answerErrors(ctx.app)
      if (sessions !== undefined) lend(ctx.app, sessions)
    }
    supervise(ctx.res, supervisor, ctx)
    sessions?.enter(ctx.req)
    if (ctx.req.method === 'HEAD') endHeadEarly(ctx.res)
    if (layer !== undefined) enter(layer, ctx)
    const verdict = admission.judge(ctx.req, ctx)
    if (verdict !== undefined && !(verdict instanceof Error)) {
      answerBare(verdict, ctx)
      return Promise.resolve()
    }
    const run = (): Promise<void> =>
      verdict === undefined
        ? next().then(
            () => complete(ctx, parts),
            (thrown: unknown) => Promise.reject(toError(thrown)),
          )
        : // The page that the app has for errors may look at the session, too.
          Promise.reject(verdict)
    return sessions === undefined ? run() : withSession(sessions, ctx, run)
  }

  return Object.assign(semantics, {
    attach<S extends Server | Http2Server | Http2SecureServer>(server: S): S {
      // Of an HTTP/2 server it uses what both kinds have.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      attachTo(server as Server, { rules: requests !== undefined, security: layer })
      return server
    },
  })
}

/** Looks at what the app made of a request, before Koa sends it. */
function complete(ctx: Context, { guard, rules }: Parts): void {
  // What Node has, since what Koa's context has is looked up in three objects.
  const { req, res } = ctx
  if (ctx.respond === false || res.headersSent) return
  if (req.method === 'HEAD') dropContent(ctx)
  if (res.statusCode !== 404) return
  const { method, originalUrl: target } = ctx
  const verdict = guard.judge(method, target, new KoaRoutes(ctx, guard.ignoredRoutes))
  if (verdict instanceof Error) throw verdict
  if (verdict !== undefined) {
    answerBare(verdict, ctx)
  } else if (rules !== undefined && (ctx.body === undefined || ctx.body === null)) {
    throw createRefusal(404)
  }
}

/** Answers without content. */
function answerBare({ status, fields }: BareAnswer, ctx: Context): void {
  ctx.body = null
  ctx.status = status
  for (const [name, value] of fields) ctx.set(name, value)
}

/** What Koa tells of an answer. */
class KoaAnswers implements AnswerHost<Context> {
  readonly #guard: MethodGuard
  /** Whether the app compresses, looked up with its first answer: its middleware is all there by then. */
  #compresses: boolean | undefined

  constructor(guard: MethodGuard) {
    this.#guard = guard
  }

  routes(ctx: Context): RouteReader {
    return new KoaRoutes(ctx, this.#guard.ignoredRoutes)
  }

  route(ctx: Context): string | undefined {
    const pattern: unknown = ctx['_matchedRoute']
    return typeof pattern === 'string' || pattern instanceof RegExp ? String(pattern) : undefined
  }

  isSecure(ctx: Context): boolean {
    return host.isSecure(ctx)
  }

  report(error: unknown, ctx: Context): void {
    tell(error, ctx)
  }

  /** `koa-compress` sets `Vary` ahead of the handler, which may set another. */
  isCompressing({ app }: Context): boolean {
    return (this.#compresses ??= app.middleware.some(
      (middleware) => 'preferredEncodings' in middleware,
    ))
  }

  /** Koa leaves the content of HEAD out. What `koa-compress` may make a stream of for GET has no tag there. */
  contentOf({ body, method, headers, response }: Context): unknown {
    if (method !== 'HEAD') return undefined
    const varies = /\baccept-encoding\b/i.test(response.get('Vary'))
    if (varies && headers['accept-encoding'] !== undefined) return undefined
    if (typeof body === 'string' || Buffer.isBuffer(body)) return body
    return isJson(body) ? JSON.stringify(body) : undefined
  }
}

/** Whether Koa sends something as JSON. */
const isJson = (body: unknown): boolean =>
  ['number', 'boolean', 'object'].includes(typeof body) &&
  body !== null &&
  ![Stream, ReadableStream, Blob, Response].some((type) => body instanceof type)

/**
 * Koa takes a `Response` or a web stream for JSON when it answers HEAD, and sends the length of `{}`
 * (koajs/koa#2010). Their content is cancelled, and an empty stream stands in for it.
 */
function dropContent(ctx: Context): void {
  const { body } = ctx
  const stream = body instanceof Response ? body.body : body
  if (body instanceof Response || body instanceof ReadableStream) {
    if (stream instanceof ReadableStream) void stream.cancel().catch(() => undefined)
    ctx.body = Readable.from([])
  } else if (typeof body === 'string' || Buffer.isBuffer(body)) {
    // Koa would send a length that was set by hand.
    ctx.length = Buffer.byteLength(body)
  }
}

/**
 * Refuses a middleware that stands twice in an app, or under a mount path.
 *
 * @throws Error with a sentence that says what to move.
 */
function install(ctx: Context, middleware: Middleware, earlier: Application | undefined): void {
  const places = ctx.app.middleware.filter((candidate) => candidate === middleware)
  if (places.length > 1 || earlier !== undefined || installed.has(ctx.app)) {
    throw new Error(
      'http-semantics is installed twice: every app takes one app.use(semantics), and every httpSemantics() goes to one app.',
    )
  }
  // koa-mount leaves the mount path on the context, @koa/router the routes it found.
  if ((ctx.mountPath !== undefined && ctx.mountPath !== '/') || ctx.matched !== undefined) {
    throw new Error(
      'http-semantics is installed inside a mount or a router, but decides for the whole app: make it the first app.use(semantics).',
    )
  }
  installed.add(ctx.app)
}
