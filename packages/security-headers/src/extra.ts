import { show } from '@http-semantics/options'
import { isRecord, oneOf } from './options.ts'

/** A further field, `false` to leave out one that the preset has. */
export type ExtraField =
  | readonly [name: 'X-DNS-Prefetch-Control', value: 'on' | 'off' | false]
  | readonly [
      name: 'X-Permitted-Cross-Domain-Policies',
      value: 'none' | 'master-only' | 'by-content-type' | 'by-ftp-filename' | 'all' | false,
    ]
  | readonly [name: string, value: string | false]

/** The further fields, by name in lower case. */
export type Extra = ReadonlyMap<string, readonly [name: string, value: string]>

/** The fields of which the values are known. */
const known: Readonly<Record<string, readonly string[]>> = {
  'x-dns-prefetch-control': ['off', 'on'],
  'x-permitted-cross-domain-policies': [
    'none',
    'master-only',
    'by-content-type',
    'by-ftp-filename',
    'all',
  ],
}

/** What to do instead, by the names that are refused, in lower case. */
const refused: Readonly<Record<string, string>> = {
  'content-security-policy': 'use the option contentSecurityPolicy',
  'content-security-policy-report-only': 'use the option contentSecurityPolicyReportOnly',
  'strict-transport-security': 'use the option strictTransportSecurity',
  'x-frame-options': 'use the option frameOptions',
  'x-content-type-options': 'use the option contentTypeOptions',
  'referrer-policy': 'use the option referrerPolicy',
  'cross-origin-opener-policy': 'use the option crossOriginOpenerPolicy',
  'cross-origin-opener-policy-report-only': 'use the option crossOriginOpenerPolicyReportOnly',
  'cross-origin-embedder-policy': 'use the option crossOriginEmbedderPolicy',
  'cross-origin-embedder-policy-report-only': 'use the option crossOriginEmbedderPolicyReportOnly',
  'cross-origin-resource-policy': 'use the option crossOriginResourcePolicy',
  'permissions-policy': 'use the option permissionsPolicy',
  'reporting-endpoints': 'use the option reportingEndpoints',
  'integrity-policy': 'use the option integrityPolicy',
  'integrity-policy-report-only': 'use the option integrityPolicyReportOnly',
  'origin-agent-cluster': 'use the option originAgentCluster',
  'cache-control': 'use the option cacheControl',
  'clear-site-data': 'set it on the answer to a logout; clearSiteData() makes the value',
  'x-xss-protection':
    'it opened holes of its own and no browser reads it; a CSP does what it was for',
  'x-download-options': 'only Internet Explorer 8 read it',
  'expect-ct': 'no browser reads it any more',
  'feature-policy': 'it became Permissions-Policy; use the option permissionsPolicy',
  'public-key-pins': 'no browser reads it any more',
  'public-key-pins-report-only': 'no browser reads it any more',
  'x-content-security-policy': 'no browser reads it any more; use the option contentSecurityPolicy',
  'x-webkit-csp': 'no browser reads it any more; use the option contentSecurityPolicy',
  server: 'it is taken off every answer',
  'x-powered-by': 'it is taken off every answer',
}

/** Fields that say how the answer itself is made. */
const ofTheAnswer: readonly string[] = [
  'accept-ranges',
  'age',
  'allow',
  'connection',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-range',
  'content-type',
  'date',
  'etag',
  'expires',
  'keep-alive',
  'last-modified',
  'location',
  'proxy-connection',
  'retry-after',
  'set-cookie',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'vary',
  'www-authenticate',
]

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** Visible ASCII, with spaces inside. */
const fieldValue = /^[!-~](?:[ -~]*[!-~])?$/

/**
 * Refuses what is no value of a field.
 *
 * @throws TypeError naming option and value.
 */
export function checkFieldValue(option: string, value: unknown): string {
  if (typeof value === 'string' && fieldValue.test(value)) return value
  throw new TypeError(
    `${option}: ${show(value)} is no value of a field; write visible ASCII on one line, without spaces around it`,
  )
}

function checkName(option: string, name: unknown): string {
  if (typeof name !== 'string' || !token.test(name)) {
    throw new TypeError(
      `${option}: ${show(name)} is no name of a field; write one like 'Document-Policy'`,
    )
  }
  const lower = name.toLowerCase()
  const instead = ofTheAnswer.includes(lower)
    ? 'it belongs to single answers; set it there'
    : Object.hasOwn(refused, lower)
      ? refused[lower]
      : undefined
  if (instead === undefined) return name
  throw new TypeError(`${option}: ${show(name)} cannot be among them; ${instead}`)
}

/**
 * Further fields put in, changed and taken out, by name.
 *
 * @throws TypeError naming field and value, and what to write.
 */
export function mergeExtra(option: string, base: Extra, given: unknown): Extra {
  if (!Array.isArray(given)) {
    const example = "a list like [['Document-Policy', 'document-write=?0']]"
    const instead = isRecord(given) ? '; use Object.entries()' : ''
    throw new TypeError(`${option} must be ${example}, got ${show(given)}${instead}`)
  }
  const extra = new Map(base)
  const seen = new Set<string>()
  const entries: readonly unknown[] = given
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length !== 2) {
      throw new TypeError(
        `${option}: ${show(entry)} must be a pair like ['X-DNS-Prefetch-Control', 'off']`,
      )
    }
    const pair: readonly unknown[] = entry
    const name = checkName(option, pair[0])
    const lower = name.toLowerCase()
    if (seen.has(lower))
      throw new TypeError(`${option}: ${show(name)} is there twice; once is enough`)
    seen.add(lower)
    if (pair[1] === false) {
      extra.delete(lower)
      continue
    }
    const path = `${option} ${name}`
    const choices = Object.hasOwn(known, lower) ? known[lower] : undefined
    const value =
      choices === undefined ? checkFieldValue(path, pair[1]) : oneOf(path, pair[1], choices)
    extra.set(lower, [name, value])
  }
  return extra
}
