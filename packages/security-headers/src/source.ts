import { show } from '@http-semantics/options'
import { suggest } from './options.ts'

/**
 * Stands in a source list for the nonce of the answer: `'nonce-…'`, new for each.
 *
 * @example
 * ```ts
 * import { createSecurityPolicy, nonce } from '@http-semantics/security-headers'
 *
 * const policy = createSecurityPolicy({
 *   preset: 'api',
 *   contentSecurityPolicy: { scriptSrc: ["'self'", nonce] },
 * })
 * const [csp] = policy.fields(true, 'MTIzNDU2Nzg5MDEyMzQ1Ng==')
 * csp?.[1].split(';').at(-1) // => "script-src 'self' 'nonce-MTIzNDU2Nzg5MDEyMzQ1Ng=='"
 * ```
 */
export const nonce = "'nonce'" as const

const locationKeywords = ["'self'", "'none'"] as const

const codeKeywords = [
  "'self'",
  "'none'",
  "'unsafe-inline'",
  "'unsafe-eval'",
  "'unsafe-hashes'",
  "'wasm-unsafe-eval'",
  "'strict-dynamic'",
  "'report-sample'",
  "'inline-speculation-rules'",
  "'trusted-types-eval'",
] as const

/** A hash function of CSP and of subresource integrity. */
export type HashAlgorithm = 'sha256' | 'sha384' | 'sha512'

/** Where something may come from: a scheme (`https:`), a host (`*.example.com:8443/path`), or `*`. */
export type Location =
  | (typeof locationKeywords)[number]
  | '*'
  | 'localhost'
  | `${string}.${string}`
  | `${string}:${string}`

/** A source of scripts and styles: a location, or a mark of code that is in the page itself. */
export type Source =
  | Location
  | (typeof codeKeywords)[number]
  | typeof nonce
  | `'nonce-${string}'`
  | `'${HashAlgorithm}-${string}'`

/** Of what a source list speaks: of `code` that may be in the page itself, or of `locations` only. */
export type SourceKind = 'code' | 'locations'

/** The length of a digest in base64, without padding. */
const digestLengths = { sha256: 43, sha384: 64, sha512: 86 } as const

/** What is a scheme and nothing else, though a host may be called so. */
const bareScheme = /^(?:https?|wss?|data|blob|filesystem|mediastream)$/i

const scheme = /^[a-z][a-z0-9+\-.]*:$/i
const host =
  /^(?:[a-z][a-z0-9+\-.]*:\/\/)?(?:\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::(?:\d+|\*))?(?:\/[\w\-.~%!$&'()*+=:@/]*)?$/i
const fixedNonce = /^'nonce-([A-Za-z0-9+/\-_]*={0,2})'$/
const hash = /^'(sha256|sha384|sha512)-([A-Za-z0-9+/\-_]+)={0,2}'$/
const unquoted = /^(?:nonce|sha256|sha384|sha512)-/i

/** Whether a source is a nonce that somebody wrote down, and that is hence the same for all answers. */
export const isFixedNonce = (source: string): boolean => fixedNonce.test(source)

/** Why a source in quotes is refused, if it is. */
function faultOfQuoted(source: string, kind: SourceKind): string | undefined {
  const keywords: readonly string[] = kind === 'code' ? codeKeywords : locationKeywords
  if (keywords.includes(source)) return undefined
  const isForCode = codeKeywords.some((keyword) => keyword === source)
  if (kind === 'locations' && (isForCode || /^'(?:nonce|sha\d+)/.test(source))) {
    return 'has no meaning here, browsers would ignore it; it belongs in scriptSrc or styleSrc'
  }
  if (source === nonce) return undefined
  const [, value] = fixedNonce.exec(source) ?? []
  if (value === '') {
    return 'is an empty nonce; use the exported `nonce`, which becomes a new one for each answer'
  }
  if (value !== undefined) return undefined
  const [, algorithm, digest = ''] = hash.exec(source) ?? []
  if (algorithm === 'sha256' || algorithm === 'sha384' || algorithm === 'sha512') {
    return digest.length === digestLengths[algorithm]
      ? undefined
      : `is no ${algorithm} digest in base64; hashSource(content, '${algorithm}') makes one`
  }
  return `is no keyword; ${suggest(source, keywords, 'they are')}`
}

/** Why a text is refused as a source, if it is. */
function faultOf(source: unknown, kind: SourceKind): string | undefined {
  if (typeof source !== 'string') return "is no source; write a text like 'https://cdn.example'"
  if (/[;,]/.test(source)) {
    return "holds ';' or ','; give each source as an entry of its own, and encode them in paths as %3B and %2C"
  }
  if (!/^[!-~]+$/.test(source)) {
    return 'must be one word of visible ASCII, without spaces and line breaks; give each source as an entry of its own'
  }
  if (source.startsWith("'")) return faultOfQuoted(source, kind)
  if (codeKeywords.some((word) => word === `'${source.toLowerCase()}'`) || unquoted.test(source)) {
    return `needs its quotes; write "'${source}'"`
  }
  if (bareScheme.test(source)) return `needs its colon; write '${source}:'`
  if (scheme.test(source) || host.test(source)) return undefined
  return "is no source; write a scheme ('https:') or a host ('https://cdn.example:8443/path', without query and fragment)"
}

/**
 * Refuses what no browser would take as a source.
 *
 * @throws TypeError naming option and value, and what to write.
 */
export function checkSource(
  option: string,
  source: unknown,
  kind: SourceKind,
): asserts source is string {
  const fault = faultOf(source, kind)
  if (fault !== undefined) throw new TypeError(`${option}: ${show(source)} ${fault}`)
}
