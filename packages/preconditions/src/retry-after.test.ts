import { expect, it } from 'vitest'
import { retryAfter } from './retry-after.ts'

it.each([
  [0, '0'],
  [-0, '0'],
  [0.001, '1'],
  [120, '120'],
  [2 ** 31, '2147483648'],
  [new Date('1999-12-31T23:59:59.999Z'), 'Fri, 31 Dec 1999 23:59:59 GMT'],
])('writes %s as %s', (when, value) => {
  expect(retryAfter(when)).toBe(value)
})

it.each([
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Date.UTC(2026, 0, 1),
  '120' as unknown as number,
])('throws on %s', (when) => {
  expect(() => retryAfter(when)).toThrow(TypeError)
  expect(() => retryAfter(when)).toThrow(
    /^retryAfter\(\): must be seconds from 0 to 2147483648, or a Date, got/,
  )
})

it('throws on an invalid date', () => {
  expect(() => retryAfter(new Date(Number.NaN))).toThrow('must be a valid Date')
})
