import { describe, expect, it, vi } from 'vitest'
import { fromFlaskConfig, fromPrefixedEnv } from './flask-config.ts'
import { flaskKeys } from './flask-keys.ts'
import { Sessions } from './sessions.ts'

const SECRET_KEY = 'correct horse battery staple'
const session = { secretKey: SECRET_KEY }

/** What `dict(app.config)` of a new Flask 3.1 app has, as JSON. */
const exported = {
  DEBUG: false,
  TESTING: false,
  PROPAGATE_EXCEPTIONS: null,
  SECRET_KEY,
  SECRET_KEY_FALLBACKS: null,
  PERMANENT_SESSION_LIFETIME: '31 days, 0:00:00',
  USE_X_SENDFILE: false,
  TRUSTED_HOSTS: null,
  SERVER_NAME: null,
  APPLICATION_ROOT: '/',
  SESSION_COOKIE_NAME: 'session',
  SESSION_COOKIE_DOMAIN: null,
  SESSION_COOKIE_PATH: null,
  SESSION_COOKIE_HTTPONLY: true,
  SESSION_COOKIE_SECURE: false,
  SESSION_COOKIE_PARTITIONED: false,
  SESSION_COOKIE_SAMESITE: null,
  SESSION_REFRESH_EACH_REQUEST: true,
  MAX_CONTENT_LENGTH: null,
  MAX_FORM_MEMORY_SIZE: 500_000,
  MAX_FORM_PARTS: 1000,
  SEND_FILE_MAX_AGE_DEFAULT: null,
  TRAP_BAD_REQUEST_ERRORS: null,
  TRAP_HTTP_EXCEPTIONS: false,
  EXPLAIN_TEMPLATE_LOADING: false,
  PREFERRED_URL_SCHEME: 'http',
  TEMPLATES_AUTO_RELOAD: null,
  MAX_COOKIE_SIZE: 4093,
  PROVIDE_AUTOMATIC_OPTIONS: true,
  // Of extensions, and of the app.
  SESSION_TYPE: 'redis',
  SESSION_PERMANENT: true,
  SESSION_COOKIE_SAMESITE_POLICY: 'x',
  REMEMBER_COOKIE_NAME: 'r',
  SQLALCHEMY_DATABASE_URI: 'sqlite://',
  UPLOAD_FOLDER: '/tmp',
}

describe('a Flask configuration', () => {
  it('as exported is read without a warning, and makes sessions', () => {
    const warn = vi.fn<(message: string) => void>()
    const settings = fromFlaskConfig(exported, warn)
    expect(settings).toEqual({
      session: {
        secretKey: SECRET_KEY,
        permanentSessionLifetime: '31 days, 0:00:00',
        sessionCookieName: 'session',
        sessionCookieHttpOnly: true,
        sessionCookieSecure: false,
        sessionCookiePartitioned: false,
        sessionCookieSameSite: null,
        sessionRefreshEachRequest: true,
        maxCookieSize: 4093,
      },
      maxFormMemorySize: 500_000,
      maxFormParts: 1000,
    })
    expect(warn).not.toHaveBeenCalled()
    void new Sessions(settings.session)
  })

  it.each([
    [{ APPLICATION_ROOT: '/root' }, { sessionCookiePath: '/root' }],
    [{ APPLICATION_ROOT: '/root', SESSION_COOKIE_PATH: '/app' }, { sessionCookiePath: '/app' }],
    [{ APPLICATION_ROOT: '/root', SESSION_COOKIE_PATH: '' }, { sessionCookiePath: '/root' }],
    [{ SESSION_COOKIE_DOMAIN: '' }, {}],
    [{ SESSION_COOKIE_SECURE: 1 }, { sessionCookieSecure: true }],
    [
      { SESSION_COOKIE_PARTITIONED: true, SESSION_COOKIE_SECURE: false },
      { sessionCookiePartitioned: true, sessionCookieSecure: true },
    ],
    [{ PERMANENT_SESSION_LIFETIME: 60 }, { permanentSessionLifetime: 60 }],
  ])('%o', (config, expected) => {
    expect(fromFlaskConfig({ SECRET_KEY, ...config })).toEqual({
      session: { ...session, ...expected },
    })
  })

  it('tells hosts and limits apart', () => {
    const config = { SECRET_KEY, TRUSTED_HOSTS: ['.example.com'], MAX_CONTENT_LENGTH: 10 }
    expect(fromFlaskConfig(config)).toEqual({
      session,
      trustedHosts: ['.example.com'],
      maxContentLength: 10,
    })
  })

  it.each([
    [
      { SECERT_KEY: 'x' },
      'SECERT_KEY is no key of Flask and was not read; did you mean SECRET_KEY?',
    ],
    [{ SESSION_COOKIE_HTTP_ONLY: true }, /did you mean SESSION_COOKIE_HTTPONLY\?/],
    [{ SESSION_COKIE_NAME: 's' }, /did you mean SESSION_COOKIE_NAME\?/],
    [{ session_cookie_secure: true }, /did you mean SESSION_COOKIE_SECURE\?/],
    [{ PERMANENT_SESION_LIFETIME: 1 }, /did you mean PERMANENT_SESSION_LIFETIME\?/],
  ])('%o draws a warning', (config, message) => {
    const warn = vi.fn<(text: string) => void>()
    expect(fromFlaskConfig({ SECRET_KEY, ...config }, warn)).toEqual({ session })
    expect(warn.mock.calls).toEqual([[expect.stringMatching(message)]])
  })

  it('warns the process where nobody else listens', () => {
    const emit = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    fromFlaskConfig({ SECRET_KEY, SECRET_KY: 1 })
    expect(emit).toHaveBeenCalledOnce()
    emit.mockRestore()
  })

  it.each([
    [{ SESSION_COOKIE_SECURE: 'True' }, "SESSION_COOKIE_SECURE must be true or false, got 'True'"],
    [{ SESSION_COOKIE_NAME: 1 }, 'SESSION_COOKIE_NAME must be a text, got 1'],
    [{ MAX_COOKIE_SIZE: '4093' }, "MAX_COOKIE_SIZE must be a whole number, 0 or more, got '4093'"],
    [{ TRUSTED_HOSTS: 'a.example' }, "TRUSTED_HOSTS must be a list of host names, got 'a.example'"],
  ])('%o is refused', (config, message) => {
    expect(() => fromFlaskConfig(config)).toThrow(new TypeError(message))
  })

  it.each([[null], ['x'], [[]]])('%o is none', (config) => {
    expect(() => fromFlaskConfig(config as unknown as Record<string, unknown>)).toThrow(TypeError)
  })
})

describe('an environment', () => {
  it.each<[Record<string, string>, object]>([
    [{ FLASK_SECRET_KEY: SECRET_KEY }, session],
    [{ SECRET_KEY, FLASK_SECRET_KEY: 'another' }, session],
    // Not JSON: the secret is what it says.
    [{ SECRET_KEY: '12345' }, { secretKey: '12345' }],
    [{ FLASK_SECRET_KEY: `"${SECRET_KEY}"` }, session],
    [
      { SECRET_KEY, FLASK_SESSION_COOKIE_SECURE: 'true' },
      { ...session, sessionCookieSecure: true },
    ],
    [
      { SECRET_KEY, FLASK_SESSION_COOKIE_SAMESITE: 'strict', FLASK_SESSION_COOKIE_NAME: 'sid' },
      { ...session, sessionCookieSameSite: 'strict', sessionCookieName: 'sid' },
    ],
    [
      { SECRET_KEY, FLASK_SESSION_COOKIE_SAMESITE: 'null' },
      { ...session, sessionCookieSameSite: null },
    ],
    [
      { SECRET_KEY, FLASK_SECRET_KEY_FALLBACKS: '["old", "older"]' },
      { ...session, secretKeyFallbacks: ['old', 'older'] },
    ],
    [
      { SECRET_KEY, FLASK_MAX_COOKIE_SIZE: '0' },
      { ...session, maxCookieSize: 0 },
    ],
    [{ SECRET_KEY, SESSION_COOKIE_NAME: 'unprefixed' }, session],
    [
      { SECRET_KEY, FLASK_SQL__URI: 'x', FLASK_SQL__POOL__SIZE: '1', FLASK___proto____x: '1' },
      session,
    ],
    [
      { SECRET_KEY, FLASK_PERMANENT_SESSION_LIFETIME__days: '1' },
      { ...session, permanentSessionLifetime: { days: 1 } },
    ],
  ])('%o', (env, expected) => {
    const settings = fromPrefixedEnv(env)
    expect(JSON.parse(JSON.stringify(settings))).toEqual({ session: expected })
    expect(({} as Record<string, unknown>)['x']).toBe(undefined)
    void new Sessions(settings.session)
  })

  it('may have another prefix', () => {
    const env = { APP_SECRET_KEY: SECRET_KEY, FLASK_SESSION_COOKIE_NAME: 'x' }
    expect(fromPrefixedEnv(env, 'APP')).toEqual({ session })
  })

  it('names variables in warnings and errors', () => {
    const warn = vi.fn<(text: string) => void>()
    fromPrefixedEnv({ FLASK_SECRET_KYE: 'x' }, 'FLASK', warn)
    expect(warn.mock.calls).toEqual([
      ['FLASK_SECRET_KYE is no key of Flask and was not read; did you mean FLASK_SECRET_KEY?'],
    ])
    expect(() => fromPrefixedEnv({ FLASK_SESSION_COOKIE_SECURE: 'yes' })).toThrow(
      "FLASK_SESSION_COOKIE_SECURE must be true or false, got 'yes'",
    )
    expect(() => fromPrefixedEnv({ FLASK_A: '1', FLASK_A__B: '2' })).toThrow(
      'FLASK_A__B goes into FLASK_A, which is 1',
    )
  })

  it('an empty secret is refused, not passed over', () => {
    const { session: options } = fromPrefixedEnv({ SECRET_KEY: '', FLASK_SECRET_KEY: 'x' })
    expect(() => new Sessions(options)).toThrow('secretKey must not be empty')
  })
})

it('no two keys are so near that one is taken for a misspelt other', () => {
  const warn = vi.fn<(text: string) => void>()
  for (const key of Object.keys(flaskKeys)) fromFlaskConfig({ [key]: null }, warn)
  expect(warn).not.toHaveBeenCalled()
})
