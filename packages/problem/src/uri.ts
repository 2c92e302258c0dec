const character = String.raw`(?:[\w\-.~!$&'()*+,;=@]|%[\dA-Fa-f]{2})`
const reference = new RegExp(
  String.raw`^(?:[A-Za-z][A-Za-z\d+\-.]*:(?:${character}|[:/])*|(?!${character}*:)(?:${character}|[:/])*|(?:[A-Za-z][A-Za-z\d+\-.]*:)?//(?:${character}|[:[\]])*(?:/(?:${character}|[:/])*)?)(?:\?(?:${character}|[:/?])*)?(?:#(?:${character}|[:/?])*)?$`,
)

/**
 * Whether a text is a URI reference ([RFC 3986 section 4.1](https://www.rfc-editor.org/rfc/rfc3986.html#section-4.1)):
 * a URI such as `https://example.com/a#b` or `tag:example.com,2026:a`, or a relative one such as `/a`.
 */
export const isUriReference = (text: string): boolean =>
  reference.test(text) && URL.canParse(text, 'https://localhost/')
