import type { Duration } from './duration.ts'
import { flaskSessionOptions } from './flask-keys.ts'
import type { SessionStore } from './store.ts'

/** The key that signs: text (its UTF-8) or bytes. */
export type Secret = string | Uint8Array

/** The options of {@link Sessions}. Those with a Flask key mirror it; all but `secretKey` have a default. */
export interface SessionOptions {
  /** Flask's `SECRET_KEY`: signs every cookie. Under 16 bytes there is a warning, empty is refused. */
  readonly secretKey: Secret
  /** `SECRET_KEY_FALLBACKS`: former keys, with which cookies are read but not written. Default: none. */
  readonly secretKeyFallbacks?: readonly Secret[] | null
  /** `SESSION_COOKIE_NAME`: a token. Default: `'session'`. */
  readonly sessionCookieName?: string
  /** `SESSION_COOKIE_DOMAIN`: all its subdomains get the cookie. Default: none, the host alone. */
  readonly sessionCookieDomain?: string | null
  /** `SESSION_COOKIE_PATH`. Default: `'/'`. */
  readonly sessionCookiePath?: string | null
  /** `SESSION_COOKIE_HTTPONLY`: scripts do not see the cookie. Default: true. */
  readonly sessionCookieHttpOnly?: boolean
  /**
   * `SESSION_COOKIE_SECURE`: the cookie goes over https alone. Default: `'auto'`, so whenever the
   * request came over https; Flask's: false.
   */
  readonly sessionCookieSecure?: boolean | 'auto'
  /** `SESSION_COOKIE_SAMESITE`; `null` leaves it out. `'None'` needs Secure. Default: `'Lax'`; Flask's: null. */
  readonly sessionCookieSameSite?: 'Lax' | 'Strict' | 'None' | null
  /** `SESSION_COOKIE_PARTITIONED`: a cookie of its own below each top-level site. Needs Secure. Default: false. */
  readonly sessionCookiePartitioned?: boolean
  /**
   * `PERMANENT_SESSION_LIFETIME`: seconds or another {@link Duration}. The longest age of any session,
   * permanent or not, and when a permanent one's cookie ends. Default: 31 days. Browsers keep no
   * cookie longer than 400.
   */
  readonly permanentSessionLifetime?: Duration
  /** `SESSION_REFRESH_EACH_REQUEST`: permanent sessions begin their lifetime anew. Default: true. */
  readonly sessionRefreshEachRequest?: boolean
  /** `MAX_COOKIE_SIZE`: octets of the whole field; 0 does not look. Default: 4093. */
  readonly maxCookieSize?: number
  /**
   * How far a peer's clock may be from ours: a cookie from the future is taken so far, and ours are
   * dated back so far. Default: 5 seconds; Flask's: 0.
   */
  readonly clockSkew?: Duration
  /** The longest a session lives however often it is refreshed, kept in its key `_started`. Default: for ever. */
  readonly absoluteLifetime?: Duration
  /** The hash of signatures. Flask reads `'sha1'` alone unless it is told otherwise. Default: `'sha1'`. */
  readonly digest?: 'sha1' | 'sha256' | 'sha512'
  /** Hides the content from the browser, AES-256-GCM. Flask cannot read it. Default: false. */
  readonly encrypt?: boolean
  /** Another deflate, for compressed cookies byte for byte as Flask's: `pako`'s. Default: `node:zlib`'s. */
  readonly deflate?: (data: Uint8Array) => Uint8Array
  /** The longest content of a compressed cookie, in bytes, once inflated. Default: 1 MiB. */
  readonly maxContentSize?: number
  /** Signs a cookie anew that was read with a former key. Default: false, as Flask. */
  readonly resign?: boolean
  /** Keeps sessions on the server: a `Keyv` with `throwOnErrors`, or anything like it. The cookie then holds a signed id. */
  readonly store?: SessionStore
  /** What a request gets whose store fails: a 503, or an empty session. Default: `'refuse'`. */
  readonly onStoreError?: 'refuse' | 'empty'
  /** How long a store may take before it has failed. Default: 2 seconds. */
  readonly storeTimeout?: Duration
  /** Flask's own defaults instead of safe ones, and its rules for when a cookie is sent. Default: false. */
  readonly flaskDefaults?: boolean
}

/** The names of all options: those of Flask, then ours. */
export const sessionOptionNames: readonly string[] = [
  ...flaskSessionOptions,
  'clockSkew',
  'absoluteLifetime',
  'digest',
  'encrypt',
  'deflate',
  'maxContentSize',
  'resign',
  'store',
  'onStoreError',
  'storeTimeout',
  'flaskDefaults',
]
