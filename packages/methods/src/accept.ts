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
/** A token without `*`, which in a media range stands for any type. */
const name = "[!#$%&'+\\-.^_`|~0-9A-Za-z]+"
const range = `\\*/\\*|${name}/(?:\\*|${name})`
const parameter = `;[ \\t]*(${tchar}+)=(${tchar}+|"[ !#-\\[\\]-~]*")`
const mediaRange = new RegExp(`^(${range})((?:${parameter})*)$`)
const eachParameter = new RegExp(parameter, 'g')

/** `sf-token` of [RFC 9651 section 3.3.4](https://www.rfc-editor.org/rfc/rfc9651.html#section-3.3.4). */
const structuredToken = /^[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*$/

/** `key` of [RFC 9651 section 3.1.2](https://www.rfc-editor.org/rfc/rfc9651.html#section-3.1.2). */
const structuredKey = /^[a-z*][a-z0-9_\-.*]*$/

function parse(text: string): RegExpExecArray {
  const match = mediaRange.exec(text)
  if (match === null) {
    throw new TypeError(
      `accept: ${JSON.stringify(text)} is not a media range; write it like 'application/json'`,
    )
  }
  return match
}

const plain = (ranges: readonly string[]): string => ranges.map((text) => parse(text)[0]).join(', ')

/** What is no token, such as a text that starts with a digit, has to be a string. */
const tokenOrString = (text: string): string =>
  structuredToken.test(text) || text.startsWith('"') ? text : `"${text}"`

/** Accept-Query is a structured field: media ranges as tokens or strings, their parameters behind. */
function structured(ranges: readonly string[]): string {
  return ranges
    .map((text) => {
      const [, type = '', parameters = ''] = parse(text)
      const pairs = [...parameters.matchAll(eachParameter)].map(([, key = '', value = '']) => {
        const lower = key.toLowerCase()
        if (!structuredKey.test(lower)) {
          throw new TypeError(
            `accept.query: the parameter '${key}' of ${JSON.stringify(text)} cannot stand in a structured field; leave it out`,
          )
        }
        return `;${lower}=${tokenOrString(value)}`
      })
      return tokenOrString(type) + pairs.join('')
    })
    .join(', ')
}

function checkList(option: string, ranges: readonly string[]): readonly string[] {
  // Plain JavaScript may give anything.
  if (!Array.isArray(ranges)) {
    throw new TypeError(
      `${option} must be a list like ['application/json'], got ${JSON.stringify(ranges)}`,
    )
  }
  return ranges
}

/**
 * The fields that tell a client which media types a resource takes.
 *
 * @param accepted - Media ranges by method.
 * @returns `Accept-Post`, `Accept-Patch` and `Accept-Query`, each only where types are given.
 * @throws TypeError naming the entry that is no media range, or that Accept-Query cannot express.
 *
 * @example
 * ```ts
 * import { acceptFields } from '@http-semantics/methods'
 *
 * acceptFields({ patch: ['application/merge-patch+json'] }) // => [['Accept-Patch', 'application/merge-patch+json']]
 * acceptFields({ query: ['text/plain;level=1'] }) // => [['Accept-Query', 'text/plain;level="1"']]
 * acceptFields({}) // => []
 * ```
 */
export function acceptFields(accepted: AcceptedTypes): Field[] {
  const fields: Field[] = []
  const post = checkList('accept.post', accepted.post ?? [])
  const patch = checkList('accept.patch', accepted.patch ?? [])
  const query = checkList('accept.query', accepted.query ?? [])
  if (post.length > 0) fields.push(['Accept-Post', plain(post)])
  if (patch.length > 0) fields.push(['Accept-Patch', plain(patch)])
  if (query.length > 0) fields.push(['Accept-Query', structured(query)])
  return fields
}
