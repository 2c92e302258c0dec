import { assertStatusCode } from './range.ts'
import type { StatusCode } from './registry.ts'

const classes = {
  1: 'informational',
  2: 'successful',
  3: 'redirection',
  4: 'client-error',
  5: 'server-error',
} as const

/** First digit → class. */
type Classes = typeof classes

/**
 * The class of a code. With a literal it is the one class, otherwise the union of all.
 *
 * `invalid` is 600 to 999: RFC 9110 defines no such class and calls the codes invalid.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15
 */
export type StatusClass<Code extends number = number> = number extends Code
  ? Classes[keyof Classes] | 'invalid'
  : ClassOf<`${Code}`>

type ClassOf<Digits extends string> = Digits extends `${infer Digit extends keyof Classes}${string}`
  ? Classes[Digit]
  : 'invalid'

/** The registered codes whose first digit is `Digit`. */
type CodesOf<Digit extends keyof Classes> = {
  [Code in StatusCode]: `${Code}` extends `${Digit}${string}` ? Code : never
}[StatusCode]

/** The registered 1xx codes. */
export type InformationalStatusCode = CodesOf<1>
/** The registered 2xx codes. */
export type SuccessfulStatusCode = CodesOf<2>
/** The registered 3xx codes. */
export type RedirectionStatusCode = CodesOf<3>
/** The registered 4xx codes. */
export type ClientErrorStatusCode = CodesOf<4>
/** The registered 5xx codes. */
export type ServerErrorStatusCode = CodesOf<5>
/** The registered 4xx and 5xx codes. */
export type ErrorStatusCode = ClientErrorStatusCode | ServerErrorStatusCode

/** The codes of those redirects that a client follows to the URI in `Location`. */
export type RedirectStatusCode = 301 | 302 | 303 | 307 | 308

const redirects: ReadonlySet<number> = new Set<RedirectStatusCode>([301, 302, 303, 307, 308])

/**
 * The class of a code, known or not.
 *
 * A client that does not know 471 still knows from its first digit that the request was at fault.
 * 600 to 999 are `invalid`: no server may send them, and a client that gets one anyway processes it
 * as a 5xx (which is what `treatedAs` and `isError` say too).
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15
 * @example
 * statusClass(404) // => 'client-error'
 * statusClass(471) // => 'client-error'
 * statusClass(600) // => 'invalid'
 */
export function statusClass<Code extends number>(code: Code): StatusClass<Code>
export function statusClass(code: number): StatusClass {
  assertStatusCode(code)
  const byDigit: Readonly<Record<number, StatusClass>> = classes
  return byDigit[Math.trunc(code / 100)] ?? 'invalid'
}

/**
 * Is this an interim response, one that a final response still follows? True for 100 to 199.
 *
 * This guard and the others below narrow a `StatusCode` to the registered codes of the class. A plain
 * `number` stays a `number`, since 199 passes too and is in no union.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.2
 * @example
 * isInformational(103) // => true
 */
export function isInformational(code: StatusCode): code is InformationalStatusCode
export function isInformational(code: number): boolean
export function isInformational(code: number): boolean {
  return statusClass(code) === 'informational'
}

/**
 * Did the request succeed? True for 200 to 299.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3
 * @example
 * isSuccessful(204) // => true
 */
export function isSuccessful(code: StatusCode): code is SuccessfulStatusCode
export function isSuccessful(code: number): boolean
export function isSuccessful(code: number): boolean {
  return statusClass(code) === 'successful'
}

/**
 * Is this of the redirection class? True for 300 to 399, so for 304 as well; see `isRedirect`.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4
 * @example
 * isRedirection(304) // => true
 */
export function isRedirection(code: StatusCode): code is RedirectionStatusCode
export function isRedirection(code: number): boolean
export function isRedirection(code: number): boolean {
  return statusClass(code) === 'redirection'
}

/**
 * Was the request at fault? True for 400 to 499.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5
 * @example
 * isClientError(404) // => true
 */
export function isClientError(code: StatusCode): code is ClientErrorStatusCode
export function isClientError(code: number): boolean
export function isClientError(code: number): boolean {
  return statusClass(code) === 'client-error'
}

/**
 * Was the server at fault? True for 500 to 599, so not for the invalid 600 to 999.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6
 * @example
 * isServerError(503) // => true
 */
export function isServerError(code: StatusCode): code is ServerErrorStatusCode
export function isServerError(code: number): boolean
export function isServerError(code: number): boolean {
  return statusClass(code) === 'server-error'
}

/**
 * Does a client take this for a failure? True for 400 to 599, and for the invalid 600 to 999 too,
 * since a client processes those as a 5xx.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15
 * @example
 * isError(404) // => true
 * isError(304) // => false
 */
export function isError(code: StatusCode): code is ErrorStatusCode
export function isError(code: number): boolean
export function isError(code: number): boolean {
  assertStatusCode(code)
  return code >= 400
}

/**
 * Does a client go on to the URI in `Location`? True for 301, 302, 303, 307 and 308.
 *
 * Not for 300 (the client chooses), 304 (its own stored response), 305 and 306 (no longer in use).
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4
 * @example
 * isRedirect(308) // => true
 * isRedirect(304) // => false
 */
export function isRedirect(code: StatusCode): code is RedirectStatusCode
export function isRedirect(code: number): boolean
export function isRedirect(code: number): boolean {
  assertStatusCode(code)
  return redirects.has(code)
}
