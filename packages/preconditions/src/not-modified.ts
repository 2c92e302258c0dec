import type { Field } from './fields.ts'

/** What a 304 has to carry where a 200 would (RFC 9110 section 15.4.5). */
const carried = new Set(['cache-control', 'content-location', 'date', 'etag', 'expires', 'vary'])

/** Representation metadata that guides no cache update. */
const metadata = new Set([
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
])

/** Header fields by name, as Node's `res.getHeaders()` gives them. */
export type FieldRecord = Readonly<Record<string, string | number | readonly string[] | undefined>>

const hasETag = (names: readonly string[]): boolean =>
  names.some((name) => name.toLowerCase() === 'etag')

/**
 * The fields of a 200 that its 304 carries
 * ([RFC 9110 section 15.4.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.5)): `Cache-Control`,
 * `Content-Location`, `Date`, `ETag`, `Expires` and `Vary`, and where there is no `ETag`, `Last-Modified`.
 *
 * @param fields - The fields a 200 would have, their names in any case.
 * @returns Those of them a 304 has, in the same order and spelling.
 *
 * @example
 * ```ts
 * import { notModifiedFields } from '@http-semantics/preconditions'
 *
 * notModifiedFields({ ETag: '"v7"', 'Content-Type': 'text/html', Vary: ['Accept', 'Accept-Language'] })
 * // => [['ETag', '"v7"'], ['Vary', 'Accept, Accept-Language']]
 * ```
 */
export function notModifiedFields(fields: FieldRecord): Field[] {
  const set = Object.keys(fields).filter((name) => fields[name] !== undefined)
  const tagged = hasETag(set)
  return Object.entries(fields).flatMap(([name, value]) => {
    const lower = name.toLowerCase()
    if (value === undefined) return []
    if (!carried.has(lower) && (tagged || lower !== 'last-modified')) return []
    return [[name, Array.isArray(value) ? value.join(', ') : String(value)] as const]
  })
}

/**
 * The fields to take off an answer that has become a 304, for where the others, such as `Set-Cookie` and
 * `Strict-Transport-Security`, are to stay: `Content-Type`, `-Encoding`, `-Language`, `-Length` and `-Range`, and
 * `Last-Modified` where there is an `ETag`.
 *
 * @param names - The names of the fields set, in any case.
 * @returns The names to remove, as they were given.
 *
 * @example
 * ```ts
 * import { fieldsToDrop } from '@http-semantics/preconditions'
 *
 * fieldsToDrop(['content-type', 'etag', 'last-modified', 'set-cookie']) // => ['content-type', 'last-modified']
 * ```
 */
export function fieldsToDrop(names: readonly string[]): string[] {
  const tagged = hasETag(names)
  return names.filter((name) => {
    const lower = name.toLowerCase()
    return metadata.has(lower) || (tagged && lower === 'last-modified')
  })
}
