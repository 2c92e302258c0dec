import { edits, show } from '@http-semantics/options'
import { flaskKeys, type FlaskKey, type FlaskKeyRow } from './flask-keys.ts'
import type { SessionOptions } from './options.ts'

/** What a Flask configuration says to us. Keys that are not set, or None, are left out. */
export interface FlaskSettings {
  /** For `new Sessions(…)`, or the `session` option of an adapter. */
  readonly session: SessionOptions
  /** `TRUSTED_HOSTS`. */
  readonly trustedHosts?: readonly string[]
  /** `MAX_CONTENT_LENGTH`: bytes of a request's content. */
  readonly maxContentLength?: number
  /** `MAX_FORM_MEMORY_SIZE`: bytes of a form's field. */
  readonly maxFormMemorySize?: number
  /** `MAX_FORM_PARTS`: fields of a form. */
  readonly maxFormParts?: number
}

/** How the loaders tell of a key that is nearly one of theirs. Default: `process.emitWarning`. */
export type OnWarning = (message: string) => void

/**
 * Reads a Flask configuration, as `dict(app.config)` exports it, for our options. Keys about other
 * things are passed over; one that is nearly one of {@link flaskKeys} draws a warning.
 *
 * @param config - Flask's keys. `PERMANENT_SESSION_LIFETIME` may be seconds or a {@link Duration}.
 * @param onWarning - See {@link OnWarning}.
 * @throws TypeError for a value of the wrong type, naming the key. Whether the values fit together is
 * seen by {@link Sessions}.
 *
 * @example
 * ```ts
 * import { fromFlaskConfig } from '@http-semantics/session'
 *
 * fromFlaskConfig({ SECRET_KEY: 'correct horse battery staple', SESSION_COOKIE_NAME: 'sid', DEBUG: false })
 * // => { session: { secretKey: 'correct horse battery staple', sessionCookieName: 'sid' } }
 * ```
 */
export function fromFlaskConfig(
  config: Readonly<Record<string, unknown>>,
  onWarning: OnWarning = warn,
): FlaskSettings {
  return load(config, (key) => key, onWarning)
}

/**
 * Reads the variables of an environment that Flask's `app.config.from_prefixed_env()` reads: values
 * are JSON, or else text; `__` in a name goes into an object. `SECRET_KEY` without a prefix wins.
 *
 * @param env - `process.env`.
 * @param prefix - Default: `'FLASK'`.
 * @param onWarning - See {@link OnWarning}.
 * @throws TypeError for a value of the wrong type, naming the variable.
 *
 * @example
 * ```ts
 * import { fromPrefixedEnv } from '@http-semantics/session'
 *
 * fromPrefixedEnv({ SECRET_KEY: 'correct horse battery staple', FLASK_SESSION_COOKIE_SECURE: 'true' })
 * // => { session: { secretKey: 'correct horse battery staple', sessionCookieSecure: true } }
 * ```
 */
export function fromPrefixedEnv(
  env: Readonly<Record<string, string | undefined>>,
  prefix = 'FLASK',
  onWarning: OnWarning = warn,
): FlaskSettings {
  const config = nothing()
  for (const name of Object.keys(env).toSorted()) {
    const value = env[name]
    if (value === undefined || !name.startsWith(`${prefix}_`)) continue
    const path = name.slice(prefix.length + 1).split('__')
    let into = config
    for (const part of path.slice(0, -1)) {
      const inner = into[part] ?? nothing()
      if (!isObject(inner)) {
        throw new TypeError(`${name} goes into ${prefix}_${part}, which is ${show(inner)}`)
      }
      into[part] = inner
      into = inner
    }
    into[path.at(-1) ?? ''] = parse(value)
  }
  const bare = env['SECRET_KEY']
  if (bare !== undefined) config['SECRET_KEY'] = bare
  const variable = (key: string): string =>
    key === 'SECRET_KEY' && bare !== undefined ? key : `${prefix}_${key}`
  return load(config, variable, onWarning)
}

const warn: OnWarning = (message) =>
  process.emitWarning(message, { type: 'HttpSemanticsWarning', code: 'flask-config' })

function nothing(): Record<string, unknown> {
  const empty: Record<string, unknown> = Object.create(null)
  return empty
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const isFlaskKey = (key: string): key is FlaskKey => Object.hasOwn(flaskKeys, key)

function load(
  config: Readonly<Record<string, unknown>>,
  nameOf: (key: string) => string,
  onWarning: OnWarning,
): FlaskSettings {
  if (!isObject(config))
    throw new TypeError(`Flask's configuration must be an object, got ${show(config)}`)
  const session: Record<string, unknown> = {}
  const settings: Record<string, unknown> = { session }
  for (const [key, value] of Object.entries(config)) {
    if (!isFlaskKey(key)) {
      const meant = nearKey(key)
      if (meant !== undefined) {
        onWarning(
          `${nameOf(key)} is no key of Flask and was not read; did you mean ${nameOf(meant)}?`,
        )
      }
      continue
    }
    const { option, part, kind }: FlaskKeyRow = flaskKeys[key]
    if (value === undefined || option === undefined) continue
    // None means something for SameSite alone: that the cookie has none.
    if (value === null && kind !== 'sameSite') continue
    const target = part === 'session' ? session : settings
    target[option] = convert(nameOf(key), kind, value)
  }
  const root = config['APPLICATION_ROOT']
  const path = config['SESSION_COOKIE_PATH']
  // As Flask: whatever is empty counts as not set.
  if (path === null || path === undefined || path === '') {
    delete session['sessionCookiePath']
    if (root !== null && root !== undefined) session['sessionCookiePath'] = root
  }
  if (session['sessionCookieDomain'] === '') delete session['sessionCookieDomain']
  if (session['sessionCookiePartitioned'] === true) session['sessionCookieSecure'] = true
  if (session['sessionCookiePath'] === '/') delete session['sessionCookiePath']
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each value was looked at above
  return settings as unknown as FlaskSettings
}

/** Flask takes any value for true or false; only those that cannot be meant otherwise pass here. */
function convert(name: string, kind: FlaskKeyRow['kind'], value: unknown): unknown {
  if (kind === 'boolean' || kind === 'secure') {
    if (value === 1 || value === 0) return value === 1
    if (typeof value !== 'boolean') {
      throw new TypeError(`${name} must be true or false, got ${show(value)}`)
    }
  }
  if (kind === 'integer' && !(Number.isSafeInteger(value) && Number(value) >= 0)) {
    throw new TypeError(`${name} must be a whole number, 0 or more, got ${show(value)}`)
  }
  if (kind === 'text' && typeof value !== 'string') {
    throw new TypeError(`${name} must be a text, got ${show(value)}`)
  }
  if (
    kind === 'hosts' &&
    !(Array.isArray(value) && value.every((host) => typeof host === 'string'))
  ) {
    throw new TypeError(`${name} must be a list of host names, got ${show(value)}`)
  }
  return value
}

/** The key that a misspelt one stands for: one or two letters off, or written another way. */
function nearKey(key: string): FlaskKey | undefined {
  const bare = key.replaceAll('_', '').toUpperCase()
  return Object.keys(flaskKeys)
    .filter(isFlaskKey)
    .find((candidate) => {
      const other = candidate.replaceAll('_', '')
      return Math.abs(bare.length - other.length) <= 2 && edits(bare, other) <= 2
    })
}
