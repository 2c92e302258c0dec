import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { frameworks } from './hosts.ts'
import { startServer } from './servers.ts'
import { exchange, field, open, parseAnswer, parseAnswers } from './wire.ts'

/** The key and its answer of RFC 6455 section 1.3. */
const key = 'dGhlIHNhbXBsZSBub25jZQ=='
const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='

const upgrade = (method = 'GET', target = '/a', ...more: readonly string[]): string =>
  [
    `${method} ${target} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    ...more,
    '',
    '',
  ].join('\r\n')

const last = 'GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'

/** What a library of web sockets does: it takes the socket, and sends back what comes. */
function speakWebSocket(server: Server): void {
  server.on('upgrade', ({ headers, url }: IncomingMessage, socket: Socket, first: Buffer) => {
    if (url !== '/a') {
      socket.end('HTTP/1.1 403 Mine\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const hash = createHash('sha1')
      .update(`${headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${hash}\r\n\r\n`,
    )
    socket.write(first)
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
}

/** What comes next from a socket; fails where it is closed. */
async function next(socket: Socket): Promise<string> {
  const closed = once(socket, 'close').then(() => {
    throw new Error('The connection was closed')
  })
  const [chunk]: unknown[] = await Promise.race([once(socket, 'data'), closed])
  return (chunk as Buffer).toString('latin1')
}

/** Reads from a socket until it has sent a text. */
async function until(socket: Socket, text: string): Promise<string> {
  let received = ''
  while (!received.includes(text)) received += await next(socket)
  return received
}

/** A text frame of `hi`, and bytes that are no HTTP in any way. */
const frames = ['\x81\x02hi', '\x00\xff\r\n\r\n\x82', 'GET / HTTP/9.9\r\n\r\n']

describe.each(frameworks)('%s with an upgrade listener of the app', (framework) => {
  const startApp = (): Promise<number> => startServer(framework, { prepare: speakWebSocket })

  it('leaves the handshake and the connection to it', async () => {
    const port = await startApp()
    const socket = await open(port)
    socket.write(upgrade())
    const answer = parseAnswer(await until(socket, '\r\n\r\n'))
    expect([answer.status, field(answer, 'Sec-WebSocket-Accept')]).toEqual([101, accept])
    // Nothing of ours is in it.
    expect(answer.fields).toHaveLength(3)
    for (const frame of frames) {
      socket.write(frame, 'latin1')
      expect(await until(socket, frame)).toBe(frame)
    }
    socket.end()
    await once(socket, 'close')
    expect(parseAnswer(await exchange(port, last)).status).toBe(200)
  })

  it('hands on what came with the handshake', async () => {
    const socket = await open(await startApp())
    socket.write(`${upgrade()}${frames[0]}`, 'latin1')
    const received = await until(socket, 'hi')
    expect(received.slice(received.indexOf('\r\n\r\n') + 4)).toBe(frames[0])
    socket.destroy()
  })

  it('lets it come behind other requests of the connection', async () => {
    const socket = await open(await startApp())
    for (const target of ['/a', '/no', '/%zz']) {
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
      const status = target === '/a' ? 200 : target === '/no' ? 404 : 400
      expect(await until(socket, target === '/a' ? 'host localhost' : '}')).toContain(` ${status} `)
    }
    socket.write(upgrade())
    expect(await until(socket, accept)).toContain(' 101 ')
    socket.destroy()
  })

  it('leaves a refusal to it', async () => {
    const raw = await exchange(await startApp(), upgrade('GET', '/other'))
    expect(raw).toBe('HTTP/1.1 403 Mine\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })

  it('still answers what the parser refuses', async () => {
    const raw = await exchange(await startApp(), upgrade('FOO'))
    expect(parseAnswer(raw)).toMatchObject({ status: 501 })
  })
})

/**
 * Sends a request, and another once the answer is there: Node itself drops what comes with an upgrade
 * that nobody takes.
 */
async function inTurn(port: number, first: string, second: string): Promise<string> {
  const socket = await open(port)
  socket.write(first)
  let received = await next(socket)
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
  socket.write(second)
  await once(socket, 'close')
  return received
}

describe.each(frameworks)('%s without an upgrade listener', (framework) => {
  it.each([
    ['GET', '/a', 200],
    ['HEAD', '/a', 200],
    ['GET', '/no', 404],
    ['PUT', '/a', 501],
    ['POST', '/a', 405],
    ['OPTIONS', '/a', 204],
    ['TRACE', '/a', 405],
    ['GET', '/%zz', 400],
  ])('answers an upgrade of %s %s as any request', async (method, target, status) => {
    const port = await startServer(framework)
    const answers = parseAnswers(await inTurn(port, upgrade(method, target), last), [method, 'GET'])
    expect(answers.map(({ status }) => status)).toEqual([status, 200])
    expect(answers[0] && field(answers[0], 'Upgrade')).toBeUndefined()
  })

  it('takes the content of an upgrade', async () => {
    const port = await startServer(framework)
    const raw = await inTurn(port, `${upgrade('POST', '/b', 'Content-Length: 2')}hi`, last)
    const answers = parseAnswers(raw, ['POST', 'GET'])
    expect(answers.map(({ content }) => content)).toEqual(['2 bytes', 'host localhost'])
  })
})
