/** What a Flask key may hold, named; {@link FlaskKeyRow}. */
export type FlaskKind =
  | 'secret'
  | 'secrets'
  | 'text'
  | 'boolean'
  | 'secure'
  | 'sameSite'
  | 'duration'
  | 'integer'
  | 'hosts'

/** One key of Flask's configuration. */
export interface FlaskKeyRow {
  /** Our option: of the session, or one beside it, or `undefined` where the key has no effect here. */
  readonly option: string | undefined
  readonly part: 'session' | 'host' | 'limit'
  readonly kind: FlaskKind
  /** Flask's default, `null` for Python's None. */
  readonly flask: unknown
  /** Ours, where it is another one. */
  readonly safe?: unknown
}

/**
 * The keys of Flask's configuration that are about cookies, sessions, hosts and limits. The options,
 * their defaults and both loaders derive from it.
 * Flask: [Configuration Handling](https://flask.palletsprojects.com/en/stable/config/).
 */
export const flaskKeys = {
  SECRET_KEY: { option: 'secretKey', part: 'session', kind: 'secret', flask: null },
  SECRET_KEY_FALLBACKS: {
    option: 'secretKeyFallbacks',
    part: 'session',
    kind: 'secrets',
    flask: null,
  },
  SESSION_COOKIE_NAME: {
    option: 'sessionCookieName',
    part: 'session',
    kind: 'text',
    flask: 'session',
  },
  SESSION_COOKIE_DOMAIN: {
    option: 'sessionCookieDomain',
    part: 'session',
    kind: 'text',
    flask: null,
  },
  SESSION_COOKIE_PATH: { option: 'sessionCookiePath', part: 'session', kind: 'text', flask: null },
  SESSION_COOKIE_HTTPONLY: {
    option: 'sessionCookieHttpOnly',
    part: 'session',
    kind: 'boolean',
    flask: true,
  },
  SESSION_COOKIE_SECURE: {
    option: 'sessionCookieSecure',
    part: 'session',
    kind: 'secure',
    flask: false,
    safe: 'auto',
  },
  SESSION_COOKIE_SAMESITE: {
    option: 'sessionCookieSameSite',
    part: 'session',
    kind: 'sameSite',
    flask: null,
    safe: 'Lax',
  },
  SESSION_COOKIE_PARTITIONED: {
    option: 'sessionCookiePartitioned',
    part: 'session',
    kind: 'boolean',
    flask: false,
  },
  PERMANENT_SESSION_LIFETIME: {
    option: 'permanentSessionLifetime',
    part: 'session',
    kind: 'duration',
    flask: 2_678_400,
  },
  SESSION_REFRESH_EACH_REQUEST: {
    option: 'sessionRefreshEachRequest',
    part: 'session',
    kind: 'boolean',
    flask: true,
  },
  MAX_COOKIE_SIZE: { option: 'maxCookieSize', part: 'session', kind: 'integer', flask: 4093 },
  // The path of the cookie where SESSION_COOKIE_PATH is not set.
  APPLICATION_ROOT: { option: undefined, part: 'session', kind: 'text', flask: '/' },
  SERVER_NAME: { option: undefined, part: 'host', kind: 'text', flask: null },
  PREFERRED_URL_SCHEME: { option: undefined, part: 'host', kind: 'text', flask: 'http' },
  TRUSTED_HOSTS: { option: 'trustedHosts', part: 'host', kind: 'hosts', flask: null },
  MAX_CONTENT_LENGTH: { option: 'maxContentLength', part: 'limit', kind: 'integer', flask: null },
  MAX_FORM_MEMORY_SIZE: {
    option: 'maxFormMemorySize',
    part: 'limit',
    kind: 'integer',
    flask: 500_000,
  },
  MAX_FORM_PARTS: { option: 'maxFormParts', part: 'limit', kind: 'integer', flask: 1000 },
} as const

/** The name of a key in {@link flaskKeys}. */
export type FlaskKey = keyof typeof flaskKeys

type Rows = typeof flaskKeys

/** The options of a session that stand for a key of Flask. */
export type FlaskSessionOption = {
  [Key in FlaskKey]: Rows[Key] extends { part: 'session'; option: string }
    ? Rows[Key]['option']
    : never
}[FlaskKey]

const rows: readonly FlaskKeyRow[] = Object.values(flaskKeys)

/** The default of an option: Flask's own, or the safe one. `null` means that there is none. */
export function defaultOf(option: FlaskSessionOption, flaskDefaults: boolean): unknown {
  const row = rows.find((candidate) => candidate.option === option)
  return !flaskDefaults && row?.safe !== undefined ? row.safe : row?.flask
}

/** The options of a session that stand for a key of Flask, in the table's order. */
export const flaskSessionOptions: readonly string[] = rows.flatMap(({ part, option }) =>
  part === 'session' && option !== undefined ? [option] : [],
)
