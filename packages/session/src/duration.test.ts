import { expect, it } from 'vitest'
import { readDuration } from './duration.ts'

it.each([
  [0, 0],
  [90.9, 90.9],
  ['3600', 3600],
  ['31 days', 2_678_400],
  ['1 day', 86_400],
  ['2w', 1_209_600],
  ['1h 30min', 5400],
  ['1h30m', 5400],
  ['1 hour, 5 seconds', 3605],
  ['1.5 h', 5400],
  // As Python writes timedeltas.
  ['31 days, 0:00:00', 2_678_400],
  ['1 day, 1:00:00', 90_000],
  ['0:01:30.900000', 90.9],
  [{ days: 1, hours: 2 }, 93_600],
  [{ weeks: 1 }, 604_800],
])('%o is %d seconds', (value, seconds) => {
  expect(readDuration(value)).toBe(seconds)
})

it.each([
  [-1],
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
  [''],
  ['soon'],
  ['5 months'],
  ['1 hourglass'],
  ['-1 day, 0:00:00'],
  [{}],
  [{ day: 1 }],
  [{ days: '1' }],
  [{ days: -1, hours: 30 }],
  [[1]],
  [null],
  [true],
])('%o is none', (value) => {
  expect(readDuration(value)).toBe(undefined)
})
