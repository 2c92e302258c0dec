import diagnosticsChannel from 'node:diagnostics_channel'

/** What happened to a session that its user did not ask for, as {@link sessionChannel} carries it. */
export interface SessionEvent {
  /**
   * - `bad-cookie`: tampered with, expired, of another key, garbage; the session is empty.
   * - `undecodable`: well signed, and yet unreadable; the session is empty.
   * - `too-old`: over `absoluteLifetime`; the session is empty.
   * - `unknown-id`: the store has no such session (any more); the session is empty.
   * - `store-failure`: the store failed, or took too long.
   * - `oversize`: the cookie is larger than browsers may keep.
   * - `insecure`: a cookie that a browser may drop, or anyone may read, since the request was no https.
   * - `late-change`: the session changed after the header section had left; the change is lost.
   */
  readonly type:
    | 'bad-cookie'
    | 'undecodable'
    | 'too-old'
    | 'unknown-id'
    | 'store-failure'
    | 'oversize'
    | 'insecure'
    | 'late-change'
  /** The name of the cookie. Its value is never told. */
  readonly cookie: string
  /** What exactly, in words. */
  readonly reason: string
  /** What the store threw. */
  readonly error?: unknown
}

/** The name of the `node:diagnostics_channel` on which every {@link SessionEvent} is published. */
export const sessionChannel = 'http-semantics:session'

const channel = diagnosticsChannel.channel(sessionChannel)

/** Tells what happened: always on the channel; where it is said so, in a process warning, once. */
export class Teller {
  readonly #cookie: string
  readonly #warned = new Set<string>()

  /** @param cookie - The name of the cookie. */
  constructor(cookie: string) {
    this.#cookie = cookie
  }

  /** Publishes an event. */
  tell(type: SessionEvent['type'], reason: string, error?: unknown): void {
    if (!channel.hasSubscribers) return
    const event = { type, cookie: this.#cookie, reason }
    channel.publish(error === undefined ? event : { ...event, error })
  }

  /** Publishes an event, and the first of its type warns. */
  warn(type: SessionEvent['type'], reason: string): void {
    this.tell(type, reason)
    if (this.#warned.has(type)) return
    this.#warned.add(type)
    warn(`session '${this.#cookie}': ${reason}`, type)
  }
}

/** Emits a process warning of the kind that all of these packages emit. */
export function warn(message: string, code: string): void {
  process.emitWarning(message, { type: 'HttpSemanticsWarning', code: `session-${code}` })
}
