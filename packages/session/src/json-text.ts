/** How deep JSON may be nested to be read. Flask reads less than 500 levels. */
const deepest = 1000

/** How many digits an integer may have, as in Python (`sys.get_int_max_str_digits`). */
const mostDigits = 4300

/** What the reader makes of the parts that JSON leaves to its users. */
export interface Builder {
  /** Finishes an object. Its members are own properties of an object without a prototype. */
  dict(members: Record<string, unknown>, firstKey: string): unknown
  /** A number with a fraction or an exponent. */
  float(value: number): unknown
}

/** The members of an object by their keys. */
export interface Members {
  /** The JSON text that each was written in. */
  readonly texts: Map<string, string>
  /** What that says. */
  readonly values: Map<string, unknown>
}

/**
 * Reads JSON as Python's `json` does: whole numbers of any size, bare `NaN` and `Infinity`, the last
 * of equal keys wins, and no control character goes unescaped.
 *
 * @throws SyntaxError, from all methods.
 */
export class JsonReader {
  readonly #text: string
  readonly #builder: Builder
  #at = 0
  #depth = 0

  constructor(text: string, builder: Builder) {
    this.#text = text
    this.#builder = builder
  }

  /** The value that is the whole text. */
  document(): unknown {
    this.#skipSpace()
    const value = this.#value()
    this.#end()
    return value
  }

  /** The members of the object that is the whole text. */
  members(): Members {
    this.#skipSpace()
    if (!this.#takes(openBrace)) this.#fail('an object')
    const texts = new Map<string, string>()
    const values = new Map<string, unknown>()
    this.#object((key) => {
      const start = this.#at
      values.set(key, this.#value())
      texts.set(key, this.#text.slice(start, this.#at))
    })
    this.#end()
    return { texts, values }
  }

  #value(): unknown {
    switch (this.#text.charCodeAt(this.#at)) {
      case quote:
        return this.#string()
      case openBrace:
        return this.#dict()
      case openBracket:
        return this.#array()
      case 0x74:
        return this.#word('true', true)
      case 0x66:
        return this.#word('false', false)
      case 0x6e:
        return this.#word('null', null)
      case 0x4e:
        return this.#word('NaN', Number.NaN)
      case 0x49:
        return this.#word('Infinity', Number.POSITIVE_INFINITY)
      default:
        return this.#number()
    }
  }

  #dict(): unknown {
    this.#at += 1
    const members: Record<string, unknown> = Object.create(null)
    let firstKey = ''
    let first = true
    this.#object((key) => {
      if (first) firstKey = key
      first = false
      members[key] = this.#value()
    })
    return this.#builder.dict(members, firstKey)
  }

  /** Reads what follows an opening brace; `member` reads the value of a key. */
  #object(member: (key: string) => void): void {
    this.#enter()
    this.#skipSpace()
    if (!this.#takes(closeBrace)) {
      do {
        this.#skipSpace()
        const key = this.#string()
        this.#skipSpace()
        if (!this.#takes(colon)) this.#fail('a colon')
        this.#skipSpace()
        member(key)
        this.#skipSpace()
      } while (this.#takes(comma))
      if (!this.#takes(closeBrace)) this.#fail('a comma or }')
    }
    this.#depth -= 1
  }

  #array(): unknown[] {
    this.#at += 1
    const items: unknown[] = []
    this.#enter()
    this.#skipSpace()
    if (!this.#takes(closeBracket)) {
      do {
        this.#skipSpace()
        items.push(this.#value())
        this.#skipSpace()
      } while (this.#takes(comma))
      if (!this.#takes(closeBracket)) this.#fail('a comma or ]')
    }
    this.#depth -= 1
    return items
  }

  #string(): string {
    const text = this.#text
    if (text.charCodeAt(this.#at) !== quote) this.#fail('a string')
    const start = this.#at + 1
    let escaped = false
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code === quote) {
        this.#at = at + 1
        return escaped ? this.#unescape(start - 1) : text.slice(start, at)
      }
      if (code === backslash) {
        escaped = true
        at += 1
      } else if (code < 0x20) break
    }
    return this.#fail('the end of a string')
  }

  /** The string that goes from a quote to where the reader is. `JSON.parse` knows all escapes. */
  #unescape(start: number): string {
    try {
      return String(JSON.parse(this.#text.slice(start, this.#at)))
    } catch {
      return this.#fail('an escape of JSON')
    }
  }

  #number(): unknown {
    number.lastIndex = this.#at
    const match = number.exec(this.#text)
    if (match === null) {
      return this.#text.startsWith('-Infinity', this.#at)
        ? this.#word('-Infinity', Number.NEGATIVE_INFINITY)
        : this.#fail('a value')
    }
    const [digits, fraction] = match
    this.#at = number.lastIndex
    if (fraction !== undefined) return this.#builder.float(Number(digits))
    if (digits.length > mostDigits) this.#fail(`at most ${mostDigits} digits`)
    const value = Number(digits)
    // An int has no sign where it is 0.
    return Number.isSafeInteger(value) ? value + 0 : BigInt(digits)
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail('a value')
    this.#at += word.length
    return value
  }

  #takes(code: number): boolean {
    const takes = this.#text.charCodeAt(this.#at) === code
    if (takes) this.#at += 1
    return takes
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at += 1
    }
  }

  #enter(): void {
    this.#depth += 1
    if (this.#depth > deepest) this.#fail(`at most ${deepest} levels`)
  }

  #end(): void {
    this.#skipSpace()
    if (this.#at < this.#text.length) this.#fail('nothing more')
  }

  #fail(expected: string): never {
    // No part of the text: it may be a secret.
    throw new SyntaxError(`session: expected ${expected} at character ${this.#at} of the JSON text`)
  }
}

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

/** A number of JSON; the group takes part where Python makes a float of it. */
const number = /-?(?:0|[1-9]\d*)(\.\d+(?:[Ee][+-]?\d+)?|[Ee][+-]?\d+)?/y

const shortEscapes: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
}

/** A string as JSON in ASCII, as Python writes it. */
export function quoteAscii(text: string): string {
  if (plain.test(text)) return `"${text}"`
  return `"${text.replaceAll(/[^\u0020\u0021\u0023-\u005b\u005d-\u007e]/g, escapeUnit)}"`
}

/** What needs no escape. */
const plain = /^[\u0020\u0021\u0023-\u005b\u005d-\u007e]*$/

const escapeUnit = (unit: string): string =>
  shortEscapes[unit] ?? String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A number as Python writes a float: `1.0`, `1e+16`, `1e-05`, `NaN`. */
export function formatFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Object.is(value, -0)) return '-0.0'
  const [mantissa = '', power = '0'] = value.toExponential().split('e')
  const exponent = Number(power)
  if (exponent >= 16 || exponent < -4) {
    const digits = String(Math.abs(exponent)).padStart(2, '0')
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`
  }
  const text = String(value)
  return text.includes('.') ? text : `${text}.0`
}

/** Compares two texts by code points, as Python sorts them; JavaScript does by UTF-16 code units. */
export function compareCodePoints(left: string, right: string): number {
  for (let at = 0; ; at += 1) {
    const a = left.codePointAt(at) ?? -1
    const b = right.codePointAt(at) ?? -1
    if (a !== b || a === -1) return a - b
    if (a > 0xffff) at += 1
  }
}
