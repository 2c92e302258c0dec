import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatHttpDate, parseHttpDate } from './http-date.ts'

const runs = { numRuns: 10_000, seed: 9110 }
const now = new Date('2026-06-10T12:00:00Z')
const iso = (text: string): string | undefined => parseHttpDate(text, now)?.toISOString()

describe('parseHttpDate', () => {
  it.each([
    ['the present form', 'Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['the form of RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['that of asctime()', 'Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37.000Z'],
    ['that of asctime() with a long day', 'Wed Jun 10 12:00:00 2026', '2026-06-10T12:00:00.000Z'],
    ['a leap second', 'Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00.000Z'],
    ['a leap day', 'Thu, 29 Feb 2024 00:00:00 GMT', '2024-02-29T00:00:00.000Z'],
    ['a wrong day of the week', 'Mon, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['a year of the first century', 'Mon, 01 Jan 0050 00:00:00 GMT', '0050-01-01T00:00:00.000Z'],
    [
      'two digits up to 50 years ahead',
      'Wednesday, 10-Jun-76 12:00:00 GMT',
      '2076-06-10T12:00:00.000Z',
    ],
    ['two digits a second further', 'Thursday, 10-Jun-76 12:00:01 GMT', '1976-06-10T12:00:01.000Z'],
    ['two digits long ago', 'Friday, 31-Dec-99 23:59:59 GMT', '1999-12-31T23:59:59.000Z'],
  ])('reads %s', (_, text, date) => {
    expect(iso(text)).toBe(date)
  })

  it.each([
    ['nothing', ''],
    ['other case', 'sun, 06 nov 1994 08:49:37 gmt'],
    ['another zone', 'Sun, 06 Nov 1994 08:49:37 UTC'],
    ['an offset', 'Sun, 06 Nov 1994 08:49:37 +0000'],
    ['no zone', 'Sun, 06 Nov 1994 08:49:37'],
    ['a zone where there is none', 'Sun Nov  6 08:49:37 1994 GMT'],
    ['ISO 8601', '1994-11-06T08:49:37Z'],
    ['a number', '784111777'],
    ['one digit for the day', 'Sun, 6 Nov 1994 08:49:37 GMT'],
    ['a 30 February', 'Fri, 30 Feb 2024 00:00:00 GMT'],
    ['a 29 February of 1900', 'Thu, 29 Feb 1900 00:00:00 GMT'],
    ['a 00 January', 'Sun, 00 Jan 2024 00:00:00 GMT'],
    ['an hour 24', 'Sun, 06 Nov 1994 24:00:00 GMT'],
    ['a minute 60', 'Sun, 06 Nov 1994 08:60:00 GMT'],
    ['a second 60 at noon', 'Sun, 06 Nov 1994 12:00:60 GMT'],
    ['a second 61', 'Sat, 31 Dec 2016 23:59:61 GMT'],
    ['two dates', 'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT'],
    ['blanks around', ' Sun, 06 Nov 1994 08:49:37 GMT'],
    ['a line break behind', 'Sun, 06 Nov 1994 08:49:37 GMT\n'],
    ['a short day in the form of RFC 850', 'Sun, 06-Nov-94 08:49:37 GMT'],
  ])('does not take %s for a date', (_, text) => {
    expect(iso(text)).toBeUndefined()
  })

  it('reads two digits against the clock', () => {
    const year = new Date().getUTCFullYear()
    const text = `Friday, 01-Jan-${String(year % 100).padStart(2, '0')} 00:00:00 GMT`
    expect(parseHttpDate(text)?.getUTCFullYear()).toBe(year)
  })

  it('reads each second of the years 0 to 9999 in each form, and formatHttpDate writes it', () => {
    const seconds = fc.integer({
      min: Date.UTC(1, 0, 1) / 1000 - 60_000_000_000,
      max: Date.UTC(9999, 11, 31, 23, 59, 59) / 1000,
    })
    fc.assert(
      fc.property(seconds, (time) => {
        const date = new Date(time * 1000)
        fc.pre(date.getUTCFullYear() >= 0)
        const text = formatHttpDate(date)
        expect(text).toHaveLength(29)
        expect(parseHttpDate(text, now)).toEqual(date)
        const [day = '', of = '', month = '', year = '', clock = ''] = text.split(/,? /)
        const asctime = `${day} ${month} ${of.replace(/^0/, ' ')} ${clock} ${year}`
        expect(parseHttpDate(asctime, now)).toEqual(date)
        const weekday = date.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
        const read = parseHttpDate(`${weekday}, ${of}-${month}-${year.slice(2)} ${clock} GMT`, now)
        // Two digits have lost the century; the rest is there, but for a 29 February.
        if (read !== undefined) expect(read.getUTCFullYear() % 100).toBe(Number(year.slice(2)))
        if (year.startsWith('19') && Number(year) > 1976) expect(read).toEqual(date)
      }),
      runs,
    )
  })
})

describe('formatHttpDate', () => {
  it('cuts off milliseconds', () => {
    expect(formatHttpDate(new Date('1994-11-06T08:49:37.999Z'))).toBe(
      'Sun, 06 Nov 1994 08:49:37 GMT',
    )
  })

  it.each([
    ['an invalid date', new Date(Number.NaN)],
    ['the year 10000', new Date(Date.UTC(10_000, 0, 1))],
    ['the year -1', new Date('-000001-01-01T00:00:00Z')],
    ['a text', '1994-11-06' as unknown as Date],
  ])('throws on %s', (_, date) => {
    expect(() => formatHttpDate(date)).toThrow(TypeError)
    expect(() => formatHttpDate(date)).toThrow(
      /^formatHttpDate\(\): date must be a valid Date, years/,
    )
  })
})
