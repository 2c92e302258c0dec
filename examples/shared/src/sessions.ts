import { randomBytes } from 'node:crypto'
import { fromPrefixedEnv, type Session, type SessionOptions } from '@http-semantics/session'
import createError from 'http-errors'

/** What the environment says of sessions and hosts, in Flask's own names. */
export interface Settings {
  readonly session: SessionOptions
  readonly trustedHosts?: readonly string[]
}

let settings: Settings | undefined

/**
 * What all servers of this process share, so that a login at one is known to the others: browsers
 * send a cookie to every port of a host.
 */
export function sharedSettings(): Settings {
  settings ??= readSettings(process.env)
  return settings
}

/** Whether a random key signs the sessions of this process. */
export const isKeyRandom = (): boolean => typeof sharedSettings().session.secretKey !== 'string'

/**
 * Reads `SECRET_KEY`, `SECRET_KEY_FALLBACKS` (a list with commas) and whatever Flask reads as
 * `FLASK_<KEY>`. Without a key there is a random one.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const { SECRET_KEY_FALLBACKS: fallbacks } = environment
  // Stays where the environment has no key, which the type of `session` does not show.
  const keyless = { secretKey: randomBytes(32) }
  const { session, trustedHosts } = fromPrefixedEnv(environment)
  return {
    session: {
      ...keyless,
      ...session,
      ...(fallbacks !== undefined && {
        secretKeyFallbacks: fallbacks.split(',').filter((key) => key !== ''),
      }),
    },
    ...(trustedHosts !== undefined && { trustedHosts }),
  }
}

/**
 * Starts a session for what a client sent as `{"user": string, "remember": boolean}`.
 *
 * @throws 422
 */
export function logIn(session: Session, content: unknown): void {
  const { user, remember = false } = Object(content)
  if (typeof user !== 'string' || user === '' || typeof remember !== 'boolean') {
    throw createError(422, 'A login is an object like {"user": "ada", "remember": true}')
  }
  session.clear()
  session.regenerate()
  session['user'] = user
  session.permanent = remember
}

/** Who is logged in. @throws 401 */
export function whoIs(session: Session): { readonly user: unknown } {
  const { user } = session
  if (user === undefined) {
    throw createError(401, 'Log in first', {
      headers: { 'WWW-Authenticate': 'Session realm="notes"' },
    })
  }
  return { user }
}

/** The content of a session as JSON, and the fields of that answer. */
export function representSession(session: Session): {
  readonly fields: Readonly<Record<string, string>>
  readonly content: string
} {
  const { _permanent: _, ...content } = session
  return {
    fields: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'Session-Permanent': session.permanent ? '?1' : '?0',
    },
    content: JSON.stringify(content, toJson),
  }
}

/** What JSON has no word for: large integers as text, bytes as base64. */
function toJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
}
