import { etagForCoding, parseETag } from '@http-semantics/preconditions'
import type { IncomingHttpHeaders } from 'node:http'

/** The codings that compression adds to an answer. */
const codings = ['gzip', 'br', 'zstd', 'deflate'] as const

/** Whether a value of `ETag` is a strong entity tag. */
export const isStrong = (etag: string): boolean => parseETag(etag)?.weak === false

/**
 * The entity tag of content that got a coding behind its handler's back. Two representations with the
 * same strong tag would be mixed up by ranges and caches
 * ([RFC 9110 section 8.8.3.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3.3)).
 *
 * @returns The tag; a weak one, and one that names the coding already, as it is.
 */
export function tagWithCoding(etag: string, coding: string): string {
  const suffix = coding.replaceAll(/[\s,]+/g, '-')
  if (!isStrong(etag) || etag.endsWith(`-${suffix}"`)) return etag
  return etagForCoding(etag, suffix)
}

/** The tags that a resource's strong entity tag has become with each coding; none for a weak one. */
const codedTags = (etag: string): string[] =>
  isStrong(etag) ? codings.map((coding) => etagForCoding(etag, coding)) : []

/**
 * Which of these tags a field of the request has, such as `If-Match`. The common case costs one look.
 *
 * @param etag - The entity tag of the content without a coding.
 * @param field - The value of the field.
 */
export function listedTags(etag: string, field: string | undefined): string[] {
  // What such a tag begins with: `"v7-` of `"v7"`.
  if (field === undefined || !field.includes(`${etag.slice(0, -1)}-`)) return []
  return codedTags(etag).filter((tag) => field.includes(tag) && !field.includes(`W/${tag}`))
}

/**
 * The entity tag of the compressed representation that a client has and still takes, by `If-None-Match`
 * and `Accept-Encoding`.
 *
 * @param etag - The entity tag of the content without a coding.
 */
export function ownedTag(etag: string, headers: IncomingHttpHeaders): string | undefined {
  return listedTags(etag, headers['if-none-match']).find((tag) =>
    codings.some(
      (coding) =>
        tag === etagForCoding(etag, coding) &&
        accepts(headers['accept-encoding']?.toString(), coding),
    ),
  )
}

/** Whether a client takes any of the codings. */
export const acceptsCoding = (headers: IncomingHttpHeaders): boolean =>
  codings.some((coding) => accepts(headers['accept-encoding']?.toString(), coding))

/** Whether `Accept-Encoding` names a coding with a weight above 0. */
function accepts(field: string | undefined, coding: string): boolean {
  const members = (field ?? '').toLowerCase().split(',')
  const found = ['*', coding].flatMap((name) =>
    members.filter((member) => member.split(';', 1)[0]?.trim() === name),
  )
  const [, weight = '1'] = /;\s*q=([\d.]+)/.exec(found.at(-1) ?? '') ?? []
  return found.length > 0 && Number(weight) > 0
}
