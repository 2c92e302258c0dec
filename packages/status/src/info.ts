import { statusClass, type StatusClass } from './class.ts'
import { fieldDuties, type FieldDuty, type FieldRow } from './fields.ts'
import { reasonPhrase, statusName, type ReasonPhrase, type StatusName } from './phrase.ts'
import { statusCodes } from './registered.ts'
import { registry, type StatusCode } from './registry.ts'
import { specification, type Specification } from './specification.ts'
import { treatedAs } from './treated-as.ts'

/**
 * Where a code stands in the IANA registry.
 *
 * - `permanent`: an ordinary row.
 * - `temporary`: registered for a draft, with a date of expiry.
 * - `deprecated`: still defined, no longer to be sent (305).
 * - `reserved`: not to be used, and not free either (306, 418).
 * - `obsolete`: its specification was withdrawn (510).
 * - `unassigned`: no row, within 100 to 599.
 * - `invalid`: 600 to 999, which no registration can ever make valid.
 */
export type StatusState =
  | 'permanent'
  | 'temporary'
  | 'deprecated'
  | 'reserved'
  | 'obsolete'
  | 'unassigned'
  | 'invalid'

/**
 * What a cache may do with a response of this status.
 *
 * - `heuristically`: store it, and guess how long it stays fresh if the response does not say.
 * - `explicitly`: store it only if the response says how long (`max-age`, `Expires`) or that it may.
 * - `never`: not store it, whatever the response says.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9111.html#section-3
 */
export type Cacheability = 'heuristically' | 'explicitly' | 'never'

/** All that is known of a status code. */
export interface StatusInfo extends Specification {
  /** The code itself. */
  readonly code: number
  /** Name of the constant, such as `NotFound`; `undefined` if the code is not registered. */
  readonly name: StatusName | undefined
  /** Reason phrase per RFC 9110; `undefined` if the code is not registered. */
  readonly phrase: ReasonPhrase | undefined
  /** Phrases the code had in older specifications. */
  readonly oldPhrases: readonly string[]
  /** The class, by the first digit; `invalid` from 600 on. */
  readonly class: StatusClass
  /**
   * The code a client acts on: this one if it is registered, otherwise x00 of its class, and 500 for
   * the invalid ones.
   */
  readonly treatedAs: StatusCode
  /** Where it stands in the registry. */
  readonly state: StatusState
  /** May this be the status of a final response? Not 1xx (interim), nor 600 to 999 (invalid). */
  readonly final: boolean
  /** What a cache may do with the response. */
  readonly cacheable: Cacheability
  /** `never` if the response has no content, whatever the method: 1xx, 204, 205 and 304. */
  readonly content: 'never' | 'allowed'
  /** What the status asks of the header fields of the response. */
  readonly fields: readonly FieldDuty[]
}

/** `StatusInfo` of a registered code, with literal types if the code is a literal. */
export interface RegisteredStatusInfo<Code extends StatusCode = StatusCode> extends StatusInfo {
  readonly code: Code
  readonly name: StatusName<Code>
  readonly phrase: ReasonPhrase<Code>
  readonly class: StatusClass<Code>
  readonly treatedAs: Code
}

/** The columns of the registry that a row may leave out. */
interface Row {
  readonly was?: readonly string[]
  readonly spec: string
  readonly state?: StatusState
  readonly cacheable?: Cacheability
  readonly content?: 'never'
  readonly fields?: readonly FieldRow[]
}

/** RFC 9110 section 8.6 and RFC 9112 section 6.1, for each 1xx, assigned or not. */
const interimFields: readonly FieldRow[] = [
  ['MUST NOT', 'Content-Length', 'always', '8.6'],
  ['MUST NOT', 'Transfer-Encoding', 'always', 'RFC 9112 6.1'],
]

/** What the class alone says of a code. */
function unregistered(code: number): StatusInfo {
  const group = statusClass(code)
  const interim = group === 'informational'
  const invalid = group === 'invalid'
  const spec = '15'
  return {
    code,
    name: undefined,
    phrase: undefined,
    oldPhrases: [],
    class: group,
    treatedAs: treatedAs(code),
    state: invalid ? 'invalid' : 'unassigned',
    final: !interim && !invalid,
    cacheable: interim ? 'never' : 'explicitly',
    content: interim ? 'never' : 'allowed',
    fields: fieldDuties(interim ? interimFields : [], spec),
    ...specification(spec),
  }
}

/** What the class says of a code, overlaid with what its row says. */
function registered(code: StatusCode): RegisteredStatusInfo {
  const {
    was = [],
    state = 'permanent',
    cacheable,
    content,
    fields = [],
    spec,
  }: Row = registry[code]
  const base = unregistered(code)
  return Object.freeze({
    ...base,
    code,
    name: statusName(code),
    phrase: reasonPhrase(code),
    oldPhrases: was,
    class: statusClass(code),
    treatedAs: code,
    state,
    cacheable: cacheable ?? base.cacheable,
    content: content ?? base.content,
    fields: Object.freeze([...base.fields, ...fieldDuties(fields, spec)]),
    ...specification(spec),
  })
}

/**
 * Every row of the IANA registry, ascending by code, as a frozen list.
 *
 * @example
 * statuses.length // => 64
 * statuses.filter((status) => status.content === 'never' && status.final).map((status) => status.code) // => [204, 205, 304]
 */
export const statuses: readonly RegisteredStatusInfo[] = Object.freeze(statusCodes.map(registered))

const byCode: ReadonlyMap<number, RegisteredStatusInfo> = new Map(
  statuses.map((status) => [status.code, status]),
)

/**
 * All that is known of a code: one of `statuses` if it is registered, and otherwise what its class
 * says of it.
 *
 * An unassigned code is `treatedAs` x00, yet it is not heuristically cacheable even where x00 is:
 * RFC 9110 section 15.1 lists those that are and leaves out all others.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15
 * @example
 * statusInfo(405).fields[0]?.field // => 'Allow'
 * statusInfo(404).link // => 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5'
 * statusInfo(299).treatedAs // => 200
 * statusInfo(299).cacheable // => 'explicitly'
 */
export function statusInfo<Code extends StatusCode>(code: Code): RegisteredStatusInfo<Code>
export function statusInfo(code: number): StatusInfo
export function statusInfo(code: number): StatusInfo {
  return byCode.get(code) ?? unregistered(code)
}
