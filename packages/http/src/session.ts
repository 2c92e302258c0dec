import type { IncomingMessage, ServerResponse } from 'node:http'
import { mergeVary } from '@http-semantics/preconditions'
import {
  Sessions,
  type OpenSession,
  type Session,
  type SessionAnswer,
  type SessionFields,
  type SessionOptions,
} from '@http-semantics/session'
import createError, { type HttpError } from 'http-errors'
import type { TransportHost } from './head-section.ts'
import { requestSessions } from './slots.ts'

/**
 * The keys of an app's sessions and their types, for the app to declare; until it does, a session
 * takes any.
 *
 * @example
 * ```ts no-run
 * declare module '@http-semantics/express' {
 *   interface SessionData {
 *     user: string
 *   }
 * }
 * ```
 */
// oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface
export interface SessionData {}

type DeclaredData = [keyof SessionData] extends [never] ? Record<string, unknown> : SessionData

/** The session of a request, with the keys that the app declared as {@link SessionData}. */
// oxlint-disable-next-line typescript/no-unnecessary-type-arguments -- not once an app has declared its own
export type AppSession = Session<DeclaredData>

/** The session of one request, and how far its answer is. */
interface RequestSession {
  readonly open: OpenSession<object>
  /** Whose sessions it is of: those of an app, or of another one mounted in it. */
  readonly sessions: Sessions<object>
  /** Whether there can be anything to save. */
  isTouched: boolean
}

interface SessionRequest extends IncomingMessage {
  /** `null` from when the request came by a middleware that gives it a session. */
  [requestSessions]?: RequestSession[] | null | undefined
}

/** The sessions of an app at work: opens those of its requests when somebody asks for them. */
export class SessionLayer<Context> {
  readonly #sessions: Sessions<object>
  readonly #host: TransportHost<Context>
  readonly #isFlask: boolean

  /**
   * @param options - See {@link SessionOptions}.
   * @param host - Knows whether the client is on https.
   * @throws TypeError for a wrong option, naming it and the right spelling.
   */
  constructor(options: SessionOptions, host: TransportHost<Context>) {
    this.#sessions = new Sessions<object>(options)
    this.#host = host
    this.#isFlask = options.flaskDefaults === true
  }

  /** Whether {@link prepare} is to be called for every request, before the app sees it. */
  get isEager(): boolean {
    return this.#sessions.hasStore || this.#isFlask
  }

  /** Notes that a request came by the middleware, so that its answer will say what its session must. */
  enter(request: SessionRequest): void {
    request[requestSessions] ??= null
  }

  /** Whether a request came by the middleware: what others put into a session would be lost. */
  hasEntered(request: SessionRequest): boolean {
    return request[requestSessions] !== undefined
  }

  /**
   * The session of a request. Its answer says what it must as it leaves.
   *
   * @param request - The request as Node has it.
   * @param context - What the framework has for it.
   */
  of(request: SessionRequest, context: Context): AppSession {
    const session = this.#open(request, context)
    session.isTouched = true
    return session.open.session
  }

  /**
   * Opens the session of a request whether or not the app will ask for it: with a store it has to be
   * loaded, and Flask's own rules refresh it.
   *
   * @throws Error with `status` 503 where the store fails.
   */
  prepare(request: SessionRequest, context: Context): Promise<void> {
    return this.#open(request, context).open.load()
  }

  #open(request: SessionRequest, context: Context): RequestSession {
    const opened = (request[requestSessions] ??= [])
    for (const session of opened) if (session.sessions === this.#sessions) return session
    const session: RequestSession = {
      // As the request is now: whoever comes later may change it.
      open: this.#sessions.open({
        cookie: request.headers.cookie,
        isSecure: this.#host.isSecure(context),
      }),
      sessions: this.#sessions,
      isTouched: this.#isFlask,
    }
    opened.push(session)
    return session
  }
}

/** Who is told where a session cannot be answered. */
interface SessionHost<Context> {
  report(error: unknown, context: Context): void
}

/** Where the fields of an answer are, before it leaves. */
export interface SessionFieldsHead {
  getHeader(name: string): number | string | readonly string[] | undefined
  hasHeader(name: string): boolean
}

/** An answer as a session sees it, which mostly does not look. */
class AnswerView implements SessionAnswer {
  readonly #head: SessionFieldsHead

  constructor(head: SessionFieldsHead) {
    this.#head = head
  }

  get cacheControl(): string | undefined {
    return this.#head.getHeader('cache-control')?.toString()
  }

  /** As `send` and what is built on it say it of files. */
  get isStatic(): boolean {
    return this.#head.hasHeader('accept-ranges') && this.#head.hasHeader('last-modified')
  }
}

/** Whether a store may have to be told of a session. */
const isKept = ({ sessions, isTouched }: RequestSession): boolean => sessions.hasStore && isTouched

/**
 * Tells the store of the session of a request, unless that is under way or there is none. To be awaited
 * before the answer leaves; once more where the session may have changed since.
 *
 * @param head - The fields of the answer.
 * @returns `undefined` where nothing is to be waited for.
 * @throws Error with `status` 503 where the store fails.
 */
export function saveSession(
  request: SessionRequest,
  head: SessionFieldsHead,
): Promise<void> | undefined {
  const opened = request[requestSessions] ?? []
  // Most apps have no store.
  if (!opened.some(isKept)) return undefined
  const kept = opened.filter(isKept)
  const savings = kept.map(({ open }) => open.save(new AnswerView(head)))
  return savings.length === 1 ? savings[0] : Promise.all(savings).then(() => undefined)
}

/**
 * Puts what a session has to say on an answer that is about to leave: `Set-Cookie`, `Vary` and
 * `Cache-Control`. A session that nobody touched says nothing.
 *
 * @param host - Told why, where it fails.
 * @param context - What the framework has for the request.
 * @returns What to answer instead where a cookie is too large, outside production. The next call leaves
 * the cookie out.
 */
export function answerSession<Context>(
  response: ServerResponse,
  host: SessionHost<Context>,
  context: Context,
): HttpError | undefined {
  const request: SessionRequest = response.req
  const opened = request[requestSessions]
  if (opened === undefined || opened === null) return undefined
  // The header section cannot wait any longer. A failure is told on the channel of the sessions.
  saveSession(request, response)?.catch(() => undefined)
  try {
    for (const { sessions, open } of opened) {
      setFields(response, sessions.cookieName, open.finish(new AnswerView(response)))
    }
  } catch (error) {
    host.report(error, context)
    return createError(500)
  }
  return undefined
}

function setFields(
  response: ServerResponse,
  cookieName: string,
  { setCookie, vary, cacheControl }: SessionFields,
): void {
  if (setCookie.length > 0) {
    const others = [response.getHeader('set-cookie') ?? []].flat().map(String)
    response.setHeader('Set-Cookie', [
      ...others.filter((line) => !line.startsWith(`${cookieName}=`)),
      ...setCookie,
    ])
  }
  if (vary) {
    const before = response.getHeader('vary')
    response.setHeader('Vary', before === undefined ? 'Cookie' : mergeVary(before, 'Cookie'))
  }
  if (cacheControl !== undefined) response.setHeader('Cache-Control', cacheControl)
}
