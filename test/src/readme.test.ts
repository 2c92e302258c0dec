import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { withAssertions } from './shown-results.ts'

/*
 * Runs the code of the documentation: each ts and js block of the READMEs and of docs/, and each
 * `@example` of the packages' doc comments, as a module of its own, with the packages resolved to their
 * sources. Of a diff marked `js`, what it was and what it becomes run both. In them,
 *
 *     expression // => value
 *     console.log(expression) // => value
 *     const name = expression // => value
 *
 * are assertions. The value is JavaScript, and may go on in comment lines below; a promise is awaited.
 * A block marked `no-run` is skipped. An `@example` without a fence sees its package's exports.
 */

/** One piece of code of the documentation. */
interface Block {
  /** `packages/x/README.md line N`, with the line of the first line of code. */
  readonly title: string
  readonly code: string
  readonly run: boolean
  /** The file whose exports the code sees without importing them. */
  readonly scope: string | undefined
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const packages = readdirSync(join(root, 'packages'))

/** The fenced blocks in lines of Markdown; `offset` is the number of lines before the first. */
function fencedBlocks(file: string, lines: readonly string[], offset = 0): Block[] {
  const blocks: Block[] = []
  let start: number | undefined
  let info = ''
  for (const [index, line] of lines.entries()) {
    const [, fence] = /^\s*```(.*)$/.exec(line) ?? []
    if (fence === undefined) continue
    if (start === undefined) {
      start = index + 1
      info = fence
      continue
    }
    const [language = '', ...marks] = info.trim().split(/\s+/)
    const title = `${file} line ${offset + start + 1}`
    const block = { title, run: !marks.includes('no-run'), scope: undefined }
    const code = lines.slice(start, index)
    if (/^(?:ts|js|typescript|javascript)$/.test(language)) {
      blocks.push({ ...block, code: code.join('\n') })
    }
    if (language === 'diff' && marks.includes('js')) {
      blocks.push(
        { ...block, title: `${title}, before`, code: sideOf(code, '-') },
        { ...block, title: `${title}, after`, code: sideOf(code, '+') },
      )
    }
    start = undefined
  }
  return blocks
}

/** What a diff was (`-`) or becomes (`+`). */
const sideOf = (diff: readonly string[], sign: '-' | '+'): string =>
  diff
    .filter((line) => line === '' || line.startsWith(' ') || line.startsWith(sign))
    .map((line) => line.slice(1))
    .join('\n')

/** The `@example` blocks of a source file's doc comments, fenced or not. */
function exampleBlocks(file: string): Block[] {
  const source = readFileSync(join(root, file), 'utf8')
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const before = source.slice(0, comment.index).split('\n').length - 1
    const lines = comment[0]
      .replace(/\s*\*\/$/, '')
      .split('\n')
      .map((line) => line.replace(/^\s*\*(?: |$)/, ''))
    return lines.flatMap((line, index) => {
      if (!line.startsWith('@example')) return []
      const length = lines.slice(index + 1).findIndex((text) => /^@[a-z]/.test(text))
      const example = lines.slice(index + 1, length === -1 ? undefined : index + 1 + length)
      const offset = before + index + 1
      if (example.some((text) => text.includes('```'))) return fencedBlocks(file, example, offset)
      const title = `${file} line ${offset + 1}`
      return [{ title, code: example.join('\n'), run: true, scope: file }]
    })
  })
}

/** The entries of a package that code can import: specifier and source file. */
function entriesOf(directory: string): { specifier: string; source: string }[] {
  const manifest: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  if (!isRecord(manifest) || !isRecord(manifest['exports'])) return []
  return Object.entries(manifest['exports']).flatMap(([path, target]) => {
    const source = isRecord(target) ? target['@http-semantics/source'] : undefined
    if (typeof source !== 'string') return []
    return [
      { specifier: String(manifest['name']) + path.slice(1), source: join(directory, source) },
    ]
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Import declarations for the exports that code uses without importing or declaring them. */
async function implicitImports(code: string, file: string): Promise<string> {
  const own = join(root, file)
  // What the file itself exports comes first: two entries may export the same name.
  const entries = [
    { specifier: own, source: own },
    ...entriesOf(join(root, ...file.split('/').slice(0, 2))),
  ]
  const exported = await Promise.all(
    entries.map(async ({ specifier, source }) => {
      const loaded: unknown = await import(pathToFileURL(source).href)
      return { specifier, names: Object.keys(isRecord(loaded) ? loaded : {}) }
    }),
  )
  const seen = new Set<string>()
  const declarations: string[] = []
  for (const { specifier, names } of exported) {
    const used = names.filter((name) => !seen.has(name) && uses(code, name))
    for (const name of used) seen.add(name)
    if (used.length > 0) {
      declarations.push(`import { ${used.join(', ')} } from ${JSON.stringify(specifier)}`)
    }
  }
  return declarations.join('\n')
}

/** Whether code uses a name that it neither imports nor declares. */
const uses = (code: string, name: string): boolean =>
  new RegExp(`(?<![.\\w$])${name}(?![\\w$])`).test(code) &&
  !new RegExp(`(?:const|let|function|class) ${name}\\b|import[^'"]*\\b${name}\\b`).test(code)

const readmes = [
  'README.md',
  'README.zh-TW.md',
  ...packages.map((name) => `packages/${name}/README.md`),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].filter((file) => existsSync(join(root, file)))

const sources = packages.flatMap((name) =>
  readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `packages/${name}/src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.')),
)

const temporary = new Map<string, Promise<string>>()

/**
 * A folder for modules, from which they can import a package and the frameworks: that of the tests,
 * and for a package that the tests do not depend on its own, where it finds itself by its name.
 */
function folderFor(title: string): Promise<string> {
  const [top = '', name = ''] = title.split('/')
  const isOwn =
    top === 'packages' && !existsSync(join(root, 'test/node_modules/@http-semantics', name))
  const base = join(root, ...(isOwn ? [top, name] : ['test']), 'dist')
  let folder = temporary.get(base)
  if (folder === undefined) {
    folder = mkdir(base, { recursive: true }).then(() => mkdtemp(join(base, '.readme-')))
    temporary.set(base, folder)
  }
  return folder
}

afterAll(async () => {
  await Promise.all(
    [...temporary.values()].map(async (folder) => rm(await folder, { recursive: true })),
  )
})

function testBlocks(blocks: readonly Block[]): void {
  const cases = blocks.filter(({ run }) => run).map((block) => [block.title, block] as const)
  // The first one to use a package waits until all of it is loaded.
  it.each(cases)('%s', { timeout: 30_000 }, async (title, { code, scope }) => {
    const { module, assertions } = withAssertions(code)
    const imports = scope === undefined ? '' : await implicitImports(code, scope)
    const file = join(await folderFor(title), `${title.replaceAll(/\W+/g, '-')}.ts`)
    await writeFile(file, `import { expect } from 'vitest'\n${imports}\n${module}\n`)
    expect.assertions(assertions)
    await import(pathToFileURL(file).href)
  })
}

describe('The code of the READMEs and of docs/ runs and gives what it says', () => {
  testBlocks(
    readmes.flatMap((file) =>
      fencedBlocks(file, readFileSync(join(root, file), 'utf8').split('\n')),
    ),
  )
})

describe('The examples of the doc comments run and give what they say', () => {
  testBlocks(sources.flatMap((file) => exampleBlocks(file)))
})
