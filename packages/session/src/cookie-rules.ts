import { domainToASCII } from 'node:url'
import { show } from '@http-semantics/options'

/** What the rules below judge: the options of the cookie, read. */
export interface CookieTraits {
  readonly name: string
  readonly domain: string | undefined
  readonly path: string
  readonly secure: boolean | 'auto'
  readonly sameSite: 'Lax' | 'Strict' | 'None' | undefined
  readonly partitioned: boolean
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const label = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/

/** What Werkzeug's `quote` leaves as it is in a path. */
const unquoted = /[^A-Za-z0-9_.~\-%!$&'()*+,/:=@]+/gu

/** @throws TypeError for a name that is no token (RFC 9110 section 5.6.2). */
export function readName(value: unknown): string {
  if (typeof value === 'string' && token.test(value) && value.length <= 1024) return value
  throw new TypeError(
    `session: sessionCookieName must be a token, letters, digits and !#$%&'*+-.^_\`|~, got ${show(value)}`,
  )
}

/**
 * A domain as Flask writes it: without a leading dot and a port, in its ASCII form.
 *
 * @throws TypeError for anything that is no domain.
 */
export function readDomain(value: unknown): string {
  const text = typeof value === 'string' ? value.replace(/^\./, '').replace(/:\d+$/, '') : ''
  const name = domainToASCII(text)
  const isDomain = name.length <= 253 && name.split('.').every((part) => label.test(part))
  if (isDomain && !/[\s/@:?#%]/.test(text)) return name
  throw new TypeError(
    `session: sessionCookieDomain must be a domain like 'example.com', got ${show(value)}`,
  )
}

/**
 * A path as Flask writes it: percent-encoded where a cookie cannot have the character.
 *
 * @throws TypeError for a path that does not begin with a slash, has control characters or is longer
 * than browsers take: 1024 octets (RFC 6265bis section 5.6).
 */
export function readPath(value: unknown): string {
  if (
    typeof value === 'string' &&
    value.startsWith('/') &&
    // Neither control characters nor half characters.
    !/[\p{Cc}\p{Cs}]/u.test(value)
  ) {
    const path = value.replaceAll(unquoted, encodeURIComponent)
    if (path.length <= 1024) return path
  }
  throw new TypeError(
    `session: sessionCookiePath must be a path of up to 1024 octets that begins with '/', got ${show(value)}`,
  )
}

/**
 * Refuses what browsers would drop without a word: RFC 6265bis sections
 * [5.4](https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-cookie-name-prefixes-2) and
 * [5.7](https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-storage-model).
 *
 * @throws TypeError naming the options that contradict each other.
 */
export function checkCookie({
  name,
  domain,
  path,
  secure,
  sameSite,
  partitioned,
}: CookieTraits): void {
  const lower = name.toLowerCase()
  const isHost = lower.startsWith('__host-')
  const needing: string[] = []
  if (sameSite === 'None') needing.push("sessionCookieSameSite: 'None'")
  if (partitioned) needing.push('sessionCookiePartitioned: true')
  if (isHost || lower.startsWith('__secure-')) needing.push(`sessionCookieName: ${show(name)}`)
  if (needing[0] !== undefined && secure !== true) {
    throw new TypeError(
      `session: ${needing[0]} needs sessionCookieSecure: true, got ${show(secure)}; browsers drop the cookie otherwise`,
    )
  }
  if (!isHost) return
  if (domain !== undefined) {
    throw new TypeError(
      `session: sessionCookieName: ${show(name)} forbids sessionCookieDomain, got ${show(domain)}; browsers drop the cookie otherwise`,
    )
  }
  if (path !== '/') {
    throw new TypeError(
      `session: sessionCookieName: ${show(name)} needs sessionCookiePath: '/', got ${show(path)}; browsers drop the cookie otherwise`,
    )
  }
}
