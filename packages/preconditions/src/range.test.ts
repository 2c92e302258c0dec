import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRange, type RangeSpec } from './range.ts'

const runs = { numRuns: 10_000, seed: 9110 }
const most = Number.MAX_SAFE_INTEGER

describe('parseRange', () => {
  it.each<[string, RangeSpec[]]>([
    ['bytes=0-499', [{ first: 0, last: 499 }]],
    ['bytes=500-', [{ first: 500, last: undefined }]],
    ['bytes=-500', [{ suffix: 500 }]],
    ['bytes=0-0,-1', [{ first: 0, last: 0 }, { suffix: 1 }]],
    [
      'bytes= 0-999, 4500-5499, -1000',
      [{ first: 0, last: 999 }, { first: 4500, last: 5499 }, { suffix: 1000 }],
    ],
    ['BYTES=0-0', [{ first: 0, last: 0 }]],
    ['bytes=,0-0,\t,', [{ first: 0, last: 0 }]],
    ['bytes=007-010', [{ first: 7, last: 10 }]],
    [`bytes=0-${'9'.repeat(400)}`, [{ first: 0, last: most }]],
    [`bytes=${'9'.repeat(30)}-${'9'.repeat(31)}`, [{ first: most, last: most }]],
  ])('reads %s', (text, specs) => {
    expect(parseRange(text)).toEqual({ unit: 'bytes', specs })
  })

  it.each([
    '',
    'bytes',
    'bytes=',
    'bytes=,',
    'bytes=-',
    'bytes=0',
    'bytes=a-b',
    'bytes=0-a',
    'bytes=9-0',
    'bytes=0-0,9-0',
    'bytes=0 - 9',
    'bytes=0-9-',
    'bytes=--9',
    'bytes=+0-9',
    'bytes=0x0-9',
    'bytes=1.0-9',
    'bytes =0-9',
    ' bytes=0-9',
    'lines=0-9',
    'bytes:0-9',
    'bytes=0-9;',
    'bytes=\u00A00-9',
    'bytes=٠-٩',
    'bytes=9007199254740993-9007199254740992',
  ])('does not take %j for one', (text) => {
    expect(parseRange(text)).toBeUndefined()
  })

  const digits = fc.bigInt({ min: 0n, max: 2n ** 70n })
  const specs = fc.oneof(
    fc.tuple(digits, digits).map(([one, other]) => (one < other ? [one, other] : [other, one])),
    digits.map((first) => [first, undefined]),
    digits.map((suffix) => [undefined, suffix]),
  )
  const blanks = fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 2 })
  const clamp = (value: bigint): number => (value > BigInt(most) ? most : Number(value))

  it('reads all the grammar makes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(blanks, specs, blanks), { minLength: 1 }), (list) => {
        const text = list.map(
          ([left, [first, last], right]) => `${left}${first ?? ''}-${last ?? ''}${right}`,
        )
        const expected = list.map(([, [first, last]]) => {
          if (first === undefined) return { suffix: clamp(last ?? 0n) }
          return { first: clamp(first), last: last === undefined ? undefined : clamp(last) }
        })
        expect(parseRange(`bytes=${text.join(',')}`)?.specs).toEqual(expected)
      }),
      runs,
    )
  })

  it('reads nothing the grammar does not make', () => {
    const element = '(?:\\d+-\\d*|-\\d+)'
    const grammar = new RegExp(
      `^bytes=[ \t,]*${element}[ \t]*(?:,[ \t,]*(?:${element}[ \t]*|$))*$`,
      'i',
    )
    const near = fc.string({
      unit: fc.constantFrom('0', '12', '-', '-', ',', ' ', 'x'),
      maxLength: 10,
    })
    fc.assert(
      fc.property(near, (text) => {
        const reversed = [...text.matchAll(/(\d+)-(\d+)/g)].some(
          ([, one, two]) => Number(one) > Number(two),
        )
        expect(parseRange(`bytes=${text}`) !== undefined).toBe(
          grammar.test(`bytes=${text}`) && !reversed,
        )
      }),
      runs,
    )
  })
})
