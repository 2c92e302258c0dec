import { iisTable } from './iis-table.ts'
import type { Localized } from './localized.ts'
import type { StatusCode } from './registry.ts'

export type { Localized } from './localized.ts'

type Table = typeof iisTable

/** A sub-status IIS logs, such as `'404.11'`: 404 in sc-status and 11 in sc-substatus. */
export type IisSubStatus = keyof Table

/**
 * The part of IIS that logs a sub-status; `iis` is the server itself.
 *
 * `arr` is Application Request Routing up to 3.0.1915, `arr-3.0.1916` the same from that version on.
 */
export type IisModule = Table[IisSubStatus]['meanings'][number]['module']

/** What a sub-status means when one module logs it. */
export interface IisMeaning extends Localized {
  readonly module: IisModule
}

/** The two numbers of a sub-status. */
export interface IisSubStatusParts {
  /** The status that went out, such as 404; in the log it is sc-status. */
  readonly code: number
  /** The number behind the dot, such as 11; in the log it is sc-substatus. */
  readonly subStatus: number
}

/** A sub-status of IIS. It stands in logs, traces and local error pages, never on the wire. */
export interface IisStatus extends IisSubStatusParts {
  /** What it means; more than one meaning if modules share the number (502.2 to 502.4). */
  readonly meanings: readonly [IisMeaning, ...IisMeaning[]]
  /** The registered code that says most nearly the same, such as 413 for 404.13. */
  readonly nearest: StatusCode
  /** The usual cause, for the ones people meet. */
  readonly cause: Localized | undefined
  /** What to do about it, for the ones people meet. */
  readonly fix: Localized | undefined
}

/** A row of the table, with the columns it may leave out. */
interface Row {
  readonly nearest: StatusCode
  readonly meanings: readonly [IisMeaning, ...IisMeaning[]]
  readonly cause?: Localized
  readonly fix?: Localized
}

/** An integer without leading zeros, a dot, and another one. */
const pair = /^([1-5]\d\d)\.(0|[1-9]\d*)$/

/**
 * Takes a sub-status apart as IIS writes it; `undefined` if the text is none.
 *
 * It need not be one of the known ones, so this is how to get at the main code of one that is not.
 * A number would not do in its place: 404.1 and 404.10 are the same number.
 *
 * @example
 * parseIisSubStatus('404.11') // => { code: 404, subStatus: 11 }
 * parseIisSubStatus('404.99') // => { code: 404, subStatus: 99 }
 * parseIisSubStatus('404') // => undefined
 */
export function parseIisSubStatus(text: string): IisSubStatusParts | undefined {
  const [, code, subStatus] = pair.exec(text) ?? []
  return code === undefined ? undefined : { code: Number(code), subStatus: Number(subStatus) }
}

/**
 * Is this one of the known sub-statuses?
 *
 * @example
 * isIisSubStatus('404.11') // => true
 * isIisSubStatus('404.99') // => false
 */
export function isIisSubStatus(text: string): text is IisSubStatus {
  return Object.hasOwn(iisTable, text)
}

/**
 * The 107 known sub-statuses, as IIS writes them, in ascending order.
 *
 * @example
 * iisSubStatuses.length // => 107
 * iisSubStatuses.filter((status) => status.startsWith('503.')) // => ['503.0', '503.2', '503.3', '503.4']
 */
export const iisSubStatuses: readonly IisSubStatus[] = Object.freeze(
  Object.keys(iisTable).filter(isIisSubStatus),
)

/**
 * What is known of a sub-status, given as IIS writes it or as the two numbers of a log line.
 *
 * `undefined` if it is not one of the known 107; the main code then has to do, which
 * `parseIisSubStatus` gives.
 *
 * @example
 * findIisSubStatus('404.13').nearest // => 413
 * findIisSubStatus(404, 13)?.nearest // => 413
 * findIisSubStatus('502.3').meanings.map(({ module }) => module) // => ['arr', 'arr-3.0.1916']
 * findIisSubStatus('404.99') // => undefined
 */
export function findIisSubStatus(status: IisSubStatus): IisStatus
export function findIisSubStatus(status: string): IisStatus | undefined
export function findIisSubStatus(code: number, subStatus: number): IisStatus | undefined
export function findIisSubStatus(
  status: string | number,
  subStatus?: number,
): IisStatus | undefined {
  const key = typeof status === 'string' ? status : `${status}.${subStatus}`
  const parts = parseIisSubStatus(key)
  if (parts === undefined || !isIisSubStatus(key)) return undefined
  const { meanings, nearest, cause, fix }: Row = iisTable[key]
  return { ...parts, meanings, nearest, cause, fix }
}
