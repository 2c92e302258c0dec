/**
 * A Python tuple: an array in all but name, which Flask gets back as a tuple. Make one with
 * `Tuple.of` or `Tuple.from`; what `map`, `slice` and the like return is a plain array, a list.
 *
 * @example
 * ```ts
 * import { encodeValue, Tuple } from '@http-semantics/session'
 *
 * encodeValue(Tuple.of('error', 'Try again')) // => '{" t":["error","Try again"]}'
 * encodeValue(['error', 'Try again']) // => '["error","Try again"]'
 * ```
 */
export class Tuple<T = unknown> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  static override of<Items extends unknown[]>(...items: Items): Tuple<Items[number]>
  static override of<T>(...items: T[]): Tuple<T>
  static override of(...items: unknown[]): Tuple {
    return Tuple.from(items)
  }

  static override from<T>(items: Iterable<T> | ArrayLike<T>): Tuple<T> {
    const tuple = new Tuple<T>()
    for (const item of Array.from(items)) tuple.push(item)
    return tuple
  }
}

/**
 * A number that Python knows as a float though it is whole: `1.0`, where `1` is an int. JavaScript
 * has one kind of number, so whole floats are read as this; it computes like the number it holds.
 * Floats with a fraction, those beyond ±(2⁵³ − 1), `-0.0`, NaN and ±Infinity are plain numbers:
 * no int is written like them.
 *
 * @example
 * ```ts
 * import { decodeValue, encodeValue, Float } from '@http-semantics/session'
 *
 * encodeValue(new Float(3)) // => '3.0'
 * encodeValue(3) // => '3'
 * Number(decodeValue('3.0')) // => 3
 * ```
 */
export class Float {
  readonly value: number

  constructor(value: number) {
    if (typeof value !== 'number') throw new TypeError('Float: the value must be a number')
    this.value = value
  }

  valueOf(): number {
    return this.value
  }

  toString(): string {
    return String(this.value)
  }

  toJSON(): number {
    return this.value
  }
}

/** A text that is HTML already, which templates of Flask do not escape again: MarkupSafe's `Markup`. */
export class Markup {
  readonly html: string

  constructor(html: string) {
    if (typeof html !== 'string') throw new TypeError('Markup: the HTML must be a string')
    this.html = html
  }

  toString(): string {
    return this.html
  }

  toJSON(): string {
    return this.html
  }
}

/**
 * A UUID ([RFC 9562](https://www.rfc-editor.org/rfc/rfc9562.html)), which Flask gets as `uuid.UUID`.
 *
 * @example
 * ```ts
 * import { encodeValue, Uuid } from '@http-semantics/session'
 *
 * const id = new Uuid('12345678-1234-5678-1234-567812345678')
 * encodeValue(id) // => '{" u":"12345678123456781234567812345678"}'
 * String(id) // => '12345678-1234-5678-1234-567812345678'
 * ```
 */
export class Uuid {
  /** The 32 hexadecimal digits, in small letters. */
  readonly hex: string

  /**
   * @param text - 32 hexadecimal digits, with hyphens, braces and `urn:uuid:` as you like.
   * @throws TypeError for anything else.
   */
  constructor(text: string) {
    const hex = typeof text === 'string' ? text.replaceAll(/^urn:|uuid:|^\{|\}$|-/g, '') : ''
    if (!/^[\da-f]{32}$/i.test(hex)) throw new TypeError(`Uuid: '${text}' is no UUID`)
    this.hex = hex.toLowerCase()
  }

  toString(): string {
    return this.hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }

  toJSON(): string {
    return this.toString()
  }
}
