import { isIPv6 } from 'node:net'

/** The characters of a registered name (RFC 3986 section 3.2.2) but for percent-encoding. */
const nameCharacters = new Uint8Array(128)
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') {
  nameCharacters[character.charCodeAt(0)] = 1
}
for (const character of "-._~!$&'()*+,;=") nameCharacters[character.charCodeAt(0)] = 1

/** Ports have 16 bits, though the grammar of URIs has any number of digits. */
const lastPort = 65_535

const percentEncoded = /^%[0-9a-f]{2}$/i
const futureAddress = /^v[0-9a-f]+\.[\w\-.~!$&'()*+,;=:]+$/i

/**
 * Where the host ends in `uri-host [ ":" port ]`
 * ([RFC 9110 section 7.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-7.2),
 * [RFC 3986 section 3.2.2](https://www.rfc-editor.org/rfc/rfc3986.html#section-3.2.2)).
 *
 * @returns The length of the host, or -1 where the text is none.
 */
function hostLength(text: string): number {
  let end = 0
  if (text.startsWith('[')) {
    end = text.indexOf(']') + 1
    const literal = text.slice(1, Math.max(end - 1, 1))
    // Node takes addresses with a zone, which URIs do not have.
    const isAddress = isIPv6(literal) && !literal.includes('%')
    if (!isAddress && !futureAddress.test(literal)) return -1
  } else {
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      if (nameCharacters[code] === 1) continue
      if (code === 0x3a /* : */) break
      if (code !== 0x25 /* % */ || !percentEncoded.test(text.slice(end, end + 3))) return -1
      end += 2
    }
  }
  if (end === 0 || (end < text.length && text[end] !== ':')) return -1
  let port = 0
  for (let index = end + 1; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x30 || code > 0x39) return -1
    port = port * 10 + code - 0x30
  }
  return port <= lastPort ? end : -1
}

/**
 * Whether a text is a host, with or without a port: what a `Host` field and the authority of an `http`
 * URI may be. Nobody's name and password belong there, and an empty host with a port names nothing.
 */
export const isHost = (text: string): boolean => hostLength(text) !== -1

/** A host without its port, in lower case; `undefined` where the text is none. */
export function hostName(text: string): string | undefined {
  const length = hostLength(text)
  return length === -1 ? undefined : text.slice(0, length).toLowerCase()
}

/**
 * The authority of a request target in absolute form: `example.com:81` of `http://example.com:81/a`.
 * `undefined` for all other forms.
 */
export function authorityOf(target: string): string | undefined {
  if (target.charCodeAt(0) === 0x2f /* / */) return undefined
  const start = target.indexOf('://')
  if (start === -1) return undefined
  const end = target.slice(start + 3).search(/[/?#]/)
  return end === -1 ? target.slice(start + 3) : target.slice(start + 3, start + 3 + end)
}
