import { spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { readManifest, root } from './workspace.ts'

/** `pnpm@` and its version. */
const { packageManager = 'pnpm' } = readManifest(`${root}/package.json`)

/** Node and npm are here; pnpm comes by npm. */
const commands: Readonly<Record<string, readonly string[]>> = {
  node: [process.execPath],
  pnpm: ['npx', '--yes', '--prefer-offline', packageManager],
}

/** npm and npx are scripts on Windows. */
const isWindows = process.platform === 'win32'

/**
 * Runs a command to its end.
 *
 * @param command - `node`, `npm`, `pnpm`, or a file.
 * @returns What it printed on stdout.
 * @throws Error with all it printed where it fails.
 */
export async function run(
  command: string,
  parameters: readonly string[],
  options: SpawnOptions = {},
): Promise<string> {
  const [file = command, ...first] = commands[command] ?? []
  const child = spawn(file, [...first, ...parameters], {
    ...options,
    shell: isWindows && file !== process.execPath,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let all = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (all += chunk.toString()))
  }
  const [code] = await once(child, 'close')
  if (code !== 0) {
    throw new Error(`${[command, ...parameters].join(' ')} ended with ${code}:\n${all}`)
  }
  return output
}
