import { checkKeys, show } from '@http-semantics/options'
import { checkCookie, readDomain, readName, readPath, type CookieTraits } from './cookie-rules.ts'
import { readDuration } from './duration.ts'
import { defaultOf, type FlaskSessionOption } from './flask-keys.ts'
import { sessionOptionNames, type SessionOptions } from './options.ts'
import { longestLifetime } from './set-cookie.ts'
import type { SessionStore } from './store.ts'

/** Options, checked and with their defaults. Times are in seconds. */
export interface SessionSettings extends CookieTraits {
  /** Oldest first; the last signs. */
  readonly keys: readonly Uint8Array[]
  readonly httpOnly: boolean
  readonly lifetime: number
  readonly refresh: boolean
  readonly maxCookieSize: number
  readonly clockSkew: number
  readonly absoluteLifetime: number | undefined
  readonly digest: 'sha1' | 'sha256' | 'sha512'
  readonly encrypt: boolean
  readonly deflate: ((data: Uint8Array) => Uint8Array) | undefined
  readonly maxContentSize: number
  readonly resign: boolean
  readonly store: SessionStore | undefined
  readonly onStoreError: 'refuse' | 'empty'
  readonly storeTimeout: number
  readonly flaskDefaults: boolean
  /** What is allowed and yet deserves a warning. */
  readonly warnings: readonly string[]
}

type Name = keyof SessionOptions

/**
 * Checks options and fills in defaults.
 *
 * @throws TypeError for an unknown option, a wrong value, and options that contradict each other.
 */
export function readOptions(given: SessionOptions): SessionSettings {
  checkKeys('session', given, sessionOptionNames)
  const options: Readonly<Record<string, unknown>> = { ...given }
  const flaskDefaults = readBoolean('flaskDefaults', options['flaskDefaults'] ?? false)
  const value = (name: FlaskSessionOption): unknown =>
    options[name] === undefined ? defaultOf(name, flaskDefaults) : options[name]
  const keys = readKeys(value('secretKey'), value('secretKeyFallbacks'))
  const partitioned = readBoolean('sessionCookiePartitioned', value('sessionCookiePartitioned'))
  const secure = readSecure(value('sessionCookieSecure'))
  const lifetime = readTime('permanentSessionLifetime', value('permanentSessionLifetime'))
  const settings: SessionSettings = {
    keys,
    name: readName(value('sessionCookieName')),
    domain: maybe(value('sessionCookieDomain'), readDomain),
    path: readPath(value('sessionCookiePath') ?? '/'),
    httpOnly: readBoolean('sessionCookieHttpOnly', value('sessionCookieHttpOnly')),
    // In Flask, a partitioned cookie is Secure.
    secure: flaskDefaults && partitioned ? true : secure,
    sameSite: maybe(value('sessionCookieSameSite'), readSameSite),
    partitioned,
    lifetime,
    refresh: readBoolean('sessionRefreshEachRequest', value('sessionRefreshEachRequest')),
    maxCookieSize: readSize('maxCookieSize', value('maxCookieSize')),
    clockSkew: readTime('clockSkew', options['clockSkew'] ?? (flaskDefaults ? 0 : 5)),
    absoluteLifetime: maybe(options['absoluteLifetime'], (time) =>
      readTime('absoluteLifetime', time),
    ),
    digest: readChoice('digest', options['digest'] ?? 'sha1', ['sha1', 'sha256', 'sha512']),
    encrypt: readBoolean('encrypt', options['encrypt'] ?? false),
    deflate: maybe(options['deflate'], readDeflate),
    maxContentSize: readSize('maxContentSize', options['maxContentSize'] ?? 1_048_576),
    resign: readBoolean('resign', options['resign'] ?? false),
    store: maybe(options['store'], readStore),
    onStoreError: readChoice('onStoreError', options['onStoreError'] ?? 'refuse', [
      'refuse',
      'empty',
    ]),
    storeTimeout: readTimeout(options['storeTimeout'] ?? 2),
    flaskDefaults,
    warnings: [
      ...keys.flatMap((key, index) =>
        key.length < 16
          ? [
              `session: ${index === keys.length - 1 ? 'secretKey' : `secretKeyFallbacks[${index}]`} has ${key.length} bytes, and one under 16 can be found by trying. Make one with: node -p "crypto.randomBytes(32).toString('hex')"`,
            ]
          : [],
      ),
      ...(lifetime > longestLifetime && !flaskDefaults
        ? ['session: permanentSessionLifetime is over 400 days, the longest browsers keep a cookie']
        : []),
    ],
  }
  checkCookie(settings)
  if (settings.encrypt && settings.store !== undefined) {
    throw new TypeError(
      'session: encrypt is for sessions in a cookie; with a store the browser sees but an id, so leave encrypt out',
    )
  }
  return settings
}

const refuse = (name: Name | `${Name}[${number}]`, needed: string, value: unknown): TypeError =>
  new TypeError(`session: ${name} must be ${needed}, got ${show(value)}`)

const maybe = <T>(value: unknown, read: (value: unknown) => T): T | undefined =>
  value === undefined || value === null ? undefined : read(value)

function readKeys(secretKey: unknown, fallbacks: unknown): Uint8Array[] {
  if (fallbacks !== null && fallbacks !== undefined && !Array.isArray(fallbacks)) {
    throw refuse('secretKeyFallbacks', 'a list of keys', fallbacks)
  }
  const former = Array.isArray(fallbacks) ? (fallbacks as readonly unknown[]) : []
  return [
    ...former.map((key, index) => readKey(`secretKeyFallbacks[${index}]`, key)),
    readKey('secretKey', secretKey),
  ]
}

function readKey(name: Name | `${Name}[${number}]`, value: unknown): Uint8Array {
  // A secret is never shown, not even a wrong one.
  const kind = value === null ? 'nothing' : `a value of type ${typeof value}`
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`session: ${name} must be a string or a Uint8Array, got ${kind}`)
  }
  if (bytes.length === 0) throw new TypeError(`session: ${name} must not be empty`)
  return Uint8Array.from(bytes)
}

function readBoolean(name: Name, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw refuse(name, 'true or false', value)
}

function readSecure(value: unknown): boolean | 'auto' {
  if (value === 'auto' || typeof value === 'boolean') return value
  throw refuse('sessionCookieSecure', "true, false or 'auto'", value)
}

function readSameSite(value: unknown): 'Lax' | 'Strict' | 'None' {
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  const found = (['Lax', 'Strict', 'None'] as const).find((one) => one.toLowerCase() === text)
  if (found !== undefined) return found
  throw refuse('sessionCookieSameSite', "'Lax', 'Strict', 'None' or null", value)
}

function readTime(name: Name, value: unknown): number {
  const seconds = readDuration(value)
  if (seconds !== undefined) return seconds
  throw refuse(name, "seconds, or a duration like '31 days' or { hours: 1 }", value)
}

/** Timers go no further than this: the next one would be over at once. */
const longestTimeout = 2_147_483

function readTimeout(value: unknown): number {
  const seconds = readTime('storeTimeout', value)
  if (seconds > 0 && seconds <= longestTimeout) return seconds
  throw refuse('storeTimeout', `more than 0 and up to ${longestTimeout} seconds`, value)
}

function readSize(name: Name, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw refuse(name, 'a whole number of bytes, 0 or more', value)
}

function readChoice<T extends string>(name: Name, value: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  throw refuse(name, choices.map((choice) => `'${choice}'`).join(' or '), value)
}

function readDeflate(value: unknown): (data: Uint8Array) => Uint8Array {
  if (isDeflate(value)) return value
  throw refuse('deflate', 'a function from bytes to zlib bytes', value)
}

const isDeflate = (value: unknown): value is (data: Uint8Array) => Uint8Array =>
  typeof value === 'function'

function readStore(value: unknown): SessionStore {
  if (isStore(value)) {
    if (Reflect.get(value, 'throwOnErrors') !== false) return value
    throw new TypeError(
      'session: store: a Keyv hides that it failed unless it is made so: new Keyv(…, { throwOnErrors: true })',
    )
  }
  throw refuse('store', 'a Keyv, or another object with get, set and delete', value)
}

function isStore(value: unknown): value is SessionStore {
  if (typeof value !== 'object' || value === null) return false
  return ['get', 'set', 'delete'].every((name) => typeof Reflect.get(value, name) === 'function')
}
