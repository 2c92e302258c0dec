import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import type { Broken } from './fixtures/breach.test.helper.ts'
import { breaches } from './fixtures/breaches.test.helper.ts'
import { certificate } from './fixtures/certificate.test.helper.ts'
import { serveHttp2 } from './fixtures/http2.test.helper.ts'
import { startSecureFixture } from './fixtures/server.test.helper.ts'
import type { Report } from './report.ts'
import { rules } from './rules/index.ts'

const tls = certificate()

/** The good server over TLS has one field more. */
const secured = (breach: Broken = {}): Broken => ({
  ...breach,
  answer: (good, asked) => {
    const secure = {
      ...good,
      fields: [...good.fields, ['Strict-Transport-Security', 'max-age=600'] as const],
    }
    return breach.answer?.(secure, asked) ?? secure
  },
})

async function run(id: string, breach: Broken | undefined, broken?: string): Promise<Report> {
  if (tls === undefined) throw new Error('No certificate')
  const server = await startSecureFixture(
    tls,
    (socket) => serveHttp2(socket, broken),
    secured(breach),
  )
  const report = await check(server.url, {
    paths: [breach?.path ?? '/', '/cookies'],
    links: false,
    insecure: true,
    only: [id],
    // A server that keeps the rule never waits; one that breaks it does for ever.
    ...((breach ?? broken) === undefined ? {} : { grace: 100, timeout: 300 }),
  })
  await server.stop()
  return report
}

describe.skipIf(tls === undefined)('rules that need TLS', () => {
  const secure = rules.filter(
    ({ id }) => breaches.get(id)?.secure === true || id === 'grammar-strict-transport-security',
  )
  it.each(secure.map(({ id }) => id))('%s', async (id) => {
    expect(await run(id, undefined)).toMatchObject({ results: [{ id, outcome: 'held' }] })
    expect(await run(id, breaches.get(id))).toMatchObject({ results: [{ id, outcome: 'failed' }] })
  })

  const http2 = rules.filter(({ area }) => area === 'HTTP/2')
  it.each(http2.map(({ id }) => id))('%s', async (id) => {
    expect(await run(id, undefined)).toMatchObject({
      results: [{ id, outcome: 'held', failures: [] }],
    })
    expect(await run(id, undefined, id)).toMatchObject({ results: [{ id, outcome: 'failed' }] })
  })
})
