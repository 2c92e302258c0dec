import { fieldRules } from './field-rules.ts'
import type { Repair, Rule } from './rule.ts'
import { statusRules } from './status-rules.ts'

/** All rules. Those about a status come first: they may change it. */
export const rules: readonly Rule[] = [...statusRules, ...fieldRules]

/** The rules that an answer of each status has to keep, found once per status. */
const byStatus = new Map<number, readonly Rule[]>()

/** The rules about answers of one status. */
export function rulesFor(status: number): readonly Rule[] {
  let found = byStatus.get(status)
  if (found === undefined) {
    found = rules.filter(({ statuses }) => statuses === undefined || statuses.includes(status))
    byStatus.set(status, found)
  }
  return found
}

/** A rule that is kept by changing the header section. */
export interface Repairable {
  readonly rule: Rule
  readonly repair: Exclude<Repair, string>
}

/** The rules about answers of one status that can always be kept. */
export const repairsFor = (status: number): readonly Repairable[] =>
  rulesFor(status).flatMap((rule) =>
    typeof rule.repair === 'function' ? [{ rule, repair: rule.repair }] : [],
  )
