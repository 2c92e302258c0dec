import { randomBytes } from 'node:crypto'
import type { Field } from './fields.ts'
import { show } from '@http-semantics/options'
import { contentRange, type ByteRange } from './ranges.ts'

/** Several ranges of a representation, to be written as one content. */
export interface ByterangesQuestion {
  /** The ranges, as {@link selectRanges} gives them. */
  readonly ranges: readonly ByteRange[]
  /** The length of the whole representation in bytes. */
  readonly length: number
  /** Its `Content-Type`. Default: none, and the parts have none. */
  readonly type?: string | undefined
  /** The whole representation, where it is at hand: the boundary is then checked not to be in it. Default: none. */
  readonly content?: Uint8Array | undefined
  /** The boundary, 1 to 70 of `A-Z a-z 0-9 _ -`. Default: 144 random bits. */
  readonly boundary?: string | undefined
}

/** A part of the content. */
export interface BytePart extends ByteRange {
  /** What to write before its bytes; ASCII. */
  readonly head: string
}

/** A content of the type `multipart/byteranges`. */
export interface Byteranges {
  /** The boundary. */
  readonly boundary: string
  /** The value of `Content-Type`. */
  readonly type: string
  /** The length of all that is to be written, in bytes. */
  readonly length: number
  /** The parts: for each, write `head` and the bytes from `start` to `end` inclusive. */
  readonly parts: readonly BytePart[]
  /** What to write at the end; ASCII. */
  readonly tail: string
  /** `Content-Type` and `Content-Length` of the answer. There must be no `Content-Range`. */
  readonly fields: readonly Field[]
}

/** Only characters that need no quotes in the parameter, since some clients read quotes wrongly. */
const wellFormed = /^[\w-]{1,70}$/
const fieldValue = /^[!-~](?:[\t -~]*[!-~])?$/

function chooseBoundary({ boundary, content, ranges }: ByterangesQuestion): string {
  const bytes = content && Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const occurs = (candidate: string): boolean =>
    bytes !== undefined &&
    ranges.some(({ start, end }) => bytes.subarray(start, end + 1).includes(candidate))
  if (boundary !== undefined) {
    if (!wellFormed.test(boundary)) {
      throw new TypeError(
        `multipartByteranges(): boundary must be 1 to 70 of A-Z, a-z, 0-9, _ and -, got ${show(boundary)}`,
      )
    }
    if (occurs(boundary)) {
      throw new TypeError(
        `multipartByteranges(): boundary occurs in the content, got ${show(boundary)}; leave it out for a random one`,
      )
    }
    return boundary
  }
  let candidate = randomBytes(18).toString('base64url')
  while (occurs(candidate)) candidate = randomBytes(18).toString('base64url')
  return candidate
}

/**
 * The frame for several ranges in one answer
 * ([RFC 9110 section 14.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-14.6)), so that the bytes between can come
 * from a buffer, a file or a stream.
 *
 * @param question - The ranges, length and type of the representation; see {@link ByterangesQuestion}.
 * @returns Heads, tail, total length and fields.
 * @throws TypeError for no ranges, a range not within the length, a type that is no field value, or a boundary that is
 * ill-formed or occurs in the ranges of the content.
 *
 * @example
 * ```ts
 * import { multipartByteranges } from '@http-semantics/preconditions'
 *
 * const ranges = [{ start: 0, end: 1 }, { start: 4, end: 5 }]
 * const { parts, tail, fields } = multipartByteranges({ ranges, length: 9, type: 'text/plain', boundary: 'B' })
 * parts.map(({ head, start, end }) => head + 'The notes'.slice(start, end + 1)).join('') + tail
 * // => '--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/9\r\n\r\nTh' +
 * //   '\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 4-5/9\r\n\r\nno' +
 * //   '\r\n--B--\r\n'
 * fields // => [['Content-Type', 'multipart/byteranges; boundary=B'], ['Content-Length', '137']]
 * ```
 */
export function multipartByteranges(question: ByterangesQuestion): Byteranges {
  const { ranges, length, type, content } = question
  if (ranges.length === 0) {
    throw new TypeError('multipartByteranges(): ranges must not be empty; answer 416 instead')
  }
  if (type !== undefined && !fieldValue.test(type)) {
    throw new TypeError(
      `multipartByteranges(): type must be a field value such as 'text/plain', got ${show(type)}`,
    )
  }
  if (content !== undefined && content.byteLength !== length) {
    throw new TypeError(
      `multipartByteranges(): length must be that of content, ${content.byteLength}, got ${show(length)}`,
    )
  }
  const boundary = chooseBoundary(question)
  const described = type === undefined ? '' : `Content-Type: ${type}\r\n`
  const parts = ranges.map((range, index): BytePart => {
    const delimiter = `${index === 0 ? '' : '\r\n'}--${boundary}\r\n`
    const head = `${delimiter}${described}Content-Range: ${contentRange(range, length)}\r\n\r\n`
    return { start: range.start, end: range.end, head }
  })
  const tail = `\r\n--${boundary}--\r\n`
  const total = parts.reduce((sum, { head, start, end }) => sum + head.length + end - start + 1, 0)
  const media = `multipart/byteranges; boundary=${boundary}`
  return {
    boundary,
    type: media,
    length: total + tail.length,
    parts,
    tail,
    fields: [
      ['Content-Type', media],
      ['Content-Length', String(total + tail.length)],
    ],
  }
}
