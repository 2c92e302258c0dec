import { show } from '@http-semantics/options'
import { SessionState, type FlashMessage, type SessionKeeper } from './session-state.ts'

/**
 * A user's session: an object of the app's own type, whose keys are read and set like those of any
 * other, and besides, the members of {@link SessionControls}, which are no keys of it.
 *
 * `Object.keys`, `in`, `delete`, spread and `JSON.stringify` see the keys alone. Setting a key to
 * `undefined` deletes it. Values may be whatever JSON knows, and bytes, dates, bigints, `Tuple`,
 * `Markup`, `Uuid` and `Float`; anything else is a TypeError at once.
 *
 * @template Data - The app's keys and their types. Any may be missing.
 */
export type Session<Data extends object = Record<string, unknown>> = SessionControls<Data> &
  Partial<Omit<Data, keyof SessionControls<Data>>>

/**
 * What a session can besides holding keys. Setting a key by one of these names is a TypeError; where
 * Flask has such a key, it is in {@link SessionControls.data}.
 */
export interface SessionControls<Data extends object = Record<string, unknown>> {
  /** The keys alone: the same session, in which even `clear` or `permanent` may be a key. */
  readonly data: Partial<Data>
  /** Whether the cookie outlives the browser's session: Flask's key `_permanent`. */
  permanent: boolean
  /** Whether the request came without a valid session. */
  readonly isNew: boolean
  /** Whether the session was looked at or changed. */
  readonly accessed: boolean
  /** Whether the session changed, nested changes included. Setting it to true saves it in any case. */
  get modified(): boolean
  set modified(value: true)
  /** When the session ends unless it is refreshed. Browsers may forget it earlier. */
  readonly expiresAt: Date
  /** Removes all keys, and so the cookie. */
  clear(): void
  /**
   * To be called when somebody logs in or out: keeps the keys, but gives the session a new start
   * (`absoluteLifetime`) and, in a store, a new id; the old one is gone.
   */
  regenerate(): void
  /** Ends the session: {@link SessionControls.clear} and {@link SessionControls.regenerate}. */
  destroy(): void
  /** Leaves a message for the next page, as Flask's `flash`. Default category: `'message'`. */
  flash(message: unknown, category?: string): void
  /** Takes the messages out, oldest first: all of them, or those of a category. */
  takeFlash(category?: string): FlashMessage[]
}

type Control = keyof SessionControls

const controls: { readonly [Name in Control]: (state: SessionState) => unknown } = {
  data: (state) => dataOf(state),
  permanent: (state) => {
    state.isAccessed = true
    return state.isPermanent
  },
  isNew: (state) => {
    state.isAccessed = true
    return state.loaded.isNew
  },
  accessed: (state) => state.isAccessed,
  modified: (state) => state.isModified,
  expiresAt: (state) => state.expiresAt,
  clear: (state) => () => state.clear(),
  regenerate: (state) => () => state.regenerate(),
  destroy: (state) => () => {
    state.clear()
    state.regenerate()
  },
  flash: (state) => flash(state),
  takeFlash: (state) => (category?: string) => state.takeFlash(category),
}

const flash =
  (state: SessionState): SessionControls['flash'] =>
  (message, category = 'message') =>
    state.flash(message, category)

const isControl = (key: PropertyKey): key is Control => Object.hasOwn(controls, key)

/** What every object has, `toString` and the like, where no key has that name. */
const inherited = (key: string): unknown =>
  key === '__proto__' ? undefined : Reflect.get(Object.prototype, key)

/** The keys of a session as an object. The target has no properties, so no invariant binds us. */
const dataHandler: ProxyHandler<SessionState> = {
  get(state, key) {
    if (typeof key === 'symbol') return undefined
    return state.get(key) ?? (state.has(key) ? null : inherited(key))
  },
  has: (state, key) => typeof key === 'string' && state.has(key),
  set(state, key, value) {
    if (typeof key === 'symbol') return false
    state.set(key, value)
    return true
  },
  deleteProperty(state, key) {
    if (typeof key === 'string') state.delete(key)
    return true
  },
  ownKeys: (state) => state.keys(),
  getOwnPropertyDescriptor(state, key) {
    if (typeof key === 'symbol' || !state.has(key)) return undefined
    return { value: state.get(key), writable: true, enumerable: true, configurable: true }
  },
  defineProperty(state, key, descriptor) {
    if (typeof key === 'symbol' || !('value' in descriptor)) return false
    state.set(key, descriptor.value)
    return true
  },
  getPrototypeOf: () => Object.prototype,
  setPrototypeOf: () => false,
  preventExtensions: () => false,
}

/** The same, but for the names of the controls. */
const sessionHandler: ProxyHandler<SessionState> = {
  ...dataHandler,
  get: (state, key, receiver): unknown =>
    isControl(key) ? controls[key](state) : dataHandler.get?.(state, key, receiver),
  set(state, key, value, receiver) {
    if (!isControl(key)) return dataHandler.set?.(state, key, value, receiver) ?? false
    setControl(state, key, value)
    return true
  },
  has: (state, key) => typeof key === 'string' && !isControl(key) && state.has(key),
  deleteProperty(state, key) {
    if (isControl(key)) throw new TypeError(ownName(key, 'deleted'))
    return dataHandler.deleteProperty?.(state, key) ?? false
  },
  ownKeys: (state) => state.keys().filter((key) => !isControl(key)),
  getOwnPropertyDescriptor: (state, key) =>
    isControl(key) ? undefined : dataHandler.getOwnPropertyDescriptor?.(state, key),
  defineProperty(state, key, descriptor) {
    if (isControl(key)) throw new TypeError(ownName(key, 'defined'))
    return dataHandler.defineProperty?.(state, key, descriptor) ?? false
  },
}

function setControl(state: SessionState, key: Control, value: unknown): void {
  if (key === 'permanent') {
    if (typeof value !== 'boolean') {
      throw new TypeError(`session.permanent must be true or false, got ${show(value)}`)
    }
    state.set('_permanent', value)
  } else if (key === 'modified' && value === true) state.change()
  else throw new TypeError(ownName(key, 'set'))
}

const ownName = (key: Control, what: string): string =>
  `session.${key} belongs to the session and cannot be ${what}; a key of that name is session.data.${key}`

/** The object that an app gets for a session. */
export const sessionOf = <Data extends object>(
  keeper: SessionKeeper,
): [Session<Data>, SessionState] => {
  const state = new SessionState(keeper)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the handler makes it one
  return [new Proxy(state, sessionHandler) as unknown as Session<Data>, state]
}

const dataOf = (state: SessionState): object => new Proxy(state, dataHandler)
