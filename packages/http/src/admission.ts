import type { IncomingMessage } from 'node:http'
import { redirectToHttps } from '@http-semantics/security-headers'
import type { HttpError } from 'http-errors'
import { awaitsContinue } from './expectation.ts'
import { type MethodGuard, nodeMethods, type RouteHost, type Verdict } from './guard.ts'
import type { HostedRequest, RequestRules } from './request-rules.ts'
import type { SecuritySettings } from './security-options.ts'
import { malformedTarget, originFormOf, pathOf } from './target.ts'
import { createRefusal } from './refusal.ts'

/** What decides whether a request gets in. */
export interface AdmissionParts<Context> {
  /** What methods mean. */
  readonly guard: MethodGuard
  /** The request rules; `undefined`: of the message, the target alone is looked at. */
  readonly requests: RequestRules | undefined
  /** What browsers may do with the app; `undefined`: anything. */
  readonly security: SecuritySettings | undefined
  /** The routes, asked only where a request needs them. */
  readonly host: RouteHost<Context>
}

/**
 * Decides whether a request gets into the app at all, by its header section: what is wrong with the
 * message comes first, then where it comes from and where it goes, then a method nobody needs to be
 * asked about.
 */
export class Admission<Context> {
  readonly #guard: MethodGuard
  readonly #rules: RequestRules | undefined
  readonly #security: SecuritySettings | undefined
  readonly #host: RouteHost<Context>

  constructor({ guard, requests, security, host }: AdmissionParts<Context>) {
    this.#guard = guard
    this.#rules = requests
    this.#security = security
    this.#host = host
  }

  /**
   * Why a request does not get in, for a framework whose first middleware sees every request.
   *
   * @param request - The request as Node has it, also one of HTTP/2.
   * @param context - What the framework has for it.
   * @returns The refusal or the redirect, or `undefined` for a request that gets in.
   */
  judge(request: IncomingMessage, context: Context & HostedRequest): Verdict {
    return (
      this.judgeMessage(request) ??
      this.judgeSite(request, context) ??
      this.judgeForeign(request, context) ??
      this.#judgeAhead(request, context) ??
      this.judgeContent(request, context)
    )
  }

  /** What is wrong with the content of a request, or with what it accepts. */
  judgeContent(request: IncomingMessage, context: Context): HttpError | undefined {
    return this.#guard.judgesContent(request.method ?? '')
      ? this.#guard.judgeContent(request, this.#host.routes(context))
      : undefined
  }

  /** What is wrong with the message itself: the part that needs no framework. */
  judgeMessage(request: IncomingMessage): HttpError | undefined {
    return this.#rules === undefined
      ? malformedTarget(request.url ?? '')
      : this.#rules.judge(request)
  }

  /**
   * Whether the app answers for the host a request is meant for, whether it belongs on https, and
   * whether a page of another origin has sent it.
   */
  judgeSite(request: IncomingMessage, hosted: HostedRequest): Verdict {
    const untrusted = this.#rules?.judgeTrust(hosted)
    if (untrusted !== undefined) return untrusted
    const { httpsRedirect = false, crossOrigin } = this.#security ?? {}
    const { method = '', url = '' } = request
    const isJudged = crossOrigin?.judges(method) === true
    if (!httpsRedirect && !isJudged) return undefined
    const { host, protocol } = hosted
    const target = httpsRedirect ? originFormOf(url) : undefined
    if (target !== undefined) {
      const redirect = redirectToHttps('always', {
        isSecure: protocol === 'https',
        host,
        target,
        upgradeInsecureRequests: undefined,
      })
      if (redirect !== undefined) return redirect
    }
    if (!isJudged) return undefined
    const { headers } = request
    const reason = crossOrigin.judge({
      method,
      path: pathOf(url),
      secFetchSite: headers['sec-fetch-site']?.toString(),
      origin: headers.origin,
      host,
    })
    return reason === undefined ? undefined : createRefusal(403, reason)
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
