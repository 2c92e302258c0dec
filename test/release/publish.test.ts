import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run } from './run.ts'
import { root } from './workspace.ts'

/** Stands in for npm and gh: notes what is asked of it, and knows what is out. */
const standIn = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs')
const { basename, join } = require('node:path')
const [action, ...rest] = process.argv.slice(2)
const command = basename(__filename)
const isOut = (release) => process.env.OUT.split(' ').includes(release)
if (action === '--version') console.log(process.env.NPM_VERSION)
else if (action === 'view') {
  if (!isOut(rest[0])) process.exit(1)
  console.log(rest[0].split('@').at(-1))
} else if (rest[0] === 'view') process.exit(1)
else {
  const notes = rest.indexOf('--notes-file')
  if (notes > 0) rest.splice(notes, 2, readFileSync(rest[notes + 1], 'utf8'))
  appendFileSync(join(__dirname, 'log.txt'), [command, action, ...rest].join(' ') + '\\n')
}
`

interface Given {
  /** Versions by the names of packages: `top` depends on `base`. */
  readonly versions: { readonly base: string; readonly top: string }
  /** What npm has, as `name@version`. */
  readonly out?: string
  readonly npm?: string
  readonly isWorkflow?: boolean
}

/** Runs the script in a folder that has packages and no dependencies; returns what it asked for. */
async function published(given: Given, ...flags: readonly string[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'http-semantics-publish-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(join(root, 'scripts/publish.mjs'), join(folder, 'scripts/publish.mjs'))
  const manifests = [
    { name: '@a/base', version: given.versions.base },
    { name: '@a/example', version: '1.0.0', private: true },
    // Comes first by its folder, and last by what it needs.
    { name: '@a/a-top', version: given.versions.top, dependencies: { '@a/base': 'workspace:^' } },
  ]
  for (const manifest of manifests) {
    const place = join(folder, 'packages', manifest.name.slice('@a/'.length))
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'package.json'), JSON.stringify(manifest))
    const log = `# ${manifest.name}\n\n## ${manifest.version}\n\nNew.\n\n## 0.0.9\n\nOld.\n`
    if (manifest.version !== '0.0.0') await writeFile(join(place, 'CHANGELOG.md'), log)
  }
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await writeFile(join(bin, 'log.txt'), '')
  for (const name of ['npm', 'gh']) await writeFile(join(bin, name), standIn, { mode: 0o755 })
  await run('node', ['scripts/publish.mjs', 'packed', ...flags], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: bin + delimiter + process.env['PATH'],
      OUT: given.out ?? '',
      NPM_VERSION: given.npm ?? '11.5.1',
      GITHUB_ACTIONS: String(given.isWorkflow ?? false),
      GITHUB_SHA: 'c0ffee',
    },
  })
  return (await readFile(join(bin, 'log.txt'), 'utf8')).split('\n').filter((line) => line !== '')
}

// A file without an extension is no program on Windows.
describe.skipIf(process.platform === 'win32')('scripts/publish.mjs', () => {
  const versions = { base: '0.1.0', top: '0.2.0' }
  const base = 'npm publish packed/a-base-0.1.0.tgz --access public'
  const top = 'npm publish packed/a-a-top-0.2.0.tgz --access public'

  it('publishes what is not private, and first what others depend on', async () => {
    expect(await published({ versions })).toEqual([base, top])
  })

  it('leaves alone what is out', async () => {
    expect(await published({ versions, out: '@a/base@0.1.0' })).toEqual([top])
  })

  it('leaves alone the 0.0.0 of a package without a change note', async () => {
    const log = await published({ versions: { base: '0.1.0', top: '0.0.0' }, isWorkflow: true })
    expect(log.filter((line) => line.includes('top'))).toEqual([])
    expect(log).toContain(`${base} --provenance`)
  })

  it('publishes nothing where a package depends on such a 0.0.0', async () => {
    await expect(published({ versions: { base: '0.0.0', top: '0.2.0' } })).rejects.toThrow(
      '@a/a-top depends on @a/base, which needs a change note: it is 0.0.0 still.',
    )
  })

  it('adds provenance in the workflow, and makes releases with what the change log says', async () => {
    expect(await published({ versions, isWorkflow: true })).toEqual([
      `${base} --provenance`,
      'gh release create @a/base@0.1.0 --target c0ffee --title @a/base@0.1.0 New.',
      `${top} --provenance`,
      'gh release create @a/a-top@0.2.0 --target c0ffee --title @a/a-top@0.2.0 New.',
    ])
  })

  it('makes no release when it only tries', async () => {
    expect(await published({ versions, isWorkflow: true }, '--dry-run')).toEqual([
      `${base} --provenance --dry-run`,
      `${top} --provenance --dry-run`,
    ])
  })

  it.each(['11.5.0', '10.9.4'])('refuses npm %s, which cannot use the trust', async (npm) => {
    await expect(published({ versions, npm })).rejects.toThrow('npm 11.5.1 or newer is needed')
  })
})
