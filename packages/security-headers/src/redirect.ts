/** When a request over plain http is sent to https: `always`, or only `when-asked` by the browser. */
export type HttpsRedirect = 'always' | 'when-asked'

/** The values of {@link HttpsRedirect}, for those who check options. */
export const httpsRedirectModes: readonly HttpsRedirect[] = ['always', 'when-asked']

/** What {@link redirectToHttps} looks at. */
export interface RedirectQuestion {
  /** Whether the request came over https, as the framework's trust in proxies tells. */
  readonly isSecure: boolean
  /** The `Host` of the request, with or without a port. */
  readonly host: string | undefined
  /** The request target: `/path?query`. */
  readonly target: string
  /** The field `Upgrade-Insecure-Requests`. */
  readonly upgradeInsecureRequests: string | undefined
}

/** A redirection with its header fields. */
export interface Redirect {
  readonly status: 308
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** A name or an IPv4 address, or an IPv6 address in brackets; then a port or not. */
const hostAndPort = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d*)?$/

/** A path and a query, without anything that could end the field. */
const path = /^\/[!-~\u0080-\u00ff]*$/

/**
 * The redirection of a request over plain http to the same resource over https: 308, so that method
 * and content stay as they are ([RFC 9110 section 15.4.9](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.9)).
 *
 * The port is left out: https is taken to be at 443, whatever the port of plain http is. A server
 * with https elsewhere needs a redirection of its own.
 *
 * With `when-asked`, only requests with `Upgrade-Insecure-Requests: 1` go to https
 * ([Upgrade Insecure Requests section 3.2](https://www.w3.org/TR/upgrade-insecure-requests/#preference)).
 * Then the answers to all others depend on that field too, and need it in their `Vary`.
 *
 * @returns `undefined` where there is nothing to redirect: the request is secure, is not a path, has
 * no valid `Host`, or does not ask.
 *
 * @example
 * ```ts
 * import { redirectToHttps } from '@http-semantics/security-headers'
 *
 * redirectToHttps('always', {
 *   isSecure: false,
 *   host: 'shop.example:8080',
 *   target: '/cart?id=7',
 *   upgradeInsecureRequests: undefined,
 * })
 * // => { status: 308, fields: [['Location', 'https://shop.example/cart?id=7']] }
 * ```
 */
export function redirectToHttps(
  mode: HttpsRedirect,
  { isSecure, host, target, upgradeInsecureRequests }: RedirectQuestion,
): Redirect | undefined {
  if (isSecure || host === undefined || !path.test(target)) return undefined
  if (mode === 'when-asked' && upgradeInsecureRequests !== '1') return undefined
  const [, name] = hostAndPort.exec(host) ?? []
  if (name === undefined) return undefined
  const location = ['Location', `https://${name}${target}`] as const
  return {
    status: 308,
    fields: mode === 'always' ? [location] : [location, ['Vary', 'Upgrade-Insecure-Requests']],
  }
}
