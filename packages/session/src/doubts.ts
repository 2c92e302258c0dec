import type { SessionContext } from './context.ts'
import { longestNameAndValue } from './set-cookie.ts'

/**
 * Looks whether browsers may drop a cookie for its size.
 *
 * @param value - The cookie's value.
 * @param line - The whole field.
 * @returns What is wrong, `undefined` where nothing is.
 */
export function doubtSize(
  { settings }: SessionContext,
  value: string,
  line: string,
): string | undefined {
  const { maxCookieSize, name } = settings
  if (maxCookieSize === 0) return undefined
  const isSmall = line.length <= maxCookieSize && name.length + value.length <= longestNameAndValue
  return isSmall
    ? undefined
    : `the cookie has ${line.length} bytes, ${value.length} of them its value; the limit is ${maxCookieSize}, and browsers drop cookies over ${longestNameAndValue}`
}

/**
 * Tells of a cookie that is too large, with its largest keys.
 *
 * @param isHopeless - Whether not even we could read it.
 * @throws Error with `status` 500 outside production. Flask only warns.
 */
export function tellSize(
  { settings, teller, isProduction }: SessionContext,
  what: string,
  texts: ReadonlyMap<string, string>,
  isHopeless: boolean,
): void {
  const largest = [...texts]
    .toSorted(([, left], [, right]) => right.length - left.length)
    .slice(0, 3)
    .map(([key, text]) => `${JSON.stringify(key)} (${text.length})`)
  const message = `${what}. The largest keys: ${largest.join(', ')}. Keep less in it, or give the sessions a store`
  if (isProduction || (settings.flaskDefaults && !isHopeless)) {
    teller.warn('oversize', message)
    return
  }
  teller.tell('oversize', message)
  throw Object.assign(new Error(`session '${settings.name}': ${message}`), {
    status: 500,
    statusCode: 500,
    expose: false,
  })
}

/** Tells, once, of a cookie that goes over plain http though it should not. */
export function tellInsecurity({ settings, teller, isProduction }: SessionContext): void {
  const proxy =
    'If a proxy ends TLS in front of the app, let the app trust it, so that it sees https.'
  if (settings.secure === true) {
    teller.warn(
      'insecure',
      `sessionCookieSecure is true, but this request came over plain http: the browser drops the cookie, and nobody stays logged in. ${proxy}`,
    )
  } else if (settings.secure === 'auto' && isProduction) {
    teller.warn(
      'insecure',
      `in production, this request came over plain http, so its cookie has no Secure and anyone on the way can read it. ${proxy} Otherwise set sessionCookieSecure: false`,
    )
  }
}
