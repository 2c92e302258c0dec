import { readFileSync } from 'node:fs'
import { check, type Report } from '@http-semantics/conformance'
import { describe, expect, inject, it, vi } from 'vitest'
import { comparedPaths, startCompared } from './compared.ts'
import { frameworks, type Framework } from './hosts.ts'
import { examples } from './examples.ts'

const { certificate } = inject('peers')
const tls =
  certificate === undefined
    ? undefined
    : { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) }

/** What is broken and known, by the name of the rule. An entry that holds again has to go. */
const known: Readonly<Record<Framework | 'all' | 'HTTP/2', readonly string[]>> = {
  all: [
    // The notes have Last-Modified and leave caches to guess.
    'cache-told',
  ],
  express: [],
  koa: [],
  fastify: [],
  // nghttp2 drops such a field and takes the request; an app never sees it.
  'HTTP/2': ['h2-name-space', 'h2-value-crlf', 'h2-value-nul', 'h2-value-space'],
}

/** What an app would have. */
const paths = [
  '/notes',
  '/notes/1',
  '/notes/none',
  '/search',
  '/files/hello.txt',
  '/me',
  '/session',
  '/ticks',
  '/boom',
  '/login',
  '/status/404',
]

/** Answers with a status alone, and such as the middleware mends. */
const responders = [
  ...[204, 205, 301, 303, 401, 407, 426, 428, 429, 451, 503].map((code) => `/respond/${code}`),
  ...['204-content', '205-content'].map((name) => `/raw/${name}`),
]

const failed = ({ results }: Report): string[] =>
  results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)

const runs = [
  ['http', 'the app', paths, true],
  ['http', 'its statuses', responders, false],
  ...(tls === undefined ? [] : ([['https', 'the app', paths, false]] as const)),
] as const

describe.each(frameworks)('the example on %s', (framework) => {
  it.each(runs)(
    'keeps the rules over %s: %s',
    { timeout: 60_000 },
    async (scheme, _title, looked, allowWrites) => {
      vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
      vi.spyOn(console, 'error').mockImplementation(() => undefined)
      const server = await examples[framework]({
        port: 0,
        host: '127.0.0.1',
        ...(scheme === 'https' && { tls }),
      })
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : undefined
      const report = await check(`${scheme}://127.0.0.1:${port}/`, {
        paths: looked,
        maxPaths: 20,
        allowWrites,
        insecure: true,
        links: false,
      })
      server.close()
      const isHttp2 = report.protocols.includes('HTTP/2')
      expect(isHttp2).toBe(scheme === 'https' && framework !== 'express')
      const expected = [
        ...known.all,
        ...known[framework],
        ...(isHttp2 ? known['HTTP/2'] : []),
      ].filter((id) => id !== 'cache-told' || looked === paths)
      expect(failed(report).toSorted()).toEqual(expected.toSorted())
      // A rule that does not come up proves nothing.
      expect(report.counts.held).toBeGreaterThan(150)
    },
  )
})

describe.each(frameworks)('%s', (framework) => {
  it('breaks many rules alone, and few with the middleware', { timeout: 60_000 }, async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const broken = async (isWith: boolean): Promise<readonly string[]> => {
      const host = await startCompared(framework, isWith)
      const options = { paths: comparedPaths, links: false }
      const report = await check(`http://127.0.0.1:${host.port}/`, options)
      await host.stop()
      return report.results
        .filter(({ outcome, level }) => outcome === 'failed' && level !== 'practice')
        .map(({ id }) => id)
    }
    const [alone, together] = [await broken(false), await broken(true)]
    expect(alone.length).toBeGreaterThan(together.length + 5)
    expect(together.filter((id) => ![...known.all, ...known[framework]].includes(id))).toEqual([])
  })
})
