import { CookieCodec } from './codec.ts'
import { CookieReader } from './cookie-reader.ts'
import { Teller, warn } from './events.ts'
import type { SessionContext } from './context.ts'
import { OneSession } from './one-session.ts'
import type { OpenSession, SessionRequest } from './open-session.ts'
import type { SessionOptions } from './options.ts'
import { readOptions } from './settings.ts'
import { SetCookie } from './set-cookie.ts'
import { TimedStore } from './store.ts'

/**
 * The sessions of an app: opens the one of each request, and tells what its answer must say. All that
 * can be computed before a request is there is computed at construction.
 *
 * @template Data - The keys of the app's sessions and their types.
 *
 * @example
 * ```ts
 * import { Sessions } from '@http-semantics/session'
 *
 * const sessions = new Sessions<{ user: string }>({ secretKey: 'correct horse battery staple' })
 * const open = sessions.open({ cookie: undefined, isSecure: true, now: 1_700_000_000 })
 * open.session.user = 'ada'
 * open.finish({ cacheControl: undefined })
 * // => {
 * //   setCookie: [
 * //     'session=eyJ1c2VyIjoiYWRhIn0.ZVPw-w.VkANI8crC98D9SkOpM3_i1j9Fzk; Secure; HttpOnly; Path=/; SameSite=Lax',
 * //   ],
 * //   vary: true,
 * //   cacheControl: 'private',
 * // }
 * ```
 */
export class Sessions<Data extends object = Record<string, unknown>> {
  /** Whether the sessions are in a store, so that {@link OpenSession.load} and `save` have to be awaited. */
  readonly hasStore: boolean
  /** The name of the cookie: an answer may set it but once (RFC 6265bis section 4.1.1). */
  readonly cookieName: string
  readonly #context: SessionContext

  /** @throws TypeError for a wrong option, naming it, its value, and what it should be. */
  constructor(options: SessionOptions) {
    const settings = readOptions(options)
    for (const warning of settings.warnings) warn(warning, 'options')
    const { keys, digest, clockSkew, encrypt, deflate, maxContentSize, store, lifetime } = settings
    const made = {
      keys,
      digest,
      deflate,
      maxContentSize,
      maxAge: Math.trunc(lifetime),
      clockSkew: Math.trunc(clockSkew),
    }
    this.cookieName = settings.name
    this.hasStore = store !== undefined
    // A session of Flask must not pass for an id, nor the other way round.
    const codec = new CookieCodec(
      store === undefined ? { ...made, encrypt } : { ...made, salt: 'http-semantics-session-id' },
    )
    this.#context = {
      settings,
      codec,
      reader: new CookieReader(codec),
      setCookie: new SetCookie(settings),
      teller: new Teller(settings.name),
      store: store === undefined ? undefined : new TimedStore(store, settings.storeTimeout),
      isProduction: process.env['NODE_ENV'] === 'production',
    }
  }

  /** Opens the session of a request. Nothing is read until the session is touched. */
  open(request: SessionRequest): OpenSession<Data> {
    return new OneSession<Data>(this.#context, request)
  }
}
