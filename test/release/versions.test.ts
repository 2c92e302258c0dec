import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { run } from './run.ts'
import { packages, readManifest, root } from './workspace.ts'

/**
 * Raises versions as the release does, in a copy where all packages have one version and there is one
 * change note.
 */
async function raised(
  version: string,
  note: string,
): Promise<{ folder: string; versions: Record<string, string> }> {
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
  for (const file of manifests) {
    const manifest = readManifest(join(folder, file))
    await writeFile(join(folder, file), JSON.stringify({ ...manifest, version }))
  }
  await writeFile(join(folder, '.changeset/note.md'), note)
  // Changesets finds there how a change log is written.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  await run('git', ['init', '--quiet', '--initial-branch=main'], { cwd: folder })
  const changeset = join(root, 'node_modules/@changesets/cli/bin.js')
  await run('node', [changeset, 'version'], { cwd: folder })
  const entries = manifests.map((file) => {
    const manifest = readManifest(join(folder, file))
    return [manifest.name.split('/')[1], manifest.version]
  })
  return { folder, versions: Object.fromEntries(entries) }
}

it.each([
  // `^0.0.0` takes no other version, so the packages that use `http` need the new one too.
  {
    before: '0.0.0',
    after: { methods: '1.0.0', http: '0.0.1', express: '0.0.1', fastify: '0.0.1', koa: '0.0.1' },
  },
  { before: '0.1.0', after: { methods: '1.0.0', http: '0.1.1' } },
  // `^1.0.0` takes 1.0.1 of `http`: nothing else is to change.
  { before: '1.0.0', after: { methods: '2.0.0', http: '1.0.1' } },
])(
  'raises the versions of packages whose dependencies are out of their range, all being $before, and tells why',
  async ({ before, after }) => {
    const { folder, versions } = await raised(
      before,
      "---\n'@http-semantics/methods': major\n---\n\nA method less.\n",
    )
    const changed = Object.entries(versions).filter(([, version]) => version !== before)
    expect(Object.fromEntries(changed)).toEqual(after)
    const log = (name: string): string =>
      readFileSync(join(folder, 'packages', name, 'CHANGELOG.md'), 'utf8')
    expect(log('methods')).toContain('### Major Changes\n\n- A method less.')
    expect(log('http')).toContain(`@http-semantics/methods@${after.methods}`)
  },
)
