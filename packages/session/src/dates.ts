const day =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? +)?(\d{1,2})[ -]([A-Z][a-z]{2})[ -](\d{4}|\d{2}) +/
const time = /(\d{2}):(\d{2})(?::(\d{2}))?(?: +(?:GMT|UTC?|([+-])(\d{2})(\d{2})))?$/
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const form = new RegExp(day.source + time.source)

/**
 * A time as Flask writes it into a session: the IMF-fixdate of
 * [RFC 9110 section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7), seconds cut.
 *
 * @returns undefined for a time Flask could not read back: an invalid one, and one outside the
 * years 100 to 9999. Python takes `0099` for 1999.
 */
export function formatDate(date: Date): string | undefined {
  const year = date.getUTCFullYear()
  return year >= 100 && year <= 9999 ? date.toUTCString() : undefined
}

/** The time a text tells: an IMF-fixdate, with an offset in the place of `GMT` too; null for others. */
export function parseDate(text: string): Date | null {
  const [
    all,
    date,
    month = '',
    years,
    hour,
    minute,
    second = '0',
    sign,
    hours = '0',
    minutes = '0',
  ] = form.exec(text) ?? []
  if (all === undefined) return null
  const fields = [
    fullYear(Number(years)),
    months.indexOf(month),
    Number(date),
    Number(hour),
    Number(minute),
    Number(second),
  ] as const
  const local = new Date(Date.UTC(...fields))
  const read = [
    local.getUTCFullYear(),
    local.getUTCMonth(),
    local.getUTCDate(),
    local.getUTCHours(),
    local.getUTCMinutes(),
    local.getUTCSeconds(),
  ]
  // There is no 30th of February, and no leap second.
  if (fields.some((field, index) => field !== read[index])) return null
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return new Date(local.getTime() - offset * 60_000)
}

function fullYear(year: number): number {
  if (year >= 100) return year
  return year > 68 ? 1900 + year : 2000 + year
}
