/** `key` of [RFC 9651 section 3.1.2](https://www.rfc-editor.org/rfc/rfc9651.html#section-3.1.2). */
const key = /^[a-z*][a-z0-9_\-.*]*$/

/** Whether a text can be the key of a dictionary. */
export const isKey = (text: string): boolean => key.test(text)

/**
 * A text as a String of structured fields, in its quotes.
 *
 * [RFC 9651 section 4.1.6](https://www.rfc-editor.org/rfc/rfc9651.html#section-4.1.6)
 *
 * @param text - Printable ASCII; the caller has checked it.
 */
export const serializeString = (text: string): string =>
  `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`

/**
 * Items, which are serialised already, as an Inner List.
 *
 * [RFC 9651 section 4.1.1.1](https://www.rfc-editor.org/rfc/rfc9651.html#section-4.1.1.1)
 */
export const serializeInnerList = (items: readonly string[]): string => `(${items.join(' ')})`

/**
 * Members, whose values are serialised already, as a Dictionary.
 *
 * [RFC 9651 section 4.1.2](https://www.rfc-editor.org/rfc/rfc9651.html#section-4.1.2)
 */
export const serializeDictionary = (
  members: Iterable<readonly [key: string, value: string]>,
): string => Array.from(members, ([name, value]) => `${name}=${value}`).join(', ')
