/**
 * Reads one cookie of a `Cookie` field as Flask does: the first of that name wins, even where it is
 * empty or bad; spaces around it and one pair of quotes are not part of the value; nothing is
 * percent-decoded ([RFC 6265bis section 4.2.1](https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-syntax-2)).
 *
 * @param header - The field's value. Several fields are joined by `; `, as Node does.
 * @param name - The cookie's name; its case matters.
 * @returns The value, `undefined` where there is no such cookie.
 *
 * @example
 * ```ts
 * import { readCookie } from '@http-semantics/session'
 *
 * readCookie('theme=dark; session="abc"; session=def', 'session') // => 'abc'
 * ```
 */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  let start = 0
  while (start < header.length) {
    const semicolon = header.indexOf(';', start)
    const end = semicolon === -1 ? header.length : semicolon
    while (start < end && isSpace(header.charCodeAt(start))) start++
    if (header.startsWith(name, start)) {
      let index = start + name.length
      while (index < end && isSpace(header.charCodeAt(index))) index++
      if (index >= end) return ''
      if (header.charCodeAt(index) === 0x3d /* = */) return unquote(header.slice(index + 1, end))
    }
    start = end + 1
  }
  return undefined
}

const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d)

function unquote(text: string): string {
  const value = text.trim()
  const quoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"')
  return quoted ? value.slice(1, -1) : value
}
