import { expect, it } from 'vitest'
import { median, ratios, spread } from './statistics.mjs'

it.each([
  ['one', [3], 3],
  ['an odd count, unsorted', [9, 1, 5], 5],
  ['an even count', [4, 1, 3, 2], 2.5],
  ['numbers that sort otherwise as text', [10, 9, 100], 10],
])('takes the median of %s', (_title, values, expected) => {
  expect(median(values)).toBe(expected)
})

it('has no median of nothing', () => {
  expect(() => median([])).toThrow(RangeError)
})

it('tells the least and the most', () => {
  expect(spread([2, 7, 3])).toEqual({ median: 3, min: 2, max: 7 })
})

it('compares what ran in the same round', () => {
  // All of it takes ten times as long in a busy round, and half as long of the other in each.
  expect(ratios([1, 10, 1], [2, 20, 2])).toEqual({ median: 0.5, min: 0.5, max: 0.5 })
})
