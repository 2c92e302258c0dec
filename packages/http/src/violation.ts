import diagnosticsChannel from 'node:diagnostics_channel'
import { show } from '@http-semantics/options'
import type { Rule } from './rule.ts'

/** A rule that an answer broke, as `http-semantics:violation` carries it. */
export interface Violation {
  /** The rule's name: `'allow'`. */
  readonly rule: string
  /** Where it stands: `'RFC 9110 section 15.5.6'`. */
  readonly reference: string
  readonly level: Rule['level']
  /** The rule in a sentence. */
  readonly sentence: string
  /** The request method. */
  readonly method: string
  /** The route's pattern, `undefined` where no route answered. */
  readonly route: string | undefined
  /** The status the answer was to have. */
  readonly status: number
}

/**
 * What happens when an answer breaks a rule. It is always published on the diagnostics channel.
 *
 * - `repair`: the answer is mended.
 * - `warn`: the same, and a process warning says so, once for each rule and route.
 * - `error`: the client gets a 500, so that a test fails, and the warning tells why. Advice is only
 *   published.
 */
export type OnViolation = 'repair' | 'warn' | 'error'

const modes = ['repair', 'warn', 'error'] as const

/** The name of the `node:diagnostics_channel` on which every {@link Violation} is published. */
export const violationChannel = 'http-semantics:violation'

const channel = diagnosticsChannel.channel(violationChannel)

/**
 * The mode an app chose. Default: `warn`, and `repair` where `NODE_ENV` is `production`.
 *
 * @throws TypeError for any other value.
 */
export function readOnViolation(value: unknown): OnViolation {
  if (value === undefined) return process.env['NODE_ENV'] === 'production' ? 'repair' : 'warn'
  const mode = modes.find((candidate) => candidate === value)
  if (mode !== undefined) return mode
  throw new TypeError(`onViolation must be 'repair', 'warn' or 'error', got ${show(value)}`)
}

/** Tells of broken rules: on the channel, and by process warnings where that is asked for. */
export class Reporter {
  readonly mode: OnViolation
  readonly #warned = new Set<string>()

  /** @param mode - See {@link OnViolation}. */
  constructor(mode: OnViolation) {
    this.mode = mode
  }

  /** Publishes one violation. */
  report(violation: Violation): void {
    if (channel.hasSubscribers) channel.publish(violation)
    const { rule, reference, level, sentence, method, route, status } = violation
    if (this.mode === 'repair' || (this.mode === 'error' && level === 'advice')) return
    // Where no route answers, a client may ask with any method it makes up.
    const key = route === undefined ? rule : `${rule} ${method} ${route}`
    if (this.#warned.has(key)) return
    this.#warned.add(key)
    process.emitWarning(
      `${sentence} (${reference}) Broken by the ${status} of ${method} ${route ?? 'no route'}.`,
      { type: 'HttpSemanticsWarning', code: rule },
    )
  }
}
