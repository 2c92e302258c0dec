import { askFor, severalLines } from './field-bits.ts'
import { fieldRules } from './field-rules.ts'
import type { HeadSection } from './head-section.ts'
import type { Repair, Rule } from './rule.ts'
import { statusRules } from './status-rules.ts'

/** All rules. Those about a status come first: they may change it. */
export const rules: readonly Rule[] = [...statusRules, ...fieldRules]

/** A rule, and for which fields it is looked at. */
interface Conditional {
  readonly rule: Rule
  /** The bits of which an answer has one; 0: it is looked at in any case. */
  readonly present: number
  /** The bits of which it has none. */
  readonly absent: number
}

const conditionals: readonly Conditional[] = rules.map((rule) => ({
  rule,
  present: askFor(rule.fields ?? []) | (rule.isAboutLines === true ? severalLines : 0),
  absent: rule.without === undefined ? 0 : askFor([rule.without]),
}))

/** All that the conditions are about. */
const watched = conditionals.reduce((mask, { present, absent }) => mask | present | absent, 0)

/** The rules that answers of a status and with certain fields can break, found once for each. */
const found = new Map<number, Map<number, readonly Rule[]>>()

/** The rules that an answer can break. */
export function rulesFor({ status, present: all }: HeadSection): readonly Rule[] {
  const present = all & watched
  let byFields = found.get(status)
  if (byFields === undefined) {
    byFields = new Map()
    found.set(status, byFields)
  }
  let matching = byFields.get(present)
  if (matching === undefined) {
    matching = conditionals
      .filter(
        ({ rule: { statuses }, ...bits }) =>
          (statuses === undefined || statuses.includes(status)) &&
          (bits.present === 0 || (bits.present & present) !== 0) &&
          (bits.absent & present) === 0,
      )
      .map(({ rule }) => rule)
    byFields.set(present, matching)
  }
  return matching
}

/** A rule that is kept by changing the header section. */
export interface Repairable {
  readonly rule: Rule
  readonly repair: Exclude<Repair, string>
}

/** Those that an answer can break and that can always be kept. */
export const repairsFor = (head: HeadSection): readonly Repairable[] =>
  rulesFor(head).flatMap((rule) =>
    typeof rule.repair === 'function' ? [{ rule, repair: rule.repair }] : [],
  )
