import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { exchange } from './wire.ts'

/** A Redis server that keeps nothing on disk. */
export interface Redis {
  readonly url: string
  /** What it answers to a command, in its own protocol. */
  ask(command: string): Promise<string>
  /** Ends it at once, with all that it keeps. */
  kill(): Promise<void>
  /** Starts it once more, on its old port. */
  restart(): Promise<void>
  /** Lets it keep its connections, and do nothing. */
  freeze(): void
  /** Lets a frozen one go on. */
  thaw(): void
}

/**
 * Starts a Redis server on a free port.
 *
 * @param command - What `inject('peers')` names.
 */
export async function startRedis(command: string): Promise<Redis> {
  const port = await freePort()
  const options = [
    `--port ${port} --bind 127.0.0.1 --appendonly no`.split(' '),
    ['--save', ''],
  ].flat()
  const launch = async () => {
    const child = spawn(command, options, { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    for await (const data of child.stdout.iterator({ destroyOnReturn: false })) {
      output += String(data)
      if (!output.includes('Ready to accept connections')) continue
      // What else it says goes nowhere, but it may say it.
      child.stdout.resume()
      return child
    }
    throw new Error(`Redis has not started: ${output}`)
  }
  let child = await launch()
  return {
    url: `redis://127.0.0.1:${port}`,
    ask: async (command) =>
      (await exchange(port, `${command}\r\nQUIT\r\n`)).replace(/\+OK\r\n$/, '').trimEnd(),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    async restart() {
      child = await launch()
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
