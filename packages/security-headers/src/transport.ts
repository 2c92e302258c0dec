import { show } from '@http-semantics/options'
import { checkKeys } from './options.ts'

/**
 * For how long browsers come by https only. What is not given stays as the preset has it.
 *
 * [RFC 6797 section 6.1](https://www.rfc-editor.org/rfc/rfc6797.html#section-6.1)
 */
export interface StrictTransportSecurity {
  /** In seconds. */
  readonly maxAge?: number | undefined
  /** Whether it holds for all subdomains, too. */
  readonly includeSubDomains?: boolean | undefined
  /** Asks for a place in the list that browsers ship; getting out of it takes months. */
  readonly preload?: boolean | undefined
}

/** The three, all given. */
export interface Transport {
  readonly maxAge: number
  readonly includeSubDomains: boolean
  readonly preload: boolean
}

const year = 365 * 24 * 60 * 60

/** What members have that nobody gives. */
const initial: Transport = { maxAge: year, includeSubDomains: true, preload: false }

function flag(option: string, value: unknown, before: boolean): boolean {
  if (value === undefined) return before
  if (typeof value === 'boolean') return value
  throw new TypeError(`${option} must be true or false, got ${show(value)}`)
}

/**
 * The members put together.
 *
 * @throws TypeError naming option and value, and what to write.
 */
export function mergeTransport(
  option: string,
  base: Transport | undefined,
  given: unknown,
): Transport {
  checkKeys(option, given, { what: 'option', keys: ['maxAge', 'includeSubDomains', 'preload'] })
  const before = base ?? initial
  const maxAge = given['maxAge'] === undefined ? before.maxAge : given['maxAge']
  if (typeof maxAge !== 'number' || !Number.isSafeInteger(maxAge) || maxAge < 0) {
    throw new TypeError(
      `${option}.maxAge must be a whole number of seconds from 0, like ${year}, got ${show(maxAge)}`,
    )
  }
  const includeSubDomains = flag(
    `${option}.includeSubDomains`,
    given['includeSubDomains'],
    before.includeSubDomains,
  )
  const preload = flag(`${option}.preload`, given['preload'], before.preload)
  if (preload && maxAge < year) {
    throw new TypeError(
      `${option}: preload: true needs a maxAge of at least ${year} (a year), got ${maxAge}`,
    )
  }
  if (preload && !includeSubDomains) {
    throw new TypeError(`${option}: preload: true needs includeSubDomains: true, got false`)
  }
  return { maxAge, includeSubDomains, preload }
}

/** The value of `Strict-Transport-Security`. */
export const writeTransport = ({ maxAge, includeSubDomains, preload }: Transport): string =>
  `max-age=${maxAge}${includeSubDomains ? '; includeSubDomains' : ''}${preload ? '; preload' : ''}`
