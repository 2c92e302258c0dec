/** One header field: name and value. */
export type Field = readonly [name: string, value: string]

/** `token` of [RFC 9110 section 5.6.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.2). */
export const token: RegExp = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09

/** A text without the blanks and tabs at its ends; `trim()` would take more, and a RegExp longer. */
export function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start += 1
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1
  return text.slice(start, end)
}
