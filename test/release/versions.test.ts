import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { run } from './run.ts'
import { packages, readManifest, root } from './workspace.ts'

/** Raises versions as the release does, in a copy that has one change note. */
async function raised(note: string): Promise<{ folder: string; versions: Record<string, string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'http-semantics-versions-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const manifests = packages.map(({ name }) => `packages/${name.split('/')[1]}/package.json`)
  const files = ['package.json', 'pnpm-workspace.yaml', '.changeset/config.json', ...manifests]
  await Promise.all(
    files.map(async (file) => {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await cp(join(root, file), join(folder, file))
    }),
  )
  await writeFile(join(folder, '.changeset/note.md'), note)
  // Changesets finds there how a change log is written.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  await run('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder })
  const changeset = join(root, 'node_modules/@changesets/cli/bin.js')
  await run('node', [changeset, 'version'], { cwd: folder })
  const versions = manifests.map((file) => {
    const { name, version } = readManifest(join(folder, file))
    return [name.split('/')[1], version]
  })
  return { folder, versions: Object.fromEntries(versions) }
}

it('raises the versions of packages whose dependencies are out of their range, and tells why', async () => {
  const { folder, versions } = await raised(
    "---\n'@http-semantics/methods': major\n---\n\nA method less.\n",
  )
  const before = Object.fromEntries(
    packages.map(({ name, version }) => [name.split('/')[1], version]),
  )
  const changed = Object.keys(versions).filter((name) => versions[name] !== before[name])
  expect(changed).toEqual(['express', 'fastify', 'http', 'koa', 'methods'])
  const log = (name: string): string =>
    readFileSync(join(folder, 'packages', name, 'CHANGELOG.md'), 'utf8')
  expect(log('methods')).toContain('### Major Changes\n\n- A method less.')
  expect(log('http')).toContain(`@http-semantics/methods@${versions['methods']}`)
})
