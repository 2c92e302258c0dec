import type { Answer } from './wire/answer.ts'
import type { End } from './wire/exchange.ts'
import type { Request } from './wire/request.ts'
import type { Probe } from './probe.ts'

/** How strongly a rule is put: the words of BCP 14, or what experience asks for. */
export type Level = 'must' | 'should' | 'practice'

/** The levels, the strongest first. */
export const levels: readonly Level[] = ['must', 'should', 'practice']

/** The groups of rules, in the order of a report. */
export const areas = [
  'requests',
  'host',
  'request framing',
  'connections',
  'methods',
  'answer framing',
  'statuses',
  'fields',
  'field grammar',
  'negotiation',
  'preconditions',
  'ranges',
  'caching',
  'cookies',
  'security',
  'content',
  'HTTP/2',
] as const

/** A group of rules. */
export type Area = (typeof areas)[number]

/** Where a rule stands. */
export interface Reference {
  /** Such as `'RFC 9110 section 15.5.6'`. */
  readonly text: string
  readonly link: string
}

/** One request, and what came back. */
export interface Exchange {
  readonly request: Request
  readonly protocol: 'HTTP/1.1' | 'HTTP/2'
  readonly secure: boolean
  /** What was sent: octets as latin1 text, or over HTTP/2 the field list. */
  readonly sent: string
  /** The final answer, if one came. */
  readonly answer: Answer | undefined
  readonly interims: readonly Answer[]
  /** What came behind the last answer on the connection. */
  readonly rest: string
  readonly end: End
}

/** That a rule was put to the test once. */
export interface Finding {
  readonly exchange: Exchange
  /** What is wrong, in a sentence; without it the rule was kept. */
  readonly broken?: string
}

/** One rule for servers. */
export interface Rule {
  /** A name for it, for `--only`, `--skip` and baselines. */
  readonly id: string
  readonly area: Area
  readonly level: Level
  /** The rule in a sentence. */
  readonly sentence: string
  readonly reference: Reference
  /** What has to come up for the rule to apply; the reason where it did not. */
  readonly when: string
  /** Whether its requests may change something on the server. */
  readonly writes?: boolean
  /** Looks at one answer: `true` for kept, a sentence for broken, `undefined` where it does not apply. */
  readonly judge?: (exchange: Exchange & { readonly answer: Answer }) => true | string | undefined
  /** Sends requests of its own; nothing found where the rule does not apply. */
  readonly probe?: (probe: Probe) => Promise<readonly Finding[]>
}

/** A rule without its area, as the tables have it. */
export type Row = Omit<Rule, 'area'>

/** A section of an RFC: `rfc(9110, '15.5.6')`. */
export const rfc = (number: number, section: string): Reference => ({
  text: `RFC ${number} section ${section}`,
  link: `https://www.rfc-editor.org/rfc/rfc${number}.html#section-${section}`,
})

/** A section of the cookie specification. */
export const cookies = (section: string): Reference => ({
  text: `RFC 6265bis section ${section}`,
  link: `https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#section-${section}`,
})

/** A page of another specification. */
export const page = (text: string, link: string): Reference => ({ text, link })
