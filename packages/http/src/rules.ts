import { fieldRules } from './field-rules.ts'
import type { HeadSection } from './head-section.ts'
import { firstFree, noteFields, ofSecurity, severalLines } from './presence.ts'
import type { Repair, Rule } from './rule.ts'
import { statusRules } from './status-rules.ts'

/** All rules. Those about a status come first: they may change it. */
export const rules: readonly Rule[] = [...statusRules, ...fieldRules]

/** A bit for each field that decides about a rule. */
const bits: ReadonlyMap<string, number> = new Map(
  Array.from(
    new Set(rules.flatMap(({ fields = [], without = [] }) => [...fields, ...without])),
    (name, index) => [name, firstFree << index],
  ),
)

for (const [name, bit] of bits) noteFields([name], bit)

const bitsOf = (names: readonly string[]): number =>
  names.reduce((mask, name) => mask | (bits.get(name) ?? 0), 0)

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
  present: bitsOf(rule.fields ?? []) | (rule.isAboutLines === true ? severalLines : 0),
  absent: bitsOf(rule.without ?? []),
}))

/** The rules that answers of a status and with certain fields can break, found once for each. */
const found = new Map<number, Map<number, readonly Rule[]>>()

/** The rules that an answer can break. */
export function rulesFor(head: HeadSection): readonly Rule[] {
  const { status } = head
  const presence = head.presence & ~ofSecurity
  let byFields = found.get(status)
  if (byFields === undefined) {
    byFields = new Map()
    found.set(status, byFields)
  }
  let matching = byFields.get(presence)
  if (matching === undefined) {
    matching = conditionals
      .filter(
        ({ rule: { statuses }, ...wanted }) =>
          (statuses === undefined || statuses.includes(status)) &&
          (wanted.present === 0 || (wanted.present & presence) !== 0) &&
          (wanted.absent & presence) === 0,
      )
      .map(({ rule }) => rule)
    byFields.set(presence, matching)
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
