import { beforeAll, describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { keepers } from './fixtures/breaches.test.helper.ts'
import { breakable } from './fixtures/broken.test.helper.ts'
import { resources } from './fixtures/resources.test.helper.ts'
import { startFixture } from './fixtures/server.test.helper.ts'
import type { Report } from './report.ts'

const outcomeOf = (report: Report, id: string): string | undefined => {
  const result = report.results.find((one) => one.id === id)
  return result?.outcome === 'held'
    ? 'held'
    : `${result?.outcome}: ${result?.reason ?? result?.failures[0]?.explanation}`
}

describe('a server that keeps all rules', () => {
  let report: Report
  beforeAll(async () => {
    const server = await startFixture()
    report = await check(server.url, {
      paths: Object.keys(resources),
      maxPaths: 40,
      allowWrites: true,
    })
    await server.stop()
  })

  it('passes', () => {
    expect(report.results.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect(report).toMatchObject({ passed: true, complete: true })
  })

  const kept = breakable
    .map(({ id }) => id)
    .filter((id) => !keepers.has(id) && id !== 'grammar-strict-transport-security')
  it.each(kept)('holds %s', (id) => {
    expect(outcomeOf(report, id)).toBe('held')
  })
})

it.each([...keepers.keys()])('a server that keeps %s holds it', async (id) => {
  const keeper = keepers.get(id)
  const server = await startFixture(keeper)
  const report = await check(server.url, { paths: [keeper?.path ?? '/'], links: false, only: [id] })
  await server.stop()
  expect(outcomeOf(report, id)).toBe('held')
})
