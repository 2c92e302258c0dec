import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { answerOptionNames, requestOptionNames, securityOptionNames } from '@http-semantics/http'
import { securityHeaderOptionNames } from '@http-semantics/security-headers'
import { sessionOptionNames } from '@http-semantics/session'
import { describe, expect, it } from 'vitest'
import { frameworks } from './hosts.ts'

const root = new URL('../../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')
const packages = readdirSync(fileURLToPath(new URL('packages', root)))

describe.each(packages)('the README of %s', (name) => {
  const readme = read(`packages/${name}/README.md`)

  it('begins with what it is, and how to install it', () => {
    expect(readme).toMatch(new RegExp(`^# @http-semantics/${name}\n\n[A-Z].*`))
    expect(readme).toMatch(
      new RegExp(`^npm install (?:--save-dev )?@http-semantics/${name}(?: [@a-z/ ]+)?$`, 'm'),
    )
  })

  it('has results in its code, a reference to open, and the parts that a reader looks for', () => {
    expect(readme).toContain('// => ')
    expect(readme).toMatch(/<details>\n<summary>(?:Reference|Options)<\/summary>/)
    const headings = [...readme.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading)
    expect(headings).toEqual(expect.arrayContaining(['Install']))
    expect(headings.slice(-2)).toEqual(['Compatibility', 'Related packages'])
    expect(headings).toContain('Errors')
  })

  it('has API pages of every entry', () => {
    const { exports }: { exports: Record<string, string | Record<string, string>> } = JSON.parse(
      read(`packages/${name}/package.json`),
    )
    const entries = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [] : [target['@http-semantics/source']],
    )
    const { entryPoints }: { entryPoints: string[] } = JSON.parse(read('docs/typedoc.json'))
    const pages = entryPoints.filter((path) => path.startsWith(`../packages/${name}/`))
    expect(pages).toEqual(entries.map((entry = '') => entry.replace('.', `../packages/${name}`)))
  })

  it('stands in the table of both READMEs of the repository', () => {
    for (const file of ['README.md', 'README.zh-TW.md']) {
      expect(read(file)).toContain(`| [\`@http-semantics/${name}\`](packages/${name})`)
    }
  })
})

it.each([
  ...frameworks.map((framework) => ({
    name: framework as string,
    options: [
      'methods.refuse',
      'methods.known',
      'methods.ignoreRoutes',
      'methods.resources',
      'session',
      ...answerOptionNames,
      ...requestOptionNames,
      ...securityOptionNames,
    ],
  })),
  { name: 'session', options: sessionOptionNames },
  {
    name: 'security-headers',
    // A policy and the same one for reports alone share a row.
    options: securityHeaderOptionNames.filter((option) => !option.endsWith('ReportOnly')),
  },
])('lists every option in the README of $name', ({ name, options }) => {
  const [, table = ''] =
    /<summary>Options<\/summary>([^]*?)<\/details>/.exec(read(`packages/${name}/README.md`)) ?? []
  const rows = [...table.matchAll(/^\| +(`[^|]*)\|/gm)].map(([, cell = '']) => cell).join()
  expect(options.length).toBeGreaterThan(10)
  expect(options.filter((option) => !rows.includes(`\`${option}\``))).toEqual([])
})
