import { formatHttpDate } from './http-date.ts'
import { show } from '@http-semantics/options'

/** The most a recipient needs to be able to read (RFC 9111 section 1.2.2). */
const longest = 2 ** 31

/**
 * The value of `Retry-After`
 * ([RFC 9110 section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.3)).
 *
 * @param when - Seconds from the answer on, 0 to 2³¹, rounded up to whole ones; or a time.
 * @returns The field value.
 * @throws TypeError for anything else, such as milliseconds since 1970.
 *
 * @example
 * ```ts
 * import { retryAfter } from '@http-semantics/preconditions'
 *
 * retryAfter(1.5) // => '2'
 * retryAfter(new Date('2027-01-01T00:00:00Z')) // => 'Fri, 01 Jan 2027 00:00:00 GMT'
 * ```
 */
export function retryAfter(when: number | Date): string {
  if (when instanceof Date) return formatHttpDate(when)
  if (typeof when !== 'number' || !(when >= 0 && when <= longest)) {
    throw new TypeError(
      `retryAfter(): must be seconds from 0 to ${longest}, or a Date, got ${show(when)}`,
    )
  }
  // Adding 0 makes the 0 of -0.
  return String(Math.ceil(when) + 0)
}
