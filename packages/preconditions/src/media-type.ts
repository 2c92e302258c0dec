/** A media type or a media range, taken apart ([RFC 9110 section 8.3.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-8.3.1)). */
export interface MediaType {
  /** Type and subtype in lower case, such as `application/json`; `*` in ranges. */
  readonly essence: string
  /** The parameters, their names in lower case, their values without quotes. */
  readonly parameters: ReadonlyMap<string, string>
}

const tchar = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]"
const quoted = '"(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\[\\t -~\\x80-\\xff])*"'
const essence = new RegExp(`${tchar}+/${tchar}+`, 'y')
const separator = /[\t ]*(?:;[\t ]*)+|$/y
const parameter = new RegExp(`(${tchar}+)=(${tchar}+|${quoted})`, 'y')

function take(pattern: RegExp, text: string, index: number): RegExpExecArray | undefined {
  pattern.lastIndex = index
  return pattern.exec(text) ?? undefined
}

const unquote = (value: string): string =>
  value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value

/**
 * Reads a media type, the value of `Content-Type`, or a media range as in `Accept`, without its weight
 * ([RFC 9110 section 8.3.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-8.3.1)). Empty parameters are passed over;
 * of two with one name the first counts.
 *
 * @param text - The field value.
 * @returns The media type; `undefined` where the text is none.
 *
 * @example
 * ```ts
 * import { parseMediaType } from '@http-semantics/preconditions'
 *
 * parseMediaType('Text/HTML; charset="utf-8"')?.essence // => 'text/html'
 * parseMediaType('text/html; charset="utf-8"')?.parameters.get('charset') // => 'utf-8'
 * parseMediaType('json') // => undefined
 * ```
 */
export function parseMediaType(text: string): MediaType | undefined {
  const start = take(essence, text, 0)
  if (start === undefined) return undefined
  const parameters = new Map<string, string>()
  let index = start[0].length
  while (index < text.length) {
    const between = take(separator, text, index)
    if (between === undefined) return undefined
    index += between[0].length
    if (index === text.length) break
    const found = take(parameter, text, index)
    if (found === undefined) return undefined
    const [whole, name = '', value = ''] = found
    const key = name.toLowerCase()
    if (!parameters.has(key)) parameters.set(key, unquote(value))
    index += whole.length
  }
  return { essence: start[0].toLowerCase(), parameters }
}

/** Whether a media type falls into a range: `*`/`*`, `text/*`, `application/*+json`, or a type, each with parameters or without. */
export function matchesRange(type: MediaType, range: MediaType): boolean {
  const [wantedType = '', wantedSubtype = ''] = range.essence.split('/')
  const [givenType = '', givenSubtype = ''] = type.essence.split('/')
  if (wantedType !== '*' && wantedType !== givenType) return false
  const subtypeFits = wantedSubtype.startsWith('*')
    ? givenSubtype.endsWith(wantedSubtype.slice(1))
    : givenSubtype === wantedSubtype
  return (
    subtypeFits &&
    [...range.parameters].every(([name, wanted]) => {
      const given = type.parameters.get(name)
      // Names of charsets have no case; what other parameters are like only their types know.
      return name === 'charset' ? given?.toLowerCase() === wanted.toLowerCase() : given === wanted
    })
  )
}
