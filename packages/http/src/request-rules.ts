import type { IncomingMessage } from 'node:http'
import type { HttpError } from 'http-errors'
import { authorityOf, isHost } from './host.ts'
import { malformedTarget } from './target.ts'
import { TrustedHosts } from './trusted-hosts.ts'
import { createRefusal } from './refusal.ts'

/** Options of the request rules. */
export interface RequestOptions {
  /**
   * The hosts this app answers for; requests for others get 400. Exact names, or `.example.com` for
   * `example.com` and all its subdomains, whatever their case; ports are ignored, and `example.com.`
   * is a name of its own. Where the framework trusts a proxy, the host is that of `X-Forwarded-Host`.
   * Default: every host.
   */
  readonly trustedHosts?: readonly string[] | undefined
}

/** A request as its framework has it, which knows which proxies it trusts. */
export interface HostedRequest {
  /** The host the request is meant for, with or without a port. */
  readonly host: string | undefined
  /** `http` or `https`. */
  readonly protocol: string
}

/** The names of {@link RequestOptions}. */
export const requestOptionNames = ['trustedHosts'] as const

/** A refusal after which nobody can tell where the next request begins. */
const unframed = (status: number, message: string): HttpError =>
  createRefusal(status, message, { expose: true, headers: { Connection: 'close' } })

/**
 * Refuses requests that no server may answer as if they were in order, although Node hands them on:
 * [RFC 9112 sections 2.3](https://www.rfc-editor.org/rfc/rfc9112.html#section-2.3),
 * [3.2](https://www.rfc-editor.org/rfc/rfc9112.html#section-3.2) and
 * [6.1](https://www.rfc-editor.org/rfc/rfc9112.html#section-6.1).
 */
export class RequestRules {
  readonly #trusted: TrustedHosts | undefined
  /** The host of the request before: mostly they are all the same. */
  #lastHost = ''

  /** @throws TypeError for a wrong option, naming it and the right spelling. */
  constructor({ trustedHosts }: RequestOptions = {}) {
    this.#trusted = trustedHosts === undefined ? undefined : new TrustedHosts(trustedHosts)
  }

  /**
   * What is wrong with a request, to be asked before anything else is done with it. A target in
   * absolute form replaces its `Host`
   * ([RFC 9112 section 3.2.2](https://www.rfc-editor.org/rfc/rfc9112.html#section-3.2.2)).
   *
   * @param request - The request as Node has it, also one of HTTP/2.
   * @returns A 400, 505, 501 or 417, or `undefined` for a request that is all right.
   */
  judge(request: IncomingMessage): HttpError | undefined {
    const { url: target = '', httpVersion, rawHeaders } = request
    const isMultiplexed = request.httpVersionMajor >= 2 && 'stream' in request
    let hosts = 0
    let host: string | undefined
    let hasCoding = false
    let hasExpectation = false
    // Without the object that `headers` would be made into for it, which not every app needs.
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] ?? ''
      if (name.length === 4 && name.toLowerCase() === 'host') {
        hosts += 1
        host ??= rawHeaders[index + 1]
      } else if (name.length === 6) {
        hasExpectation ||= name.toLowerCase() === 'expect'
      } else if (name.length === 17) {
        hasCoding ||= name.toLowerCase() === 'transfer-encoding'
      }
    }
    const error =
      (isMultiplexed ? this.#judgeAuthority(request) : this.#judgeHost(request, host, hosts)) ??
      malformedTarget(target)
    if (error !== undefined) return error
    if (!isMultiplexed) {
      if (httpVersion !== '1.1' && httpVersion !== '1.0') {
        // The answer is one of HTTP/1.1, and whoever looks at the version before it leaves must know.
        Object.assign(request, { httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 })
        return unframed(505, `HTTP/${httpVersion} is not spoken here`)
      }
      if (hasCoding) {
        const framing = judgeFraming(request.headers['transfer-encoding'] ?? '', httpVersion)
        if (framing !== undefined) return framing
      }
    }
    if (hasExpectation && httpVersion !== '1.0') {
      return judgeExpectation(request.headers.expect ?? '')
    }
    return undefined
  }

  /**
   * Whether the app answers for the host a request is meant for.
   *
   * @returns A 400, or `undefined`.
   */
  judgeTrust(request: HostedRequest): HttpError | undefined {
    if (this.#trusted === undefined || this.#trusted.has(request.host)) return undefined
    return createRefusal(400, 'The host is not one this server answers for')
  }

  /**
   * @param host - The first `Host` field.
   * @param hosts - How many there are.
   */
  #judgeHost(
    request: IncomingMessage,
    host: string | undefined,
    hosts: number,
  ): HttpError | undefined {
    if (host === undefined) {
      // Older versions have no Host, and newer ones are refused for themselves.
      if (request.httpVersion === '1.1') return createRefusal(400, 'The Host field is missing')
    } else if (hosts > 1) {
      return createRefusal(400, 'There is more than one Host field')
    } else if (!this.#isHost(host)) {
      return createRefusal(400, 'The Host field is no host')
    }
    const authority = authorityOf(request.url ?? '')
    if (authority === undefined) return undefined
    if (!isHost(authority)) return createRefusal(400, 'The request target has no valid host')
    request.headers.host = authority
    return undefined
  }

  /** On HTTP/2 `:authority` stands for `Host`, which must say the same where both are there. */
  #judgeAuthority({ headers }: IncomingMessage): HttpError | undefined {
    const { ':authority': authority, host } = headers
    if (typeof authority === 'string' && !this.#isHost(authority)) {
      return createRefusal(400, 'The :authority field is no host')
    }
    if (host === undefined) return undefined
    if (typeof authority === 'string' && authority.toLowerCase() !== host.toLowerCase()) {
      return createRefusal(400, 'The Host field is not the :authority')
    }
    return this.#isHost(host) ? undefined : createRefusal(400, 'The Host field is no host')
  }

  #isHost(host: string): boolean {
    if (host === this.#lastHost || host === '') return true
    if (!isHost(host)) return false
    this.#lastHost = host
    return true
  }
}

/** Node knows `chunked` alone, and HTTP/1.0 has no transfer codings. */
function judgeFraming(codings: string, httpVersion: string): HttpError | undefined {
  const names = codings.split(',').map((name) => name.trim().toLowerCase())
  if (names.some((name) => name !== '' && name !== 'chunked')) {
    return unframed(501, 'The only transfer coding is chunked')
  }
  if (httpVersion === '1.0') return unframed(400, 'HTTP/1.0 has no transfer codings')
  return names.filter((name) => name === 'chunked').length === 1
    ? undefined
    : unframed(400, 'The Transfer-Encoding field is malformed')
}

/** The one expectation that exists ([RFC 9110 section 10.1.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-10.1.1)). */
const judgeExpectation = (expect: string): HttpError | undefined =>
  expect.trim().toLowerCase() === '100-continue'
    ? undefined
    : createRefusal(417, 'The only expectation is 100-continue')
