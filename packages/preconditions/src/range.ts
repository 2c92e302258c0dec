import { trimBlanks } from './fields.ts'

/** One element of a `Range` field: positions are offsets in bytes, both inclusive. */
export type RangeSpec =
  /** From `first` to `last`, or to the end. */
  | { readonly first: number; readonly last: number | undefined }
  /** The last bytes, as many as `suffix`. */
  | { readonly suffix: number }

/** A `Range` field taken apart. */
export interface ByteRangeSet {
  readonly unit: 'bytes'
  /** At least one, in the order of the field. */
  readonly specs: readonly RangeSpec[]
}

const spec = /^(\d*)-(\d*)$/

/** Whether one decimal numeral, however long, is more than another. */
function exceeds(left: string, right: string): boolean {
  const [one, other] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')]
  return one.length === other.length ? one > other : one.length > other.length
}

/** What is too long to be exact is far behind the end of anything, and stays there. */
const toNumber = (digits: string): number => Math.min(Number(digits), Number.MAX_SAFE_INTEGER)

function parseSpec(text: string): RangeSpec | undefined {
  const [, first = '', last = ''] = spec.exec(text) ?? []
  if (first === '') return last === '' ? undefined : { suffix: toNumber(last) }
  if (last === '') return { first: toNumber(first), last: undefined }
  return exceeds(first, last) ? undefined : { first: toNumber(first), last: toNumber(last) }
}

/**
 * Reads a `Range` field by the grammar of
 * [RFC 9110 section 14.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-14.1). The unit counts in any case; empty
 * list elements are passed over. Numerals may be of any length.
 *
 * @param text - The field value.
 * @returns The ranges asked for; `undefined` where the unit is not `bytes` or any range is invalid, such as `9-0`.
 *
 * @example
 * ```ts
 * import { parseRange } from '@http-semantics/preconditions'
 *
 * parseRange('bytes=0-99, -1') // => { unit: 'bytes', specs: [{ first: 0, last: 99 }, { suffix: 1 }] }
 * parseRange('bytes=9-0') // => undefined
 * ```
 */
export function parseRange(text: string): ByteRangeSet | undefined {
  const equals = text.indexOf('=')
  if (equals === -1 || text.slice(0, equals).toLowerCase() !== 'bytes') return undefined
  const specs: RangeSpec[] = []
  for (const element of text.slice(equals + 1).split(',')) {
    const trimmed = trimBlanks(element)
    if (trimmed === '') continue
    const parsed = parseSpec(trimmed)
    if (parsed === undefined) return undefined
    specs.push(parsed)
  }
  return specs.length === 0 ? undefined : { unit: 'bytes', specs }
}
