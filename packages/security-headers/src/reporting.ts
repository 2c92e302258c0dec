import { show } from '@http-semantics/options'
import { checkKeys, isRecord } from './options.ts'
import { isKey, serializeDictionary, serializeString } from './structured.ts'

/** Where browsers send reports: a URL of https, or a path of this server, by name. `false` takes one out. */
export type ReportingEndpoints = Readonly<Record<string, string | false>>

/** The endpoints by name. */
export type Endpoints = ReadonlyMap<string, string>

const isUrl = (value: string): boolean => {
  if (!/^[!-~]+$/.test(value)) return false
  if (value.startsWith('/')) return URL.canParse(value, 'https://host.example')
  return URL.canParse(value) && new URL(value).protocol === 'https:'
}

/**
 * Endpoints put in, changed and taken out.
 *
 * @throws TypeError naming endpoint and value, and what to write.
 */
export function mergeEndpoints(option: string, base: Endpoints, given: unknown): Endpoints {
  if (!isRecord(given)) {
    throw new TypeError(
      `${option} must be an object like { default: '/reports' }, got ${show(given)}`,
    )
  }
  const endpoints = new Map(base)
  for (const [name, url] of Object.entries(given)) {
    if (!isKey(name)) {
      throw new TypeError(
        `${option}: ${show(name)} is no name of an endpoint; use lower-case letters, digits and _-.*, and start with a letter`,
      )
    }
    if (url === undefined) continue
    if (url === false) endpoints.delete(name)
    else if (typeof url === 'string' && isUrl(url)) endpoints.set(name, url)
    else {
      throw new TypeError(
        `${option}.${name}: ${show(url)} is no URL that browsers report to; write one of https or a path like '/reports'`,
      )
    }
  }
  return endpoints
}

/**
 * Refuses an endpoint that is not there: browsers would drop the reports without a word.
 *
 * @throws TypeError naming option and endpoint, and the endpoints that there are.
 */
export function checkEndpoint(option: string, name: string, endpoints: Endpoints): void {
  if (endpoints.has(name)) return
  const known = [...endpoints.keys()].map((key) => show(key)).join(', ')
  throw new TypeError(
    `${option}: ${show(name)} is none of the reportingEndpoints${known === '' ? '' : ` ${known}`}; add it there`,
  )
}

/**
 * The value of `Reporting-Endpoints`.
 *
 * [Reporting section 3.3](https://www.w3.org/TR/reporting-1/#header)
 */
export const writeEndpoints = (endpoints: Endpoints): string =>
  serializeDictionary([...endpoints].map(([name, url]) => [name, serializeString(url)]))

/** A policy that may send its reports to an endpoint. */
export interface Reported<Policy extends string> {
  readonly policy: Policy
  /** The name of one of the `reportingEndpoints`. */
  readonly reportTo?: string | undefined
}

/**
 * A policy with or without a place for its reports, from what the user gave.
 *
 * @throws TypeError naming option and value, and what to write.
 */
export function checkReported<Policy extends string>(
  option: string,
  given: unknown,
  check: (option: string, value: unknown) => Policy,
): Reported<Policy> {
  if (!isRecord(given)) return { policy: check(option, given) }
  checkKeys(option, given, { what: 'option', keys: ['policy', 'reportTo'] })
  const { reportTo } = given
  if (reportTo !== undefined && typeof reportTo !== 'string') {
    throw new TypeError(`${option}.reportTo must be the name of an endpoint, got ${show(reportTo)}`)
  }
  return { policy: check(`${option}.policy`, given['policy']), reportTo }
}

/** The value of a field whose report-to is a parameter: `same-origin;report-to="name"`. */
export const writeReported = ({ policy, reportTo }: Reported<string>): string =>
  reportTo === undefined ? policy : `${policy};report-to=${serializeString(reportTo)}`
