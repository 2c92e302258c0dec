import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../release/run.ts'
import { readManifest, root } from '../release/workspace.ts'
import type { Framework } from '../src/hosts.ts'

/** What a team installs besides ours: the framework, its types, and those of Node. */
const neighbours: Readonly<Record<Framework, readonly string[]>> = {
  express: ['express', '@types/express', '@types/node'],
  koa: ['koa', '@koa/router', '@types/koa', '@types/node'],
  fastify: ['fastify', '@types/node'],
}

/** Which releases of a framework there are projects with: the one of this workspace's tests, the oldest. */
export type Age = 'current' | 'oldest'

/** The version of a package that a project has. Of the oldest release, our peer range tells. */
function versionOf(name: string, framework: Framework, age: Age): string {
  const { peerDependencies = {} } = readManifest(join(root, 'packages', framework, 'package.json'))
  const [, oldest] = /^\^(.*)$/.exec(peerDependencies[name] ?? '') ?? []
  if (age === 'oldest' && oldest !== undefined) return oldest
  return readManifest(join(root, 'test/node_modules', name, 'package.json')).version
}

/** The packed packages as they stand in a `package.json`. */
export const asDependencies = (
  tarballs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`]))

/**
 * Makes a project outside of the workspace, with a framework and our package for it, packed. Our
 * other packages come only as its dependencies.
 *
 * @returns Its folder, which has the servers of `servers/`.
 */
export async function createProject(
  framework: Framework,
  tarballs: Readonly<Record<string, string>>,
  age: Age,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `http-semantics-${framework}-`))
  const { [`@http-semantics/${framework}`]: own, ...others } = asDependencies(tarballs)
  const manifest = {
    private: true,
    type: 'module',
    dependencies: {
      [`@http-semantics/${framework}`]: own,
      ...Object.fromEntries(
        neighbours[framework].map((name) => [name, versionOf(name, framework, age)]),
      ),
    },
    overrides: others,
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  await install(folder)
  const servers = join(import.meta.dirname, 'servers')
  for (const extension of ['mjs', 'cjs', 'ts']) {
    const target = join(folder, `server.${extension}`)
    await cp(join(servers, `${framework}.${extension}`), target)
  }
  // The same source, once more as CommonJS.
  await cp(join(folder, 'server.ts'), join(folder, 'server.cts'))
  return folder
}

/** Installs what a `package.json` asks for. */
export async function install(folder: string, ...packages: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']
  await run('npm', ['install', ...quiet, ...packages], { cwd: folder })
}
