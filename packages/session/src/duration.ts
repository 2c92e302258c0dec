/**
 * A span of time: seconds as a number; parts, `{ days: 31 }`; or a text, `'31 days'`, `'1h 30min'`,
 * also as Python writes a `timedelta`, `'31 days, 0:00:00'`.
 */
export type Duration = number | string | DurationParts

/** A span of time in parts, each 0 or more, as Python's `timedelta` takes them. */
export interface DurationParts {
  readonly weeks?: number
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
}

const units: Readonly<Record<keyof DurationParts, number>> = {
  weeks: 604_800,
  days: 86_400,
  hours: 3600,
  minutes: 60,
  seconds: 1,
}

const isUnit = (name: string): name is keyof DurationParts => Object.hasOwn(units, name)

const python = /^(?:(\d+) days?, )?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/
const plain = /^\d+(?:\.\d+)?$/
const words =
  /(\d+(?:\.\d+)?)\s*(?:(w|weeks?)|(d|days?)|(h|hours?)|(m|min|minutes?)|(s|sec|seconds?))(?![a-z])/y

/**
 * The seconds of a {@link Duration}, a fraction included.
 *
 * @returns `undefined` for anything that is none, and for a negative or endless one.
 */
export function readDuration(value: unknown): number | undefined {
  const seconds = typeof value === 'string' ? readText(value.trim()) : readValue(value)
  return seconds !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

function readValue(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const parts = Object.entries(value)
  let seconds = 0
  for (const [name, count] of parts) {
    if (!isUnit(name) || typeof count !== 'number' || count < 0) return undefined
    seconds += count * units[name]
  }
  return parts.length === 0 ? undefined : seconds
}

function readText(text: string): number | undefined {
  if (plain.test(text)) return Number(text)
  const clock = python.exec(text)
  if (clock !== null) {
    const [, days = '0', hours, minutes, seconds] = clock
    return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  }
  const lower = text.toLowerCase()
  let seconds = 0
  let end = 0
  while (end < lower.length) {
    words.lastIndex = end
    const match = words.exec(lower)
    if (match === null) return undefined
    const unit = match.slice(2).findIndex((part) => part !== undefined)
    seconds += Number(match[1]) * (Object.values(units)[unit] ?? Number.NaN)
    end = words.lastIndex
    while (lower[end] === ' ' || lower[end] === ',') end++
  }
  return text === '' ? undefined : seconds
}
