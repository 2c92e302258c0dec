/**
 * Throws unless `code` is what a status line can carry: three digits, so an integer from 100 to 999.
 *
 * 600 to 999 pass although RFC 9110 calls them invalid, since they do arrive and a client has to do
 * something with them; see `statusClass`.
 *
 * @throws {RangeError} naming the value, for anything else (99, 1000, 200.5, NaN, '404', undefined).
 */
export function assertStatusCode(code: unknown): asserts code is number {
  if (Number.isInteger(code) && Number(code) >= 100 && Number(code) <= 999) return
  throw new RangeError(
    `Invalid status code ${spell(code)}: it must be an integer from 100 to 999${
      typeof code === 'number' ? '' : `, not of type ${code === null ? 'null' : typeof code}`
    }`,
  )
}

/** The value as it would be written in source, so that '404' is not mistaken for 404. */
function spell(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
