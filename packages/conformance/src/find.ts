import type { Probe } from './probe.ts'
import type { Exchange, Finding } from './rule.ts'
import type { Request } from './wire/request.ts'

/** What a rule does to be put to the test. */
export type Ask = (probe: Probe) => Promise<readonly Finding[]>

/** That a rule was kept. */
export const kept = (exchange: Exchange): Finding => ({ exchange })

/** That a rule was kept, or else what is wrong. */
export const keptIf = (exchange: Exchange, isKept: boolean, broken: string): Finding =>
  isKept ? { exchange } : { exchange, broken }

/** What an exchange ended in, in a few words. */
export function ending({ answer, end }: Exchange): string {
  if (answer !== undefined) return String(answer.status)
  if (end === 'timeout') return 'no answer in time'
  return end === 'open' ? 'no answer' : 'a closed connection without an answer'
}

/** Whether the answer of an exchange has one of some statuses. */
export const isOneOf = ({ answer }: Exchange, statuses: readonly number[]): boolean =>
  answer !== undefined && statuses.includes(answer.status)

/** The class of the status of an answer: 2 for 2xx; 0 without one. */
export const classOf = ({ answer }: Exchange): number => Math.floor((answer?.status ?? 0) / 100)

/** What a request that has to be refused may end in. */
export interface Refusal {
  /** The statuses that refuse it. Default: 400. */
  readonly statuses?: readonly number[]
  /** Any 4xx or 5xx will do. */
  readonly any?: boolean
  /** A connection closed without an answer will do. */
  readonly close?: boolean
  /** Whether the connection has to be closed behind the answer. */
  readonly closes?: boolean
}

/**
 * A probe that sends one request which has to be refused.
 *
 * @param write - The octets, from the authority and the path; latin1 text.
 */
export const refuses =
  (write: (authority: string, path: string) => string, refusal: Refusal = {}): Ask =>
  async (probe: Probe) => {
    const octets = write(probe.origin.authority, probe.path)
    const method = /^\s*([^\s]+)/.exec(octets)?.[1] ?? 'GET'
    const requests: Request[] = [{ method, target: probe.path, malformed: true }]
    return (await probe.raw(octets, requests)).map((exchange) => judgeRefusal(exchange, refusal))
  }

/** Whether an exchange ended as a request that has to be refused may. */
export function judgeRefusal(exchange: Exchange, refusal: Refusal): Finding {
  const { statuses = [400], any = false, close = false, closes = false } = refusal
  const { answer, end } = exchange
  if (answer === undefined) {
    const isClosed = end === 'closed' || end === 'reset'
    return keptIf(
      exchange,
      close && isClosed,
      `It got ${ending(exchange)} in place of ${named(refusal)}.`,
    )
  }
  if (any ? answer.status < 400 : !statuses.includes(answer.status)) {
    return { exchange, broken: `It got ${answer.status} in place of ${named(refusal)}.` }
  }
  if (closes && end === 'open') return { exchange, broken: 'The connection was left open.' }
  return kept(exchange)
}

const named = ({ statuses = [400], any = false }: Refusal): string =>
  any ? 'an error' : statuses.join(' or ')
