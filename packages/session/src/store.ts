import { randomBytes } from 'node:crypto'

/**
 * Where sessions are kept on the server. A [`Keyv`](https://keyv.org) is one, with any of its adapters, made with
 * `throwOnErrors: true`: otherwise a failure looks like a session that is not there. The values are texts.
 */
export interface SessionStore {
  get(id: string): unknown
  /** @param ttl - Milliseconds after which the record may go. */
  set(id: string, value: string, ttl: number): unknown
  delete(id: string): unknown
}

/** Stores that emit `error`, as Keyv's do instead of throwing. */
interface Emitter {
  on(event: 'error', listener: (error: unknown) => void): unknown
}

const emits = (store: object): store is Emitter =>
  typeof (store as Partial<Emitter>).on === 'function'

/**
 * A store that always answers: it rejects where the store throws, emits `error` meanwhile, says `false`
 * to a `set`, or takes too long.
 */
export class TimedStore {
  readonly #store: SessionStore
  readonly #timeout: number
  #lastError: unknown
  #failures = 0

  /** @param timeout - Seconds. */
  constructor(store: SessionStore, timeout: number) {
    this.#store = store
    this.#timeout = timeout * 1000
    // Without a listener, an `error` that nobody asked for would end the process.
    if (emits(store)) {
      store.on('error', (error) => {
        this.#lastError = error
        this.#failures++
      })
    }
  }

  /** The text kept for an id, `undefined` where there is none. */
  async get(id: string): Promise<string | undefined> {
    const value = await this.#run('get', () => this.#store.get(id))
    return typeof value === 'string' ? value : undefined
  }

  /** @param ttl - Seconds. */
  async set(id: string, value: string, ttl: number): Promise<void> {
    // To a Keyv, 0 would be for ever.
    const done = await this.#run('set', () =>
      this.#store.set(id, value, Math.max(1, Math.ceil(ttl * 1000))),
    )
    if (done === false) throw new Error('the store did not keep the session')
  }

  async delete(id: string): Promise<void> {
    await this.#run('delete', () => this.#store.delete(id))
  }

  async #run(what: string, operation: () => unknown): Promise<unknown> {
    const failures = this.#failures
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`the store did not answer ${what} within ${this.#timeout} ms`)),
        this.#timeout,
      )
    })
    try {
      const value = await Promise.race([(async () => operation())(), late])
      if ((value === undefined || value === false) && this.#failures !== failures) {
        throw this.#lastError
      }
      return value
    } finally {
      clearTimeout(timer)
    }
  }
}

/** A new id: 192 random bits, so that nobody finds one by trying. */
export const newId = (): string => randomBytes(24).toString('base64url')

/**
 * An error as `http-errors` makes them: 503, whose message clients may read.
 *
 * @param timeout - Seconds that a store may take; a client had better wait as long.
 */
export function unavailable(cause: unknown, timeout: number): Error {
  return Object.assign(new Error('The session store is unavailable', { cause }), {
    status: 503,
    statusCode: 503,
    expose: true,
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(timeout))) },
  })
}
