import { dirname, join } from 'node:path'
import { readManifest, root } from '../release/workspace.ts'

/** A TypeScript that apps have. */
interface Compiler {
  readonly version: string
  /** Its `tsc`, a script for Node. */
  readonly file: string
}

/** A compiler among what is installed in a folder of this repository. */
function compilerIn(folder: string, name: string): Compiler {
  const manifest = join(root, folder, 'node_modules', name, 'package.json')
  return { version: readManifest(manifest).version, file: join(dirname(manifest), 'bin/tsc') }
}

/** The lines of TypeScript that we support. */
export const compilers: readonly Compiler[] = [
  compilerIn('test', 'typescript-5.9'),
  compilerIn('test', 'typescript-6'),
  compilerIn('.', 'typescript'),
]

/** Options of the compiler, and what it is to compile. */
interface Resolution {
  readonly name: string
  readonly parameters: readonly string[]
  readonly files: readonly string[]
}

const strict = ['--noEmit', '--strict', '--target', 'es2023', '--lib', 'es2023', '--types', 'node']

/** The ways in which apps find packages. */
export const resolutions: readonly Resolution[] = [
  {
    name: 'nodenext, as ES module and as CommonJS',
    parameters: [...strict, '--module', 'nodenext', '--skipLibCheck'],
    files: ['server.ts', 'server.cts'],
  },
  {
    name: 'bundler',
    parameters: [
      ...strict,
      '--module',
      'preserve',
      '--moduleResolution',
      'bundler',
      '--skipLibCheck',
    ],
    files: ['server.ts'],
  },
  {
    // The declarations of all packages, too: what ours import must be there.
    name: 'nodenext with every check',
    parameters: [
      ...strict,
      '--module',
      'nodenext',
      '--skipLibCheck',
      'false',
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
      '--noPropertyAccessFromIndexSignature',
    ],
    files: ['server.ts', 'server.cts'],
  },
]
