import { parseDictionary, parseItem, parseList, Token } from 'structured-headers'

/** A check of a field value: `true`, or what is wrong with it. */
export type Check = (value: string) => true | string

const tokenText = "[!#$%&'*+.^_`|~\\w-]+"
const quoted = '"(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\[\\t -~\\x80-\\xff])*"'
const word = `(?:${tokenText}|${quoted})`
const parameters = `(?:[ \\t]*;[ \\t]*(?:${tokenText}=${word})?)*`

/** The pieces that expressions of grammars are made of. */
export const parts: Readonly<Record<'token' | 'quoted' | 'word' | 'parameters', string>> = {
  token: tokenText,
  quoted,
  word,
  parameters,
}

/** A date in the one form that a sender may use ([RFC 9110 section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7)). */
export function isDate(value: string): boolean {
  const time = Date.parse(value)
  return !Number.isNaN(time) && new Date(time).toUTCString() === value
}

/** A check by an expression for the whole value. */
export const matching = (expression: string, flags = 'i'): Check => {
  const whole = new RegExp(`^(?:${expression})$`, flags)
  return (value) => whole.test(value) || `It is '${value.slice(0, 100)}'.`
}

/** A check of a list: each member by an expression. Empty members are not for senders. */
export function listOf(expression: string): Check {
  const member = new RegExp(`^(?:${expression})$`, 'i')
  return (value) => {
    const wrong = splitList(value).find((text) => !member.test(text))
    if (wrong === undefined) return true
    return wrong === ''
      ? `It has an empty member: '${value.slice(0, 100)}'.`
      : `It has '${wrong.slice(0, 100)}'.`
  }
}

/** The members of a list, parted at commas outside quotes. */
function splitList(value: string): string[] {
  const found: string[] = []
  let from = 0
  let isQuoted = false
  for (let at = 0; at < value.length; at += 1) {
    const letter = value[at]
    if (isQuoted && letter === '\\') at += 1
    else if (letter === '"') isQuoted = !isQuoted
    else if (letter === ',' && !isQuoted) {
      found.push(value.slice(from, at).trim())
      from = at + 1
    }
  }
  found.push(value.slice(from).trim())
  return found
}

/** A check of a date. */
export const date: Check = (value) => isDate(value) || `It is '${value}'.`

/** A check of a URI reference. */
export const uriReference: Check = (value) => {
  if (!/^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/.test(value) || /%(?![\dA-F]{2})/i.test(value)) {
    return `It is '${value.slice(0, 100)}'.`
  }
  return URL.canParse(value, 'http://a/') || `It is '${value.slice(0, 100)}'.`
}

const attempt =
  (parse: (value: string) => unknown): Check =>
  (value) => {
    try {
      parse(value)
      return true
    } catch (error) {
      return `It is '${value.slice(0, 100)}': ${error instanceof Error ? error.message : ''}`
    }
  }

/** Checks of structured fields ([RFC 9651](https://www.rfc-editor.org/rfc/rfc9651.html)). */
export const structured: Readonly<
  Record<'dictionary' | 'list' | 'item' | 'boolean' | 'date', Check>
> & { readonly oneOf: (...tokens: readonly string[]) => Check } = {
  dictionary: attempt(parseDictionary),
  list: attempt(parseList),
  item: attempt(parseItem),
  boolean: attempt((value) => {
    if (typeof parseItem(value)[0] !== 'boolean') throw new TypeError('It is no boolean.')
  }),
  date: attempt((value) => {
    if (!(parseItem(value)[0] instanceof Date)) throw new TypeError('It is no date.')
  }),
  oneOf: (...tokens: readonly string[]): Check =>
    attempt((value) => {
      const [item] = parseItem(value)
      if (!(item instanceof Token) || !tokens.includes(item.toString())) {
        throw new TypeError(`It is none of ${tokens.join(', ')}.`)
      }
    }),
}
