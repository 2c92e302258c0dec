import { describe, expect, it } from 'vitest'
import { breaches, keepers } from '../fixtures/breaches.test.helper.ts'
import { areas } from '../rule.ts'
import { rules } from './index.ts'

describe('the table of rules', () => {
  it('has 300 rules or more, each with a name of its own', () => {
    expect(rules.length).toBeGreaterThanOrEqual(300)
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  })

  it('has a rule in every area', () => {
    expect(areas.filter((area) => !rules.some((rule) => rule.area === area))).toEqual([])
  })

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    'says what it needs to of %s',
    (id, rule) => {
      expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9.]+)+$/)
      expect(rule.sentence).toMatch(/^\S.*\.$/)
      expect(URL.canParse(rule.reference.link)).toBe(true)
      expect(rule.when).not.toBe('')
      // One way to be put to the test, and not two.
      expect([rule.judge, rule.probe].filter((way) => way !== undefined)).toHaveLength(1)
    },
  )

  it('has a fixture for every rule, and no fixture without one', () => {
    const ids = rules.filter(({ area }) => area !== 'HTTP/2').map(({ id }) => id)
    expect([...breaches.keys()].toSorted()).toEqual(ids.toSorted())
    expect([...keepers.keys()].filter((id) => !ids.includes(id))).toEqual([])
  })
})
