import type { IncomingMessage } from 'node:http'
import type { HttpError } from 'http-errors'
import { awaitsContinue } from './expectation.ts'
import { type MethodGuard, nodeMethods, type RouteHost } from './guard.ts'
import type { HostedRequest, RequestRules } from './request-rules.ts'
import { malformedTarget } from './target.ts'

/**
 * Decides whether a request gets into the app at all, by its header section: what is wrong with the
 * message comes first, then a host the app does not answer for, then a method nobody needs to be
 * asked about.
 */
export class Admission<Context> {
  readonly #guard: MethodGuard
  readonly #rules: RequestRules | undefined
  readonly #host: RouteHost<Context>

  /**
   * @param guard - What methods mean.
   * @param rules - The request rules; `undefined`: of the message, the target alone is looked at.
   * @param host - The routes, asked only where a request needs them.
   */
  constructor(guard: MethodGuard, rules: RequestRules | undefined, host: RouteHost<Context>) {
    this.#guard = guard
    this.#rules = rules
    this.#host = host
  }

  /**
   * Why a request does not get in, for a framework whose first middleware sees every request.
   *
   * @param request - The request as Node has it, also one of HTTP/2.
   * @param context - What the framework has for it.
   * @returns The refusal, or `undefined` for a request that gets in.
   */
  judge(request: IncomingMessage, context: Context & HostedRequest): HttpError | undefined {
    return (
      this.judgeMessage(request) ??
      this.judgeTrust(context) ??
      this.judgeForeign(request, context) ??
      this.#judgeAhead(request, context)
    )
  }

  /** What is wrong with the message itself: the part that needs no framework. */
  judgeMessage(request: IncomingMessage): HttpError | undefined {
    return this.#rules === undefined
      ? malformedTarget(request.url ?? '')
      : this.#rules.judge(request)
  }

  /** Whether the app answers for the host a request is meant for. */
  judgeTrust(request: HostedRequest): HttpError | undefined {
    return this.#rules?.judgeTrust(request)
  }

  /**
   * What is wrong with a method that only HTTP/2 lets through, where Node's parser for HTTP/1.1 refuses
   * it: frameworks run no hooks for `FOO`, or take `get` for GET, which is another method.
   */
  judgeForeign(request: IncomingMessage, context: Context): HttpError | undefined {
    const { httpVersionMajor, method = '' } = request
    if (httpVersionMajor < 2 || nodeMethods.has(method)) return undefined
    return this.#judgeMethod(request, context)
  }

  /**
   * What is wrong with a method that is refused everywhere, or whose client still waits for 100: a
   * body parser would have it send the content, just to be refused.
   */
  #judgeAhead(request: IncomingMessage, context: Context): HttpError | undefined {
    if (!this.#guard.refuses(request.method ?? '') && !awaitsContinue(request)) return undefined
    const error = this.#judgeMethod(request, context)
    // A path without a route may be some middleware's.
    return error?.status === 405 ? error : undefined
  }

  #judgeMethod(
    { method = '', url = '' }: IncomingMessage,
    context: Context,
  ): HttpError | undefined {
    const verdict = this.#guard.judge(method, url, this.#host.routes(context))
    return verdict instanceof Error ? verdict : undefined
  }
}
