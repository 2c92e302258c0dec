import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import {
  evaluatePreconditions,
  formatHttpDate,
  missingPrecondition,
  type FailedField,
  type ResourceState,
} from '@http-semantics/preconditions'
import type { HttpError } from 'http-errors'
import { prepareBare, type ResponseHead } from './answer.ts'
import { isStrong, listedTags, ownedTag } from './coded-tags.ts'
import { checkKeys, show } from '@http-semantics/options'
import { createRefusal } from './refusal.ts'

/** What the target resource is like now; `undefined`: it does not exist. */
export type State = ResourceState | undefined

/** Options of the preconditions of one request. */
export interface PreconditionsOptions {
  /**
   * Answers 428 to a PUT, PATCH or DELETE that has no precondition
   * ([RFC 6585 section 3](https://www.rfc-editor.org/rfc/rfc6585.html#section-3)). Default: `false`.
   */
  readonly require?: boolean | undefined
}

/** Options of the preconditions of a route. */
export interface ConditionalOptions<Context> extends PreconditionsOptions {
  /**
   * Finds out what the target resource of a request is like: `undefined` where it does not exist. Where
   * even a PUT would not create it, it throws the 404.
   */
  readonly getState: (context: Context) => State | PromiseLike<State>
}

/** A request, as far as preconditions go. */
export type ConditionalRequest = Pick<IncomingMessage, 'method' | 'headers'>

/** The methods whose answers describe the selected representation. */
const retrievals: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY'])

/**
 * Reads {@link PreconditionsOptions}.
 *
 * @returns Whether a precondition is required.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 */
export function readPreconditionsOptions(options: PreconditionsOptions = {}): boolean {
  checkKeys('preconditions()', options, ['require'])
  return readRequire(options.require)
}

/**
 * Reads {@link ConditionalOptions}.
 *
 * @returns The loader, and whether a precondition is required.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 */
export function readConditionalOptions<Context>(options: ConditionalOptions<Context>): {
  readonly getState: ConditionalOptions<Context>['getState']
  readonly isRequired: boolean
} {
  checkKeys('conditional()', options, ['getState', 'require'])
  const { getState, require } = options
  if (typeof getState !== 'function') {
    throw new TypeError(
      `getState must be a function such as (request) => ({ exists: true, etag: '"v7"' }), got ${show(getState)}`,
    )
  }
  return { getState, isRequired: readRequire(require) }
}

function readRequire(value: unknown = false): boolean {
  if (typeof value === 'boolean') return value
  throw new TypeError(`require must be true or false, got ${show(value)}`)
}

/**
 * Judges the preconditions of a request
 * ([RFC 9110 section 13.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-13.2)), and puts on its
 * response what follows from them:
 *
 * - An answer to GET, HEAD or QUERY gets `ETag` and `Last-Modified` of the state, unless its handler has
 *   set them, so that a 200 and a 304 say the same.
 * - Where it is to be a 304, it becomes one: with the fields that were set so far, but for those that
 *   describe content ([section 15.4.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.5)).
 *
 * @param request - Method and header fields.
 * @param head - The header section of the response.
 * @param state - What the target resource is like now.
 * @param isRequired - Whether a write without a precondition is refused. Where the resource has a strong
 * entity tag, a date is none: two changes in one second have the same. A weak one never matches.
 * @returns Whether the request goes on; `false`: the response is a 304, and wants to be ended.
 * @throws 412 where a precondition fails, 428 where it lacks; TypeError for a wrong state.
 */
export function applyPreconditions(
  request: ConditionalRequest,
  head: ResponseHead,
  state: State,
  isRequired: boolean,
): boolean {
  const { method = '', headers: fields } = request
  const current = withCodings(readState(state), fields)
  const { etag, lastModified } = current
  const decision = evaluatePreconditions({ method, fields, state: current })
  const required = isTagged(current) ? { exists: current.exists, etag } : current
  if (isRequired && missingPrecondition({ method, fields, state: required })) throw lacking(current)
  if (decision.action === 'failed') throw failing(decision.field, current)
  if (retrievals.has(method) && current.exists) {
    setUnset(head, 'ETag', etag)
    setUnset(head, 'Last-Modified', lastModified && formatHttpDate(lastModified))
  }
  if (decision.action === 'proceed') return true
  prepareBare({ status: 304, fields: [] }, head)
  return false
}

/**
 * Loads a state and goes on with it: at once where it is there, so that a handler that does not wait
 * compares and writes in one step; else when it has come.
 *
 * @throws What `getState` throws; an Error for what is none, since frameworks take some of that for leave to
 * go on: Fastify `undefined`, Express also `'route'`.
 */
export function withState<Context, Result>(
  getState: ConditionalOptions<Context>['getState'],
  context: Context,
  goOn: (state: State) => Result,
): Result | Promise<Result> {
  let state: State | PromiseLike<State>
  try {
    state = getState(context)
  } catch (thrown) {
    throw toError(thrown)
  }
  if (!isPromise(state)) return goOn(state)
  return Promise.resolve(state).then(goOn, (thrown: unknown) => {
    throw toError(thrown)
  })
}

const toError = (thrown: unknown): unknown =>
  typeof thrown === 'object' && thrown !== null
    ? thrown
    : new Error(`getState threw ${show(thrown)}`, { cause: thrown })

const isPromise = (state: State | PromiseLike<State> | null): state is PromiseLike<State> =>
  typeof state === 'object' && state !== null && 'then' in state && typeof state.then === 'function'

function readState(state: State): ResourceState {
  if (state === undefined) return { exists: false }
  if (typeof state === 'object' && typeof (state as ResourceState | null)?.exists === 'boolean') {
    return state
  }
  throw new TypeError(
    `state must be like { exists: true, etag: '"v7"' }, or undefined for a resource that does not exist, got ${show(state)}`,
  )
}

/**
 * The state with the entity tags that compression makes of its own, so that who read the compressed
 * representation may write as well, and is told when nothing has changed.
 */
function withCodings(state: ResourceState, headers: IncomingHttpHeaders): ResourceState {
  const { etag, otherETags = [] } = state
  // What is no text is refused in a moment.
  if (typeof etag !== 'string') return state
  const listed = listedTags(etag, headers['if-match'])
  const owned = ownedTag(etag, headers)
  if (owned === undefined && listed.length === 0) return state
  return { ...state, etag: owned ?? etag, otherETags: [...otherETags, etag, ...listed] }
}

/** Whether `If-Match` can name what is there: it never matches a weak entity tag. */
const isTagged = ({ etag }: ResourceState): boolean => etag !== undefined && isStrong(etag)

function setUnset(head: ResponseHead, name: string, value: string | undefined): void {
  if (value !== undefined && head.getHeader(name) === undefined) head.setHeader(name, value)
}

/**
 * A 412 says which precondition failed. It has no `ETag`: a client that took that for its next attempt
 * would write over what it has never seen.
 */
function failing(field: FailedField, { exists }: ResourceState): HttpError {
  return createRefusal(
    412,
    `${field} does not hold: ${exists ? reasons[field] : 'there is nothing here'}`,
  )
}

const reasons: Readonly<Record<FailedField, string>> = {
  'If-Match': 'the current representation is another one. Get it, and change that',
  'If-Unmodified-Since': 'the representation has changed since. Get it, and change that',
  'If-None-Match': 'such a representation is there already',
}

/**
 * A 428 tells how to do better, and is not stored
 * ([RFC 6585 section 3](https://www.rfc-editor.org/rfc/rfc6585.html#section-3)).
 */
function lacking(state: ResourceState): HttpError {
  return createRefusal(428, `Send ${remedy(state)}`, { headers: { 'Cache-Control': 'no-store' } })
}

function remedy(state: ResourceState): string {
  const { exists, lastModified } = state
  if (!exists) return 'If-None-Match: * to create what is not there'
  if (isTagged(state)) return 'If-Match with the ETag of the representation that you have seen'
  return lastModified === undefined
    ? 'If-Match: * to change whatever is there'
    : 'If-Unmodified-Since with the Last-Modified of the representation that you have seen'
}
