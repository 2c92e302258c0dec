/**
 * The media types a resource takes, by method. They are advertised on OPTIONS and on 415.
 * Each entry is a media range as in `Accept`: `application/json`, `text/*`, `text/plain;charset=utf-8`.
 */
export interface AcceptedTypes {
  /** For PATCH, as `Accept-Patch` ([RFC 5789 section 3.1](https://www.rfc-editor.org/rfc/rfc5789.html#section-3.1)). */
  readonly patch?: readonly string[] | undefined
  /** For POST, as `Accept-Post` ([LDP section 7.1](https://www.w3.org/TR/ldp/#header-accept-post)). */
  readonly post?: readonly string[] | undefined
  /** For QUERY, as `Accept-Query` ([RFC 10008 section 3](https://www.rfc-editor.org/rfc/rfc10008.html#section-3)). */
  readonly query?: readonly string[] | undefined
}

/** One header field: name and value. */
export type Field = readonly [name: string, value: string]

const tchar = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]"
const parameter = `;\\s*${tchar}+=(?:${tchar}+|"[^"\\\\]*")`
const mediaRange = new RegExp(`^(${tchar}+/${tchar}+)((?:${parameter})*)$`)

/** `sf-token` of RFC 9651 section 3.3.4: a media range that starts with a digit has to be a string. */
const structuredToken = /^[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*$/

function parse(range: string): RegExpExecArray {
  const match = mediaRange.exec(range)
  if (match === null) {
    throw new TypeError(
      `accept: ${JSON.stringify(range)} is not a media range; write it like 'application/json'`,
    )
  }
  return match
}

const plain = (ranges: readonly string[]): string => ranges.map((range) => parse(range)[0]).join(', ')

/** Accept-Query is a structured field: media ranges as tokens or strings, their parameters behind. */
function structured(ranges: readonly string[]): string {
  return ranges
    .map((range) => {
      const [, type = '', parameters = ''] = parse(range)
      const item = structuredToken.test(type) ? type : `"${type}"`
      return item + parameters.replaceAll(/;\s*([^=]+)=/g, (_, name: string) => `;${name.toLowerCase()}=`)
    })
    .join(', ')
}

/**
 * The fields that tell a client which media types a resource takes.
 *
 * @param accepted - Media ranges by method.
 * @returns `Accept-Post`, `Accept-Patch` and `Accept-Query`, each only where types are given.
 * @throws TypeError naming the entry that is no media range.
 *
 * @example
 * ```ts
 * import { acceptFields } from '@http-semantics/methods'
 *
 * acceptFields({ patch: ['application/merge-patch+json'] }) // => [['Accept-Patch', 'application/merge-patch+json']]
 * acceptFields({}) // => []
 * ```
 */
export function acceptFields(accepted: AcceptedTypes): Field[] {
  const fields: Field[] = []
  if (accepted.post?.length) fields.push(['Accept-Post', plain(accepted.post)])
  if (accepted.patch?.length) fields.push(['Accept-Patch', plain(accepted.patch)])
  if (accepted.query?.length) fields.push(['Accept-Query', structured(accepted.query)])
  return fields
}
