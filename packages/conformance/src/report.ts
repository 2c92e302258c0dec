import type { Area, Exchange, Level, Reference } from './rule.ts'

/** One breach of a rule. */
export interface Failure {
  /** The request, as it was sent: octets as latin1 text, cut after 4,000. */
  readonly sent: string
  /** The answer: its octets as latin1 text, cut after 4,000; empty where none came. */
  readonly received: string
  /** What is wrong, in a sentence. */
  readonly explanation: string
}

/** What became of one rule. */
export interface RuleResult {
  readonly id: string
  readonly area: Area
  readonly level: Level
  readonly sentence: string
  readonly reference: Reference
  readonly outcome: 'held' | 'failed' | 'not applicable'
  /** Why the rule did not apply. */
  readonly reason?: string
  /** How often it was put to the test. */
  readonly checked: number
  /** The breaches, ten at most. */
  readonly failures: readonly Failure[]
  /** Whether the baseline knows that it fails. */
  readonly known: boolean
}

/** How many rules ended how. */
export interface Counts {
  readonly held: number
  readonly failed: number
  /** Those of the failed that the baseline does not know. */
  readonly new: number
  readonly notApplicable: number
}

/** What a run found. */
export interface Report {
  readonly url: string
  /** Whether the run came to its end. */
  readonly complete: boolean
  /** Whether no rule of the asked level failed that the baseline does not know. */
  readonly passed: boolean
  readonly paths: readonly string[]
  /** The protocols that were spoken. */
  readonly protocols: readonly string[]
  readonly exchanges: number
  /** How many connections failed on the way; with any, nothing passes: the server may be gone. */
  readonly unreached: number
  readonly milliseconds: number
  readonly counts: Counts
  readonly results: readonly RuleResult[]
}

const cut = (text: string): string => (text.length > 4000 ? `${text.slice(0, 4000)}…` : text)

/** A breach as a report has it. */
export const failureOf = (exchange: Exchange, explanation: string): Failure => ({
  sent: cut(exchange.sent),
  received: cut(
    [...exchange.interims.map(({ raw }) => raw), exchange.answer?.raw ?? '', exchange.rest].join(
      '',
    ),
  ),
  explanation,
})
