import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../release/workspace.ts'
import { install } from './project.ts'

/** The lines of Node that we support; of the oldest the very first release. */
export const nodeVersions: readonly string[] = ['20.19.5', '22', '24', '26']

/** Whether npm has all of {@link nodeVersions} for this machine. */
export const hasNodes: boolean = process.platform === 'linux' && process.arch === 'x64'

const cache = join(root, 'node_modules/.cache/nodes')

/**
 * A Node of a version. It comes from npm, once.
 *
 * @returns The file of the program.
 */
export async function nodeOf(version: string): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`
  const folder = join(cache, version)
  if (!existsSync(folder)) {
    const fresh = `${folder}-${process.pid}`
    await mkdir(fresh, { recursive: true })
    await writeFile(join(fresh, 'package.json'), '{ "private": true }\n')
    await install(fresh, `${name}@${version}`)
    // Another test may have been faster.
    await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }))
  }
  return join(folder, 'node_modules', name, 'bin/node')
}
