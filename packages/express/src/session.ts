import {
  type AppSession,
  prepareError,
  saveSession,
  SessionLayer,
  type SessionOptions,
  supervise,
} from '@http-semantics/http'
import type { Application, NextFunction, Request, RequestHandler, Response } from 'express'
import { host, partialSupervisor } from './partial.ts'

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- Express has its types there
  namespace Express {
    interface Request {
      /** The session of this request, where the app has sessions. */
      readonly session: AppSession
    }
  }
}

/** The sessions of an Express app. */
export type Sessions = SessionLayer<Request>

/** Apps whose requests have a session. */
const lent = new WeakSet<object>()

/** @throws TypeError for a wrong option, naming it and the right spelling. */
export const createSessions = (options: SessionOptions): Sessions => new SessionLayer(options, host)

/**
 * Sessions alone: `request.session` for all that comes behind it.
 *
 * @param options - See {@link SessionOptions}.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import { session } from '@http-semantics/express'
 * import express from 'express'
 *
 * const app = express()
 * app.use(session({ secretKey: process.env['SECRET_KEY'] ?? '' }))
 * app.get('/', (request, response) => {
 *   const visits = Number(request.session['visits'] ?? 0) + 1
 *   request.session['visits'] = visits
 *   response.send(`Visit ${visits}`)
 * })
 * ```
 */
export function session(options: SessionOptions): RequestHandler {
  const sessions = createSessions(options)
  let app: Application | undefined
  return (request, response, next) => {
    if (app === undefined) {
      lend(request.app, sessions)
      app = request.app
    }
    supervise(response, partialSupervisor, request)
    return enterSession(sessions, request, response, next)
  }
}

/**
 * Gives all requests of an app a session, which is opened when a handler looks at it.
 *
 * @throws Error when they have one already.
 */
export function lend(app: Application, sessions: Sessions): void {
  // The types of Express leave `app.request` out.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { request } = app as Application & { readonly request: Request }
  if (lent.has(request)) {
    throw new Error('This app has sessions already: keep one of them, remove the other.')
  }
  lent.add(request)
  Object.defineProperty(request, 'session', {
    configurable: true,
    get(this: Request): AppSession {
      return sessions.of(this, this)
    },
    set() {
      throw new TypeError(
        'request.session cannot be replaced: set its keys, or end it by request.session.destroy()',
      )
    },
  })
}

/** Hands a request on once its session can be used. */
export function enterSession(
  sessions: Sessions,
  request: Request,
  response: Response,
  next: NextFunction,
): void | Promise<void> {
  return sessions.isEager ? enterPrepared(sessions, request, response, next) : next()
}

/** What it throws goes to Express as the error of the middleware. */
async function enterPrepared(
  sessions: Sessions,
  request: Request,
  response: Response,
  next: NextFunction,
): Promise<void> {
  await sessions.prepare(request, request)
  awaitStore(request, response)
  next()
}

/** Has the end of an answer wait until the store has its session. */
function awaitStore(request: Request, response: Response): void {
  // Called on the response alone.
  // oxlint-disable-next-line typescript/unbound-method
  const { end } = response
  let isWaiting = false
  const endNow = (parameters: readonly unknown[]): void => {
    Object.assign(response, { end })
    Reflect.apply(end, response, parameters)
  }
  const endBehind = async (saving: Promise<void>, parameters: readonly unknown[]) => {
    try {
      await saving
    } catch (error) {
      if (response.headersSent) response.destroy()
      else endNow([prepareError(error, request, response)])
      return
    }
    endNow(parameters)
  }
  const endLater = (...parameters: readonly unknown[]): Response => {
    if (isWaiting) return response
    const saving = saveSession(request, response)
    if (saving === undefined) {
      endNow(parameters)
    } else {
      isWaiting = true
      void endBehind(saving, parameters)
    }
    return response
  }
  Object.assign(response, { end: endLater })
}
