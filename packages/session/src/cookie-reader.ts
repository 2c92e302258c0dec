import type { CookieCodec, Opened } from './codec.ts'
import { inText, mayChange } from './session-state.ts'

/**
 * For how many cookies there is a place; a browser comes with the same one again and again. Of two that have
 * the same place, the last is remembered.
 */
const places = 1024

/** What a cookie and its contents may weigh, in characters, of which each key takes as many more as here. */
const heaviest = 4096
const weightOfKey = 100

type Good = Extract<Opened, { status: 'ok' }>

/** For how many cookies there is a note that they came. Many come but once: each answer may bring a new one. */
const mostNoted = 4096

/** What was found in a good cookie. */
interface Known {
  readonly value: string
  readonly found: Good
}

/**
 * Reads the cookies of a codec. What it finds in a good one that comes again it remembers, so that the
 * next request with the very same text needs no check of its signature: that takes longer than the rest
 * of a session. Only who has a key can put anything there, and how old a cookie is, is looked at each time.
 */
export class CookieReader {
  readonly #codec: CookieCodec
  readonly #known = Array.from<Known | undefined>({ length: places })
  /** The ends of the good cookies that came. */
  readonly #noted = new Uint32Array(mostNoted)

  constructor(codec: CookieCodec) {
    this.#codec = codec
  }

  /**
   * @param value - As it stands in the `Cookie` field, without quotes.
   * @param now - Seconds since 1970.
   * @returns What {@link CookieCodec.open} does. Several requests share it, so nothing in it is to be changed.
   */
  read(value: string, now: number): Opened {
    const end = endOf(value)
    const comesAgain = this.#noted[end % mostNoted] === end
    const known = comesAgain ? this.#known[end % places] : undefined
    // Who gets here without a cookie that we made has guessed the end of its signature.
    if (known?.value === value)
      return this.#codec.untimely(known.found.signedAt, now) ?? known.found
    const opened = this.#codec.open(value, now)
    if (opened.status !== 'ok') return opened
    if (!comesAgain) this.#noted[end % mostNoted] = end
    else if (weightOf(value, opened.entries) <= heaviest) {
      this.#known[end % places] = { value: copyOf(value), found: keptOf(opened) }
    }
    return opened
  }
}

/**
 * The same text: one that was cut out of a longer one would keep all of that in memory. In Latin-1, as those of
 * `Cookie` fields are, it is compared faster.
 */
function copyOf(text: string): string {
  const copy = Buffer.from(text, 'latin1').toString('latin1')
  return copy === text ? copy : Buffer.from(text, 'utf16le').toString('utf16le')
}

/** A number for the end of a cookie, which is that of its signature. */
function endOf(value: string): number {
  let end = 0
  for (let index = Math.max(0, value.length - 8); index < value.length; index += 1) {
    end = Math.imul(end, 31) + value.charCodeAt(index)
  }
  return end >>> 0
}

function weightOf(value: string, texts: ReadonlyMap<string, string>): number {
  let weight = value.length
  for (const [key, text] of texts) weight += weightOfKey + key.length + text.length
  return weight
}

/** Without objects, which take many times the memory of their text, from which each session makes its own. */
const keptOf = (opened: Good): Good => ({
  ...opened,
  values: new Map(
    Array.from(opened.values, ([key, value]) => [key, mayChange(value) ? inText : value]),
  ),
})
