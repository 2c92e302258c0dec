import { show } from '@http-semantics/options'
import { checkKeys } from './options.ts'

/** The resources that an answer to QUERY has made known, by URI references. At least one of them. */
export interface QueryLocations {
  /** Where GET gives this very result again: `Content-Location`. */
  readonly result?: string | undefined
  /** Where GET does the same query anew, without its content: `Location`. */
  readonly query?: string | undefined
}

/** What no URI reference has, and is percent-encoded. */
const foreign = /%(?![\dA-Fa-f]{2})|[^\w\-.~:/?#[\]@!$&'()*+,;=%]+/gu

/** Half a character, which has no encoding. */
const loneSurrogate = /\p{Surrogate}/u

/**
 * The fields by which the 2xx answer to a QUERY names resources that GET can ask, and any cache can keep
 * ([RFC 10008 sections 2.3 and 2.4](https://www.rfc-editor.org/rfc/rfc10008.html)). Both may be temporary. What
 * of the query is not for logs is not for a URI, either.
 *
 * @param locations - `result`, `query`, or both. What a URI cannot have in it gets percent-encoded.
 * @returns The fields by name.
 * @throws TypeError for an unknown option, none at all, or one that is no text.
 *
 * @example
 * ```ts
 * import { queryLocations } from '@http-semantics/preconditions'
 *
 * queryLocations({ result: '/results/17', query: '/queries/café' })
 * // => { 'Content-Location': '/results/17', Location: '/queries/caf%C3%A9' }
 * ```
 */
export function queryLocations(locations: QueryLocations): Record<string, string> {
  checkKeys('queryLocations()', locations, ['result', 'query'])
  const { result, query } = locations
  if (result === undefined && query === undefined) {
    throw new TypeError(
      "queryLocations(): wants a result or a query, such as { query: '/queries/42' }",
    )
  }
  return {
    ...(result !== undefined && { 'Content-Location': reference('result', result) }),
    ...(query !== undefined && { Location: reference('query', query) }),
  }
}

function reference(option: string, value: unknown): string {
  if (typeof value === 'string' && value !== '' && !loneSurrogate.test(value)) {
    return value.replaceAll(foreign, encodeURIComponent)
  }
  throw new TypeError(
    `queryLocations(): ${option} must be a URI reference such as '/queries/42', got ${show(value)}`,
  )
}
