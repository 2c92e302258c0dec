import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own. */
export interface Server {
  readonly port: number
  stop(): Promise<void>
}

/**
 * Starts a program that prints the port it listens on.
 *
 * @param node - The file of the Node to run it.
 * @throws Error with all it printed where it ends before.
 */
export async function startServer(node: string, file: string): Promise<Server> {
  const environment = { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: undefined }
  const child = spawn(node, [file], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const listening = new Promise<number>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        const [, port] = /^(\d+)\r?\n/m.exec(output) ?? []
        if (port !== undefined) resolve(Number(port))
      })
    }
    child.on('error', reject)
    child.on('close', () => reject(new Error(`${file} ended after printing: ${output}`)))
  })
  const port = await listening
  return {
    port,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}
