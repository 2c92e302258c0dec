import type { CookieCodec } from './codec.ts'
import type { CookieReader } from './cookie-reader.ts'
import type { Teller } from './events.ts'
import type { SetCookie } from './set-cookie.ts'
import type { SessionSettings } from './settings.ts'
import type { TimedStore } from './store.ts'

/** What the sessions of an app share. */
export interface SessionContext {
  readonly settings: SessionSettings
  readonly codec: CookieCodec
  readonly reader: CookieReader
  readonly setCookie: SetCookie
  readonly teller: Teller
  readonly store: TimedStore | undefined
  readonly isProduction: boolean
}
