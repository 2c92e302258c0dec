import { expect, it } from 'vitest'
import { rules } from './rules/index.ts'
import { selectRules } from './select.ts'

const ids = (only: string[], skip: string[] = []): string[] =>
  selectRules(rules, only, skip).map(({ id }) => id)

it('takes all rules, some, whole areas, and leaves some out', () => {
  expect(ids([])).toHaveLength(rules.length)
  expect(ids(['field-date', 'host-two'])).toEqual(['host-two', 'field-date'])
  expect(ids(['host'], ['host-two', 'host-list'])).toHaveLength(
    rules.filter(({ area }) => area === 'host').length - 2,
  )
})

it.each([
  ['hots', "there is no rule and no area 'hots'; did you mean 'host'?"],
  ['host-tow', "there is no rule and no area 'host-tow'; did you mean 'host-two'?"],
  ['', "there is no rule and no area ''; conformance --list shows them all"],
  ['date', "there is no rule and no area 'date'; did you mean 'field-date'?"],
  ['teapot', "there is no rule and no area 'teapot'; conformance --list shows them all"],
])('says of %s what is meant', (word, sentence) => {
  expect(() => ids([word])).toThrow(sentence)
  expect(() => ids([], [word])).toThrow(sentence)
})
