import { reasonPhrase, statusCode as codeOf } from '@http-semantics/status'

/**
 * Problem details ([RFC 9457 section 3](https://www.rfc-editor.org/rfc/rfc9457.html#section-3)).
 * A missing `type` means `about:blank`: the status says it all.
 */
export interface Problem {
  /** A URI that names the kind of problem. */
  readonly type?: string
  /** A short summary of the kind of problem: for `about:blank` the reason phrase. */
  readonly title: string
  /** The status code of the answer, 400 to 599. */
  readonly status: number
  /** What happened this time, only where the error says it may be shown. */
  readonly detail?: string
}

/** The members of an error that {@link toProblem} reads; `http-errors` made them the custom. */
interface ErrorLike {
  readonly status?: unknown
  readonly statusCode?: unknown
  readonly expose?: unknown
  readonly message?: unknown
  readonly headers?: unknown
}

const asErrorLike = (error: unknown): ErrorLike =>
  typeof error === 'object' && error !== null ? error : {}

/**
 * The status an error asks for.
 *
 * @param error - Anything thrown.
 * @param fallback - The status for an error that asks for none. Default: 500.
 * @returns Its `status` or `statusCode` where that is an integer from 400 to 599, else the fallback.
 */
export function statusOf(error: unknown, fallback = 500): number {
  const { status, statusCode } = asErrorLike(error)
  for (const code of [status, statusCode]) {
    if (typeof code === 'number' && Number.isInteger(code) && code >= 400 && code <= 599) {
      return code
    }
  }
  return fallback
}

/**
 * The header fields an error brings along, such as the `Allow` of a 405.
 *
 * @param error - Anything thrown.
 * @returns Its `headers`, those with text values, numbers or lists of texts; else none.
 */
export function fieldsOf(error: unknown): Record<string, string | string[]> {
  const { headers } = asErrorLike(error)
  const fields: Record<string, string | string[]> = {}
  if (typeof headers !== 'object' || headers === null) return fields
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') fields[name] = value
    else if (typeof value === 'number') fields[name] = String(value)
    else if (Array.isArray(value)) fields[name] = value.map(String)
  }
  return fields
}

/** A code without a meaning, 418 among them, is treated as the x00 of its class (RFC 9110 section 15). */
function titleOf(status: number): string {
  const phrase = reasonPhrase(status)
  if (phrase !== undefined && phrase !== '(Unused)') return phrase
  return status < 500 ? reasonPhrase(400) : reasonPhrase(500)
}

/**
 * The problem details of an error. The message of a server error never shows, nor that of any
 * error that does not say `expose: true`.
 *
 * @param error - Anything thrown: an `http-errors` object, an `Error`, a string.
 * @param fallback - The status for an error that asks for none, 400 to 599. Default: 500.
 *
 * @example
 * ```ts
 * import { toProblem } from '@http-semantics/problem'
 *
 * toProblem({ status: 404, expose: true, message: 'No note 7' }) // => { title: 'Not Found', status: 404, detail: 'No note 7' }
 * toProblem(new Error('secret')) // => { title: 'Internal Server Error', status: 500 }
 * ```
 */
export function toProblem(error: unknown, fallback = 500): Problem {
  const status = statusOf(error, fallback)
  const title = titleOf(status)
  const { message, expose } = asErrorLike(error)
  const shown =
    status < 500 &&
    expose === true &&
    typeof message === 'string' &&
    message !== '' &&
    message !== title &&
    // A phrase of old, such as `Payload Too Large`, says no more than the title.
    codeOf(message) !== status
  return shown ? { title, status, detail: message } : { title, status }
}
