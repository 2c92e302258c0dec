import {
  createRefusal,
  Admission,
  answerOptionNames,
  type AnswerOptions,
  type AnswerSettings,
  AnswerSupervisor,
  attachTo,
  checkKeys,
  endHeadEarly,
  MethodGuard,
  type MethodGuardOptions,
  prepareBare,
  readAnswerOptions,
  readSecurityOptions,
  requestOptionNames,
  type RequestOptions,
  RequestRules,
  type SecurityOptions,
  securityOptionNames,
  type SecuritySettings,
  type SessionOptions,
  supervise,
  type Verdict,
} from '@http-semantics/http'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyPluginAsync,
  FastifyReply,
  FastifyRequest,
  FastifyTypeProvider,
  FastifyTypeProviderDefault,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerBase,
  RawServerDefault,
  RouteShorthandMethod,
  onSendHookHandler,
  preParsingHookHandler,
} from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerError, lastResort, noteAnswer } from './errors.ts'
import { dropContent } from './head.ts'
import { claim } from './installation.ts'
import { judgeUnrouted } from './not-found.ts'
import { host } from './partial.ts'
import { addQuery } from './query.ts'
import { ReplyHead } from './reply-head.ts'
import { judgeServer, refuseRequests } from './refusals.ts'
import { isListener } from './requests.ts'
import { FastifyRoutes } from './routes.ts'
import { enterLayers, secureAll } from './security-headers.ts'
import { createSessions, lend, type Sessions } from './session.ts'

declare module 'fastify' {
  interface FastifyInstance<
    RawServer extends RawServerBase = RawServerDefault,
    RawRequest extends RawRequestDefaultExpression<RawServer> =
      RawRequestDefaultExpression<RawServer>,
    RawReply extends RawReplyDefaultExpression<RawServer> = RawReplyDefaultExpression<RawServer>,
    Logger extends FastifyBaseLogger = FastifyBaseLogger,
    TypeProvider extends FastifyTypeProvider = FastifyTypeProviderDefault,
  > {
    /** A route for QUERY ([RFC 10008](https://www.rfc-editor.org/rfc/rfc10008.html)). */
    query: RouteShorthandMethod<RawServer, RawRequest, RawReply, TypeProvider, Logger>
  }
}

/** Options of {@link httpSemantics}. */
export interface HttpSemanticsOptions extends AnswerOptions, RequestOptions, SecurityOptions {
  /** How request methods are treated. */
  readonly methods?: MethodGuardOptions | undefined
  /** Sessions, as `request.session`; `secretKey` signs them. Default: none. */
  readonly session?: SessionOptions | undefined
}

/**
 * All of http-semantics as a Fastify plugin: 405 with the true `Allow`, 501, OPTIONS, HEAD that ends
 * early, errors as problem details. To be registered, and awaited, before the app's routes.
 *
 * @throws TypeError for a wrong option, naming it and the right spelling; Error when the app has
 * routes already, or the plugin, or when it is registered inside another plugin.
 *
 * @example
 * ```ts no-run
 * import { httpSemantics } from '@http-semantics/fastify'
 * import Fastify from 'fastify'
 *
 * const app = Fastify()
 * await app.register(httpSemantics)
 * app.get('/', async () => 'hello')
 * await app.listen({ port: 5002 })
 * ```
 */
export const httpSemantics: FastifyPluginAsync<HttpSemanticsOptions> = fastifyPlugin(
  async (fastify: FastifyInstance, options: HttpSemanticsOptions) => {
    checkKeys('httpSemantics', options, [
      'methods',
      'session',
      ...answerOptionNames,
      ...requestOptionNames,
      ...securityOptionNames,
      'prefix',
      'logLevel',
      'logSerializers',
    ])
    const sessions = options.session === undefined ? undefined : createSessions(options.session)
    install(fastify, options, {
      guard: new MethodGuard(options.methods),
      requests: new RequestRules(options),
      rules: readAnswerOptions(options),
      security: readSecurityOptions(options),
      sessions,
    })
    if (sessions !== undefined) lend(fastify, sessions)
  },
  { fastify: '5.x', name: '@http-semantics/fastify' },
)

/**
 * The method semantics alone: 405, 501, OPTIONS and HEAD. Its errors are `http-errors` objects that
 * go to the app's error handler.
 *
 * @throws TypeError for a wrong option, naming it and the right spelling.
 */
export const methodGuard: FastifyPluginAsync<MethodGuardOptions> = fastifyPlugin(
  async (fastify: FastifyInstance, options: MethodGuardOptions) => {
    install(fastify, options, {
      guard: new MethodGuard(options),
      requests: undefined,
      rules: undefined,
      security: undefined,
      sessions: undefined,
    })
  },
  { fastify: '5.x', name: '@http-semantics/fastify/method-guard' },
)

/** What one plugin does to the app it is registered on. */
interface Parts {
  readonly guard: MethodGuard
  /** `undefined`: of a request, the method alone is looked at. */
  readonly requests: RequestRules | undefined
  /**
   * How the response rules are kept, and errors that nobody handled answered with problem details.
   * `undefined`: both are left to Fastify.
   */
  readonly rules: AnswerSettings | undefined
  /** What browsers may do with the app; `undefined`: anything. */
  readonly security: SecuritySettings | undefined
  /** The sessions; `undefined`: there are none. */
  readonly sessions: Sessions | undefined
}

function install(fastify: FastifyInstance, options: object, parts: Parts): void {
  claim(fastify, options)
  addQuery(fastify)
  const { guard, requests, rules, security, sessions } = parts
  const routes = new FastifyRoutes(fastify, guard.ignoredRoutes)
  const admission = new Admission<IncomingMessage>({
    ...parts,
    host: { routes: (request) => routes.for(request) },
  })
  /** The content of answers, which Fastify sends behind the header section, or leaves out for HEAD. */
  const contents = new WeakMap<IncomingMessage, unknown>()
  /** The answers that had no coding before `@fastify/compress` saw them. */
  const uncoded = new WeakSet<ServerResponse>()
  const supervisor = new AnswerSupervisor<FastifyRequest>(
    guard,
    {
      routes: ({ raw }) => routes.for(raw),
      route: ({ is404, routeOptions }) => (is404 ? undefined : routeOptions.url),
      ...host,
      contentOf: ({ raw }) => contents.get(raw),
      wasUncoded: (response) => uncoded.has(response),
      isCompressing: ({ server }) => compresses(server),
      judge({ method }, response) {
        // Fastify's own HEAD routes add a length of 0 to 204 and 304: no handler's fault to report.
        const isOwn = method === 'HEAD' && response.getHeader('Content-Length') === '0'
        if (isOwn && [204, 304].includes(response.statusCode)) {
          response.removeHeader('Content-Length')
        }
        return lastResort(response)
      },
    },
    rules,
  )

  const noteContent: onSendHookHandler = ({ raw }, reply, payload, done) => {
    // Of compressed content, what came before that stays.
    if (!reply.hasHeader('content-encoding')) contents.set(raw, payload)
    done(null, payload)
  }

  /** Answers, or hands on to whatever comes next. */
  function judge(
    request: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error) => void,
  ): void {
    const { method, raw } = request
    const verdict = guard.judge(method, raw.url ?? '', routes.for(raw))
    if (verdict !== undefined) {
      answer(verdict, reply, done)
    } else if (rules !== undefined && isUnanswered(request)) {
      done(createRefusal(404))
    } else {
      done()
    }
  }

  const judgeContent: preParsingHookHandler = ({ is404, raw }, _reply, _payload, done) =>
    done(is404 ? null : admission.judgeContent(raw, raw))

  const enter = enterLayers(fastify)
  fastify.addHook('onRoute', (route) => {
    routes.add(route)
    if (!guard.declaresContent && [route.method].flat().includes('QUERY')) {
      route.preParsing = [judgeContent, ...[route.preParsing ?? []].flat()]
    }
    if (rules?.entityTags === undefined) return
    // Behind the hooks that may change the content, and ahead of Fastify's own for HEAD, which takes it
    // away.
    const hooks = [route.onSend ?? []].flat().filter((hook) => hook !== noteContent)
    const own = hooks.findIndex(({ name }) => name === 'headRouteOnSendHandler')
    route.onSend = hooks.toSpliced(own === -1 ? hooks.length : own, 0, noteContent)
  })
  fastify.addHook('onReady', (done) => {
    routes.addSlashed(fastify)
    done()
  })
  fastify.addHook('onRequest', (request, reply, done) => {
    supervise(reply.raw, supervisor, request)
    enter(reply.raw)
    if (request.method === 'HEAD') endHeadEarly(reply.raw)
    const verdict = admission.judgeSite(request.raw, request)
    if (verdict === undefined && !guard.refuses(request.method)) return done()
    const refuse = (): void => {
      if (verdict !== undefined) answer(verdict, reply, done)
      else judge(request, reply, done)
    }
    // The page that the app has for errors may look at the session, too.
    if (sessions?.isEager === true) sessions.prepare(request.raw, request).then(refuse, done)
    else refuse()
  })
  // Behind the `onRequest` hooks of the app, so that the fields they set stay.
  judgeUnrouted(fastify, judge)
  // Of an app that declares nothing, only QUERY is looked at: the others need not pay for the hook.
  if (guard.declaresContent) fastify.addHook('preParsing', judgeContent)
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { method, raw } = request
    noteAnswer(reply)
    if (method === 'OPTIONS' && isRefusedByCors(reply, payload)) {
      const fields = guard.optionsFields(raw.url ?? '', routes.for(raw))
      if (fields.length > 0) {
        prepareBare({ status: 204, fields }, new ReplyHead(reply))
        return done(null, '')
      }
    }
    if (compresses(request.server)) {
      // `reply.compress()` has compressed it already, and knows the length.
      const isCoded = reply.hasHeader('content-encoding') && !reply.hasHeader('content-length')
      if (!isCoded) uncoded.add(reply.raw)
    }
    if (rules?.entityTags !== undefined) contents.set(raw, payload)
    done(null, method === 'HEAD' ? dropContent(payload, reply) : payload)
  })
  if (rules !== undefined) fastify.setErrorHandler(answerError)

  // Fastify's own answer to a malformed request lacks Date and Connection, and closes the socket.
  for (const listener of fastify.server.listeners('clientError')) {
    if (isListener(listener) && listener.name === 'bound defaultClientErrorHandler') {
      fastify.server.off('clientError', listener)
    }
  }
  attachTo(fastify.server, { rules: requests !== undefined, security: security?.layer })
  if (requests !== undefined) {
    refuseRequests(
      fastify,
      guard,
      (request) =>
        admission.judgeMessage(request) ??
        admission.judgeForeign(request, request) ??
        judgeServer(guard, request, routes),
    )
  }
  // Around all that, so that refusals have the fields, too.
  if (security?.layer !== undefined) secureAll(fastify, security.layer)
}

/** Which apps have `@fastify/compress`, and which of their plugins: looked up once they answer. */
const compressing = new WeakMap<FastifyInstance, boolean>()

function compresses(fastify: FastifyInstance): boolean {
  let found = compressing.get(fastify)
  if (found === undefined) {
    found = fastify.hasReplyDecorator('compress')
    compressing.set(fastify, found)
  }
  return found
}

/** Answers, or passes the error on. */
function answer(
  verdict: Exclude<Verdict, undefined>,
  reply: FastifyReply,
  done: (error: Error) => void,
): void {
  if (verdict instanceof Error) return done(verdict)
  prepareBare(verdict, new ReplyHead(reply))
  reply.send()
}

/**
 * Whether `@fastify/cors` refused an OPTIONS request because it is no preflight: it takes the OPTIONS
 * requests of every path for itself.
 */
const isRefusedByCors = (reply: FastifyReply, payload: unknown): boolean =>
  reply.statusCode === 400 && payload === 'Invalid Preflight Request'

/** Whether Fastify would send its own 404 page, which names the method: HEAD and GET would differ. */
const isUnanswered = ({ is404, routeOptions }: FastifyRequest): boolean =>
  is404 && 'handler' in routeOptions && isNamed(routeOptions.handler, 'basic404')

const isNamed = (value: unknown, name: string): boolean =>
  typeof value === 'function' && value.name === name
