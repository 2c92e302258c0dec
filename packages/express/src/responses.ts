import type { AnswerHost, FirstContent, MethodGuard, Verdict } from '@http-semantics/http'
import type { Request } from 'express'
import type { ServerResponse } from 'node:http'
import type { ExpressRoutes } from './routes.ts'

const seen = new WeakSet<ServerResponse>()

/** Marks an answer as one that the guard need not look at: its own, or one it has seen. */
export function markSeen(response: ServerResponse): void {
  seen.add(response)
}

/**
 * What Express tells of an answer, and which of its answers are another in truth:
 *
 * - A 404 that no route gave (an `app.use` page at the end of the app) may be a 405 or 501.
 * - Express answers OPTIONS inside the first router that has a matching route, with that router's
 *   methods alone: the answer becomes the whole app's.
 */
export class ExpressAnswers implements AnswerHost<Request> {
  readonly #guard: MethodGuard
  readonly #routes: ExpressRoutes
  readonly #problems: boolean
  readonly report: (error: unknown, request: Request) => void

  /**
   * @param problems - Whether a 404 may be replaced; else it is left to the app.
   * @param report - Told of errors that no handler made.
   */
  constructor(
    guard: MethodGuard,
    routes: ExpressRoutes,
    problems: boolean,
    report: (error: unknown, request: Request) => void,
  ) {
    this.#guard = guard
    this.#routes = routes
    this.#problems = problems
    this.report = report
  }

  routes(): ExpressRoutes {
    return this.#routes
  }

  route({ baseUrl, route }: Request): string | undefined {
    return route === undefined ? undefined : `${baseUrl}${String(route.path)}`
  }

  isSecure(request: Request): boolean {
    return request.secure
  }

  /** `compression` sets `Vary` by the type of the content, which a 304 does not have. */
  isCompressing(_request: Request, response: ServerResponse): boolean {
    return Object.hasOwn(response, 'flush')
  }

  judge(request: Request, response: ServerResponse, { chunk }: FirstContent): Verdict {
    // Express makes a 304 of what a handler sends, and leaves the language of that on it.
    if (response.statusCode === 304 && request.fresh) response.removeHeader('Content-Language')
    const isWrong =
      (response.statusCode === 404 &&
        this.#problems &&
        !seen.has(response) &&
        !this.#routes.hasHandled(request)) ||
      (request.method === 'OPTIONS' && chunk !== undefined && chunk === response.getHeader('Allow'))
    return isWrong
      ? // Not `originalUrl`: an app may have rewritten the target before its routes saw it.
        this.#guard.judge(request.method, `${request.baseUrl}${request.url}`, this.#routes)
      : undefined
  }
}
