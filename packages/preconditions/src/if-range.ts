import { compareStrong, parseETag, requireETag } from './etag.ts'
import { checkDate, parseHttpDate, toSeconds } from './http-date.ts'

/** The validators of the selected representation that `If-Range` is held against. */
export interface RangeValidators {
  /** Its `ETag`. Default: none. */
  readonly etag?: string | undefined
  /** Its `Last-Modified`. Default: unknown. */
  readonly lastModified?: Date | undefined
  /**
   * Whether it is certain that the representation never changes twice in a second, which makes `lastModified` a strong
   * validator ([RFC 9110 section 8.8.2.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.2.2)). Otherwise an
   * `If-Range` with a date never holds. Default: `false`.
   */
  readonly dateIsStrong?: boolean | undefined
}

/**
 * Whether an `If-Range` holds, so that `Range` counts
 * ([RFC 9110 section 13.1.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.5)): by strong comparison of entity
 * tags, or by a date that is exactly that of the last change and a strong validator.
 *
 * @param ifRange - The field value.
 * @param validators - Those of the selected representation.
 * @returns `true` where the client has a part of just this representation.
 * @throws TypeError for an `etag` that is none, or an invalid date.
 *
 * @example
 * ```ts
 * import { evaluateIfRange } from '@http-semantics/preconditions'
 *
 * evaluateIfRange('"v7"', { etag: '"v7"' }) // => true
 * evaluateIfRange('W/"v7"', { etag: 'W/"v7"' }) // => false
 * ```
 */
export function evaluateIfRange(
  ifRange: string,
  { etag, lastModified, dateIsStrong = false }: RangeValidators,
): boolean {
  const current = etag === undefined ? undefined : requireETag('etag', etag)
  if (lastModified !== undefined) checkDate('lastModified', lastModified)
  if (ifRange.slice(0, 3).includes('"')) {
    const given = parseETag(ifRange)
    return given !== undefined && current !== undefined && compareStrong(given, current)
  }
  if (lastModified === undefined || !dateIsStrong) return false
  const date = parseHttpDate(ifRange)
  return date !== undefined && toSeconds(date) === toSeconds(lastModified)
}
