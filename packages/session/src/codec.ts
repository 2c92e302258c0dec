import { isUtf8 } from 'node:buffer'
import { deflateSync, inflateSync } from 'node:zlib'
import { CookieCipher } from './cipher.ts'
import { formatTimestamp, parseTimestamp, Signer, type SignerOptions } from './signer.ts'
import { readSession } from './tagged-json.ts'

/** What a {@link CookieCodec} is made of. */
export interface CodecOptions extends SignerOptions {
  /** How old a cookie may be, in whole seconds. Flask's `PERMANENT_SESSION_LIFETIME`. */
  readonly maxAge: number
  /**
   * How far the clocks of hosts may differ, in whole seconds. A cookie is good that is signed so much
   * in the future, and ours are signed so much in the past, but for no more than a tenth of
   * `maxAge`: Flask refuses a cookie from one second in the future on. Default: 5.
   */
  readonly clockSkew?: number | undefined
  /** Whether cookies are encrypted, which Flask cannot read. Signed ones are still read. Default: false. */
  readonly encrypt?: boolean | undefined
  /**
   * Compresses bytes to a zlib stream ([RFC 1950](https://www.rfc-editor.org/rfc/rfc1950.html)).
   * Default: that of Node, which Flask reads; its bytes differ from those that Flask writes. `deflate`
   * of the package `pako` writes the same ones.
   */
  readonly deflate?: ((bytes: Uint8Array) => Uint8Array) | undefined
  /** How many bytes the JSON text of a session may have. Default: 1 MiB. */
  readonly maxContentSize?: number | undefined
}

/** Why a cookie is not taken for one of ours. */
export type BadReason = 'form' | 'signature' | 'expired' | 'future' | 'too-long'

/** Why a cookie is of no use though somebody signed it who has a key. */
export type UndecodableReason = 'zlib' | 'too-large' | 'utf-8' | 'json'

/** A cookie that is not one of ours, or no longer good. */
export interface Bad {
  readonly status: 'bad'
  readonly reason: BadReason
}

/** What {@link CookieCodec.open} makes of a cookie. */
export type Opened =
  | {
      readonly status: 'ok'
      /** The JSON text of each key's value, for `decodeValue`. */
      readonly entries: ReadonlyMap<string, string>
      /** The value of each key, as `decodeValue` makes it of the text. */
      readonly values: ReadonlyMap<string, unknown>
      /** When it was signed, in seconds since 1970, as its signer tells. */
      readonly signedAt: number
      /** Whether it was made with the newest key, and encrypted as `seal` would do it or not. */
      readonly isCurrentKey: boolean
    }
  | Bad
  | { readonly status: 'undecodable'; readonly reason: UndecodableReason }

/** How many characters a cookie may have. Browsers keep 4,096 bytes, Node takes 16 KiB of fields. */
const longest = 65_536

/**
 * Makes the value of a session cookie and reads it, in the format of Flask: what the
 * `URLSafeTimedSerializer` of itsdangerous does. All that can be computed before a cookie is there is
 * computed at construction.
 *
 * @example
 * ```ts
 * import { CookieCodec } from '@http-semantics/session'
 *
 * const keys = [new TextEncoder().encode('correct horse battery staple')]
 * const codec = new CookieCodec({ keys, maxAge: 2_678_400, clockSkew: 0 })
 * const value = codec.seal('{"user_id":42}', 1_700_000_000)
 * value // => 'eyJ1c2VyX2lkIjo0Mn0.ZVPxAA._396fRkeMRjIedIifxUmEGeXV9I'
 * codec.open(value, 1_700_000_001).status // => 'ok'
 * codec.open(`${value}x`, 1_700_000_001) // => { status: 'bad', reason: 'signature' }
 * ```
 */
export class CookieCodec {
  readonly #signer: Signer
  readonly #cipher: CookieCipher
  readonly #encrypts: boolean
  readonly #maxAge: number
  readonly #skew: number
  readonly #backdating: number
  readonly #maxContentSize: number
  readonly #deflate: (bytes: Uint8Array) => Uint8Array

  /** @throws TypeError without a key, for an empty one, and for numbers that are not whole. */
  constructor(options: CodecOptions) {
    const { maxAge, clockSkew = 5, encrypt = false, maxContentSize = 1_048_576 } = options
    if (!Number.isSafeInteger(maxAge)) throw new TypeError('maxAge: must be whole seconds')
    if (!Number.isSafeInteger(clockSkew) || clockSkew < 0) {
      throw new TypeError('clockSkew: must be whole seconds, 0 or more')
    }
    if (!Number.isSafeInteger(maxContentSize) || maxContentSize < 1) {
      throw new TypeError('maxContentSize: must be whole bytes, 1 or more')
    }
    this.#signer = new Signer(options)
    this.#cipher = new CookieCipher(options)
    this.#encrypts = encrypt
    this.#maxAge = maxAge
    this.#skew = clockSkew
    this.#backdating = Math.min(clockSkew, Math.max(0, Math.floor(maxAge / 10)))
    this.#maxContentSize = maxContentSize
    this.#deflate = options.deflate ?? deflateSync
  }

  /**
   * Reads the value of a cookie.
   *
   * @param value - As it stands in the `Cookie` field, without quotes.
   * @param now - Seconds since 1970.
   * @returns What was found. Nothing is thrown, whatever the value.
   */
  open(value: string, now: number): Opened {
    if (value.length > longest) return bad('too-long')
    if (this.#cipher.recognises(value)) return this.#openEncrypted(value, now)
    const end = value.lastIndexOf('.')
    const middle = end < 1 ? -1 : value.lastIndexOf('.', end - 1)
    if (middle === -1) return bad('form')
    const key = this.#signer.find(value.slice(0, end), value.slice(end + 1))
    if (key === -1) return bad('signature')
    const signedAt = parseTimestamp(value.slice(middle + 1, end))
    if (signedAt === undefined) return bad('form')
    const untimely = this.untimely(signedAt, now)
    if (untimely !== undefined) return untimely
    const isCompressed = value.startsWith('.') && middle > 0
    const bytes = Buffer.from(value.slice(isCompressed ? 1 : 0, middle), 'base64url')
    return this.#decode(bytes, isCompressed, signedAt, key === 0 && !this.#encrypts)
  }

  /**
   * Whether a cookie is too old, or of the future: what changes with the time for one that was good.
   *
   * @param signedAt - When it was signed, in seconds since 1970.
   * @param now - Seconds since 1970.
   * @returns Why it is not to be taken, or `undefined`.
   */
  untimely(signedAt: number, now: number): Bad | undefined {
    const age = Math.floor(now) - signedAt
    if (age > this.#maxAge) return bad('expired')
    return age < -this.#skew ? bad('future') : undefined
  }

  /**
   * Makes the value of a cookie.
   *
   * @param text - The JSON text of the session, from `formatSession`.
   * @param now - Seconds since 1970.
   * @throws RangeError for a session that {@link CookieCodec.open} would not read, being too large.
   */
  seal(text: string, now: number): string {
    const bytes = Buffer.from(text)
    if (bytes.length > this.#maxContentSize) {
      throw new RangeError(
        `session: ${bytes.length} bytes of JSON are more than the limit of ${this.#maxContentSize}`,
      )
    }
    const signedAt = Math.max(0, Math.floor(now) - this.#backdating)
    const value = this.#encrypts
      ? this.#cipher.seal(bytes, signedAt)
      : this.#sign(this.#compress(bytes), signedAt)
    if (value.length > longest) {
      throw new RangeError(`session: a cookie of ${value.length} characters is never read`)
    }
    return value
  }

  #sign(payload: string, signedAt: number): string {
    const signed = `${payload}.${formatTimestamp(signedAt)}`
    return `${signed}.${this.#signer.sign(signed)}`
  }

  #compress(bytes: Buffer): string {
    const compressed = this.#deflate(bytes)
    return compressed.length < bytes.length - 1
      ? `.${toBuffer(compressed).toString('base64url')}`
      : bytes.toString('base64url')
  }

  #openEncrypted(value: string, now: number): Opened {
    const opened = this.#cipher.open(value)
    if (opened === undefined) return bad('signature')
    const { signedAt, bytes, key } = opened
    return (
      this.untimely(signedAt, now) ??
      this.#decode(bytes, false, signedAt, key === 0 && this.#encrypts)
    )
  }

  #decode(bytes: Buffer, isCompressed: boolean, signedAt: number, isCurrentKey: boolean): Opened {
    const content = isCompressed ? this.#inflate(bytes) : bytes
    if (typeof content === 'string') return undecodable(content)
    if (content.length > this.#maxContentSize) return undecodable('too-large')
    if (!isUtf8(content)) return undecodable('utf-8')
    try {
      const { texts, values } = readSession(content.toString())
      return { status: 'ok', entries: texts, values, signedAt, isCurrentKey }
    } catch {
      return undecodable('json')
    }
  }

  /** The bytes of a zlib stream, or why there are none. */
  #inflate(bytes: Buffer): Buffer | UndecodableReason {
    try {
      return inflateSync(bytes, { maxOutputLength: this.#maxContentSize })
    } catch (error) {
      const isTooLarge =
        error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      return isTooLarge ? 'too-large' : 'zlib'
    }
  }
}

const bad = (reason: BadReason): Bad => ({ status: 'bad', reason })
const undecodable = (reason: UndecodableReason): Opened => ({ status: 'undecodable', reason })

const toBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)
