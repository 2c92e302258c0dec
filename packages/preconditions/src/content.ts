import type { Field } from './fields.ts'
import { matchesRange, parseMediaType, type MediaType } from './media-type.ts'
import { show } from '@http-semantics/options'
import { checkKeys } from './options.ts'

/** What a request's content may be. */
export interface ContentRules {
  /**
   * The media types taken: `application/json`, `text/*`, any type by an asterisk on both sides, `text/plain; charset=utf-8`, or by suffix
   * `application/*+json`. Without parameters any parameters will do.
   */
  readonly consumes: readonly string[]
  /**
   * What content without a `Content-Type` gets: `400`, `415`, or `'take'`, which leaves it to the handler. QUERY always
   * gets 400 ([RFC 10008 section 2.1](https://www.rfc-editor.org/rfc/rfc10008.html#section-2.1)). Default: `415`.
   */
  readonly withoutType?: 400 | 415 | 'take' | undefined
}

/** A request, as far as its content goes. */
export interface ContentQuestion {
  /** The request method. */
  readonly method: string
  /** The value of `Content-Type`. */
  readonly contentType: string | undefined
  /** Whether there is content: a `Content-Length` above 0, or a `Transfer-Encoding`. */
  readonly hasContent: boolean
}

/** Whether to take the content. */
export type ContentDecision =
  /** Take it; `type` is the `Content-Type` without its parameters, in lower case. */
  | { readonly action: 'proceed'; readonly type: string | undefined }
  /** Answer so; `fields` name what is taken. */
  | {
      readonly action: 'refuse'
      readonly status: 400 | 415
      readonly reason: 'missing' | 'invalid' | 'unsupported'
      readonly fields: readonly Field[]
    }

/** The field that says what a method takes, besides `Accept`. */
const ownFields: ReadonlyMap<string, string> = new Map([
  ['POST', 'Accept-Post'],
  ['PATCH', 'Accept-Patch'],
])

/** `sf-token` and `key` of RFC 9651 sections 3.3.4 and 3.1.2. */
const structuredToken = /^[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*$/
const structuredKey = /^[a-z*][a-z0-9_\-.*]*$/

const tokenOrString = (text: string): string =>
  structuredToken.test(text) ? text : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`

/** Accept-Query is a structured field: ranges as tokens or strings (RFC 10008 section 3). */
function structured({ essence, parameters }: MediaType): string {
  const pairs = [...parameters].map(([name, value]) => {
    if (!structuredKey.test(name) || !/^[ -~]*$/.test(value)) {
      throw new TypeError(
        `createContentJudge(): the parameter '${name}' of '${essence}' cannot stand in Accept-Query; leave it out`,
      )
    }
    return `;${name}=${tokenOrString(value)}`
  })
  return tokenOrString(essence) + pairs.join('')
}

interface Consumed {
  readonly text: string
  readonly range: MediaType
}

function readRanges(consumes: readonly string[]): Consumed[] {
  if (!Array.isArray(consumes)) {
    throw new TypeError(
      `createContentJudge(): consumes must be a list such as ['application/json'], got ${show(consumes)}`,
    )
  }
  return consumes.map((text: string) => {
    const range = typeof text === 'string' ? parseMediaType(text) : undefined
    if (range === undefined) {
      throw new TypeError(
        `createContentJudge(): consumes must have media types such as 'application/json', got ${show(text)}`,
      )
    }
    return { text, range }
  })
}

/**
 * Prepares the check of `Content-Type`: 415 for what is not taken, with `Accept` and the field of the method
 * (`Accept-Post`, `Accept-Patch`, `Accept-Query`), and 400 or 415 where it is missing. A request without content passes,
 * unless it is a QUERY, which is nothing without.
 *
 * A suffix such as `application/*+json` is taken, but not told, since no field can express it.
 *
 * @param rules - See {@link ContentRules}.
 * @returns The function that judges a request.
 * @throws TypeError for a wrong rule.
 *
 * @example
 * ```ts
 * import { createContentJudge } from '@http-semantics/preconditions'
 *
 * const judge = createContentJudge({ consumes: ['application/merge-patch+json'] })
 * judge({ method: 'PATCH', contentType: 'text/plain', hasContent: true })
 * // => {
 * //   action: 'refuse',
 * //   status: 415,
 * //   reason: 'unsupported',
 * //   fields: [['Accept', 'application/merge-patch+json'], ['Accept-Patch', 'application/merge-patch+json']],
 * // }
 * ```
 */
export function createContentJudge(
  rules: ContentRules,
): (question: ContentQuestion) => ContentDecision {
  checkKeys('createContentJudge(): rules', rules, ['consumes', 'withoutType'])
  const { withoutType = 415 } = rules
  if (withoutType !== 400 && withoutType !== 415 && withoutType !== 'take') {
    throw new TypeError(
      `createContentJudge(): withoutType must be 400, 415 or 'take', got ${show(withoutType)}`,
    )
  }
  const consumed = readRanges(rules.consumes)
  const told = consumed.filter(({ range }) => !range.essence.includes('/*+'))
  const accept = told.map(({ text }) => text).join(', ')
  const acceptQuery = told.map(({ range }) => structured(range)).join(', ')
  const fieldsFor = (method: string): Field[] => {
    if (told.length === 0) return []
    const own = ownFields.get(method)
    if (method === 'QUERY')
      return [
        ['Accept', accept],
        ['Accept-Query', acceptQuery],
      ]
    return own === undefined
      ? [['Accept', accept]]
      : [
          ['Accept', accept],
          [own, accept],
        ]
  }

  return ({ method, contentType, hasContent }) => {
    const query = method === 'QUERY'
    if (!hasContent && !query) return { action: 'proceed', type: undefined }
    if (contentType === undefined || contentType === '') {
      const status = query ? 400 : withoutType
      return status === 'take'
        ? { action: 'proceed', type: undefined }
        : { action: 'refuse', status, reason: 'missing', fields: fieldsFor(method) }
    }
    const type = parseMediaType(contentType)
    if (type !== undefined && consumed.some(({ range }) => matchesRange(type, range))) {
      return { action: 'proceed', type: type.essence }
    }
    const reason = type === undefined ? 'invalid' : 'unsupported'
    return { action: 'refuse', status: 415, reason, fields: fieldsFor(method) }
  }
}

/**
 * Judges a request's `Content-Type` once; where the rules are always the same, prepare them with
 * {@link createContentJudge}.
 *
 * @param question - The request.
 * @param rules - See {@link ContentRules}.
 * @returns Whether to take the content.
 * @throws TypeError for a wrong rule.
 *
 * @example
 * ```ts
 * import { judgeContentType } from '@http-semantics/preconditions'
 *
 * const rules = { consumes: ['application/json'] }
 * judgeContentType({ method: 'QUERY', contentType: undefined, hasContent: true }, rules)
 * // => {
 * //   action: 'refuse',
 * //   status: 400,
 * //   reason: 'missing',
 * //   fields: [['Accept', 'application/json'], ['Accept-Query', 'application/json']],
 * // }
 * ```
 */
export function judgeContentType(question: ContentQuestion, rules: ContentRules): ContentDecision {
  return createContentJudge(rules)(question)
}
