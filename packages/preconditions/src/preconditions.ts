import { compareStrong, compareWeak, parseETagList, requireETag, type EntityTag } from './etag.ts'
import { trimBlanks } from './fields.ts'
import { checkDate, parseHttpDate, toSeconds } from './http-date.ts'
import { show } from '@http-semantics/options'

/** What the target resource is like at the moment a request is judged. */
export interface ResourceState {
  /** Whether it has a current representation. */
  readonly exists: boolean
  /** The `ETag` of the selected representation, such as `'"v7"'`. Default: none. */
  readonly etag?: string | undefined
  /**
   * Entity tags of its other current representations, such as the compressed one. `If-Match` is true for these too, so
   * that a client that read the one may write. Default: none.
   */
  readonly otherETags?: readonly string[] | undefined
  /** When the selected representation was last changed; counts to the second. Default: unknown. */
  readonly lastModified?: Date | undefined
}

/** The fields of a request that {@link evaluatePreconditions} reads; `req.headers` of Node fits. */
export interface ConditionalFields {
  readonly 'if-match'?: string | undefined
  readonly 'if-none-match'?: string | undefined
  readonly 'if-modified-since'?: string | undefined
  readonly 'if-unmodified-since'?: string | undefined
}

/** A request, as far as preconditions go. */
export interface PreconditionQuestion {
  /** The request method, case-sensitive. */
  readonly method: string
  /** The header fields of the request, their names in lower case. */
  readonly fields: ConditionalFields
  /** What the target resource is like now. */
  readonly state: ResourceState
}

/** The field a failed precondition stands in. */
export type FailedField = 'If-Match' | 'If-Unmodified-Since' | 'If-None-Match'

/** What to do with a request. */
export type PreconditionDecision =
  /** Perform it. */
  | { readonly action: 'proceed' }
  /** Answer 304, with {@link notModifiedFields} of the fields a 200 would have. */
  | { readonly action: 'not-modified'; readonly status: 304 }
  /** Answer 412; `field` is the one that failed. */
  | { readonly action: 'failed'; readonly status: 412; readonly field: FailedField }

const proceed: PreconditionDecision = { action: 'proceed' }
const notModified: PreconditionDecision = { action: 'not-modified', status: 304 }
const failed = (field: FailedField): PreconditionDecision => ({
  action: 'failed',
  status: 412,
  field,
})

/** Those that neither select nor change a representation (RFC 9110 section 13.2.1). */
const unconditional: readonly string[] = ['CONNECT', 'OPTIONS', 'TRACE']

/** Those that ask for a representation, QUERY by RFC 10008 section 2.6. */
const retrievals: readonly string[] = ['GET', 'HEAD', 'QUERY']

interface Validators {
  readonly selected: EntityTag | undefined
  readonly all: readonly EntityTag[]
}

function readState({ etag, otherETags = [], lastModified }: ResourceState): Validators {
  if (lastModified !== undefined) checkDate('state.lastModified', lastModified)
  const selected = etag === undefined ? undefined : requireETag('state.etag', etag)
  const others = otherETags.map((other, index) => requireETag(`state.otherETags[${index}]`, other))
  return { selected, all: selected === undefined ? others : [selected, ...others] }
}

/** Section 13.1.1. */
function ifMatch(value: string, { all }: Validators): boolean {
  const listed = parseETagList(value)
  if (listed === '*') return true
  return listed?.some((one) => all.some((current) => compareStrong(one, current))) ?? false
}

/** Section 13.1.2. */
function ifNoneMatch(value: string, { selected }: Validators): boolean {
  const listed = parseETagList(value)
  if (listed === '*') return false
  if (listed === undefined || selected === undefined) return true
  return !listed.some((one) => compareWeak(one, selected))
}

/** Sections 13.1.3 and 13.1.4: whether it was changed since; `undefined` where the field is to be ignored. */
function changedSince(value: string, lastModified: Date | undefined): boolean | undefined {
  const since = lastModified === undefined ? undefined : parseHttpDate(value)
  if (lastModified === undefined || since === undefined) return undefined
  return toSeconds(lastModified) > toSeconds(since)
}

/**
 * Judges the preconditions of a request in the order of
 * [RFC 9110 section 13.2.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-13.2.2), steps 1 to 4; step 5, `If-Range`,
 * is {@link selectRanges}'s. Ask after everything that would refuse the request anyway (404, 403, 415), and before
 * anything changes; compare and write in one step, or another request gets in between.
 *
 * - CONNECT, OPTIONS and TRACE have no preconditions. GET, HEAD and QUERY of a resource that does not exist have none
 *   either, since the answer is a 404
 *   ([section 13.2.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-13.2.1)).
 * - QUERY is treated as GET is
 *   ([RFC 10008 section 2.6](https://www.rfc-editor.org/rfc/rfc10008.html#section-2.6)): 304, not 412.
 * - An `If-Match` that is no list of entity tags fails; an `If-None-Match` that is none holds. Dates that are none are
 *   ignored, and so are dates where `lastModified` is unknown.
 *
 * @param question - Method, fields and state; see {@link PreconditionQuestion}.
 * @returns `proceed`, `not-modified` (304) or `failed` (412).
 * @throws TypeError where the state is wrong: an `etag` that is no entity tag, an invalid date.
 *
 * @example
 * ```ts
 * import { evaluatePreconditions } from '@http-semantics/preconditions'
 *
 * const state = { exists: true, etag: '"v7"' }
 * evaluatePreconditions({ method: 'PUT', fields: { 'if-match': '"v6"' }, state })
 * // => { action: 'failed', status: 412, field: 'If-Match' }
 * evaluatePreconditions({ method: 'GET', fields: { 'if-none-match': 'W/"v7"' }, state })
 * // => { action: 'not-modified', status: 304 }
 * ```
 */
export function evaluatePreconditions({
  method,
  fields,
  state,
}: PreconditionQuestion): PreconditionDecision {
  const validators = readState(state)
  if (unconditional.includes(method)) return proceed
  const retrieval = retrievals.includes(method)
  if (retrieval && !state.exists) return proceed
  // A representation that is not there has no validators either, whatever the state says.
  const current = state.exists ? validators : { selected: undefined, all: [] }
  const lastModified = state.exists ? state.lastModified : undefined

  const match = fields['if-match']
  const unmodifiedSince = fields['if-unmodified-since']
  if (match !== undefined) {
    if (!state.exists || !ifMatch(match, current)) return failed('If-Match')
  } else if (unmodifiedSince !== undefined && changedSince(unmodifiedSince, lastModified)) {
    return failed('If-Unmodified-Since')
  }

  const noneMatch = fields['if-none-match']
  const modifiedSince = fields['if-modified-since']
  if (noneMatch !== undefined) {
    if (state.exists && !ifNoneMatch(noneMatch, current)) {
      return retrieval ? notModified : failed('If-None-Match')
    }
  } else if (
    retrieval &&
    modifiedSince !== undefined &&
    changedSince(modifiedSince, lastModified) === false
  ) {
    return notModified
  }
  return proceed
}

/** A request that may lack a precondition. */
export interface RequirementQuestion extends PreconditionQuestion {
  /** The methods that need a precondition. Default: PUT, PATCH and DELETE. */
  readonly methods?: readonly string[] | undefined
}

const writes: readonly string[] = ['PUT', 'PATCH', 'DELETE']

/**
 * Whether a write comes without a precondition that could keep it from overwriting another's, so that it deserves a
 * 428 ([RFC 6585 section 3](https://www.rfc-editor.org/rfc/rfc6585.html#section-3)). These count:
 *
 * - `If-Match`, whatever its value: a wrong one fails as a 412, and `*` says "whatever is there" on purpose;
 * - `If-None-Match: *`, which creates and never overwrites. A list of entity tags does not count;
 * - `If-Unmodified-Since` with a date, where the resource has a `lastModified`; elsewhere it would be ignored.
 *
 * @param question - As for {@link evaluatePreconditions}, and which `methods`.
 * @returns `true` for a request to be answered with 428.
 *
 * @example
 * ```ts
 * import { missingPrecondition } from '@http-semantics/preconditions'
 *
 * const state = { exists: true, etag: '"v7"' }
 * missingPrecondition({ method: 'PUT', fields: {}, state }) // => true
 * missingPrecondition({ method: 'PUT', fields: { 'if-match': '"v7"' }, state }) // => false
 * missingPrecondition({ method: 'GET', fields: {}, state }) // => false
 * ```
 */
export function missingPrecondition({
  method,
  fields,
  state,
  methods = writes,
}: RequirementQuestion): boolean {
  if (!Array.isArray(methods)) {
    throw new TypeError(`methods must be a list such as ['PUT'], got ${show(methods)}`)
  }
  if (!methods.includes(method)) return false
  if (fields['if-match'] !== undefined || trimBlanks(fields['if-none-match'] ?? '') === '*')
    return false
  const unmodifiedSince = fields['if-unmodified-since']
  if (unmodifiedSince === undefined || !state.exists) return true
  return changedSince(unmodifiedSince, state.lastModified) === undefined
}
