import {
  evaluatePreconditions,
  mergeVary,
  parseETag,
  parseHttpDate,
  strongETag,
} from '@http-semantics/preconditions'
import { listedTags, tagWithCoding } from './coded-tags.ts'
import { leaveOpen, mayGetCoding } from './coded-head.ts'
import { byteLength, isContent, type FirstContent } from './content.ts'
import type { BareAnswer, Verdict } from './guard.ts'
import type { HeadSection } from './head-section.ts'
import { show } from '@http-semantics/options'
import { createRefusal } from './refusal.ts'

/** Which entity tags answers get that have none. */
export type EntityTags = 'weak' | 'strong'

/** Reads the option `entityTags`. @throws TypeError for a wrong one */
export function readEntityTags(value: unknown): EntityTags | undefined {
  if (value === undefined || value === 'weak' || value === 'strong') return value
  throw new TypeError(`entityTags must be 'weak' or 'strong', got ${show(value)}`)
}

/** The entity tag of content. Equal bytes have equal tags, in all processes. */
export function entityTagOf(
  kind: EntityTags,
  content: string | Uint8Array,
  encoding?: unknown,
): string {
  const bytes =
    typeof content === 'string' && typeof encoding === 'string' && Buffer.isEncoding(encoding)
      ? Buffer.from(content, encoding)
      : content
  return kind === 'strong' ? strongETag(bytes) : `W/${strongETag(bytes)}`
}

/** What is known of an answer that is about to leave, besides its header section. */
export interface Tagging {
  /** Which tags answers get that have none; `undefined`: they go without. */
  readonly kind: EntityTags | undefined
  /** The content, as far as it comes together with the header section. */
  readonly content: FirstContent
  /** All of the content, where only the framework knows it; without a coding that others add. */
  readonly hidden: unknown
  /** Whether it got its coding after its handler had set the fields. */
  readonly isRecoded: boolean
  /** Whether something stands ready to compress the answers of the app. */
  readonly isCompressing: boolean
}

/** The methods whose answers are selected representations. */
const retrievals: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY'])

/** Whether an answer is about a selected representation, so that {@link tagAnswer} may ask for more. */
export const isSelected = ({ status, method }: HeadSection): boolean =>
  (status === 200 || status === 206 || status === 304) && retrievals.has(method)

const notModified: BareAnswer = { status: 304, fields: [] }

/**
 * Has the entity tag of an answer fit its content, and looks whether the client has that already, or asked
 * for another ([RFC 9110 section 13.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1)).
 *
 * - What may be compressed varies by `Accept-Encoding`, also where it is not, and where it is a 304, or a
 *   206, which has the `Vary` of its 200
 *   ([section 15.3.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.7)).
 * - A strong entity tag that was set before the content got a coding becomes another one, `"v7-gzip"`.
 * - Whole content without one gets one, where that is asked for. A stream does not.
 * - An answer to HEAD leaves out what only compressing its content would tell: the length, and a strong
 *   entity tag ([section 9.3.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.2)).
 *
 * @param head - The header section of one that {@link isSelected}; its fields may be changed.
 * @param tagging - What else is known.
 * @returns The 304 or 412 to answer instead, or `undefined`.
 */
export function tagAnswer(head: HeadSection, tagging: Tagging): Verdict {
  const { kind, isRecoded, isCompressing } = tagging
  if (isCompressing || isRecoded) {
    head.set('Vary', mergeVary(head.get('vary'), 'Accept-Encoding'))
  }
  if (head.status !== 200) return undefined
  const given = head.get('etag')
  if (given === undefined) {
    if (kind !== undefined) addTag(head, kind, tagging)
  } else if (isRecoded) {
    head.set('ETag', tagWithCoding(given, head.get('content-encoding') ?? ''))
  }
  if (head.method === 'HEAD' && isCompressing && mayGetCoding(head)) leaveOpen(head)
  const isOurs = kind !== undefined || given !== head.get('etag')
  return isOurs ? judge(head, given) : undefined
}

function addTag(head: HeadSection, kind: EntityTags, tagging: Tagging): void {
  const { content, hidden, isRecoded, isCompressing } = tagging
  const { chunk, encoding, isWhole } = content
  if (isContent(hidden)) {
    // Where somebody has made other content of it, that is not what leaves.
    const length = isRecoded ? undefined : head.get('content-length')
    if (length !== undefined && Number(length) !== byteLength(hidden, undefined)) return
    const etag = entityTagOf(kind, hidden)
    head.set('ETag', isRecoded ? tagWithCoding(etag, head.get('content-encoding') ?? '') : etag)
  } else if (isWhole && isContent(chunk)) {
    // For GET the content comes through compression, as a stream.
    if (head.method === 'HEAD' && isCompressing && mayGetCoding(head)) return
    head.set('ETag', entityTagOf(kind, chunk, encoding))
  }
}

/** @param given - The entity tag that the answer had before it got a coding. */
function judge(head: HeadSection, given: string | undefined): Verdict {
  const { method, request } = head
  const [etag, before] = [head.get('etag'), given].map((tag) =>
    tag !== undefined && parseETag(tag) !== undefined ? tag : undefined,
  )
  const date = head.get('last-modified')
  const state = {
    exists: true,
    etag,
    // Whoever judged it by what it was before has judged the same version.
    otherETags:
      before === undefined ? [] : [before, ...listedTags(before, request.headers['if-match'])],
    lastModified: date === undefined ? undefined : parseHttpDate(date),
  }
  const decision = evaluatePreconditions({ method, fields: request.headers, state })
  if (decision.action === 'not-modified') return notModified
  return decision.action === 'failed'
    ? createRefusal(412, `${decision.field} does not hold: the representation is another one`)
    : undefined
}
