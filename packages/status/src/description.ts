import { statusClass, type StatusClass } from './class.ts'
import type { StatusCode } from './registry.ts'

/** What people may be told of a status. */
export interface StatusDescription {
  /** A few words, such as a heading has. */
  readonly title: string
  /** What the status means and when a server sends it, in a sentence or two. */
  readonly description: string
}

/** A description of every registered code, in one language. */
export type StatusDescriptions = Readonly<Record<StatusCode, StatusDescription>>

/** A description of every class, for the codes that are not registered, in one language. */
export type ClassDescriptions = Readonly<Record<StatusClass, StatusDescription>>

/**
 * The description of a code, or that of its class if the code is not registered.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 */
export function describe(
  code: number,
  texts: StatusDescriptions,
  classTexts: ClassDescriptions,
): StatusDescription {
  const ofClass = classTexts[statusClass(code)]
  const byCode: Readonly<Record<number, StatusDescription>> = texts
  return byCode[code] ?? ofClass
}
