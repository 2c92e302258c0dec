import { isForSharedCaches, restrictCaching } from './cache-control.ts'
import type { SessionContext } from './context.ts'
import { readCookie } from './cookie-header.ts'
import { doubtSize, tellInsecurity, tellSize } from './doubts.ts'
import type { OpenSession, SessionAnswer, SessionFields, SessionRequest } from './open-session.ts'
import {
  startedKey,
  type LoadedSession,
  type SessionKeeper,
  type SessionState,
} from './session-state.ts'
import { sessionOf, type Session } from './session.ts'
import { longestLifetime } from './set-cookie.ts'
import { newId, unavailable, type TimedStore } from './store.ts'
import { formatSession, readSession } from './tagged-json.ts'

type Plan = 'nothing' | 'send' | 'remove'

interface News {
  /** All of it, to be compared with what was told before. */
  readonly told: string | undefined
  readonly tell: () => Promise<void>
}

const none: ReadonlyMap<string, string> = new Map<string, string>()

const nothingToSave = Promise.resolve()

const nothing: SessionFields = { setCookie: [], vary: false, cacheControl: undefined }

/** See {@link OpenSession}. */
export class OneSession<Data extends object> implements OpenSession<Data>, SessionKeeper {
  readonly #context: SessionContext
  readonly #request: SessionRequest
  readonly #now: number
  #session: Session<Data> | undefined
  #state: SessionState | undefined
  #isCurrentKey = true
  #isFinished = false
  /** Whether there is no cookie for what is in it: too much, or what no session can hold. */
  #hasFailed = false
  /** What the store gave, or what stands for it. */
  #record: LoadedSession | undefined
  #id: string | undefined
  #nextId: string | undefined
  /** What the store was told last, and the id under which it keeps that. */
  #told: string | undefined
  #keptId: string | undefined
  #saving = nothingToSave
  /** Whether the cookie is not to be sent: nothing was loaded or kept, or it is too large. */
  #isWithheld = false

  constructor(context: SessionContext, request: SessionRequest) {
    this.#context = context
    this.#request = request
    this.#now = request.now ?? Date.now() / 1000
  }

  get session(): Session<Data> {
    if (this.#session === undefined) {
      const [session, state] = sessionOf<Data>(this)
      this.#session = session
      this.#state = state
    }
    return this.#session
  }

  get #cookie(): string | undefined {
    const value = readCookie(this.#request.cookie, this.#context.settings.name)
    return value === '' ? undefined : value
  }

  /** The state, though the app may never have asked for the session. */
  #ownState(): SessionState {
    void this.session
    if (this.#state === undefined) throw new Error('unreachable')
    return this.#state
  }

  read(): LoadedSession {
    const value = this.#cookie
    if (value === undefined) return this.#fresh()
    if (this.#context.store === undefined) return this.#open(value) ?? this.#fresh()
    if (this.#record !== undefined) return this.#record
    throw new Error('session: with a store, load() is to be awaited before the session is used')
  }

  noteChange(): void {
    if (!this.#isFinished) return
    this.#context.teller.warn(
      'late-change',
      'it changed after the header section had left, so the change is lost; change it before the first byte is sent',
    )
  }

  expiresAt(state: SessionState): number {
    const { lifetime, absoluteLifetime } = this.#context.settings
    const { isNew, signedAt } = state.loaded
    const end = (isNew || state.isModified ? this.#now : signedAt) + lifetime
    return absoluteLifetime === undefined
      ? end
      : Math.min(end, this.#startOf(state) + absoluteLifetime)
  }

  async load(): Promise<void> {
    const { store, settings, teller } = this.#context
    const value = this.#cookie
    if (store === undefined || value === undefined || this.#record !== undefined) return
    this.#record = this.#fresh()
    const signed = this.#open(value)
    const id = signed?.values.get('id')
    if (signed === undefined || typeof id !== 'string') return
    this.#id = id
    let text: string | undefined
    try {
      text = await store.get(id)
    } catch (error) {
      // The user's own session may be well; a new one in its place would log them out.
      this.#isWithheld = true
      teller.tell('store-failure', 'it could not be loaded', error)
      if (settings.onStoreError === 'refuse') throw unavailable(error, settings.storeTimeout)
      return
    }
    if (text === undefined) {
      teller.tell('unknown-id', 'the store has no such session')
      return
    }
    try {
      this.#record = this.#judge(readSession(text), signed.signedAt) ?? this.#record
    } catch {
      teller.warn('undecodable', 'what the store keeps of it is no session')
    }
  }

  save(answer: SessionAnswer): Promise<void> {
    const { store } = this.#context
    // What changes after the header section has left is lost, since its cookie is.
    const isLate = this.#isFinished && this.#told !== undefined
    if (store === undefined || isLate) return this.#saving
    const { told, tell } = this.#news(store, answer)
    if (told === this.#told) return this.#saving
    this.#told = told
    const saving = this.#saving.then(tell)
    // Who awaits it first is told of a failure; the answer to that need not fail again.
    this.#saving = saving.catch(() => undefined)
    return saving
  }

  /** What the store is to be told, and how. */
  #news(store: TimedStore, answer: SessionAnswer): News {
    try {
      const plan = this.#plan(answer)
      if (plan === 'nothing') return { told: this.#told, tell: async () => undefined }
      const state = this.#ownState()
      const id = this.#idOf(state)
      const text = plan === 'send' ? formatSession(this.#textsOf(state)) : ''
      return { told: `${plan} ${id} ${text}`, tell: () => this.#tell(store, plan, id, text) }
    } catch (error) {
      return { told: 'nothing that can be kept', tell: () => Promise.reject(error) }
    }
  }

  async #tell(store: TimedStore, plan: Plan, id: string, text: string): Promise<void> {
    const { settings, teller } = this.#context
    if (plan === 'send' && this.#isWithheld) {
      teller.tell('store-failure', 'it is not kept, since the store failed before')
      return
    }
    try {
      if (plan === 'send') {
        // Who ended it while this request was under way has the last word.
        if (id === this.#id && (await store.get(id)) === undefined) {
          this.#isWithheld = true
          teller.tell('unknown-id', 'the store has it no more, so it is not kept')
          return
        }
        const ttl = Math.min(settings.lifetime, this.#endOf(this.#ownState()) - this.#now)
        await store.set(id, text, ttl)
      }
      const before = this.#keptId ?? this.#id
      this.#keptId = plan === 'send' ? id : undefined
      if (before !== undefined && before !== this.#keptId) await store.delete(before)
    } catch (error) {
      if (plan === 'send') this.#isWithheld = true
      teller.tell('store-failure', 'it could not be saved', error)
      if (settings.onStoreError === 'refuse') throw unavailable(error, settings.storeTimeout)
    }
  }

  finish(answer: SessionAnswer): SessionFields {
    try {
      return this.#finish(answer)
    } catch (error) {
      this.#hasFailed = true
      throw error
    }
  }

  #finish(answer: SessionAnswer): SessionFields {
    const { settings } = this.#context
    const plan = this.#hasFailed ? 'nothing' : this.#plan(answer)
    const vary = plan !== 'nothing' || this.#state?.isAccessed === true
    const setCookie = this.#write(plan)
    this.#isFinished = true
    if (!vary) return nothing
    return {
      setCookie,
      vary,
      cacheControl: settings.flaskDefaults ? undefined : restrictCaching(answer.cacheControl),
    }
  }

  /** What a cookie says, `undefined` where it is of no use. */
  #open(value: string): LoadedSession | undefined {
    const { reader, teller } = this.#context
    const opened = reader.read(value, this.#now)
    if (opened.status === 'bad') {
      teller.tell('bad-cookie', opened.reason)
      return undefined
    }
    if (opened.status === 'undecodable') {
      teller.warn('undecodable', `a cookie with a good signature cannot be read: ${opened.reason}`)
      return undefined
    }
    this.#isCurrentKey = opened.isCurrentKey
    return this.#judge({ texts: opened.entries, values: opened.values }, opened.signedAt)
  }

  #judge(
    { texts, values }: Pick<LoadedSession, 'texts' | 'values'>,
    signedAt: number,
  ): LoadedSession | undefined {
    const { absoluteLifetime } = this.#context.settings
    const started = values.get(startedKey)
    const startedAt = typeof started === 'number' && started >= 0 ? started : signedAt
    if (absoluteLifetime !== undefined && this.#now - startedAt >= absoluteLifetime) {
      this.#context.teller.tell('too-old', 'it is older than absoluteLifetime')
      return undefined
    }
    return { texts, values, isNew: false, signedAt, startedAt }
  }

  #fresh(): LoadedSession {
    const now = this.#now
    return { texts: none, values: none, isNew: true, signedAt: now, startedAt: now }
  }

  #plan(answer: SessionAnswer): Plan {
    const { flaskDefaults, refresh, resign } = this.#context.settings
    if (this.#state?.isAccessed !== true) {
      // Flask refreshes permanent sessions that nobody looked at.
      if (!flaskDefaults || !refresh || this.#cookie === undefined) return 'nothing'
    }
    const state = this.#ownState()
    if (state.isModified) return state.isEmpty ? 'remove' : 'send'
    if (state.isEmpty || state.loaded.isNew) return 'nothing'
    const isDue = (refresh && state.isPermanent) || (resign && !this.#isCurrentKey)
    if (!isDue) return 'nothing'
    const isShared = answer.isStatic === true || isForSharedCaches(answer.cacheControl)
    return flaskDefaults || !isShared ? 'send' : 'nothing'
  }

  #write(plan: Plan): string[] {
    if (plan === 'nothing') return []
    const { settings, codec, setCookie, store, isProduction } = this.#context
    const secure = settings.secure === 'auto' ? this.#request.isSecure : settings.secure
    if (plan === 'remove') return [setCookie.remove(secure)]
    if (this.#isWithheld) return []
    const state = this.#ownState()
    const texts = this.#textsOf(state)
    let value: string
    try {
      value = codec.seal(
        store === undefined ? formatSession(texts) : `{"id":"${this.#idOf(state)}"}`,
        this.#now,
      )
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#isWithheld = true
      tellSize(this.#context, error.message, texts, true)
      return []
    }
    const expires = state.isPermanent ? this.#endOf(state) : undefined
    const line = setCookie.write(value, secure, expires)
    const doubt = doubtSize(this.#context, value, line)
    if (doubt !== undefined) {
      this.#isWithheld = !isProduction && !settings.flaskDefaults
      tellSize(this.#context, doubt, texts, false)
    }
    if (!this.#request.isSecure) tellInsecurity(this.#context)
    return [line]
  }

  #textsOf(state: SessionState): Map<string, string> {
    const texts = state.texts()
    if (this.#context.settings.absoluteLifetime !== undefined) {
      texts.set(startedKey, String(Math.floor(this.#startOf(state))))
    }
    return texts
  }

  #startOf(state: SessionState): number {
    return state.isRegenerated ? this.#now : state.loaded.startedAt
  }

  /** When the cookie, and the record, of a session saved now end. */
  #endOf(state: SessionState): number {
    const { lifetime, absoluteLifetime, flaskDefaults } = this.#context.settings
    return Math.min(
      this.#now + (flaskDefaults ? lifetime : Math.min(lifetime, longestLifetime)),
      absoluteLifetime === undefined
        ? Number.POSITIVE_INFINITY
        : this.#startOf(state) + absoluteLifetime,
    )
  }

  /** A new session never takes over an id that a client came with. */
  #idOf(state: SessionState): string {
    if (this.#id !== undefined && !state.isRegenerated && !state.loaded.isNew) return this.#id
    this.#nextId ??= newId()
    return this.#nextId
  }
}
