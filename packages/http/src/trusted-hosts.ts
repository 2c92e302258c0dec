import { domainToASCII } from 'node:url'
import { hostName } from './host.ts'
import { show } from '@http-semantics/options'

/** What a host may have in front of `.example.com`. */
const subdomain = /^[a-z0-9.-]*$/

/**
 * The hosts an app answers for, as Flask's `TRUSTED_HOSTS` has them. In Werkzeug's `host_is_trusted`,
 * too, `example.com.` is another name than `example.com`, and a subdomain has letters, digits, dots and
 * hyphens alone: any URI may have `';alert(1);'.example.com` for its host. Unlike there, case does not
 * matter (RFC 3986 section 3.2.2), and all of an IPv6 address does.
 */
export class TrustedHosts {
  readonly #names = new Set<string>()
  readonly #suffixes: readonly string[]

  /**
   * @param hosts - Names; `.example.com` is `example.com` and all its subdomains. Ports are ignored.
   * @throws TypeError for anything else, naming the right spelling.
   */
  constructor(hosts: unknown) {
    if (!Array.isArray(hosts) || hosts.length === 0) {
      throw new TypeError(
        `trustedHosts must be a list of host names like ['example.com', '.example.org'], got ${show(hosts)}`,
      )
    }
    const suffixes: string[] = []
    for (const host of hosts as readonly unknown[]) {
      const name = readName(host)
      this.#names.add(name.startsWith('.') ? name.slice(1) : name)
      if (name.startsWith('.')) suffixes.push(name)
    }
    this.#suffixes = suffixes
  }

  /** Whether a host, with or without a port, is among them. An empty or missing one never is. */
  has(host: string | undefined): boolean {
    const name = hostName(host ?? '')
    if (name === undefined) return false
    return this.#names.has(name) || this.#suffixes.some((suffix) => isBelow(name, suffix))
  }
}

const isBelow = (name: string, suffix: string): boolean =>
  name.endsWith(suffix) && subdomain.test(name.slice(0, -suffix.length))

function readName(host: unknown): string {
  const text = typeof host === 'string' ? host : ''
  const bare = text.startsWith('.') ? text.slice(1) : text
  // Browsers send names of other scripts in their ASCII form.
  const name = hostName(/[^\0-\x7f]/.test(bare) ? domainToASCII(bare) : bare)
  if (name === undefined || name.includes('*') || name.startsWith('.')) {
    throw new TypeError(`trustedHosts must hold host names, got ${show(host)}; ${suggestion(text)}`)
  }
  return text.startsWith('.') ? `.${name}` : name
}

function suggestion(text: string): string {
  const name = hostName(
    text
      .replace(/^[a-z]+:\/\//i, '')
      .replace(/\/.*$/, '')
      .replace(/^\*?\.*/, ''),
  )
  if (name === undefined) return "write 'example.com', or '.example.com' with its subdomains"
  return `write '${text.includes('*') || text.startsWith('.') ? '.' : ''}${name}'`
}
