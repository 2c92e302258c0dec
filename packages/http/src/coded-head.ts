import { acceptsCoding, isStrong, ownedTag } from './coded-tags.ts'
import type { HeadSection } from './head-section.ts'

/** Types that are worth compressing. */
const compressible = /^text\/|[/+.-](?:json|xml|javascript|yaml|text)\b|\bwasm\b|octet-stream/i

/** Below this many bytes nobody compresses, unless told to. */
const threshold = 1024

/**
 * Whether GET of the same may get a coding, which HEAD does not get: `compression`, `koa-compress` and
 * `@fastify/compress` pass it by.
 *
 * @param head - The header section of an answer to HEAD, in an app that compresses.
 */
export function mayGetCoding(head: HeadSection): boolean {
  const length = head.get('content-length')
  return (
    !head.has('content-encoding') &&
    compressible.test(head.get('content-type') ?? '') &&
    !(length !== undefined && Number(length) < threshold) &&
    acceptsCoding(head.request.headers)
  )
}

/**
 * Has an answer to HEAD say nothing that its GET may not say: the length and a strong entity tag are
 * known only once the content is compressed
 * ([RFC 9110 section 9.3.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.2)).
 *
 * @param head - The header section of one that {@link mayGetCoding}.
 */
export function leaveOpen(head: HeadSection): void {
  const etag = head.get('etag')
  // A GET from a client that has what it would get is a 304.
  const owned = etag === undefined ? undefined : ownedTag(etag, head.request.headers)
  if (owned !== undefined) return head.set('ETag', owned)
  head.remove('content-length')
  if (etag !== undefined && isStrong(etag)) head.remove('etag')
}
