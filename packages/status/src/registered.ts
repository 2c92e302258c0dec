import { assertStatusCode } from './range.ts'
import { registry, type StatusCode } from './registry.ts'

/**
 * Is the code a row of the IANA registry (be it temporary, reserved, deprecated or obsolete)?
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.iana.org/assignments/http-status-codes
 * @example
 * isRegistered(404) // => true
 * isRegistered(471) // => false
 */
export function isRegistered(code: number): code is StatusCode {
  assertStatusCode(code)
  return Object.hasOwn(registry, code)
}

/**
 * The 64 registered codes, ascending.
 *
 * @example
 * statusCodes.length // => 64
 * statusCodes.includes(404) // => true
 */
export const statusCodes: readonly StatusCode[] = Object.freeze(
  Object.keys(registry).map(Number).filter(isRegistered),
)
