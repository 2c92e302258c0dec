import { readFileSync } from 'node:fs'
import { fromFlaskConfig } from './flask-config.ts'
import type { SessionOptions } from './options.ts'
import type { Session } from './session.ts'

/** A request to a Flask app and its answer, as recorded: test-data/flask-http.jsonl. */
export interface Scenario {
  readonly id: string
  readonly note: string
  /** Seconds since 1970. */
  readonly now: number
  readonly key: { readonly utf8: string } | null
  readonly config: Readonly<Record<string, unknown>>
  readonly request_cookie: string | null
  readonly status: number
  readonly body: string
  readonly set_cookie: readonly string[]
  readonly vary: readonly string[]
  readonly cache_control: string | null
  readonly warnings: readonly string[]
}

const file = new URL('../test-data/flask-http.jsonl', import.meta.url)

/** All recorded scenarios. */
export const scenarios: readonly Scenario[] = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const scenario: Scenario = JSON.parse(line)
    return scenario
  })

/** The scenarios in which we differ on purpose, and why. */
export const refused: Readonly<Record<string, string>> = {
  'nested-change': 'a nested change is noticed, and saved',
  'attr-none': 'SameSite=None without Secure is refused at construction: browsers drop the cookie',
  'attr-samesite-bad':
    'a wrong SameSite is refused at construction, not with a 500 for each answer',
  'no-key-write': 'a missing key is refused at construction, not with a 500 for each answer',
  'empty-key-write': 'an empty key is refused at construction, not with a 500 for each answer',
  'rotation-fallback-without-key': 'former keys alone are refused at construction',
  'mixed-keys': 'keys of an object are always texts, so they can be sorted',
}

/** The options that stand for a scenario's Flask app. */
export function optionsOf({ config, key }: Scenario): SessionOptions {
  const { session } = fromFlaskConfig({
    ...config,
    SECRET_KEY: key?.utf8,
    ...(config['PERMANENT_SESSION_LIFETIME'] === 'timedelta(90.9s)' && {
      PERMANENT_SESSION_LIFETIME: 90.9,
    }),
  })
  return { ...session, flaskDefaults: true }
}

type Handler = (session: Session) => unknown

const nothing: Handler = () => undefined
const read: Handler = (session) => session['user_id']
const write: Handler = (session) => {
  session['a'] = 1
}
const clear: Handler = (session) => session.clear()
const large: Handler = (session) => {
  // A text that does not compress: 5,000 characters of a small generator.
  let seed = 1
  const next = (): string => {
    seed = (seed * 48_271) % 2_147_483_647
    return String.fromCharCode(35 + (seed % 56))
  }
  session['big'] = Array.from({ length: 5000 }, next).join('')
}
const permanent: Handler = (session) => {
  session.permanent = true
}

const handlers: Readonly<Record<string, Handler>> = {
  'read-get-no-cookie': read,
  'read-in': (session) => 'x' in session,
  'read-bool': (session) => Object.keys(session).length > 0,
  write,
  'pop-missing': (session) => delete session['missing'],
  'pop-present': (session) => delete session['user_id'],
  // JavaScript has no update(); this is how one says that a session changed.
  'update-empty': (session) => {
    session.modified = true
  },
  'nested-change': (session) => Array.isArray(session['l']) && session['l'].push(2),
  clear,
  'clear-no-cookie': clear,
  'permanent-only': permanent,
  'permanent-refresh-off-write': write,
  'lifetime-fraction': (session) => Object.assign(session, { permanent: true, u: 1 }),
  'lifetime-zero': (session) => Object.assign(session, { permanent: true, u: 1 }),
  'invalid-untouched': read,
  'expired-write': write,
  'duplicate-first-wins': read,
  'duplicate-first-bad': read,
  'delete-all-attrs': clear,
  'rotation-old-write': write,
  'too-big': large,
  'too-big-no-check': large,
}

/** What the scenario's view does with the session. */
export const handlerOf = ({ id }: Scenario): Handler =>
  handlers[id] ?? (id.startsWith('attr-') ? write : nothing)
