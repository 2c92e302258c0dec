import type { Field } from './fields.ts'
import { evaluateIfRange, type RangeValidators } from './if-range.ts'
import { show } from '@http-semantics/options'
import { checkKeys } from './options.ts'
import { parseRange, type RangeSpec } from './range.ts'

/** A range of bytes: offsets, both inclusive. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** How much a single request may ask for. */
export interface RangeLimits {
  /**
   * The number of ranges sent at most; who asks for more gets the whole representation. Ranges that overlap or touch
   * count as one. Default: 20.
   */
  readonly maxRanges?: number | undefined
  /**
   * Ranges with at most so many bytes between them become one, since each part of a multipart answer costs about 80
   * bytes of its own. Default: 0, which joins only what overlaps or touches.
   */
  readonly maxGap?: number | undefined
}

/** A request for ranges, and the selected representation. */
export interface RangeQuestion extends RangeValidators {
  /** The request method; ranges are GET's alone. Default: `'GET'`. */
  readonly method?: string | undefined
  /** The value of `Range`. */
  readonly range: string | undefined
  /** The value of `If-Range`. Default: none. */
  readonly ifRange?: string | readonly string[] | undefined
  /** The length of the representation in bytes, with its content coding if it has one. */
  readonly length: number
  /** How much a single request may ask for. */
  readonly limits?: RangeLimits | undefined
}

/** What of a representation to send. */
export type RangeDecision =
  /** All of it, as if there were no `Range`. */
  | { readonly action: 'whole'; readonly status: 200; readonly fields: readonly Field[] }
  /** Nothing: there are no such bytes. */
  | {
      readonly action: 'unsatisfiable'
      readonly status: 416
      readonly contentRange: string
      readonly fields: readonly Field[]
    }
  /**
   * These ranges. One goes with the `Content-Range` and `Content-Length` among the `fields`; for several,
   * {@link multipartByteranges} has the fields.
   */
  | {
      readonly action: 'partial'
      readonly status: 206
      readonly ranges: readonly [ByteRange, ...ByteRange[]]
      readonly fields: readonly Field[]
    }

const acceptRanges: Field = ['Accept-Ranges', 'bytes']
const whole: RangeDecision = { action: 'whole', status: 200, fields: [acceptRanges] }

/** The bytes that are there of those asked for. */
function satisfy(spec: RangeSpec, length: number): ByteRange | undefined {
  if ('suffix' in spec) {
    return spec.suffix === 0
      ? undefined
      : { start: Math.max(0, length - spec.suffix), end: length - 1 }
  }
  if (spec.first >= length) return undefined
  return { start: spec.first, end: Math.min(spec.last ?? length, length - 1) }
}

/** Joins what overlaps, touches or nearly touches; each stands where the first of its parts stood. */
function coalesce(ranges: readonly ByteRange[], maxGap: number): ByteRange[] {
  const joined: { start: number; end: number; place: number }[] = []
  const placed = ranges.map(({ start, end }, place) => ({ start, end, place }))
  for (const range of placed.toSorted((left, right) => left.start - right.start)) {
    const last = joined.at(-1)
    if (last !== undefined && range.start - last.end - 1 <= maxGap) {
      last.end = Math.max(last.end, range.end)
      last.place = Math.min(last.place, range.place)
    } else {
      joined.push(range)
    }
  }
  return joined
    .toSorted((left, right) => left.place - right.place)
    .map(({ start, end }) => ({ start, end }))
}

function readLimit(
  limits: RangeLimits,
  name: keyof RangeLimits,
  standard: number,
  least: number,
): number {
  const value = limits[name] ?? standard
  if (!Number.isSafeInteger(value) || value < least) {
    throw new TypeError(
      `selectRanges(): limits.${name} must be an integer from ${least}, got ${show(value)}`,
    )
  }
  return value
}

/**
 * Decides what of a representation a request gets
 * ([RFC 9110 section 14.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-14.2)). Ask when the answer would be a 200,
 * which is after {@link evaluatePreconditions}.
 *
 * The whole of it goes out to other methods than GET, where `If-Range` does not hold, where `Range` is invalid or in
 * another unit than bytes, where it asks for too many ranges, and where the representation is empty.
 *
 * @param question - `Range`, `If-Range`, the validators and the length; see {@link RangeQuestion}.
 * @returns `whole` (200), `partial` (206) or `unsatisfiable` (416), with the fields that go with it. The ranges are
 * disjoint, in the order asked for.
 * @throws TypeError for a wrong `length`, limit or validator.
 *
 * @example
 * ```ts
 * import { selectRanges } from '@http-semantics/preconditions'
 *
 * selectRanges({ range: 'bytes=-100', length: 1000 })
 * // => {
 * //   action: 'partial',
 * //   status: 206,
 * //   ranges: [{ start: 900, end: 999 }],
 * //   fields: [['Accept-Ranges', 'bytes'], ['Content-Range', 'bytes 900-999/1000'], ['Content-Length', '100']],
 * // }
 * selectRanges({ range: 'bytes=1000-', length: 1000 }).status // => 416
 * ```
 */
export function selectRanges({
  method = 'GET',
  range,
  ifRange,
  length,
  limits = {},
  ...validators
}: RangeQuestion): RangeDecision {
  checkKeys('selectRanges(): limits', limits, ['maxRanges', 'maxGap'])
  const maxRanges = readLimit(limits, 'maxRanges', 20, 1)
  const maxGap = readLimit(limits, 'maxGap', 0, 0)
  checkLength('selectRanges()', length)

  if (range === undefined || method !== 'GET' || length === 0) return whole
  if (ifRange !== undefined && !evaluateIfRange(String(ifRange), validators)) return whole
  const specs = parseRange(range)?.specs
  if (specs === undefined) return whole

  const satisfiable = specs.flatMap((spec) => satisfy(spec, length) ?? [])
  const [first, ...others] = coalesce(satisfiable, maxGap)
  if (first === undefined) {
    const unsatisfied = `bytes */${length}`
    return {
      action: 'unsatisfiable',
      status: 416,
      contentRange: unsatisfied,
      fields: [acceptRanges, ['Content-Range', unsatisfied]],
    }
  }
  if (others.length >= maxRanges) return whole
  const fields: Field[] = [acceptRanges]
  if (others.length === 0) {
    fields.push(['Content-Range', contentRange(first, length)])
    fields.push(['Content-Length', String(first.end - first.start + 1)])
  }
  return { action: 'partial', status: 206, ranges: [first, ...others], fields }
}

/** Refuses what is no number of bytes. */
function checkLength(where: string, length: number): void {
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new TypeError(`${where}: length must be a number of bytes, got ${show(length)}`)
  }
}

/** Refuses a range outside the representation. */
function checkRange(where: string, { start, end }: ByteRange, length: number): void {
  const integers = Number.isSafeInteger(start) && Number.isSafeInteger(end)
  if (!integers || start < 0 || end < start || end >= length) {
    throw new TypeError(
      `${where}: a range must lie within the ${length} bytes, both ends inclusive, got ${show({ start, end })}`,
    )
  }
}

/**
 * The value of `Content-Range` for a part
 * ([RFC 9110 section 14.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-14.4)).
 *
 * @param range - The part.
 * @param length - The length of the whole representation in bytes.
 * @returns The field value.
 * @throws TypeError where the range is not within the length.
 *
 * @example
 * ```ts
 * import { contentRange } from '@http-semantics/preconditions'
 *
 * contentRange({ start: 0, end: 99 }, 1000) // => 'bytes 0-99/1000'
 * ```
 */
export function contentRange(range: ByteRange, length: number): string {
  checkLength('contentRange()', length)
  checkRange('contentRange()', range, length)
  return `bytes ${range.start}-${range.end}/${length}`
}
