import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentRange, selectRanges, type RangeDecision, type RangeQuestion } from './ranges.ts'

const runs = { numRuns: 10_000, seed: 9110 }
const accept = ['Accept-Ranges', 'bytes']

/** A decision in a line: `0-1 4-5`, `whole`, `unsatisfiable`. */
const short = (decision: RangeDecision): string =>
  decision.action === 'partial'
    ? decision.ranges.map(({ start, end }) => `${start}-${end}`).join(' ')
    : decision.action
const select = (range: string, length = 1000, more: Partial<RangeQuestion> = {}): string =>
  short(selectRanges({ range, length, ...more }))

describe('selectRanges', () => {
  // Of RFC 9110 section 14.1.2, with a representation of 10,000 bytes.
  it.each([
    ['bytes=0-499', '0-499'],
    ['bytes=500-999', '500-999'],
    ['bytes=-500', '9500-9999'],
    ['bytes=9500-', '9500-9999'],
    ['bytes=0-0,-1', '0-0 9999-9999'],
    ['bytes= 0-999, 4500-5499, -1000', '0-999 4500-5499 9000-9999'],
    ['bytes=500-600,601-999', '500-999'],
    ['bytes=500-700,601-999', '500-999'],
    ['bytes=0-20000', '0-9999'],
    ['bytes=-20000', '0-9999'],
    [`bytes=0-${'9'.repeat(400)}`, '0-9999'],
  ])('gives %s', (range, ranges) => {
    expect(select(range, 10_000)).toBe(ranges)
  })

  it.each([
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=1000-1000,5000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    [`bytes=${'9'.repeat(400)}-`, 'unsatisfiable'],
    ['bytes=999-', '999-999'],
    ['bytes=1000-,0-0,-0', '0-0'],
    ['bytes=9-0', 'whole'],
    ['lines=0-9', 'whole'],
    ['bytes=0-9,x', 'whole'],
  ])('of 1,000 bytes answers %s with %s', (range, decision) => {
    expect(select(range)).toBe(decision)
  })

  it.each([
    ['those that overlap', 'bytes=0-9,5-14,10-19', '0-19'],
    ['those within others', 'bytes=0-99,5-6,7-7', '0-99'],
    ['those that touch, in any order', 'bytes=20-29,10-19,0-9', '0-29'],
    ['the same one many times', `bytes=${'0-,'.repeat(4000)}`, '0-999'],
    ['into the place of the first part', 'bytes=5-6,20-21,0-9', '0-9 20-21'],
    ['none that are a byte apart', 'bytes=0-1,3-4', '0-1 3-4'],
  ])('joins %s', (_, range, ranges) => {
    expect(select(range)).toBe(ranges)
  })

  it('keeps the order asked for', () => {
    expect(select('bytes=900-,500-509,0-9')).toBe('900-999 500-509 0-9')
  })

  it('joins over a gap when told to', () => {
    expect(select('bytes=0-9,20-29,41-50', 1000, { limits: { maxGap: 10 } })).toBe('0-29 41-50')
  })

  it('gives the whole to who asks for many', () => {
    const many = (count: number): string =>
      `bytes=${Array.from({ length: count }, (_, index) => `${index * 2}-${index * 2}`).join(',')}`
    expect(select(many(20)).split(' ')).toHaveLength(20)
    expect(select(many(21))).toBe('whole')
    expect(select(many(3), 1000, { limits: { maxRanges: 2 } })).toBe('whole')
    // Counted is what would be sent.
    expect(select(many(400), 1000, { limits: { maxGap: 1 } })).toBe('0-798')
  })

  it.each(['HEAD', 'QUERY', 'POST', 'get'])('knows no ranges of %s', (method) => {
    expect(select('bytes=0-9', 1000, { method })).toBe('whole')
    expect(select('bytes=1000-', 1000, { method })).toBe('whole')
  })

  it.each([
    ['which holds', '"v7"', 'bytes=0-9', '0-9'],
    ['which does not', '"v6"', 'bytes=0-9', 'whole'],
    ['which does not, before a Range that is out of bounds', '"v6"', 'bytes=1000-', 'whole'],
    ['which holds, before a Range that is out of bounds', '"v7"', 'bytes=1000-', 'unsatisfiable'],
    ['sent twice', ['"v7"', '"v7"'], 'bytes=0-9', 'whole'],
  ])('reads an If-Range %s', (_, ifRange, range, decision) => {
    expect(select(range, 1000, { ifRange, etag: '"v7"' })).toBe(decision)
  })

  it('ignores an If-Range without a Range', () => {
    expect(short(selectRanges({ range: undefined, ifRange: '"v7"', length: 9 }))).toBe('whole')
  })

  it.each(['bytes=0-', 'bytes=-5', 'bytes=5-'])('gives all there is of nothing for %s', (range) => {
    expect(select(range, 0)).toBe('whole')
  })

  it('brings the fields of the answer', () => {
    expect(selectRanges({ range: undefined, length: 9 })).toEqual({
      action: 'whole',
      status: 200,
      fields: [accept],
    })
    expect(selectRanges({ range: 'bytes=9-', length: 9 })).toEqual({
      action: 'unsatisfiable',
      status: 416,
      contentRange: 'bytes */9',
      fields: [accept, ['Content-Range', 'bytes */9']],
    })
    expect(selectRanges({ range: 'bytes=2-3', length: 9 })).toEqual({
      action: 'partial',
      status: 206,
      ranges: [{ start: 2, end: 3 }],
      fields: [accept, ['Content-Range', 'bytes 2-3/9'], ['Content-Length', '2']],
    })
    // RFC 9110 section 15.3.7.2: several parts have no Content-Range in the header section.
    expect(selectRanges({ range: 'bytes=2-3,5-6', length: 9 }).fields).toEqual([accept])
  })

  it.each([
    [
      'a length that is none',
      { length: Number.NaN },
      'selectRanges(): length must be a number of bytes, got NaN',
    ],
    ['a negative length', { length: -1 }, 'selectRanges(): length must be'],
    [
      'no ranges at all',
      { limits: { maxRanges: 0 } },
      'selectRanges(): limits.maxRanges must be an integer from 1, got 0',
    ],
    [
      'a negative gap',
      { limits: { maxGap: -1 } },
      'selectRanges(): limits.maxGap must be an integer from 0, got -1',
    ],
    [
      'an unknown limit',
      { limits: { max: 1 } },
      "limits: unknown option 'max'; the options are maxRanges, maxGap",
    ],
    [
      'limits that are none',
      { limits: 5 as unknown as object },
      'selectRanges(): limits must be an object, got 5',
    ],
  ])('throws on %s', (_, wrong, message) => {
    expect(() => selectRanges({ range: undefined, length: 9, ...wrong })).toThrow(message)
  })

  it('sends each byte asked for once, and in few parts', () => {
    const spec = fc
      .tuple(fc.nat(60), fc.nat(60))
      .map(([one, two]) => [Math.min(one, two), Math.max(one, two)])
    const limits = { maxRanges: 8 }
    fc.assert(
      fc.property(
        fc.array(spec, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        (specs, length) => {
          const range = `bytes=${specs.map(([first, last]) => `${first}-${last}`).join(',')}`
          const wanted = Array.from({ length }, (_, at) =>
            specs.some(([first = 0, last = 0]) => first <= at && at <= last),
          )
          const decision = selectRanges({ range, length, limits })
          const runsOfBytes = wanted.filter((want, at) => want && wanted[at - 1] !== true).length
          const action = runsOfBytes > 8 ? 'whole' : 'partial'
          expect(decision.action).toBe(runsOfBytes === 0 ? 'unsatisfiable' : action)
          if (decision.action !== 'partial') return
          expect(decision.ranges).toHaveLength(runsOfBytes)
          const sent = Array.from({ length }, () => 0)
          for (const { start, end } of decision.ranges) {
            for (let at = start; at <= end; at += 1) sent[at] = (sent[at] ?? Number.NaN) + 1
          }
          expect(sent).toEqual(wanted.map(Number))
        },
      ),
      runs,
    )
  })

  it('is done with the longest header section in time', () => {
    const start = performance.now()
    for (const part of ['0-,', '0-0,', '9-,8-,', ' ', ',', '0', '-']) {
      select(`bytes=${part.repeat(100_000)}`)
      select(`bytes=${part.repeat(100_000)}x`)
    }
    select(
      `bytes=${Array.from({ length: 20_000 }, (_, index) => `${40_000 - index * 2}-${40_000 - index * 2}`).join(',')}`,
      1e6,
    )
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('contentRange', () => {
  it.each([
    [{ start: 42, end: 1233 }, 1234, 'bytes 42-1233/1234'],
    [{ start: 0, end: 0 }, 1, 'bytes 0-0/1'],
  ])('writes %j of %s', (range, length, value) => {
    expect(contentRange(range, length)).toBe(value)
  })

  it.each([
    [{ start: 0, end: 9 }, 9],
    [{ start: 5, end: 4 }, 9],
    [{ start: -1, end: 4 }, 9],
    [{ start: 0.5, end: 4 }, 9],
    [{ start: 0, end: Number.NaN }, 9],
    [{ start: 0, end: 0 }, Number.POSITIVE_INFINITY],
  ])('throws on %j of %s', (range, length) => {
    expect(() => contentRange(range, length)).toThrow(TypeError)
  })
})
