import type { Bad, CookieCodec, UndecodableReason } from './codec.ts'
import { Recent } from './recent.ts'
import { decodeValues } from './tagged-json.ts'

/** What a cookie says. Several requests share it, so nothing in it is to be changed. */
export interface CookieContent {
  readonly status: 'ok'
  /** The JSON text of each key, as it was read. */
  readonly texts: ReadonlyMap<string, string>
  /** The value of each key, as `decodeValue` makes it of the text. */
  readonly values: ReadonlyMap<string, unknown>
  /** When the cookie was signed, in seconds since 1970. */
  readonly signedAt: number
  /** Whether it was made with the newest key. */
  readonly isCurrentKey: boolean
}

/** Why there is nothing in a cookie for us. */
export type Unread =
  | Bad
  | { readonly status: 'undecodable'; readonly reason: UndecodableReason | 'value' }

/** How many cookies are remembered, at least; a browser comes with the same one again and again. */
const mostRemembered = 500
/** How many characters a cookie and what is in it may have: longer ones are not worth the memory. */
const longestRemembered = 8192

/**
 * Reads the cookies of a codec. What it finds in a good one it remembers, so that the next request with
 * the very same text needs no check of its signature: that takes longer than the rest of a session. Only
 * who has a key can put anything there, and how old a cookie is, is looked at each time.
 */
export class CookieReader {
  readonly #codec: CookieCodec
  readonly #recent = new Recent<CookieContent>(mostRemembered)

  constructor(codec: CookieCodec) {
    this.#codec = codec
  }

  /**
   * @param value - As it stands in the `Cookie` field, without quotes.
   * @param now - Seconds since 1970.
   */
  read(value: string, now: number): CookieContent | Unread {
    const known = this.#recent.get(value)
    if (known !== undefined) return this.#codec.untimely(known.signedAt, now) ?? known
    const opened = this.#codec.open(value, now)
    if (opened.status !== 'ok') return opened
    const { entries: texts, signedAt, isCurrentKey } = opened
    let values: ReadonlyMap<string, unknown>
    try {
      values = decodeValues(texts)
    } catch {
      return { status: 'undecodable', reason: 'value' }
    }
    const content: CookieContent = { status: 'ok', texts, values, signedAt, isCurrentKey }
    if (lengthOf(value, texts) <= longestRemembered) this.#recent.set(value, content)
    return content
  }
}

function lengthOf(value: string, texts: ReadonlyMap<string, string>): number {
  let length = value.length
  for (const [key, text] of texts) length += key.length + text.length
  return length
}
