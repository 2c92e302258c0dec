import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import type { FlaskSessionOption } from './flask-keys.ts'
import { sessionOptionNames, type SessionOptions } from './options.ts'
import { Sessions } from './sessions.ts'
import { readOptions } from './settings.ts'

const secretKey = 'correct horse battery staple'
const read = (options: object): ReturnType<typeof readOptions> =>
  readOptions({ secretKey, ...options })

afterEach(() => {
  vi.restoreAllMocks()
})

it('has an option for each key of Flask, and knows the names of all', () => {
  expectTypeOf<FlaskSessionOption>().toExtend<keyof SessionOptions>()
  const all: Record<keyof SessionOptions, true> = {
    secretKey: true,
    secretKeyFallbacks: true,
    sessionCookieName: true,
    sessionCookieDomain: true,
    sessionCookiePath: true,
    sessionCookieHttpOnly: true,
    sessionCookieSecure: true,
    sessionCookieSameSite: true,
    sessionCookiePartitioned: true,
    permanentSessionLifetime: true,
    sessionRefreshEachRequest: true,
    maxCookieSize: true,
    clockSkew: true,
    absoluteLifetime: true,
    digest: true,
    encrypt: true,
    deflate: true,
    maxContentSize: true,
    resign: true,
    store: true,
    onStoreError: true,
    storeTimeout: true,
    flaskDefaults: true,
  }
  expect([...sessionOptionNames].toSorted()).toEqual(Object.keys(all).toSorted())
})

it.each([
  ['safe', {}, { secure: 'auto', sameSite: 'Lax', httpOnly: true, clockSkew: 5 }],
  [
    "Flask's own",
    { flaskDefaults: true },
    { secure: false, sameSite: undefined, httpOnly: true, clockSkew: 0 },
  ],
])('defaults are %s', (_, options, expected) => {
  expect(read(options)).toMatchObject({
    name: 'session',
    domain: undefined,
    path: '/',
    partitioned: false,
    lifetime: 2_678_400,
    refresh: true,
    maxCookieSize: 4093,
    ...expected,
  })
})

describe('what browsers would drop is refused', () => {
  it.each([
    [
      { sessionCookieSameSite: 'None' },
      "sessionCookieSameSite: 'None' needs sessionCookieSecure: true, got 'auto'",
    ],
    [
      { sessionCookieSameSite: 'None', sessionCookieSecure: false },
      'needs sessionCookieSecure: true, got false',
    ],
    [
      { sessionCookiePartitioned: true },
      'sessionCookiePartitioned: true needs sessionCookieSecure: true',
    ],
    [
      { sessionCookieName: '__Secure-s' },
      "sessionCookieName: '__Secure-s' needs sessionCookieSecure: true",
    ],
    [
      { sessionCookieName: '__host-s' },
      "sessionCookieName: '__host-s' needs sessionCookieSecure: true",
    ],
    [
      {
        sessionCookieName: '__Host-s',
        sessionCookieSecure: true,
        sessionCookieDomain: 'a.example',
      },
      "sessionCookieName: '__Host-s' forbids sessionCookieDomain, got 'a.example'",
    ],
    [
      { sessionCookieName: '__HOST-s', sessionCookieSecure: true, sessionCookiePath: '/app' },
      "sessionCookieName: '__HOST-s' needs sessionCookiePath: '/', got '/app'",
    ],
  ])('%o', (options, message) => {
    expect(() => read(options)).toThrow(TypeError)
    expect(() => read(options)).toThrow(message)
    expect(() => read({ ...options, flaskDefaults: false })).toThrow(message)
  })

  it.each([
    [{ sessionCookieName: '__Host-s', sessionCookieSecure: true }],
    [
      {
        sessionCookieName: '__Secure-s',
        sessionCookieSecure: true,
        sessionCookieDomain: 'a.example',
      },
    ],
    [{ sessionCookieSameSite: 'None', sessionCookieSecure: true }],
    [{ sessionCookiePartitioned: true, sessionCookieSecure: true }],
    [{ sessionCookiePartitioned: true, flaskDefaults: true }],
    [{ sessionCookieSameSite: 'lax' }],
    [{ sessionCookieSameSite: null }],
    [{ maxCookieSize: 0 }],
    [{ sessionCookieDomain: null, sessionCookiePath: null, secretKeyFallbacks: null }],
    [{ secretKey: new Uint8Array(32) }],
  ])('%o is fine', (options) => {
    expect(() => read(options)).not.toThrow()
  })
})

describe('wrong options are refused', () => {
  it.each([
    [
      { sessionCokieName: 's' },
      "unknown option 'sessionCokieName'; did you mean 'sessionCookieName'?",
    ],
    [{ xyz: 1 }, "unknown option 'xyz'; the options are secretKey, secretKeyFallbacks"],
    [{ secretKey: '' }, 'secretKey must not be empty'],
    [{ secretKey: new Uint8Array() }, 'secretKey must not be empty'],
    [
      { secretKey: 12_345 },
      'secretKey must be a string or a Uint8Array, got a value of type number',
    ],
    [{ secretKey: undefined }, 'secretKey must be a string or a Uint8Array, got nothing'],
    [{ secretKeyFallbacks: 'old' }, "secretKeyFallbacks must be a list of keys, got 'old'"],
    [{ secretKeyFallbacks: ['a', ''] }, 'secretKeyFallbacks[1] must not be empty'],
    [
      { sessionCookieName: 'a b' },
      "sessionCookieName must be a token, letters, digits and !#$%&'*+-.^_`|~, got 'a b'",
    ],
    [{ sessionCookieName: '' }, 'sessionCookieName must be a token'],
    [{ sessionCookieName: 'sé' }, 'sessionCookieName must be a token'],
    [
      { sessionCookieDomain: 'a b' },
      "sessionCookieDomain must be a domain like 'example.com', got 'a b'",
    ],
    [{ sessionCookieDomain: 'https://a.example' }, 'sessionCookieDomain must be a domain'],
    [{ sessionCookieDomain: 'a..b' }, 'sessionCookieDomain must be a domain'],
    [{ sessionCookieDomain: 'a.example; Secure' }, 'sessionCookieDomain must be a domain'],
    [{ sessionCookieDomain: '' }, 'sessionCookieDomain must be a domain'],
    [{ sessionCookiePath: 'app' }, "begins with '/', got 'app'"],
    [{ sessionCookiePath: '/a\nb' }, "begins with '/', got '/a\\nb'"],
    [{ sessionCookiePath: '/\ud800' }, "begins with '/'"],
    [{ sessionCookiePath: `/${'é'.repeat(200)}` }, 'a path of up to 1024 octets'],
    [{ sessionCookieHttpOnly: 'yes' }, "sessionCookieHttpOnly must be true or false, got 'yes'"],
    [{ sessionCookieSecure: 1 }, "sessionCookieSecure must be true, false or 'auto', got 1"],
    [
      { sessionCookieSameSite: 'sloppy' },
      "sessionCookieSameSite must be 'Lax', 'Strict', 'None' or null, got 'sloppy'",
    ],
    [{ permanentSessionLifetime: -1 }, 'permanentSessionLifetime must be seconds, or a duration'],
    [{ storeTimeout: 0 }, 'storeTimeout must be more than 0 and up to 2147483 seconds, got 0'],
    [{ storeTimeout: '30 days' }, 'storeTimeout must be more than 0 and up to 2147483 seconds'],
    [
      { absoluteLifetime: 'for ever' },
      "absoluteLifetime must be seconds, or a duration like '31 days' or { hours: 1 }, got 'for ever'",
    ],
    [{ maxCookieSize: 1.5 }, 'maxCookieSize must be a whole number of bytes, 0 or more, got 1.5'],
    [{ digest: 'md5' }, "digest must be 'sha1' or 'sha256' or 'sha512', got 'md5'"],
    [{ deflate: true }, 'deflate must be a function'],
    [{ store: {} }, 'store must be a Keyv, or another object with get, set and delete, got {}'],
    [{ onStoreError: 'throw' }, "onStoreError must be 'refuse' or 'empty', got 'throw'"],
    [{ encrypt: true, store: new Map() }, 'encrypt is for sessions in a cookie'],
    [{ flaskDefaults: 'true' }, "flaskDefaults must be true or false, got 'true'"],
  ])('%o', (options, message) => {
    expect(() => read(options)).toThrow(TypeError)
    expect(() => read(options)).toThrow(message)
  })

  it.each([[undefined], [null], ['key'], [[]]])('%o for options', (options) => {
    expect(() => readOptions(options as unknown as SessionOptions)).toThrow(
      'session: options must be an object',
    )
  })

  it('without ever showing a secret', () => {
    expect(() => read({ secretKey: { hunter2: 1 } })).toThrow(/^(?!.*hunter2)/)
  })
})

it.each([
  ['.example.com', 'example.com'],
  ['example.com:8000', 'example.com'],
  ['Bücher.example', 'xn--bcher-kva.example'],
  ['localhost', 'localhost'],
])('the domain %s is written %s', (sessionCookieDomain, domain) => {
  expect(read({ sessionCookieDomain }).domain).toBe(domain)
})

it.each([
  [{ secretKey: 'short' }, ['session-options']],
  [{ secretKeyFallbacks: ['short'] }, ['session-options']],
  [{ permanentSessionLifetime: '401 days' }, ['session-options']],
  [{ secretKey: '0123456789abcdef' }, []],
])('%o warns %o', (options, codes) => {
  const emit = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  void new Sessions({ secretKey, ...options })
  expect(emit.mock.calls.map(([, detail]) => (detail as unknown as { code: string }).code)).toEqual(
    codes,
  )
  expect(JSON.stringify(emit.mock.calls)).not.toContain("'short'")
})

it('a key may be changed by its owner later, without effect', () => {
  const bytes = new Uint8Array(32).fill(7)
  const { keys } = read({ secretKey: bytes })
  bytes.fill(0)
  expect(keys[0]?.[0]).toBe(7)
})
