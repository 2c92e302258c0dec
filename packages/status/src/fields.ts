import { specification, type Specification } from './specification.ts'

/**
 * How strongly a header field is asked for, in the words of BCP 14.
 *
 * Where a specification avoids the keywords, "ought to" counts as SHOULD and "can" as MAY.
 */
export type FieldLevel = 'MUST' | 'MUST NOT' | 'SHOULD' | 'MAY'

/**
 * When the duty applies:
 *
 * - `always`: to every response with this status.
 * - `as-200`: if a 200 to the same request would have had the field.
 * - `available`: if the server has such a validator for the representation (GET and HEAD).
 * - `single-part`, `multipart`: for a 206 that carries one range, or a `multipart/byteranges`.
 * - `preferred`: if the server prefers one of the choices.
 * - `temporary`: if the condition will pass.
 * - `byte-range`: if the range unit was bytes.
 * - `content-coding`, `media-type`: if that was what the server does not support.
 * - `patch`, `query`: if the method was PATCH or QUERY.
 * - `http/1.1`: only there, as HTTP/2 and HTTP/3 have no connection-specific fields.
 */
export type FieldCondition =
  | 'always'
  | 'as-200'
  | 'available'
  | 'single-part'
  | 'multipart'
  | 'preferred'
  | 'temporary'
  | 'byte-range'
  | 'content-coding'
  | 'media-type'
  | 'patch'
  | 'query'
  | 'http/1.1'

/** What a status asks of one header field of the response. */
export interface FieldDuty extends Specification {
  /** Name of the field as its specification spells it, such as `WWW-Authenticate`. */
  readonly field: string
  /** How strongly it is asked for. */
  readonly level: FieldLevel
  /** When it is asked for. */
  readonly when: FieldCondition
}

/** A duty as the tables write it; of several fields, parted by commas, if all have the same duty. */
export type FieldRow = readonly [
  level: FieldLevel,
  fields: string,
  when?: FieldCondition,
  spec?: string,
]

/** Spells out the duties of a row; `spec` is the text that defines the status itself. */
export function fieldDuties(rows: readonly FieldRow[], spec: string): readonly FieldDuty[] {
  return rows.flatMap(([level, fields, when = 'always', own = spec]) => {
    const { reference, link } = specification(own)
    return fields.split(', ').map((field) => ({ field, level, when, reference, link }))
  })
}
