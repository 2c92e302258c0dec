import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { connect as connectTls } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { statuses } from '@http-semantics/status'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { ask, openSession, type StreamAnswer } from './h2.ts'
import { hostOf } from './hosts.ts'
import { freePort, open, send } from './wire.ts'

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

const { certificate } = inject('peers')

describe.skipIf(certificate === undefined)('npm start with TLS_KEY and TLS_CERT', () => {
  const { key = '', cert = '' } = certificate ?? {}
  const tls = { TLS_KEY: key, TLS_CERT: cert }

  it('makes all three speak HTTPS, Koa and Fastify HTTP/2 too', async () => {
    const port = await freePort()
    const child = start({ PORT: String(port), ...tls })
    expect(await lines(child, 3)).toEqual([
      `express https://127.0.0.1:${port}`,
      `koa https://127.0.0.1:${port + 1}`,
      `fastify https://127.0.0.1:${port + 2}`,
    ])
    const protocols = ['http/1.1', 'h2', 'h2']
    for (const [offset, protocol] of protocols.entries()) {
      const at = { host: '127.0.0.1', port: port + offset, rejectUnauthorized: false }
      const socket = connectTls({ ...at, ALPNProtocols: ['h2', 'http/1.1'] })
      // oxlint-disable-next-line no-await-in-loop
      await once(socket, 'secureConnect')
      expect(socket.alpnProtocol).toBe(protocol)
      socket.destroy()

      // oxlint-disable-next-line no-await-in-loop
      const plain = await open(port + offset)
      plain.on('error', () => undefined)
      plain.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => plain.resume().on('close', resolve))

      const old = connectTls(at)
      old.write('DELETE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
      // oxlint-disable-next-line no-await-in-loop
      const [bytes] = (await once(old, 'data')) as [Buffer]
      expect(bytes.toString()).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/)
    }
  })

  it.each(['koa', 'fastify'])('lets %s answer over HTTP/2 as HTTP/2 has it', async (name) => {
    const port = await freePort()
    await lines(start({ PORT: String(port), ONLY: name, ...tls }), 1)
    const session = await openSession(port, 'https')
    const get = (path: string): Promise<StreamAnswer> => ask(session, { method: 'GET', path })

    const upgrade = await get('/respond/426')
    expect(upgrade).toMatchObject({ status: 426, code: 0 })
    expect(upgrade.fields).not.toHaveProperty('upgrade')
    expect(upgrade.fields).not.toHaveProperty('connection')

    const hinted = await get('/respond/103')
    expect(hinted.interim).toMatchObject([
      { ':status': 103, link: '</files/hello.txt>; rel=preload; as=fetch' },
    ])
    expect(JSON.parse(hinted.content)).toEqual({ title: 'OK', status: 200 })

    for (const { code, content, final } of statuses) {
      if (!final || code === 426) continue
      // oxlint-disable-next-line no-await-in-loop
      const answer = await get(`/respond/${code}`)
      expect(answer).toMatchObject({ status: code, code: 0 })
      expect(answer.content === '').toBe(content === 'never')
    }
    expect(await get('/raw/100-final')).toMatchObject({ status: 500, code: 0 })
    expect(await get('/raw/205-content')).toMatchObject({ status: 205, content: '', code: 0 })
    expect(await get('/files/hello.txt')).toMatchObject({ status: 200, code: 0 })
    expect(await get('/boom')).toMatchObject({ status: 500, code: 0 })
  })

  it.each([
    ['a key alone', { TLS_KEY: key }, /^TLS_KEY needs TLS_CERT: set both, or none for http\.\n$/],
    [
      'a certificate alone',
      { TLS_CERT: cert },
      /^TLS_CERT needs TLS_KEY: set both, or none for http\.\n$/,
    ],
    [
      'a key that is not there',
      { ...tls, TLS_KEY: 'missing.pem' },
      /^TLS_KEY must name a file that can be read: ENOENT[^\n]*'missing\.pem'\.\n$/,
    ],
    [
      'a folder for a certificate',
      { ...tls, TLS_CERT: tmpdir() },
      /^TLS_CERT must name a file that can be read: EISDIR[^\n]*\.\n$/,
    ],
    [
      'a program for a certificate',
      { ...tls, TLS_CERT: main },
      /^TLS_KEY and TLS_CERT must name a key and its certificate, both as PEM: [^\n]*\.\n$/,
    ],
  ])('refuses %s in one sentence', async (_title, environment, sentence) => {
    const { code, output } = await outcome(start(environment))
    expect(output).toMatch(sentence)
    expect(code).toBe(1)
  })

  it.skipIf(process.platform === 'win32')(
    'stops on SIGTERM: HTTP/2 sessions get GOAWAY, event streams end, requests in flight are answered',
    async () => {
      const port = await freePort()
      const child = start({ PORT: String(port), ...tls })
      await lines(child, 3)
      const sessions = await Promise.all([
        openSession(port + 1, 'https'),
        openSession(port + 2, 'https'),
      ])
      const goaways = sessions.map((session) => once(session, 'goaway'))
      const closed = sessions.map((session) => once(session, 'close'))
      const streams = sessions.map((session) => session.request({ ':path': '/ticks' }))
      await Promise.all(streams.map((stream) => once(stream, 'data')))
      const uploads = sessions.map((session) => {
        const fields = { ':method': 'POST', ':path': '/', 'content-type': 'application/json' }
        const upload = session.request(fields, { endStream: false })
        upload.write('tr')
        return upload
      })
      // The servers have the uploads once they have answered other requests that came later.
      await Promise.all(sessions.map((session) => ask(session, { method: 'GET', path: '/notes' })))

      // Connections of HTTP/1.1 that wait for another request end at once.
      const idle = await Promise.all(
        [0, 1, 2].map(async (offset) => {
          const at = { host: '127.0.0.1', port: port + offset, rejectUnauthorized: false }
          const socket = connectTls(at)
          socket.write('GET /notes HTTP/1.1\r\nHost: localhost\r\n\r\n')
          await once(socket, 'data')
          return socket
        }),
      )
      const idleEnded = Promise.all(idle.map((socket) => once(socket.resume(), 'end')))

      const exited = once(child, 'exit')
      const ended = Promise.all(streams.map((stream) => once(stream.resume(), 'end')))
      child.kill('SIGTERM')
      await ended
      await idleEnded
      for (const [code] of await Promise.all(goaways)) expect(code).toBe(0)
      expect(child.exitCode).toBeNull()

      const answers = uploads.map(async (upload) => {
        let text = ''
        for await (const chunk of upload.setEncoding('utf8')) text += String(chunk)
        return text
      })
      for (const upload of uploads) upload.end('ue')
      expect(await Promise.all(answers)).toEqual(['{"received":true}', '{"received":true}'])
      await Promise.all(closed)
      expect(await exited).toEqual([0, null])
    },
  )

  it.skipIf(process.platform === 'win32')(
    'cuts what is left after five seconds',
    { timeout: 10_000 },
    async () => {
      const port = await freePort()
      const child = start({ PORT: String(port), ...tls })
      await lines(child, 3)
      const sockets = [0, 1, 2].map((offset) => {
        const at = { host: '127.0.0.1', port: port + offset, rejectUnauthorized: false }
        return connectTls(at).on('error', () => undefined)
      })
      for (const socket of sockets) {
        socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\ntr')
      }
      const session = await openSession(port + 1, 'https')
      const upload = session.request({ ':method': 'POST', ':path': '/' }, { endStream: false })
      upload.on('error', () => undefined).write('tr')
      await ask(session, { method: 'GET', path: '/notes' })

      const began = Date.now()
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
      expect(Date.now() - began).toBeGreaterThan(4500)
    },
  )
})
