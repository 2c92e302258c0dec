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

/** Inherited, so that an app that has its sessions from another library has their type, too. */
interface RequestWithSession {
  /** The session of this request, where the app has sessions. */
  readonly session: AppSession
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- Express has its types there
  namespace Express {
    // oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface
    interface Request extends RequestWithSession {}
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
  const apps = new WeakSet<Application>()
  return (request, response, next) => {
    if (!apps.has(request.app)) {
      lend(request.app, sessions)
      apps.add(request.app)
    }
    supervise(response, partialSupervisor, request)
    sessions.enter(request)
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
  if (lent.has(app)) {
    throw new Error('This app has sessions already: keep one of them, remove the other.')
  }
  lent.add(app)
  Object.defineProperty(request, 'session', {
    configurable: true,
    get(this: Request): AppSession | undefined {
      return sessions.hasEntered(this) ? sessions.of(this, this) : undefined
    },
    set() {
      throw new TypeError(
        'request.session cannot be replaced: set its keys, or end it by request.session.destroy(). If another session library does it, remove one of the two.',
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
  if (Object.hasOwn(request, 'session')) {
    throw new Error(
      'request.session belongs to another library already, such as express-session: keep one of them, remove the other.',
    )
  }
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
  awaitStore(request, response, next)
  next()
}

/**
 * Has the end of an answer wait until the store has its session. Whatever wraps `end` later, such as
 * compression, is called behind that, since it may send the header section at once.
 */
function awaitStore(request: Request, response: Response, next: NextFunction): void {
  // Called on the response alone.
  // oxlint-disable-next-line typescript/unbound-method
  const { end } = response
  let top: (...parameters: never[]) => unknown = end
  let state: 'open' | 'waiting' | 'over' = 'open'
  const endNow = (parameters: readonly unknown[]): void => {
    state = 'over'
    Object.defineProperty(response, 'end', { ...ownProperty, writable: true, value: top })
    Reflect.apply(top, response, parameters)
  }
  const endBehind = async (saving: Promise<void>, parameters: readonly unknown[]) => {
    const release = hold(response)
    const failure = await saving.then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    release()
    if (failure !== undefined && response.headersSent) {
      response.destroy()
      return
    }
    try {
      endNow(failure === undefined ? parameters : [prepareError(failure.error, request, response)])
    } catch (error) {
      // Nobody is there any more to catch what Node throws, for a status, say, that is none.
      next(error)
    }
  }
  const endLater = (...parameters: readonly unknown[]): Response => {
    // What wraps it calls it.
    if (state === 'over') Reflect.apply(end, response, parameters)
    if (state !== 'open') return response
    const saving = saveSession(request, response)
    if (saving === undefined) {
      endNow(parameters)
    } else {
      state = 'waiting'
      void endBehind(saving, parameters)
    }
    return response
  }
  Object.defineProperty(response, 'end', {
    ...ownProperty,
    get: () => endLater,
    set(wrapper: typeof top) {
      top = wrapper
    },
  })
}

const ownProperty = { configurable: true, enumerable: true } as const

/**
 * Keeps an answer that has ended, and waits, from whatever a handler does to it afterwards: without a
 * store, that would come too late, and two answers must not become one.
 *
 * @returns Lets it go, as it was.
 */
function hold(response: Response): () => void {
  // oxlint-disable-next-line typescript/unbound-method -- called on the response alone
  const { write, writeHead, flushHeaders, statusCode, statusMessage } = response
  const isBegun = response.headersSent
  const fields = new Map(response.getHeaderNames().map((name) => [name, response.getHeader(name)]))
  const ignored = { write: () => false, writeHead: () => response, flushHeaders: () => undefined }
  Object.assign(response, ignored)
  return () => {
    Object.assign(response, { write, writeHead, flushHeaders })
    if (isBegun) return
    Object.assign(response, { statusCode, statusMessage })
    for (const name of response.getHeaderNames()) {
      if (!fields.has(name)) response.removeHeader(name)
    }
    for (const [name, value] of fields) {
      if (value !== undefined && response.getHeader(name) !== value) response.setHeader(name, value)
    }
  }
}
