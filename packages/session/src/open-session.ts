import type { Session } from './session.ts'

/** What is looked at of a request. */
export interface SessionRequest {
  /** Its `Cookie` field. */
  readonly cookie: string | undefined
  /** Whether it came over https, by what the app trusts. */
  readonly isSecure: boolean
  /** Seconds since 1970. Default: the clock. */
  readonly now?: number
}

/** What is looked at of an answer. */
export interface SessionAnswer {
  /** Its `Cache-Control` field so far. */
  readonly cacheControl: string | undefined
  /** Whether it is a static file, which refreshes no session. Default: false. */
  readonly isStatic?: boolean
}

/** What an answer must say. */
export interface SessionFields {
  /** To be added to the `Set-Cookie` fields: none, or one. */
  readonly setCookie: readonly string[]
  /** Whether `Cookie` is to be in `Vary`. */
  readonly vary: boolean
  /** The new `Cache-Control` field; `undefined` where it stays as it is. */
  readonly cacheControl: string | undefined
}

/** The session of one request. */
export interface OpenSession<Data extends object = Record<string, unknown>> {
  readonly session: Session<Data>
  /**
   * With a store, to be awaited before the app sees the session; otherwise there is nothing to do.
   *
   * @throws Error with `status` 503 where the store fails, unless `onStoreError` is `'empty'`.
   */
  load(): Promise<void>
  /**
   * With a store, to be awaited before {@link OpenSession.finish}; otherwise there is nothing to do.
   * Where the header section cannot wait, it may come after that. Doing it again tells the store what
   * changed meanwhile.
   *
   * @throws Error with `status` 503 where the store fails, unless `onStoreError` is `'empty'`.
   */
  save(answer: SessionAnswer): Promise<void>
  /**
   * What the answer must say, error answers too: to be called as the header section is about to leave,
   * once more if another answer takes its place.
   *
   * @throws Error with `status` 500 for a cookie that is too large, outside production; TypeError for
   * what no session can hold, put where it was not seen at once. The next call leaves the cookie out.
   */
  finish(answer: SessionAnswer): SessionFields
}
