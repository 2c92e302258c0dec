/**
 * What request content means for a method.
 *
 * - `required`: the method does nothing without it.
 * - `defined`: content has a defined meaning, and may be absent.
 * - `undefined`: content has no defined meaning; a server may refuse or ignore it.
 * - `forbidden`: a client must not send any.
 */
export type RequestContent = 'required' | 'defined' | 'undefined' | 'forbidden'

/**
 * Whether a cache may store the answer to a method.
 *
 * - `yes`: by the method's definition.
 * - `explicit`: only with explicit freshness and a matching `Content-Location`.
 * - `no`: never.
 */
export type MethodCacheability = 'yes' | 'explicit' | 'no'

/** One row of the registry: a method and what its definition says of it. */
export interface MethodEntry {
  /** The method token, case-sensitive: `'GET'`. */
  readonly name: string
  /** Read-only by definition ([RFC 9110 section 9.2.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.1)). */
  readonly safe: boolean
  /** May be repeated without further effect ([RFC 9110 section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.2)). */
  readonly idempotent: boolean
  /** Whether a cache may store the answer ([RFC 9110 section 9.2.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.3)). */
  readonly cacheable: MethodCacheability
  /** What request content means. */
  readonly requestContent: RequestContent
  /** Where the method is defined: `'RFC 9110 section 9.3.1'`. */
  readonly reference: string
}

/**
 * Every method of the
 * [IANA HTTP Method Registry](https://www.iana.org/assignments/http-methods/http-methods.xhtml),
 * in alphabetical order. The registry also reserves the name `*`, so that nobody registers it
 * (RFC 9110 section 18.2); it is no method and not listed.
 *
 * @example
 * ```ts
 * import { methodRegistry } from '@http-semantics/methods'
 *
 * methodRegistry.filter((method) => method.cacheable === 'yes').map((method) => method.name) // => ['GET', 'HEAD', 'QUERY']
 * ```
 */
// oxfmt-ignore
export const methodRegistry = [
  { name: 'ACL', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 3744 section 8.1' },
  { name: 'BASELINE-CONTROL', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 3253 section 12.6' },
  { name: 'BIND', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 5842 section 4' },
  { name: 'CHECKIN', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 3253 section 4.4' },
  { name: 'CHECKOUT', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 3253 section 4.3' },
  { name: 'CONNECT', safe: false, idempotent: false, cacheable: 'no', requestContent: 'undefined', reference: 'RFC 9110 section 9.3.6' },
  { name: 'COPY', safe: false, idempotent: true, cacheable: 'no', requestContent: 'undefined', reference: 'RFC 4918 section 9.8' },
  { name: 'DELETE', safe: false, idempotent: true, cacheable: 'no', requestContent: 'undefined', reference: 'RFC 9110 section 9.3.5' },
  { name: 'GET', safe: true, idempotent: true, cacheable: 'yes', requestContent: 'undefined', reference: 'RFC 9110 section 9.3.1' },
  { name: 'HEAD', safe: true, idempotent: true, cacheable: 'yes', requestContent: 'undefined', reference: 'RFC 9110 section 9.3.2' },
  { name: 'LABEL', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 3253 section 8.2' },
  { name: 'LINK', safe: false, idempotent: true, cacheable: 'no', requestContent: 'undefined', reference: 'RFC 2068 section 19.6.1.2' },
  { name: 'LOCK', safe: false, idempotent: false, cacheable: 'no', requestContent: 'defined', reference: 'RFC 4918 section 9.10' },
  { name: 'MERGE', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 3253 section 11.2' },
  { name: 'MKACTIVITY', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 3253 section 13.5' },
  { name: 'MKCALENDAR', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 4791 section 5.3.1' },
  { name: 'MKCOL', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 4918 section 9.3' },
  { name: 'MKREDIRECTREF', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 4437 section 6' },
  { name: 'MKWORKSPACE', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 3253 section 6.3' },
  { name: 'MOVE', safe: false, idempotent: true, cacheable: 'no', requestContent: 'undefined', reference: 'RFC 4918 section 9.9' },
  { name: 'OPTIONS', safe: true, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 9110 section 9.3.7' },
  { name: 'ORDERPATCH', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 3648 section 7' },
  { name: 'PATCH', safe: false, idempotent: false, cacheable: 'explicit', requestContent: 'required', reference: 'RFC 5789 section 2' },
  { name: 'POST', safe: false, idempotent: false, cacheable: 'explicit', requestContent: 'defined', reference: 'RFC 9110 section 9.3.3' },
  { name: 'PRI', safe: true, idempotent: true, cacheable: 'no', requestContent: 'undefined', reference: 'RFC 9113 section 3.4' },
  { name: 'PROPFIND', safe: true, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 4918 section 9.1' },
  { name: 'PROPPATCH', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 4918 section 9.2' },
  { name: 'PUT', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 9110 section 9.3.4' },
  { name: 'QUERY', safe: true, idempotent: true, cacheable: 'yes', requestContent: 'required', reference: 'RFC 10008 section 2' },
  { name: 'REBIND', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 5842 section 6' },
  { name: 'REPORT', safe: true, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 3253 section 3.6' },
  { name: 'SEARCH', safe: true, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 5323 section 2' },
  { name: 'TRACE', safe: true, idempotent: true, cacheable: 'no', requestContent: 'forbidden', reference: 'RFC 9110 section 9.3.8' },
  { name: 'UNBIND', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 5842 section 5' },
  { name: 'UNCHECKOUT', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 3253 section 4.5' },
  { name: 'UNLINK', safe: false, idempotent: true, cacheable: 'no', requestContent: 'undefined', reference: 'RFC 2068 section 19.6.1.3' },
  { name: 'UNLOCK', safe: false, idempotent: true, cacheable: 'no', requestContent: 'undefined', reference: 'RFC 4918 section 9.11' },
  { name: 'UPDATE', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 3253 section 7.1' },
  { name: 'UPDATEREDIRECTREF', safe: false, idempotent: true, cacheable: 'no', requestContent: 'required', reference: 'RFC 4437 section 7' },
  { name: 'VERSION-CONTROL', safe: false, idempotent: true, cacheable: 'no', requestContent: 'defined', reference: 'RFC 3253 section 3.5' },
] as const

/** The name of a registered method: `'GET' | 'HEAD' | …`. */
export type RegisteredMethod = (typeof methodRegistry)[number]['name']
