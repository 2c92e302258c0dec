import { describe, expect, it } from 'vitest'
import { formatDate, parseDate } from './dates.ts'

describe('parseDate', () => {
  it.each([
    ['Thu, 29 Feb 2024 00:00:00 GMT', '2024-02-29T00:00:00.000Z'],
    ['Thu, 29 Feb 2024 00:00:00 UTC', '2024-02-29T00:00:00.000Z'],
    ['Mon, 01 Jan 2024 01:00:00 +0800', '2023-12-31T17:00:00.000Z'],
    ['Mon, 01 Jan 2024 01:00:00 -0330', '2024-01-01T04:30:00.000Z'],
    ['Mon, 01 Jan 2024 01:00:00', '2024-01-01T01:00:00.000Z'],
    ['1 Jan 2024 01:00', '2024-01-01T01:00:00.000Z'],
    ['Tue, 01 Jan 0999 00:00:00 GMT', '0999-01-01T00:00:00.000Z'],
    ['Fri, 31 Dec 9999 23:59:59 GMT', '9999-12-31T23:59:59.000Z'],
    // As Python reads it.
    ['Thu, 01 Jan 0099 00:00:00 GMT', '1999-01-01T00:00:00.000Z'],
    ['Thu, 01 Jan 68 00:00:00 GMT', '2068-01-01T00:00:00.000Z'],
    ['Thu, 01 Jan 69 00:00:00 GMT', '1969-01-01T00:00:00.000Z'],
  ])('reads %s', (text, time) => {
    expect(parseDate(text)?.toISOString()).toBe(time)
  })

  it.each([
    '',
    'yesterday',
    '2024',
    '2024-01-01T00:00:00Z',
    'Fri, 30 Feb 2024 00:00:00 GMT',
    'Mon, 01 Jan 2024 24:00:00 GMT',
    'Mon, 01 Jan 2024 23:59:60 GMT',
    'Mon, 01 Foo 2024 00:00:00 GMT',
    'Mon, 01 Jan 2024 00:00:00 GMT.',
  ])('finds no time in %j', (text) => {
    expect(parseDate(text)).toBeNull()
  })
})

describe('formatDate', () => {
  it.each([
    [0, 'Thu, 01 Jan 1970 00:00:00 GMT'],
    [999, 'Thu, 01 Jan 1970 00:00:00 GMT'],
    [-1, 'Wed, 31 Dec 1969 23:59:59 GMT'],
    [Date.UTC(999, 0), 'Tue, 01 Jan 0999 00:00:00 GMT'],
    [Date.UTC(9999, 11, 31), 'Fri, 31 Dec 9999 00:00:00 GMT'],
  ])('writes %d as %s', (time, text) => {
    expect(formatDate(new Date(time))).toBe(text)
  })

  it.each([Number.NaN, Date.UTC(10_000, 0), Date.UTC(100, 0) - 1])('writes no %d', (time) => {
    expect(formatDate(new Date(time))).toBeUndefined()
  })
})
