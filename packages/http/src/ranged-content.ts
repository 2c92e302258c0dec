import { Readable } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import {
  evaluatePreconditions,
  formatHttpDate,
  multipartByteranges,
  notModifiedFields,
  selectRanges,
  type ByteRange,
  type BytePart,
  type Field,
  type RangeLimits,
  type RangeValidators,
} from '@http-semantics/preconditions'
import { listedTags } from './coded-tags.ts'
import { checkKeys, show } from '@http-semantics/options'
import { retrievals } from './request-content.ts'
import { createRefusal } from './refusal.ts'

/** Content whose length is known before any of it is read, such as that of a file or an object store. */
export interface ContentSource {
  /** How many bytes it has. */
  readonly length: number
  /**
   * Opens a part of it.
   *
   * @param range - Offsets of its bytes, both inclusive: `createReadStream(path, range)` takes it as it is.
   */
  read(range: ByteRange): Readable
}

/** A representation of which a client may ask for parts. */
export interface RangedContent extends RangeValidators {
  /** Its bytes, or where they come from. */
  readonly content: Uint8Array | ContentSource
  /** The value of `Content-Type`. Default: none. */
  readonly type?: string | undefined
  /** How much a single request may ask for. */
  readonly limits?: RangeLimits | undefined
}

const keys = ['content', 'type', 'etag', 'lastModified', 'dateIsStrong', 'limits'] as const

/** What of a representation to send, ready for any framework. */
export interface SelectedContent {
  readonly status: 200 | 206 | 304
  /** Validators, type, ranges, and the length of what is sent. */
  readonly fields: readonly Field[]
  /** `undefined` for a 304, and for HEAD, whose answer ends with the fields. */
  readonly content: Uint8Array | Readable | undefined
}

/**
 * Selects what of a representation a request gets
 * ([RFC 9110 section 13.2.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-13.2.2) and
 * [14.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-14.2)): nothing where its preconditions say
 * so, all of it, one range, or several as `multipart/byteranges`. `Range` is GET's alone: HEAD gets the
 * fields of the whole.
 *
 * @param request - The request.
 * @param ranged - The representation.
 * @returns Status, fields and content.
 * @throws A 412, or a 416 with `Content-Range`, as `http-errors` objects; a TypeError for a wrong
 * representation.
 */
export function selectContent(
  { method = 'GET', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  ranged: RangedContent,
): SelectedContent {
  checkKeys('sendContent()', ranged, keys)
  const { content, type, etag, lastModified, dateIsStrong, limits } = ranged
  const source = sourceOf(content)
  const { length } = source
  const fields: Field[] = []
  if (type !== undefined) fields.push(['Content-Type', type])
  if (etag !== undefined) fields.push(['ETag', etag])
  if (lastModified !== undefined) fields.push(['Last-Modified', formatHttpDate(lastModified)])

  // Of any other method, whatever it was to do is done by now.
  if (retrievals.has(method)) {
    // Who has all of it compressed may get all of it again, but no range of other bytes.
    const isPart = typeof etag !== 'string' || headers.range !== undefined
    const otherETags = isPart ? undefined : listedTags(etag, headers['if-match'])
    const state = { exists: true, etag, otherETags, lastModified }
    const condition = evaluatePreconditions({ method, fields: headers, state })
    if (condition.action === 'failed') throw createRefusal(412, `${condition.field} does not hold`)
    if (condition.action === 'not-modified') {
      const kept = notModifiedFields(Object.fromEntries(fields))
      return { status: 304, fields: kept, content: undefined }
    }
  }

  const decision = selectRanges({
    method,
    range: headers.range,
    ifRange: headers['if-range'],
    etag,
    lastModified,
    dateIsStrong,
    length,
    limits,
  })
  if (decision.action === 'unsatisfiable') {
    throw createRefusal(416, `There are ${length} bytes`, {
      headers: Object.fromEntries(decision.fields),
    })
  }
  if (decision.action === 'whole') {
    return {
      status: 200,
      fields: [...fields, ...decision.fields, ['Content-Length', String(length)]],
      content: method === 'HEAD' ? undefined : whole(source),
    }
  }
  const [range, ...others] = decision.ranges
  if (others.length === 0) {
    return {
      status: 206,
      fields: [...fields, ...decision.fields],
      content: source.read(range),
    }
  }
  const {
    parts,
    tail,
    fields: multipart,
  } = multipartByteranges({
    ranges: decision.ranges,
    length,
    type,
    content: content instanceof Uint8Array ? content : undefined,
  })
  return {
    status: 206,
    // Content-Type is that of the parts together.
    fields: [
      ...fields.filter(([name]) => name !== 'Content-Type'),
      ...decision.fields,
      ...multipart,
    ],
    content: Readable.from(framed(parts, tail, source), { objectMode: false }),
  }
}

/** A source of either kind. */
interface AnySource {
  readonly length: number
  read(range: ByteRange): Uint8Array | Readable
}

const whole = (source: AnySource): Uint8Array | Readable =>
  source.length === 0 ? new Uint8Array() : source.read({ start: 0, end: source.length - 1 })

function sourceOf(content: RangedContent['content']): AnySource {
  if (content instanceof Uint8Array) {
    return {
      length: content.byteLength,
      read: ({ start, end }) => content.subarray(start, end + 1),
    }
  }
  if (typeof content !== 'object' || content === null || typeof content.read !== 'function') {
    throw new TypeError(
      `sendContent(): content must be a Buffer, or an object like { length, read }, got ${show(content)}`,
    )
  }
  return content
}

/**
 * The bytes of several ranges, one after the other. A reader who goes closes the source that is open.
 *
 * @yields What stands around the ranges, and their bytes.
 */
async function* framed(
  parts: readonly BytePart[],
  tail: string,
  source: AnySource,
): AsyncGenerator<Uint8Array> {
  for (const { head, start, end } of parts) {
    yield Buffer.from(head, 'latin1')
    const part = source.read({ start, end })
    if (part instanceof Uint8Array) yield part
    else yield* part as AsyncIterable<Uint8Array>
  }
  yield Buffer.from(tail, 'latin1')
}
