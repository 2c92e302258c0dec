import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hostOf } from './hosts.ts'
import { open, send } from './wire.ts'

const main = fileURLToPath(new URL('../../examples/start/dist/main.js', import.meta.url))

/** The process that `npm start` ends in. It is killed with the test, if it still runs. */
function start(environment: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** All that a process prints until it ends, and how it ends. */
async function outcome(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  }
  await once(child, 'close')
  return { code: child.exitCode, output }
}

/** Resolves with the first lines that a process prints. */
async function lines(child: ChildProcess, count: number): Promise<string[]> {
  let output = ''
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk)
    const printed = output.split('\n')
    if (printed.length > count) return printed.slice(0, count)
  }
  throw new Error(`It ended after printing: ${output}`)
}

/** The first of three ports in a row that are free, below those that systems give out by themselves. */
async function freePort(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    // oxlint-disable-next-line no-await-in-loop -- a second try is rare
    const free = await Promise.all([first, first + 1, first + 2].map(isFree))
    if (free.every(Boolean)) return first
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}

describe('npm start', () => {
  it('starts the three servers on ports that follow each other', async () => {
    const port = await freePort()
    const child = start({ PORT: String(port) })
    expect(await lines(child, 3)).toEqual([
      `express http://127.0.0.1:${port}`,
      `koa http://127.0.0.1:${port + 1}`,
      `fastify http://127.0.0.1:${port + 2}`,
    ])
    for (const offset of [0, 1, 2]) {
      // oxlint-disable-next-line no-await-in-loop
      const { status } = await send(port + offset, { method: 'GET', target: '/notes' })
      expect(status).toBe(200)
    }
  })

  it.each(['express', 'koa', 'fastify'])('starts %s alone on the first port', async (name) => {
    const port = await freePort()
    const child = start({ PORT: String(port), ONLY: name })
    expect(await lines(child, 1)).toEqual([`${name} http://127.0.0.1:${port}`])
    expect((await send(port, { method: 'DELETE', target: '/' })).status).toBe(405)
  })

  it('says which port is in use, and the way out', async () => {
    const host = await hostOf(createHttpServer().listen(0, '127.0.0.1'))
    onTestFinished(() => host.stop())
    const { code, output } = await outcome(start({ PORT: String(host.port), ONLY: 'koa' }))
    expect(output).toBe(
      `Port ${host.port} is in use. Choose another first port, like PORT=5100 npm start.\n`,
    )
    expect(code).toBe(1)
  })

  it.each([
    [{ PORT: 'http' }, "PORT must be a number from 1 to 65533, like PORT=5100; got 'http'."],
    [{ PORT: '65535' }, "PORT must be a number from 1 to 65533, like PORT=5100; got '65535'."],
    [{ ONLY: 'hapi' }, "ONLY must be one of express, koa, fastify; got 'hapi'."],
  ])('refuses %o in one sentence', async (environment, sentence) => {
    expect(await outcome(start(environment))).toEqual({ code: 1, output: `${sentence}\n` })
  })

  // Windows ends a process without asking it.
  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'stops on %s: event streams end at once, half a request is waited for, exit 0',
    async (signal) => {
      const port = await freePort()
      const child = start({ PORT: String(port) })
      await lines(child, 3)
      const streams = await Promise.all(
        [0, 1, 2].map(async (offset) => {
          const socket = await open(port + offset)
          socket.write('GET /ticks HTTP/1.1\r\nHost: localhost\r\n\r\n')
          await once(socket, 'data')
          return socket
        }),
      )
      const upload = await open(port)
      upload.write(
        'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\ntr',
      )
      // The server has the request once it has answered another one that came later.
      await send(port, { method: 'GET', target: '/notes' })

      const ended = Promise.all(streams.map((socket) => once(socket.resume(), 'end')))
      const exited = once(child, 'exit')
      child.kill(signal)
      await ended
      expect(child.exitCode).toBeNull()

      upload.write('ue')
      const [answer] = (await once(upload, 'data')) as [Buffer]
      expect(answer.toString()).toContain('{"received":true}')
      const [code] = (await exited) as [number | null]
      expect(code).toBe(0)
    },
  )
})
