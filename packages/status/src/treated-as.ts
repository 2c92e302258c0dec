import { isRegistered } from './registered.ts'
import type { StatusCode } from './registry.ts'

/** x00 of each class. */
const generic = [100, 200, 300, 400, 500] as const

/**
 * The code a client acts on: the code itself if it is registered, otherwise x00 of its class, and
 * 500 for 600 to 999, which are invalid.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15
 * @example
 * treatedAs(404) // => 404
 * treatedAs(471) // => 400
 * treatedAs(600) // => 500
 */
export function treatedAs<Code extends StatusCode>(code: Code): Code
export function treatedAs(code: number): StatusCode
export function treatedAs(code: number): StatusCode {
  return isRegistered(code) ? code : (generic[Math.trunc(code / 100) - 1] ?? 500)
}
