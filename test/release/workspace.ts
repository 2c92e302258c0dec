import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url))

/** What tests read of a `package.json`. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly bin?: unknown
  readonly files?: readonly string[]
  readonly exports?: unknown
  readonly engines?: unknown
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly types?: string
  readonly typings?: string
  readonly packageManager?: string
}

/** Reads a `package.json`. */
export const readManifest = (file: string): Manifest =>
  JSON.parse(readFileSync(file, 'utf8')) as Manifest

/** A package that is published. */
export interface Package extends Manifest {
  /** Its folder, absolute. */
  readonly folder: string
}

/** The packages that are published, in the order of their names. */
export const packages: readonly Package[] = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name))
  .map((folder) => ({ ...readManifest(join(folder, 'package.json')), folder }))
  .filter((manifest) => manifest.private !== true)
