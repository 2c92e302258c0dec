import {
  createRefusal,
  Admission,
  type AnswerSettings,
  AnswerSupervisor,
  type BareAnswer,
  entityTagOf,
  type EntityTags,
  hasEndedEarly,
  type MethodGuard,
  prepareError,
  prepareBare,
  type RequestRules,
  type SecuritySettings,
  show,
  statusOf,
  supervisePrototype,
} from '@http-semantics/http'
import type {
  Application,
  ErrorRequestHandler,
  NextFunction,
  Request,
  RequestHandler,
  Response,
} from 'express'
import { ExpressAnswers, markSeen } from './responses.ts'
import { ExpressRoutes, isNested, layersOf } from './routes.ts'
import { lend, type Sessions } from './session.ts'

/** Told of an error that reached the end of the app, and of its request. */
export type OnError = (error: unknown, request: Parameters<RequestHandler>[0]) => void

/** What one middleware does to the app it is installed on. */
export interface Parts {
  readonly guard: MethodGuard
  /** `undefined`: of a request, the target and the method alone are looked at. */
  readonly requests: RequestRules | undefined
  /**
   * How the response rules are kept, and errors that nobody handled answered with problem details.
   * `undefined`: both are left to Express.
   */
  readonly rules: AnswerSettings | undefined
  /** What browsers may do with the app; `undefined`: anything. */
  readonly security: SecuritySettings | undefined
  /** The sessions; `undefined`: there are none. */
  readonly sessions: Sessions | undefined
  readonly onError: OnError | undefined
}

/** Which installation works on an app: there can be one. */
const installations = new WeakMap<Application, Installation>()

/** All middlewares of this package, so that a second one in an app is found before any request. */
const middlewares = new WeakSet<object>()

/** Remembers a middleware as one of this package. */
export function register(middleware: RequestHandler): void {
  middlewares.add(middleware)
}

const isOurs = (handler: object): boolean => middlewares.has(handler)

/**
 * Refuses a middleware that stands twice in an app, or anywhere but in the outermost app itself.
 *
 * @returns Whether it stands there already.
 * @throws Error with a sentence that says what to move.
 */
export function checkPlace(app: Application, middleware: RequestHandler): boolean {
  const places = layersOf(app).filter((layer) => isOurs(layer.handle))
  if (places.length > 1) {
    throw new Error(
      'http-semantics is installed twice on this app: keep the first app.use(semantics), remove the other.',
    )
  }
  const place = places.find(({ handle }) => handle === middleware)
  if (place !== undefined) checkPath(place.rawPath ?? '/')
  // A mounted app has a parent; Express sets it when it mounts.
  const parent = 'parent' in app ? app.parent : undefined
  if (parent !== undefined) checkPath(app.mountpath)
  if (parent !== undefined || isNested(layersOf(app), middleware)) {
    throw new Error(
      'http-semantics is installed inside a router or a mounted app, but decides for the whole app: make it the first app.use(semantics) of the outermost app.',
    )
  }
  return place !== undefined
}

function checkPath(path: unknown): void {
  if (path === '/') return
  throw new Error(
    `http-semantics is installed under ${show(path)}, but decides for the whole app: make it the first app.use(semantics) of the outermost app, without a path.`,
  )
}

/**
 * Puts a middleware to work on an app: when its server is attached, or on the app's first request.
 *
 * @param baseUrl - That of the first request; `undefined` without one.
 * @param earlier - Where the same middleware works already.
 * @throws Error when another one works on the app, or this one works on another app.
 */
export function install(
  app: Application,
  baseUrl: string | undefined,
  middleware: RequestHandler,
  parts: Parts,
  earlier: Installation | undefined,
): Installation {
  if (baseUrl !== undefined && baseUrl !== '') checkPath(baseUrl)
  checkPlace(app, middleware)
  if (earlier !== undefined || installations.has(app)) {
    throw new Error(
      'http-semantics is installed twice: every app takes one, and every httpSemantics() goes to one app.',
    )
  }
  const installation = new Installation(app, parts, baseUrl !== undefined)
  installations.set(app, installation)
  return installation
}

/**
 * One middleware at work on one app: a guard behind the routes, and problem details at the very end.
 * It uses public members of the app only.
 */
export class Installation {
  readonly app: Application
  readonly routes: ExpressRoutes
  /** Decides which requests get in. */
  readonly admission: Admission<Request>
  /** Looks at an answer as it begins. */
  readonly supervise: (response: Response) => void
  readonly #parts: Parts
  #length = 0
  #last: RequestHandler | undefined

  /**
   * @param app - The outermost app, with the middleware already in place.
   * @param byRequest - Whether a request is under way, whose answer this does not see from its start.
   */
  constructor(app: Application, parts: Parts, byRequest: boolean) {
    this.app = app
    this.#parts = parts
    this.routes = new ExpressRoutes(app, parts.guard.ignoredRoutes)
    const answers = new ExpressAnswers(
      parts.guard,
      this.routes,
      parts.rules !== undefined,
      (error, request) => tell(parts, error, request),
    )
    this.admission = new Admission({ ...parts, host: answers })
    const supervisor = new AnswerSupervisor(
      parts.guard,
      answers,
      parts.rules,
      parts.security?.layer,
    )
    // The types of Express leave `app.response` out.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const { response } = app as Application & { readonly response: Response }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const contextOf = ({ req }: { readonly req: unknown }): Request => req as Request
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is `express.response`
    const shared = Object.getPrototypeOf(response) as Response
    const start = supervisePrototype(response, supervisor, contextOf, shared)
    let isUnderWay = byRequest
    this.supervise = (given) => {
      // Earlier middleware has seen the request by which the app is put to work.
      start(given, isUnderWay)
      isUnderWay = false
    }
    // It is taken off every answer anyway.
    if (parts.security?.layer !== undefined) app.disable('x-powered-by')
    if (parts.sessions !== undefined) lend(app, parts.sessions)
    if (parts.rules?.entityTags !== undefined) this.#makeTags(parts.rules.entityTags)
    this.#appendTail()
  }

  /**
   * Has Express make our entity tags in place of its own weak ones, also for HEAD, whose content nobody
   * sees behind it. What the app has set itself stays.
   */
  #makeTags(kind: EntityTags): void {
    const given: unknown = this.app.get('etag')
    if (given !== false && given !== 'weak') return
    this.app.set('etag', (content: string | Buffer, encoding?: unknown) =>
      entityTagOf(kind, content, encoding),
    )
  }

  /**
   * Puts the guard behind the routes, but before the app's own error handlers, so that they see its
   * errors; and the problem details behind everything.
   */
  #appendTail(): void {
    const guard: RequestHandler = (request, response, next) => {
      if (this.#isLast(guard)) this.#judge(request, response, next)
      else next()
    }
    const problems: ErrorRequestHandler = (error, request, response, next) => {
      // Once the answer has begun, Express' final handler cuts the connection, so that nobody takes
      // the rest for the whole.
      if (this.#isLast(guard) && !response.headersSent) this.#answer(error, request, response)
      // An answer that is complete needs no other, and its connection goes on.
      else if (!hasEndedEarly(response)) next(error)
    }
    const layers = layersOf(this.app)
    let handlers = 0
    while (layers.at(-1 - handlers)?.handle.length === 4) handlers += 1
    this.app.use(guard)
    layers.splice(layers.length - 1 - handlers, 0, ...layers.splice(-1))
    if (this.#parts.rules !== undefined) this.app.use(problems)
    this.#length = layers.length
    this.#last = guard
  }

  /**
   * Whether a guard is still the one at the end. Routes and error handlers added since come first:
   * they get a new tail behind them, and the old one lets everything pass.
   */
  #isLast(guard: RequestHandler): boolean {
    if (layersOf(this.app).length > this.#length) this.#appendTail()
    return this.#last === guard
  }

  #judge(request: Request, response: Response, next: NextFunction): void {
    const verdict = this.#parts.guard.judge(request.method, request.url, this.routes)
    if (verdict === undefined) {
      if (this.#parts.rules === undefined) return next()
      markSeen(response)
      next(createRefusal(404))
    } else if (verdict instanceof Error) {
      next(verdict)
    } else {
      answerBare(verdict, response)
    }
  }

  #answer(error: unknown, request: Request, response: Response): void {
    markSeen(response)
    const { statusCode } = response
    tell(this.#parts, error, request)
    response.end(prepareError(error, request, response, statusCode >= 400 ? statusCode : 500))
  }
}

/** Tells of an error that reached the end of the app. */
function tell({ onError = printServerError }: Parts, error: unknown, request: Request): void {
  try {
    onError(error, request)
  } catch (failure) {
    // Whoever is told of errors must not become one: the client still gets its answer.
    console.error(failure)
  }
}

/** Answers without content. */
export function answerBare(answer: BareAnswer, response: Response): void {
  prepareBare(answer, response)
  response.end()
}

/** Prints a server error, as Express does. */
const printServerError: OnError = (error, request) => {
  const silent = request.app.get('env') === 'test' || isExposed(error)
  if (statusOf(error) >= 500 && !silent) console.error(error)
}

const isExposed = (error: unknown): boolean =>
  error instanceof Error && 'expose' in error && error.expose === true
