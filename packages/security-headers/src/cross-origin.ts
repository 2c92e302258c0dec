import { show } from '@http-semantics/options'
import { checkKeys, listOf } from './options.ts'

/** What a {@link CrossOriginProtection} lets pass besides. */
export interface CrossOriginProtectionOptions {
  /** Origins that may write too, exactly as in `Origin`: `https://app.example`. */
  readonly trustedOrigins?: readonly string[] | undefined
  /**
   * Paths that anybody may write to: one that ends with `/` with all below it, any other as it is.
   * Upper and lower case differ.
   */
  readonly bypass?: readonly string[] | undefined
}

/** What a {@link CrossOriginProtection} judges by. Fields that are missing are `undefined`. */
export interface WriteRequest {
  readonly method: string
  /** The path of the request target; a query behind it is not looked at. */
  readonly path: string
  /** The field `Sec-Fetch-Site`. */
  readonly secFetchSite: string | undefined
  /** The field `Origin`. */
  readonly origin: string | undefined
  /** The field `Host`. */
  readonly host: string | undefined
}

/** Methods that change nothing, by [RFC 9110 section 9.2.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.1) and RFC 10008. */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY'])

function checkOrigin(origin: unknown): string {
  const option = 'crossOriginProtection.trustedOrigins'
  // A `*` would stand for itself.
  if (typeof origin !== 'string' || !/^[a-z][a-z0-9+\-.]*:\/\/[!-)+-.0->@-~]+$/.test(origin)) {
    const meant =
      typeof origin === 'string' && !origin.includes('*') && URL.canParse(origin)
        ? new URL(origin).origin
        : 'null'
    throw new TypeError(
      `${option}: ${show(origin)} is no origin; ${
        meant === 'null' ? "write one like 'https://app.example'" : `did you mean '${meant}'?`
      }`,
    )
  }
  const canonical = URL.canParse(origin) ? new URL(origin).origin : undefined
  if (canonical === undefined || (canonical !== 'null' && canonical !== origin)) {
    throw new TypeError(
      `${option}: ${show(origin)} is not as browsers send it; ${
        canonical === undefined ? "write one like 'https://app.example'" : `write '${canonical}'`
      }`,
    )
  }
  return origin
}

function checkPath(path: unknown): string {
  // The last of them are a pattern elsewhere, and would stand for themselves.
  const isPath = typeof path === 'string' && /^\/[!-~]*$/.test(path) && !/[?#*{}]/.test(path)
  if (isPath && !isOdd(path)) {
    return path
  }
  throw new TypeError(
    `crossOriginProtection.bypass: ${show(path)} is no path; write one like '/hooks/', with a '/' behind for all below it`,
  )
}

/** Whether a path may be taken for another one by whoever resolves dots, doubled slashes or backslashes. */
const isOdd = (path: string): boolean => /\/\/|\\|%5c|%2f|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)

/**
 * Refuses writes that a page of another origin makes a browser send, without tokens: by
 * `Sec-Fetch-Site`, which all browsers send since 2023, else by `Origin` against `Host`. The
 * semantics are those of Go's `http.CrossOriginProtection`.
 *
 * - Safe methods pass (GET, HEAD, OPTIONS, QUERY): they must not change anything.
 * - `Sec-Fetch-Site: same-origin` and `none` (typed in, or a bookmark) pass; `same-site` and
 *   `cross-site` are refused.
 * - Without it, `Origin` must name the `Host`, whatever the scheme.
 * - A request with neither field is of no browser, and passes.
 * - Trusted origins and bypassed paths pass. A path with `..`, `//` or `\` in it is never bypassed.
 *
 * @example
 * ```ts
 * import { CrossOriginProtection } from '@http-semantics/security-headers'
 *
 * const protection = new CrossOriginProtection({ bypass: ['/hooks/'] })
 * const request = { method: 'POST', path: '/pay', origin: undefined, host: 'shop.example' }
 * protection.judge({ ...request, secFetchSite: 'same-origin' }) // => undefined
 * protection.judge({ ...request, secFetchSite: 'cross-site' })
 * // => 'Sec-Fetch-Site says that this POST comes from another origin (cross-site)'
 * ```
 */
export class CrossOriginProtection {
  readonly #trusted: ReadonlySet<string>
  readonly #exact: ReadonlySet<string>
  readonly #below: readonly string[]

  /**
   * @throws TypeError naming an unknown option, an origin with a path or in upper case, or a bypass
   * that is no path.
   */
  constructor(options: CrossOriginProtectionOptions = {}) {
    checkKeys('crossOriginProtection', options, {
      what: 'option',
      keys: ['trustedOrigins', 'bypass'],
    })
    const { trustedOrigins = [], bypass = [] } = options
    this.#trusted = new Set(
      listOf('crossOriginProtection.trustedOrigins', trustedOrigins, "['https://app.example']").map(
        checkOrigin,
      ),
    )
    const paths = listOf('crossOriginProtection.bypass', bypass, "['/hooks/']").map(checkPath)
    this.#exact = new Set(paths.filter((path) => !path.endsWith('/')))
    this.#below = paths.filter((path) => path.endsWith('/'))
  }

  /** Whether requests with this method can be refused: those that may change something. */
  judges(method: string): boolean {
    return !safeMethods.has(method)
  }

  /** Judges a request: `undefined` lets it pass, a sentence tells why it is refused, with 403. */
  judge(request: WriteRequest): string | undefined {
    const { method, secFetchSite, origin, host } = request
    if (!this.judges(method)) return undefined
    if (secFetchSite === 'same-origin' || secFetchSite === 'none') return undefined
    if (secFetchSite !== undefined && secFetchSite !== '') {
      if (this.#isExempt(request)) return undefined
      return `Sec-Fetch-Site says that this ${method} comes from another origin (${secFetchSite})`
    }
    if (origin === undefined || origin === '') return undefined
    const start = origin.indexOf('://')
    if (start > 0 && origin.slice(start + 3) === host) return undefined
    if (this.#isExempt(request)) return undefined
    return `Origin (${origin}) is not the Host of this ${method} (${host ?? 'none'})`
  }

  /** Whether a request of another origin may pass. */
  #isExempt({ path, origin }: WriteRequest): boolean {
    if (origin !== undefined && this.#trusted.has(origin)) return true
    if (this.#exact.size === 0 && this.#below.length === 0) return false
    const [plain = ''] = path.split('?', 1)
    if (isOdd(plain)) return false
    return this.#exact.has(plain) || this.#below.some((below) => plain.startsWith(below))
  }
}
