import {
  answerOptionNames,
  type AnswerOptions,
  attachTo,
  checkKeys,
  endHeadEarly,
  MethodGuard,
  type MethodGuardOptions,
  readAnswerOptions,
  readSecurityOptions,
  requestOptionNames,
  type RequestOptions,
  RequestRules,
  type SecurityOptions,
  securityOptionNames,
  type SessionOptions,
  show,
} from '@http-semantics/http'
import type { Application as App, RequestHandler } from 'express'
import type {
  IRouterHandler as QueryHandler,
  IRouterMatcher as QueryRoute,
} from 'express-serve-static-core'
import type { Server } from 'node:http'
import {
  answerBare,
  checkPlace,
  install,
  type Installation,
  type OnError,
  type Parts,
  register,
} from './installation.ts'
import { adoptMessages } from './messages.ts'
import { enter } from './security-headers.ts'
import { createSessions, enterSession } from './session.ts'

// Express routes whatever method Node's parser knows; its types leave QUERY out, or say that it may lack.
declare module 'express-serve-static-core' {
  interface Application {
    /** A route for QUERY ([RFC 10008](https://www.rfc-editor.org/rfc/rfc10008.html)). */
    query: QueryRoute<this>
  }
  interface Router {
    /** A route for QUERY ([RFC 10008](https://www.rfc-editor.org/rfc/rfc10008.html)). */
    query: QueryRoute<this>
  }
  interface IRoute<Route extends string | RegExp = string> {
    /** A handler for QUERY ([RFC 10008](https://www.rfc-editor.org/rfc/rfc10008.html)). */
    query: QueryHandler<this, Route>
  }
}

/** Options of {@link httpSemantics}. */
export interface HttpSemanticsOptions extends AnswerOptions, RequestOptions, SecurityOptions {
  /** How request methods are treated. */
  readonly methods?: MethodGuardOptions | undefined
  /**
   * Called with every error that reaches the end of the app, and its request. Default: server
   * errors are printed by `console.error`, as Express does, unless the app's `env` is `test`.
   */
  readonly onError?: OnError | undefined
  /** Sessions, as `request.session`; `secretKey` signs them. Default: none. */
  readonly session?: SessionOptions | undefined
}

/** The middleware, and what it adds to a server. */
export interface HttpSemantics extends RequestHandler {
  /**
   * Answers what Node shows only to the server: CONNECT, methods its parser does not know,
   * malformed requests. A server whose requests all go to the app makes them from then on with new
   * prototypes, which take the place of the former `app.request` and `app.response`: on Node 20 and 22
   * that spares Express most of what a request costs it. It ends where somebody else begins to listen
   * to requests, upgrades or CONNECT.
   *
   * @param server - What `app.listen()` or `http.createServer(app)` returns. Doing it twice is harmless.
   * @returns The same server.
   * @throws Error when the middleware stands twice in the app, or under a mount path.
   */
  attach<S extends Server>(server: S): S
}

/**
 * All of http-semantics as the first middleware of an Express app: 405 with the true `Allow`, 501,
 * OPTIONS, HEAD that ends early, errors as problem details.
 *
 * @param options - See {@link HttpSemanticsOptions}.
 * @returns The middleware; its `attach` completes the server.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import { httpSemantics } from '@http-semantics/express'
 * import express from 'express'
 *
 * const app = express()
 * const semantics = httpSemantics()
 * app.use(semantics)
 * app.get('/', (request, response) => response.send('hello'))
 * semantics.attach(app.listen(5000))
 * ```
 */
export function httpSemantics(options: HttpSemanticsOptions = {}): HttpSemantics {
  checkKeys('httpSemantics()', options, [
    'methods',
    'onError',
    'session',
    ...answerOptionNames,
    ...requestOptionNames,
    ...securityOptionNames,
  ])
  const { methods, onError, session } = options
  if (onError !== undefined && typeof onError !== 'function') {
    throw new TypeError(`onError must be a function, got ${show(onError)}`)
  }
  return createMiddleware({
    guard: new MethodGuard(methods),
    requests: new RequestRules(options),
    rules: readAnswerOptions(options),
    security: readSecurityOptions(options),
    sessions: session === undefined ? undefined : createSessions(session),
    onError,
  })
}

/**
 * The method semantics alone: 405, 501, OPTIONS and HEAD. Its errors are `http-errors` objects that
 * go to the app's own error handlers, or to Express' final handler.
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
    onError: undefined,
  })
}

function createMiddleware(parts: Parts): HttpSemantics {
  const { sessions } = parts
  const layer = parts.security?.layer
  let installation: Installation | undefined

  const semantics: RequestHandler = (request, response, next) => {
    if (installation === undefined || installation.app !== request.app) {
      installation = install(request.app, request.baseUrl, semantics, parts, installation)
    }
    installation.supervise(response)
    sessions?.enter(request)
    if (request.method === 'HEAD') endHeadEarly(response)
    if (layer !== undefined) enter(layer, response)
    const verdict = installation.admission.judge(request, request)
    if (verdict !== undefined && !(verdict instanceof Error)) return answerBare(verdict, response)
    // The page that the app has for errors may look at the session, too.
    const goOn = (error: unknown = verdict): void => next(error)
    return sessions === undefined ? goOn() : enterSession(sessions, request, response, goOn)
  }

  register(semantics)
  return Object.assign(semantics, {
    attach<S extends Server>(server: S): S {
      const app = server.listeners('request').find(isApplication)
      // Before the first request, since those under way would go past it.
      if (app !== undefined && checkPlace(app, semantics)) {
        installation ??= install(app, undefined, semantics, parts, undefined)
      }
      const events = attachTo(server, { rules: parts.requests !== undefined, security: layer })
      if (app !== undefined && installation?.app === app) adoptMessages(app, server, events)
      return server
    },
  })
}

const isApplication = (listener: unknown): listener is App =>
  typeof listener === 'function' && 'router' in listener && 'mountpath' in listener
