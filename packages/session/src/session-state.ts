import { inspect } from 'node:util'
import { decodeValue, encodeValue } from './tagged-json.ts'
import { Tuple } from './values.ts'

/** A message for the next page: Flask's `get_flashed_messages(with_categories=True)`. */
export interface FlashMessage {
  readonly category: string
  readonly message: unknown
}

/** What a session is read from. */
export interface LoadedSession {
  /** The JSON text of each key, as it was read. */
  readonly texts: ReadonlyMap<string, string>
  /** The value of each key, or {@link inText}. Other requests have the same ones: no object is handed out. */
  readonly values: ReadonlyMap<string, unknown>
  readonly isNew: boolean
  /** When the cookie was signed, in seconds since 1970. */
  readonly signedAt: number
  /** When the session began, in seconds since 1970. */
  readonly startedAt: number
}

/** What a session needs of the one who keeps it. */
export interface SessionKeeper {
  /** Called once, when the session is first touched. */
  read(): LoadedSession
  /** Called at each change. */
  noteChange(): void
  /** See {@link SessionControls.expiresAt}; in seconds. */
  expiresAt(session: SessionState): number
}

/** Flask's keys for what is more than data, and ours for when the session began. */
const permanentKey = '_permanent'
const flashesKey = '_flashes'
export const startedKey = '_started'

/** The values of a session and what was done to them. Nothing is read before it is needed. */
export class SessionState {
  readonly #keeper: SessionKeeper
  #loaded: LoadedSession | undefined
  /** The values once the app may have changed one of them. */
  #own: Map<string, unknown> | undefined
  /** The keys whose value is an object that somebody got, who may change it. */
  #lent: Set<string> | undefined
  #isChanged = false
  isAccessed = false
  /** Whether the session is to get a new id, and a new start. */
  isRegenerated = false

  constructor(keeper: SessionKeeper) {
    this.#keeper = keeper
  }

  /** What was read; it is read now if it was not. */
  get loaded(): LoadedSession {
    this.#loaded ??= this.#keeper.read()
    return this.#loaded
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined
  }

  /** The values, for whoever looks at them on behalf of the app. */
  get #values(): ReadonlyMap<string, unknown> {
    this.isAccessed = true
    return this.#current
  }

  /** The values as they are, for whoever answers. */
  get #current(): ReadonlyMap<string, unknown> {
    return this.#own ?? this.loaded.values
  }

  /** The values, for the app to change. */
  get #ownValues(): Map<string, unknown> {
    this.isAccessed = true
    this.#own ??= copyOf(this.loaded)
    return this.#own
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  get(key: string): unknown {
    const value = this.#values.get(key)
    if (!mayChange(value)) return value
    this.#lend(key)
    return this.#ownValues.get(key)
  }

  #lend(key: string): void {
    this.#lent ??= new Set()
    this.#lent.add(key)
  }

  keys(): string[] {
    return [...this.#values.keys()]
  }

  /** @throws TypeError for a value that no session can hold. */
  set(key: string, value: unknown): void {
    if (value === undefined) {
      this.delete(key)
      return
    }
    // What cannot be kept is told here, where the mistake is, and not when the answer leaves.
    encodeValue(value, `session.${key}`)
    this.#ownValues.set(key, value)
    this.#lend(key)
    this.change()
  }

  delete(key: string): void {
    if (this.has(key) && this.#ownValues.delete(key)) this.change()
  }

  clear(): void {
    this.#ownValues.clear()
    this.change()
  }

  /** Notes a change, so that the session is saved. */
  change(): void {
    this.isAccessed = true
    this.#isChanged = true
    this.#keeper.noteChange()
  }

  /** New contents are as good as a new session: it gets a new start, and in a store a new id. */
  regenerate(): void {
    this.isRegenerated = true
    this.change()
  }

  get isModified(): boolean {
    if (this.#isChanged) return true
    if (this.#lent === undefined) return false
    for (const key of this.#lent) {
      const text = this.loaded.texts.get(key)
      if (text !== undefined && this.#textOf(key, this.#own?.get(key)) !== text) return true
    }
    return false
  }

  get isPermanent(): boolean {
    return Boolean(this.#current.get(permanentKey))
  }

  /** Whether there is anything for the app in it. */
  get isEmpty(): boolean {
    const values = this.#current
    return values.size === 0 || (values.size === 1 && values.has(startedKey))
  }

  get expiresAt(): Date {
    this.isAccessed = true
    return new Date(this.#keeper.expiresAt(this) * 1000)
  }

  flash(message: unknown, category: string): void {
    const messages = this.get(flashesKey)
    const earlier: readonly unknown[] = Array.isArray(messages) ? messages : []
    this.set(flashesKey, [...earlier, Tuple.of<unknown>(category, message)])
  }

  takeFlash(category: string | undefined): FlashMessage[] {
    const messages = this.get(flashesKey)
    const all: readonly unknown[] = Array.isArray(messages) ? messages : []
    const read = all.flatMap((one) =>
      Array.isArray(one) ? [{ category: String(one[0]), message: one[1] as unknown }] : [],
    )
    if (category === undefined) {
      this.delete(flashesKey)
      return read
    }
    const [taken, left] = [true, false].map((wanted) =>
      read.filter((one) => (one.category === category) === wanted),
    )
    if (left === undefined || left.length === 0) this.delete(flashesKey)
    else if (left.length < read.length) {
      this.set(
        flashesKey,
        left.map((one) => Tuple.of<unknown>(one.category, one.message)),
      )
    }
    return taken ?? []
  }

  /** The JSON text of each key: what was not changed has the text it had. */
  texts(): Map<string, string> {
    const texts = new Map<string, string>()
    for (const [key, value] of this.#current) texts.set(key, this.#textOf(key, value))
    return texts
  }

  #textOf(key: string, value: unknown): string {
    const before = this.loaded.texts.get(key)
    if (before !== undefined && this.#lent?.has(key) !== true) return before
    const text = encodeValue(value, `session.${key}`)
    if (before === undefined || before === text) return text
    // Another spelling of the same value is no change.
    return encodeValue(decodeValue(before)) === text ? before : text
  }
}

/** Stands for an object that is to be made of its text. */
export const inText: unique symbol = Symbol('inText')

/** Whether a value is an object, which whoever has it can change. */
export const mayChange = (value: unknown): boolean =>
  value === inText || (typeof value === 'object' && value !== null)

/** The values of a session in a map of its own, with objects of its own. */
const copyOf = ({ texts, values }: LoadedSession): Map<string, unknown> =>
  new Map(
    Array.from(texts, ([key, text]) => {
      const value = values.get(key)
      return [key, mayChange(value) ? decodeValue(text) : value]
    }),
  )

// What console.log shows; `this` is the session as the app has it.
Object.defineProperty(SessionState.prototype, inspect.custom, {
  value(this: object) {
    return { ...this }
  },
})
