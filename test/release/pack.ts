import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { run } from './run.ts'
import { packages, root } from './workspace.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The tarball of each package that is published, by the package's name. */
    readonly tarballs: Readonly<Record<string, string>>
  }
}

/** Removes what former builds left: the compiler keeps what it made of sources that are gone. */
function removeStale(folder: string): void {
  const dist = join(folder, 'dist')
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const [, base] = /^(.*?)(?:\.d)?\.[jt]s(?:\.map)?$/.exec(file) ?? []
    const isStale = base !== undefined && !existsSync(join(folder, 'src', `${base}.ts`))
    if (isStale) rmSync(join(dist, file))
  }
}

/**
 * Packs every package once, before all tests, as it would be published: into the folder `PACKED`, to
 * be published from there, or into one that goes again.
 *
 * @returns Tidies up after all tests.
 */
export async function setup(project: TestProject): Promise<() => void> {
  const kept = process.env['PACKED']
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'http-semantics-packed-'))
  for (const { folder: built } of packages) removeStale(built)
  const names = packages.map(({ name }) => `--filter=${name}`)
  await run('pnpm', ['--recursive', ...names, 'pack', '--pack-destination', folder], { cwd: root })
  const tarballs = packages.map(({ name, version }) => [
    name,
    join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`),
  ])
  project.provide('tarballs', Object.fromEntries(tarballs))
  return () => {
    if (kept === undefined) rmSync(folder, { recursive: true })
  }
}
