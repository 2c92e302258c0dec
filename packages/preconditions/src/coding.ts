import { token, trimBlanks, type Field } from './fields.ts'
import { show } from '@http-semantics/options'

/** Whether to take content by its codings. */
export type CodingDecision =
  /** Take it; undo the `codings` in this order, the last applied first. None: it has none. */
  | { readonly action: 'proceed'; readonly codings: readonly string[] }
  /** Answer 415; `fields` has the `Accept-Encoding` that names what is taken. */
  | { readonly action: 'refuse'; readonly status: 415; readonly fields: readonly Field[] }

/** The old names of two codings (RFC 9110 section 8.4.1). */
const aliases: ReadonlyMap<string, string> = new Map([
  ['x-gzip', 'gzip'],
  ['x-compress', 'compress'],
])

const none: CodingDecision = { action: 'proceed', codings: [] }

/**
 * Prepares the check of a request's `Content-Encoding`: 415 with `Accept-Encoding` for a coding that is not taken
 * ([RFC 9110 section 12.5.3](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.3)).
 *
 * @param accepted - The codings taken besides none at all, such as `['gzip']`.
 * @param maxCodings - How many may lie over one another, since each can make much of little. Default: 1.
 * @returns The function that judges the value of `Content-Encoding`.
 * @throws TypeError for a coding that is none, or a wrong `maxCodings`.
 *
 * @example
 * ```ts
 * import { createCodingJudge } from '@http-semantics/preconditions'
 *
 * const judge = createCodingJudge(['gzip'])
 * judge('gzip') // => { action: 'proceed', codings: ['gzip'] }
 * judge('br') // => { action: 'refuse', status: 415, fields: [['Accept-Encoding', 'gzip']] }
 * ```
 */
export function createCodingJudge(
  accepted: readonly string[],
  maxCodings = 1,
): (contentEncoding: string | undefined) => CodingDecision {
  if (!Array.isArray(accepted)) {
    throw new TypeError(
      `createCodingJudge(): accepted must be a list such as ['gzip'], got ${show(accepted)}`,
    )
  }
  for (const coding of accepted) {
    if (typeof coding !== 'string' || !token.test(coding) || coding === '*') {
      throw new TypeError(
        `createCodingJudge(): accepted must have codings such as 'gzip', got ${show(coding)}`,
      )
    }
  }
  if (!Number.isSafeInteger(maxCodings) || maxCodings < 1) {
    throw new TypeError(
      `createCodingJudge(): maxCodings must be an integer from 1, got ${show(maxCodings)}`,
    )
  }
  const taken = new Set(accepted.map((coding) => coding.toLowerCase()))
  const told = accepted.length === 0 ? 'identity' : accepted.join(', ')
  const refuse: CodingDecision = {
    action: 'refuse',
    status: 415,
    fields: [['Accept-Encoding', told]],
  }

  return (contentEncoding) => {
    if (contentEncoding === undefined) return none
    const codings = contentEncoding
      .split(',')
      .map((member) => trimBlanks(member).toLowerCase())
      .map((coding) => aliases.get(coding) ?? coding)
      .filter((coding) => coding !== '' && coding !== 'identity')
    if (codings.length > maxCodings || !codings.every((coding) => taken.has(coding))) return refuse
    return { action: 'proceed', codings: codings.toReversed() }
  }
}

/**
 * Judges a request's `Content-Encoding` once; where the codings are always the same, prepare them with
 * {@link createCodingJudge}.
 *
 * @param contentEncoding - The field value.
 * @param accepted - The codings taken.
 * @param maxCodings - How many may lie over one another. Default: 1.
 * @returns Whether to take the content.
 * @throws TypeError for a coding that is none, or a wrong `maxCodings`.
 *
 * @example
 * ```ts
 * import { judgeContentEncoding } from '@http-semantics/preconditions'
 *
 * judgeContentEncoding('gzip', [])
 * // => { action: 'refuse', status: 415, fields: [['Accept-Encoding', 'identity']] }
 * ```
 */
export function judgeContentEncoding(
  contentEncoding: string | undefined,
  accepted: readonly string[],
  maxCodings = 1,
): CodingDecision {
  return createCodingJudge(accepted, maxCodings)(contentEncoding)
}
