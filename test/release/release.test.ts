import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { run } from './run.ts'
import { type Manifest, packages, readManifest, root } from './workspace.ts'

/*
 * Looks into every tarball as it would be published. `files/` has the list of each; write the lists
 * anew with `npx pnpm@12.21.0 run packed release/ --update`, and look at the difference.
 */

const unpacked = mkdtempSync(join(tmpdir(), 'http-semantics-unpacked-'))
afterAll(() => rmSync(unpacked, { recursive: true }))

/** Where the content of a tarball is. */
const folderOf = (name: string): string => join(unpacked, name, 'package')

beforeAll(async () => {
  const tarballs = inject('tarballs')
  await Promise.all(
    Object.entries(tarballs).map(async ([name, file]) => {
      mkdirSync(join(unpacked, name), { recursive: true })
      // Relative to the folder: a drive letter would be a host to tar.
      await run('tar', ['-xzf', file], { cwd: join(unpacked, name) })
    }),
  )
})

/** All files of a folder, with `/` between names, sorted. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()

/** What the compiler makes of a source file. */
const compiledOf = (source: string): string[] => {
  const base = source.replace(/^src/, 'dist').replace(/\.ts$/, '')
  return ['.d.ts', '.d.ts.map', '.js', '.js.map'].map((extension) => base + extension)
}

/** Every path below `exports`, whatever the condition. */
const targetsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(targetsOf) : []
}

/** Names of the packages that a module or declaration imports, `node:` aside. */
const importsOf = (code: string): string[] =>
  [
    ...code
      .replaceAll(/\/\*\*.*?\*\//gs, '')
      .matchAll(/\b(?:from |import |import\()['"]([^'".][^'"]*)['"]/g),
  ]
    .map(([, specifier = '']) => specifier)
    .filter((specifier) => !specifier.startsWith('node:'))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '')

const typesOf = (name: string): string => `@types/${name.replace('@', '').replace('/', '__')}`

interface SourceMap {
  readonly sources: readonly string[]
  readonly sourceRoot?: string
}

/** What an install brings: each name and its range. */
const dependenciesOf = ({ dependencies, peerDependencies }: Manifest): [string, string][] =>
  Object.entries({ ...dependencies, ...peerDependencies })

const versions = new Map(packages.map(({ name, version }) => [name, version]))

describe.each(packages)('The tarball of $name', ({ name, folder: source }) => {
  const folder = folderOf(name)
  const manifest = () => readManifest(join(folder, 'package.json'))

  it('has the files it always had, and what is compiled from them', async () => {
    const files = filesOf(folder)
    const sources = files.filter((file) => file.startsWith('src/'))
    const compiled = files.filter((file) => file.startsWith('dist/'))
    expect(compiled).toEqual(sources.flatMap(compiledOf).toSorted())
    // A package has a change log from its first release on: the list tells of neither state.
    const others = files.filter((file) => !compiled.includes(file) && file !== 'CHANGELOG.md')
    const list = join(root, 'test/release/files', `${name.split('/')[1]}.txt`)
    await expect(`${others.join('\n')}\n`).toMatchFileSnapshot(list)
  })

  it('has its licence and what to read, and no tests', () => {
    const files = filesOf(folder)
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']))
    expect(files.filter((file) => /test|fixture|tsbuildinfo/.test(file))).toEqual([])
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(
      readFileSync(join(root, 'LICENSE'), 'utf8'),
    )
    const logs = ['CHANGELOG.md'].filter((file) => existsSync(join(source, file)))
    expect(files.filter((file) => file === 'CHANGELOG.md')).toEqual(logs)
    expect(manifest().files).toContain('CHANGELOG.md')
  })

  it('has the source of each of its maps', () => {
    const files = filesOf(folder)
    const sources = files
      .filter((file) => file.endsWith('.map'))
      .flatMap((file) => {
        const map = JSON.parse(readFileSync(join(folder, file), 'utf8')) as SourceMap
        return map.sources.map((path) => join(file, '..', map.sourceRoot ?? '', path))
      })
      .map((path) => path.replaceAll('\\', '/'))
    expect(sources.filter((path) => !files.includes(path))).toEqual([])
    expect(sources).not.toEqual([])
  })

  it('has every file that its package.json names', () => {
    const { exports, bin } = manifest()
    const targets = [...targetsOf(exports), ...targetsOf(bin)]
    const files = filesOf(folder)
    expect(targets.filter((target) => !files.includes(target.replace('./', '')))).toEqual([])
    expect(targets).toContain('./dist/index.js')
    for (const program of targetsOf(bin)) {
      expect(readFileSync(join(folder, program), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    }
  })

  it('depends on versions that npm can read, and on those of ours that go with it', () => {
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).not.toMatch(/workspace:|catalog:/)
    for (const [dependency, range] of dependenciesOf(manifest())) {
      const version = versions.get(dependency)
      expect(range).toMatch(version === undefined ? /^\^\d/ : new RegExp(`^\\^${version}$`))
    }
  })

  it('brings all that it imports, types too', () => {
    const names = new Set(dependenciesOf(manifest()).map(([dependency]) => dependency))
    const missing = filesOf(folder)
      .filter((file) => /^dist\/.*\.(?:js|d\.ts)$/.test(file))
      .flatMap((file) => {
        return importsOf(readFileSync(join(folder, file), 'utf8'))
          .filter((imported) => {
            if (!names.has(imported) && !names.has(typesOf(imported))) return true
            if (file.endsWith('.js')) return !names.has(imported)
            return !names.has(typesOf(imported)) && !hasTypes(source, imported)
          })
          .map((imported) => `${file} imports ${imported}`)
      })
    expect(missing).toEqual([])
  })

  it('says on npm where it comes from, and is checked as all are', () => {
    expect(manifest()).toMatchObject({
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      engines: readManifest(join(root, 'package.json')).engines,
      publishConfig: { access: 'public' },
      repository: { directory: `packages/${name.split('/')[1]}` },
      scripts: { 'check:package': 'publint --strict && attw --pack --profile esm-only --quiet' },
    })
    // No install scripts: nothing of ours runs on a machine that installs it.
    expect(Object.keys(manifest().scripts ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/install|prepare/)]),
    )
  })
})

/** Whether a package, as it is installed for one of ours, brings its own types. */
function hasTypes(folder: string, name: string): boolean {
  const { types, typings, exports } = readManifest(
    join(folder, 'node_modules', name, 'package.json'),
  )
  return typeof (types ?? typings) === 'string' || JSON.stringify(exports ?? '').includes('.d.')
}
