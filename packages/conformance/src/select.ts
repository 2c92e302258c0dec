import type { Rule } from './rule.ts'
import { meantBy } from './spelling.ts'

/** What a word of `--only` and `--skip` means: a rule's id, or an area. */
const matches = (rule: Rule, word: string): boolean => rule.id === word || rule.area === word

/**
 * The rules that were asked for.
 *
 * @throws TypeError for a word that is neither the id of a rule nor an area.
 */
export function selectRules(
  rules: readonly Rule[],
  only: readonly string[],
  skip: readonly string[],
): readonly Rule[] {
  for (const word of [...only, ...skip]) {
    if (rules.some((rule) => matches(rule, word))) continue
    const names = [...new Set(rules.map(({ area }) => area)), ...rules.map(({ id }) => id)]
    const near = meantBy(word, names) ?? names.find((name) => name.includes(word))
    throw new TypeError(
      `there is no rule and no area '${word}'; ${
        near === undefined || word === ''
          ? 'conformance --list shows them all'
          : `did you mean '${near}'?`
      }`,
    )
  }
  return rules.filter(
    (rule) =>
      (only.length === 0 || only.some((word) => matches(rule, word))) &&
      !skip.some((word) => matches(rule, word)),
  )
}
