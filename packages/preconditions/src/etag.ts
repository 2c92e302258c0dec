import { createHash } from 'node:crypto'
import { trimBlanks } from './fields.ts'
import { show } from '@http-semantics/options'

/** An entity tag ([RFC 9110 section 8.8.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3)), taken apart. */
export interface EntityTag {
  /** Whether it is marked `W/`: equal tags then stand for equivalent representations, not for equal bytes. */
  readonly weak: boolean
  /** What stands between the quotes; may be empty, may have commas, has no blanks. */
  readonly tag: string
}

/** `etagc`: visible ASCII without the quote, and the bytes above 127 as Node reads them. */
const isTagCharacter = (code: number): boolean =>
  code === 0x21 || (code >= 0x23 && code <= 0x7e) || (code >= 0x80 && code <= 0xff)

const quote = 0x22

/** The entity tag that starts at an index, and the index behind it. */
function scanETag(text: string, start: number): { etag: EntityTag; end: number } | undefined {
  const weak = text.startsWith('W/', start)
  const open = weak ? start + 2 : start
  if (text.charCodeAt(open) !== quote) return undefined
  let end = open + 1
  while (end < text.length && isTagCharacter(text.charCodeAt(end))) end += 1
  if (text.charCodeAt(end) !== quote) return undefined
  return { etag: { weak, tag: text.slice(open + 1, end) }, end: end + 1 }
}

/**
 * Reads one entity tag by the grammar of
 * [RFC 9110 section 8.8.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3): `W/` counts in
 * upper case only, commas may stand in the tag, blanks may not, and backslashes escape nothing.
 *
 * @param text - A field value, such as that of `ETag`.
 * @returns The entity tag; `undefined` where the text is none.
 *
 * @example
 * ```ts
 * import { parseETag } from '@http-semantics/preconditions'
 *
 * parseETag('W/"a,b"') // => { weak: true, tag: 'a,b' }
 * parseETag('v1') // => undefined
 * ```
 */
export function parseETag(text: string): EntityTag | undefined {
  const found = scanETag(text, 0)
  return found?.end === text.length ? found.etag : undefined
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09

/**
 * Reads the value of `If-Match` or `If-None-Match`
 * ([RFC 9110 section 13.1.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.1)). Empty list elements are
 * passed over ([section 5.6.1.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.1.2)). Takes time in
 * proportion to the length.
 *
 * @param text - The field value.
 * @returns The entity tags in their order, or `'*'`; `undefined` where any element is no entity tag.
 *
 * @example
 * ```ts
 * import { parseETagList } from '@http-semantics/preconditions'
 *
 * parseETagList('"a,b", W/"c"') // => [{ weak: false, tag: 'a,b' }, { weak: true, tag: 'c' }]
 * parseETagList('*') // => '*'
 * parseETagList('*, "a"') // => undefined
 * ```
 */
export function parseETagList(text: string): '*' | EntityTag[] | undefined {
  if (trimBlanks(text) === '*') return '*'
  const etags: EntityTag[] = []
  let index = 0
  let separated = true
  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (isBlank(code)) {
      index += 1
    } else if (code === 0x2c) {
      separated = true
      index += 1
    } else {
      const found = separated ? scanETag(text, index) : undefined
      if (found === undefined) return undefined
      etags.push(found.etag)
      index = found.end
      separated = false
    }
  }
  return etags
}

/**
 * Writes an entity tag as a field value, the inverse of {@link parseETag}.
 *
 * @param etag - The entity tag.
 * @returns The value of `ETag`.
 * @throws TypeError where the tag has a character the grammar does not allow, such as a quote or a blank.
 *
 * @example
 * ```ts
 * import { formatETag } from '@http-semantics/preconditions'
 *
 * formatETag({ weak: false, tag: 'v7' }) // => '"v7"'
 * ```
 */
export function formatETag({ weak, tag }: EntityTag): string {
  const text = `${weak ? 'W/' : ''}"${tag}"`
  if (parseETag(text) === undefined) {
    throw new TypeError(
      `formatETag(): tag must be visible characters without quotes and blanks such as 'v7', got ${show(tag)}`,
    )
  }
  return text
}

/**
 * Whether two entity tags say that the bytes are the same: both strong, and equal
 * ([RFC 9110 section 8.8.3.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3.2)). For If-Match and If-Range.
 */
export const compareStrong = (left: EntityTag, right: EntityTag): boolean =>
  !left.weak && !right.weak && left.tag === right.tag

/**
 * Whether two entity tags say that the representations are equivalent: equal, marked weak or not
 * ([RFC 9110 section 8.8.3.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3.2)). For If-None-Match.
 */
export const compareWeak = (left: EntityTag, right: EntityTag): boolean => left.tag === right.tag

/**
 * A strong entity tag from the content: the first 162 bits of its SHA-256 as 27 characters of base64url. Equal bytes
 * give equal tags, on every server; other bytes give other tags, also where somebody tries for the contrary.
 *
 * Hash what is sent: two codings of a content need two tags, see {@link etagForCoding}. What varies without a change
 * of the content, such as the language declared, is not in the hash.
 *
 * @param content - The content; a string is taken as UTF-8.
 * @returns The value of `ETag`, 29 characters.
 *
 * @example
 * ```ts
 * import { strongETag } from '@http-semantics/preconditions'
 *
 * strongETag('Hello') // => '"GF-NsyJx_iX1Yab8k4suJkMG7DB"'
 * ```
 */
export function strongETag(content: string | Uint8Array): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`
}

/**
 * A weak entity tag from what the application knows of the version: a revision, a counter, a time of modification. It
 * serves caches; `If-Match` never matches it, so for writes use {@link strongETag}, or {@link formatETag} with a
 * revision that changes with every change of the bytes.
 *
 * @param version - A text of visible characters without quotes and blanks, a finite number, a `bigint`, or a valid
 * `Date`, which counts in milliseconds.
 * @returns The value of `ETag`.
 * @throws TypeError for any other version.
 *
 * @example
 * ```ts
 * import { weakETag } from '@http-semantics/preconditions'
 *
 * weakETag(7) // => 'W/"7"'
 * weakETag(new Date(0)) // => 'W/"0"'
 * ```
 */
export function weakETag(version: string | number | bigint | Date): string {
  const value = version instanceof Date ? version.getTime() : version
  const text = `W/"${value}"`
  const known =
    typeof value === 'number' ? Number.isFinite(value) : ['string', 'bigint'].includes(typeof value)
  if (!known || parseETag(text) === undefined) {
    throw new TypeError(
      `weakETag(): version must be a text without quotes and blanks such as 'v7', a finite number or a valid Date, got ${show(version)}`,
    )
  }
  return text
}

/** Reads an entity tag that a developer gave. */
export function requireETag(option: string, text: string): EntityTag {
  const etag = typeof text === 'string' ? parseETag(text) : undefined
  if (etag === undefined) {
    throw new TypeError(`${option} must be an entity tag such as '"v7"', got ${show(text)}`)
  }
  return etag
}

/**
 * The weak form of an entity tag, for a representation that is equivalent but may have other bytes, such as one that
 * was compressed on its way.
 *
 * @param etag - A value of `ETag`; a weak one stays as it is.
 * @returns The value of `ETag`.
 * @throws TypeError where it is no entity tag.
 *
 * @example
 * ```ts
 * import { weaken } from '@http-semantics/preconditions'
 *
 * weaken('"v7"') // => 'W/"v7"'
 * ```
 */
export function weaken(etag: string): string {
  return formatETag({ weak: true, tag: requireETag('weaken(): etag', etag).tag })
}

/**
 * The entity tag of a representation with a content coding, which has to differ from that without
 * ([RFC 9110 section 8.8.3.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3.3)). Weak stays weak.
 *
 * @param etag - The `ETag` of the representation without a coding.
 * @param coding - The value of `Content-Encoding`; `'identity'` changes nothing.
 * @returns The value of `ETag`.
 * @throws TypeError where it is no entity tag, or the coding cannot stand in one.
 *
 * @example
 * ```ts
 * import { etagForCoding } from '@http-semantics/preconditions'
 *
 * etagForCoding('"v7"', 'gzip') // => '"v7-gzip"'
 * ```
 */
export function etagForCoding(etag: string, coding: string): string {
  const { weak, tag } = requireETag('etagForCoding(): etag', etag)
  const suffix = coding.toLowerCase()
  return formatETag({ weak, tag: suffix === 'identity' ? tag : `${tag}-${suffix}` })
}
