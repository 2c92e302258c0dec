import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { transformSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { asDependencies } from '../consumers/project.ts'
import { root } from '../release/workspace.ts'
import { commandsOf, type Fence, fencesOf, isCode } from '../src/markdown.ts'
import { comparable } from '../src/shown-output.ts'
import { withAssertions } from '../src/shown-results.ts'
import { field, send } from '../src/wire.ts'
import { createMachine, type Machine, type Program } from './machine.ts'

/*
 * Follows the README as somebody does who sees it for the first time, on a machine that has Node, npm
 * and a copy of the repository, and whose caches are empty. Everything is typed as it stands there:
 *
 * - `sh`: commands. A `text` block behind them has what they print.
 * - `console`: commands and what each of them prints, typed while `npm start` runs.
 * - `npm install` of ours begins a project, whose app is the `js` or `ts` below it: it listens and
 *   answers, or has the results that it shows. The tarballs stand in for the registry.
 */

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const fences = fencesOf(readme.split('\n'))

/** Commands that are typed elsewhere, and where. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['npm test', 'It is the first command of .ci/run, in these words, and takes minutes.'],
])

/** A command of the README. */
interface Step {
  readonly command: string
  /** What it shows of what the command prints. */
  readonly shown: string | undefined
  readonly heading: string
}

const steps: readonly Step[] = fences.flatMap(({ language, code, heading }, index) => {
  if (language !== 'sh') return []
  const next = fences[index + 1]
  const shown = next?.language === 'text' && next.heading === heading ? next.code : undefined
  return code.split('\n').map((command) => ({ command, shown, heading }))
})

/** Whether a command installs a package of ours. */
const isInstall = ({ command }: Step): boolean => command.startsWith('npm install @http-semantics/')

/** The code below an `npm install`. */
const codeOf = ({ heading }: Step): Fence | undefined =>
  fences.find((fence) => isCode(fence) && fence.heading === heading)

const installs = steps.filter(isInstall)
const starts = steps.filter((step) => !isInstall(step) && !elsewhere.has(step.command))

/** What is typed while the servers run. */
const questions = fences
  .filter(({ language, marks }) => language === 'console' && !marks.includes('no-run'))
  .flatMap(({ code }) => commandsOf(code))

/** What a command needs that a machine may lack. */
const isMissing = (command: string): boolean =>
  process.env['REQUIRE_PEERS'] === undefined &&
  command.includes('flask') &&
  ['/usr/bin/python3', 'python3', 'python'].every(
    (python) => spawnSync(python, ['-c', 'import flask']).status !== 0,
  )

let machine: Machine

beforeAll(async () => {
  machine = await createMachine()
})

afterAll(() => machine.remove())

it('finds in the README what there is to follow', () => {
  expect(starts.map(({ command }) => command)).toContain('npm start')
  expect(questions).not.toEqual([])
  expect(installs).not.toEqual([])
  expect(steps.map(({ command }) => command)).toEqual(expect.arrayContaining([...elsewhere.keys()]))
})

const translated = join(root, 'README.zh-TW.md')

it.runIf(existsSync(translated))('finds the same to type in the README in 繁體中文', () => {
  const typed = (all: readonly Fence[]): string[] =>
    all
      .filter(({ language }) => /^(?:sh|console|text)$/.test(language))
      .map(({ language, code }) => `${language}\n${code}`)
  const others = fencesOf(readFileSync(translated, 'utf8').split('\n'))
  expect(typed(others)).toEqual(typed(fences))
})

it('finds that CI types the rest', () => {
  const ci = readFileSync(join(root, '.ci/run'), 'utf8')
  for (const command of elsewhere.keys()) expect(ci).toMatch(new RegExp(`^${command}$`, 'm'))
})

describe('In a copy of the repository', () => {
  it.each(starts)('$command', async ({ command, shown, heading }) => {
    if (isMissing(command)) return
    const program = machine.type(command, machine.repository)
    onTestFinished(() => program.kill())
    // Where the README shows nothing, it is a server as well, and says where.
    const awaited = shown ?? 'http://'
    await program.printed((output) => output.includes(awaited.split('\n').at(-1) ?? ''))
    if (shown !== undefined) {
      const lines = program.output().trimEnd().split('\n')
      const printed = lines.slice(-shown.split('\n').length).join('\n')
      const both = comparable(printed, shown)
      expect(both.printed, `printed by ${command}, under ${heading}`).toBe(both.shown)
    }
    if (command === 'npm start') {
      for (const { command: question, output } of questions) {
        const asked = machine.type(question.replace(/^curl /, 'curl --silent '), machine.repository)
        expect(await asked.ended(), `how this ended: ${question}`).toBe(0)
        const both = comparable(asked.output(), output)
        expect(both.printed, `printed by ${question}`).toBe(both.shown)
      }
    }
    await program.interrupt()
  })
})

describe('In a project of their own', () => {
  it.each(installs)('$command', async (install) => {
    const tarballs = inject('tarballs')
    const words = install.command.split(' ')
    const others = Object.entries(asDependencies(tarballs)).filter(
      ([name]) => !words.includes(name),
    )
    const project = await machine.folder(install.heading.replaceAll(/\W+/g, '-').toLowerCase())
    const manifest = { private: true, overrides: Object.fromEntries(others) }
    await writeFile(join(project, 'package.json'), JSON.stringify(manifest))
    const command = words.map((word) => tarballs[word] ?? word).join(' ')
    const installing = machine.type(command, project)
    expect(await installing.ended(), `it printed: ${installing.output()}`).toBe(0)

    const code = codeOf(install)?.code
    if (code === undefined) throw new Error(`No code under ${install.heading}`)
    const { module, assertions } = withAssertions(
      code,
      (actual, expected, line) =>
        `(await import('node:assert')).deepStrictEqual(${actual}, ${expected}, ${JSON.stringify(line)})`,
    )
    await writeFile(join(project, 'app.mjs'), transformSync(module, { loader: 'ts' }).code)
    const app = machine.type('node app.mjs', project)
    onTestFinished(() => app.kill())
    if (assertions > 0) {
      expect(await app.ended(), `it printed: ${app.output()}`).toBe(0)
      return
    }
    const { port, routes } = served(code)
    await listening(port, app)
    for (const { method, target } of routes) {
      const { status } = await send(port, { method, target })
      expect(status, `${method} ${target}: ${app.output()}`).not.toBe(404)
      expect(status, `${method} ${target}`).toBeLessThan(500)
      // A method that the README's app has elsewhere, or nowhere.
      const refused = await send(port, { method: 'PATCH', target })
      expect([405, 501]).toContain(refused.status)
      if (refused.status === 405) expect(field(refused, 'Allow')).toContain(method)
      expect(field(refused, 'X-Content-Type-Options')).toBe('nosniff')
    }
    expect(app.output(), 'the stack of an error').not.toMatch(/^ {4}at /m)
  })
})

/** Where an app listens, and its routes, as its code has them. */
function served(code: string): { port: number; routes: { method: string; target: string }[] } {
  const [, port] = /\blisten\(\D*?(?<port>\d+)/.exec(code.replaceAll("'127.0.0.1'", '')) ?? []
  if (port === undefined) throw new Error(`Neither results nor a port: ${code}`)
  const found = code.matchAll(/\.(get|post|put|patch|delete)\('(\/[^']*)'/g)
  const routes = [...found].map(([, method = '', path = '']) => ({
    method: method.toUpperCase(),
    target: path.replaceAll(/:\w+/g, '1'),
  }))
  expect(routes).not.toEqual([])
  return { port: Number(port), routes }
}

/** Resolves once an app listens on a port. */
async function listening(port: number, app: Program): Promise<void> {
  const answered = send(port, { method: 'OPTIONS', target: '*' }).then(
    () => true,
    () => false,
  )
  if (await answered) return
  const hasEnded = await Promise.race([app.ended().then(() => true), setTimeout(50, false)])
  if (hasEnded) throw new Error(`The app ended after printing:\n${app.output()}`)
  await listening(port, app)
}
