import { show } from '@http-semantics/options'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const longDays = ['Sun', 'Mon', 'Tues', 'Wednes', 'Thurs', 'Fri', 'Satur'].map((day) => `${day}day`)
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const dayName = `(?:${days.join('|')})`
const month = `(?<month>${months.join('|')})`
const time = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})'

const forms = [
  // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(`^${dayName}, (?<day>\\d{2}) ${month} (?<year>\\d{4}) ${time} GMT$`),
  // RFC 850: Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(`^(?:${longDays.join('|')}), (?<day>\\d{2})-${month}-(?<year>\\d{2}) ${time} GMT$`),
  // asctime: Sun Nov  6 08:49:37 1994
  new RegExp(`^${dayName} ${month} (?<day>\\d{2}| \\d) ${time} (?<year>\\d{4})$`),
]

/** A time in UTC, or `undefined` where the calendar or the clock has none such. */
function utc(
  [year, monthIndex, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number],
): Date | undefined {
  // A leap second is always the last of a day, and counts as the first of the next.
  const leap = hour === 23 && minute === 59 && second === 60
  if (hour > 23 || minute > 59 || (second > 59 && !leap)) return undefined
  const date = new Date(0)
  // Not Date.UTC(), which takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, monthIndex, day)
  if (date.getUTCMonth() !== monthIndex || date.getUTCDate() !== day) return undefined
  date.setUTCHours(hour, minute, second)
  return date
}

/**
 * Reads an HTTP-date in any of its three forms
 * ([RFC 9110 section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7)): the present one, the one of
 * RFC 850 with two digits for the year, and that of C's `asctime()`. Nothing else is one: no other zone, case, or
 * spacing. A day of the week that does not fit the date is let pass.
 *
 * @param text - A field value, such as that of `If-Modified-Since`.
 * @param now - What two digits of a year are read against: what would be more than 50 years ahead is in the past.
 * Default: the clock.
 * @returns The time, to the second; `undefined` where the text is no HTTP-date.
 *
 * @example
 * ```ts
 * import { parseHttpDate } from '@http-semantics/preconditions'
 *
 * parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT') // => new Date('1994-11-06T08:49:37Z')
 * parseHttpDate('1994-11-06') // => undefined
 * ```
 */
export function parseHttpDate(text: string, now: Date = new Date()): Date | undefined {
  for (const form of forms) {
    const found = form.exec(text)?.groups
    if (found === undefined) continue
    const { year = '', day, hour, minute, second } = found
    const at = (fullYear: number): Date | undefined =>
      utc(
        [fullYear, months.indexOf(found['month'] ?? ''), Number(day)],
        [Number(hour), Number(minute), Number(second)],
      )
    if (year.length === 4) return at(Number(year))
    const century = now.getUTCFullYear() - (now.getUTCFullYear() % 100)
    const limit = new Date(now)
    limit.setUTCFullYear(now.getUTCFullYear() + 50)
    const date = at(century + Number(year))
    return date !== undefined && date > limit ? at(century - 100 + Number(year)) : date
  }
  return undefined
}

/** A time without its milliseconds, which is what fields can tell of it. */
export const toSeconds = (date: Date): number => Math.floor(date.getTime() / 1000)

/** Refuses what is no valid time between the years 0 and 9999. */
export function checkDate(option: string, date: Date): void {
  const year = date instanceof Date ? date.getUTCFullYear() : Number.NaN
  // Written so that NaN, the year of an invalid Date, fails it.
  if (!(year >= 0 && year <= 9999)) {
    throw new TypeError(`${option} must be a valid Date, years 0 to 9999, got ${show(date)}`)
  }
}

/**
 * Writes a time as an HTTP-date in the present form, the only one to be sent
 * ([RFC 9110 section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7)). Milliseconds are cut off.
 *
 * @param date - The time.
 * @returns The field value, 29 characters.
 * @throws TypeError where the date is invalid, or outside the years 0 to 9999.
 *
 * @example
 * ```ts
 * import { formatHttpDate } from '@http-semantics/preconditions'
 *
 * formatHttpDate(new Date('1994-11-06T08:49:37Z')) // => 'Sun, 06 Nov 1994 08:49:37 GMT'
 * ```
 */
export function formatHttpDate(date: Date): string {
  checkDate('formatHttpDate(): date', date)
  return date.toUTCString()
}
