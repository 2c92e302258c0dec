import type { HeadSection } from './head-section.ts'

/** What the rules need to know of the app that answers. */
export interface Duties {
  /** For a 401 without one: the value of `WWW-Authenticate`. */
  readonly challenge: string
  /** For a 407 without one: the value of `Proxy-Authenticate`. */
  readonly proxyChallenge: string
  /** For a 426 without one: the value of `Upgrade`. */
  readonly upgrade: string
  /** For a 405 without one: the value of `Allow`. */
  readonly allow: (head: HeadSection) => string
}

/**
 * How a broken rule is mended: by changing the header section, or, where nothing true can be said in
 * its place, by a 500 instead of the answer (`'refuse'`). `'tell'`: only the handler can know.
 */
export type Repair = ((head: HeadSection, duties: Duties) => void) | 'refuse' | 'tell'

/** One rule that every answer has to keep. */
export interface Rule {
  /** A name for it, for logs and settings. */
  readonly id: string
  /** Where it stands: `'RFC 9110 section 15.5.6'`. */
  readonly reference: string
  /** `advice` is what only the handler can know, and the RFC asks for or allows. */
  readonly level: 'MUST' | 'SHOULD' | 'advice'
  /** The rule in a sentence. */
  readonly sentence: string
  /** The statuses it is about; all where there are none. */
  readonly statuses?: readonly number[]
  /**
   * Fields, by name in lower case, of which an answer has one wherever it breaks the rule; all answers
   * are looked at where there are none.
   */
  readonly fields?: readonly string[]
  /** Whether only answers break it that have a field with several lines. */
  readonly isAboutLines?: boolean
  /** Fields that an answer lacks wherever it breaks the rule. */
  readonly without?: readonly string[]
  readonly isBroken: (head: HeadSection) => boolean
  readonly repair: Repair
}
