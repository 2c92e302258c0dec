import * as fc from 'fast-check'
import rangeParser from 'range-parser'
import { describe, expect, it } from 'vitest'
import { selectRanges } from './ranges.ts'

/*
 * range-parser (1.3.0, with `combine`) answers the same, but where one of these applies. `applies` is told from the
 * text alone; a difference that no row explains fails the test, and each row has an example of its own.
 */
describe('in comparison with range-parser', () => {
  const elements = (text: string): string[] => text.slice(text.indexOf('=') + 1).split(',')
  const blank = /^[ \t]*$/
  const rows: {
    readonly why: string
    readonly applies: (text: string, length: number) => boolean
    readonly example: readonly [text: string, length: number, theirs: string, ours: string]
  }[] = [
    {
      why: 'section 14.2: a unit not understood is ignored; range-parser leaves that to its caller',
      applies: (text) => !text.startsWith('bytes='),
      example: ['lines=0-0', 10, '0-0', 'whole'],
    },
    {
      why: 'section 14.1.1: a set with a reversed range is invalid as a whole; there it is passed over',
      applies: (text) =>
        elements(text).some((one) => {
          const [, first = '', last = ''] = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(one) ?? []
          return first !== '' && BigInt(first) > BigInt(last)
        }),
      example: ['bytes=9-0,1-1', 10, '1-1', 'whole'],
    },
    {
      why: 'section 14.1.2: a suffix longer than the representation is all of it; there it is passed over',
      applies: (text, length) =>
        elements(text).some((one) => Number(/^\s*-\s*(\d+)\s*$/.exec(one)?.[1]) > length),
      example: ['bytes=-20', 10, 'unsatisfiable', '0-9'],
    },
    {
      why: 'section 5.6.1.2: empty list elements are ignored; there they make the set invalid',
      applies: (text) => elements(text).some((one) => blank.test(one)),
      example: ['bytes=0-0,,2-2', 10, 'whole', '0-0 2-2'],
    },
    {
      why: 'section 14.1.1: there are no blanks within a range, nor other ones than these around; there both may be',
      applies: (text) => elements(text).some((one) => /\d\s+-|-\s+\d|[^\S \t]/.test(one)),
      example: ['bytes=0 - 4', 10, '0-4', 'whole'],
    },
    {
      why: 'section 14.2 lets Range be ignored where there is no content; there it is unsatisfiable',
      applies: (_, length) => length === 0,
      example: ['bytes=0-0', 0, 'unsatisfiable', 'whole'],
    },
    {
      why: 'section 15.3.7.2: parts in the order asked for; there a range within a later one loses its place',
      applies: (text) => elements(text).length > 2,
      example: ['bytes=5-6,20-21,0-9', 30, '20-21 0-9', '0-9 20-21'],
    },
    {
      why: 'section 17.15: many ranges are not served; there the caller has to count',
      applies: (text) => elements(text).length > 20,
      example: [
        `bytes=${Array.from({ length: 21 }, (_, index) => `${index * 2}-${index * 2}`).join(',')}`,
        99,
        Array.from({ length: 21 }, (_, index) => `${index * 2}-${index * 2}`).join(' '),
        'whole',
      ],
    },
  ]

  const ours = (text: string, length: number): string => {
    const decision = selectRanges({ range: text, length })
    return decision.action === 'partial'
      ? decision.ranges.map(({ start, end }) => `${start}-${end}`).join(' ')
      : decision.action
  }

  const theirs = (text: string, length: number): string => {
    const result = rangeParser(length, text, { combine: true })
    if (result === -1) return 'unsatisfiable'
    if (result === -2) return 'whole'
    return result.map(({ start, end }) => `${start}-${end}`).join(' ')
  }

  it.each(rows)('differs by $why', ({ applies, example: [text, length, their, our] }) => {
    expect([theirs(text, length), ours(text, length)]).toEqual([their, our])
    expect(applies(text, length)).toBe(true)
  })

  // So that the row on the order explains nothing else: as sets they are equal.
  const asSet = (line: string): string => line.split(' ').toSorted().join(' ')

  it('does not differ otherwise', () => {
    const unit = fc.constantFrom(
      '0',
      '1',
      '12',
      '9',
      '-',
      '-',
      '-',
      ',',
      ',',
      ' ',
      '\t',
      '\u00A0',
      'x',
      '99999999999999999999',
    )
    const text = fc.oneof(
      fc.string({ unit, maxLength: 14 }).map((rest) => `bytes=${rest}`),
      fc
        .array(
          fc.oneof(
            fc.tuple(fc.nat(30), fc.nat(30)).map(([one, two]) => `${one}-${one + two}`),
            fc.nat(30).map((first) => `${first}-`),
            fc.nat(30).map((suffix) => `-${suffix}`),
          ),
          { minLength: 1, maxLength: 8 },
        )
        .map((specs) => `bytes=${specs.join(', ')}`),
      fc.string({ unit: fc.constantFrom('b', 'bytes', '=', '0', '-', ' '), maxLength: 8 }),
    )
    let compared = 0
    fc.assert(
      fc.property(text, fc.nat(20), (range, length) => {
        const reasons = rows.filter(({ applies }) => applies(range, length))
        const orderOnly = reasons.length === 1 && reasons[0] === rows[6]
        if (reasons.length > 0 && !orderOnly) return
        compared += 1
        const [their, our] = [theirs(range, length), ours(range, length)]
        if (orderOnly) expect(asSet(our)).toBe(asSet(their))
        else expect(our).toBe(their)
      }),
      { numRuns: 10_000, seed: 9110 },
    )
    // Enough of them are compared, rather than explained away.
    expect(compared).toBeGreaterThan(2000)
  })
})
