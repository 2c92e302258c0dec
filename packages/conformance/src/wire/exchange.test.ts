import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { exchange, type ExchangeOptions } from './exchange.ts'
import { parseOrigin } from './origin.ts'

async function ask(
  serve: (socket: Socket) => void,
  options: Partial<ExchangeOptions> = {},
): ReturnType<typeof exchange> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => serve(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const message = { octets: 'GET / HTTP/1.1\r\n\r\n', methods: ['GET'] }
  const bounds = { timeout: 200, grace: 50, insecure: false, limit: 10_000, ...options }
  return exchange(parseOrigin(`http://127.0.0.1:${port}/`), message, bounds)
}

const ok = 'HTTP/1.1 200 OK\r\n'

it.each<[string, (socket: Socket) => void, object]>([
  [
    'an answer and its end',
    (socket) => socket.end(`${ok}Content-Length: 1\r\n\r\na`),
    { end: 'closed', finals: [{ status: 200, whole: true }], rest: '' },
  ],
  [
    'an answer on a connection that stays open',
    (socket) => socket.write(`${ok}Content-Length: 1\r\n\r\na`),
    { end: 'open', finals: [{ whole: true }] },
  ],
  ['no answer', () => undefined, { end: 'timeout', finals: [] }],
  ['a closed connection', (socket) => socket.end(), { end: 'closed', finals: [] }],
  [
    'a stream of events, which has no end',
    (socket) => socket.write(`${ok}Content-Type: text/event-stream\r\n\r\ndata: 1\n\n`),
    { end: 'open', finals: [{ whole: false }] },
  ],
  [
    'more than it reads',
    (socket) => socket.write(`${ok}Content-Length: 100000\r\n\r\n${'x'.repeat(50_000)}`),
    { end: 'open', finals: [{ whole: false }] },
  ],
  [
    'octets behind the answer',
    (socket) => socket.end(`${ok}Content-Length: 1\r\n\r\nabc`),
    { finals: [{ status: 200 }], rest: 'bc' },
  ],
])('takes %s', async (_title, serve, expected) => {
  expect(await ask(serve)).toMatchObject(expected)
})

it('ends at once when it is told to', async () => {
  const signal = AbortSignal.timeout(30)
  const begun = Date.now()
  await expect(ask(() => undefined, { signal, timeout: 5000 })).rejects.toThrow(
    'aborted due to timeout',
  )
  expect(Date.now() - begun).toBeLessThan(2000)
})
