import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { frameworks } from './hosts.ts'
import { startServer } from './servers.ts'
import { exchange, field, parseAnswer, parseAnswers, type WireAnswer } from './wire.ts'

const host = 'Host: localhost\r\n'
const filler = 'x'.repeat(20_000)

/** What a refusal of the server itself has to have. */
function refusal(answer: WireAnswer | undefined): Record<string, unknown> | undefined {
  if (answer === undefined) return undefined
  const { status } = JSON.parse(answer.content) as { status: unknown }
  return {
    status: answer.status,
    told: status,
    type: field(answer, 'Content-Type'),
    connection: field(answer, 'Connection'),
    isDated: Date.parse(field(answer, 'Date') ?? '') > Date.now() - 5000,
    isWhole: field(answer, 'Content-Length') === String(Buffer.byteLength(answer.content)),
  }
}

const refused = (status: number): Record<string, unknown> => ({
  status,
  told: status,
  type: 'application/problem+json',
  connection: 'close',
  isDated: true,
  isWhole: true,
})

describe.each(frameworks)('%s: what the parser refuses', (framework) => {
  it.each([
    ['a method nobody knows', `BREW /a HTTP/1.1\r\n${host}\r\n`, 501],
    ['a method nobody knows, in two packets', ['FO', `O /a HTTP/1.1\r\n${host}\r\n`], 501],
    ['an RTSP method', `DESCRIBE /a HTTP/1.1\r\n${host}\r\n`, 501],
    ['an RTSP method, in two packets', ['DESCRIBE / HTT', `P/1.1\r\n${host}\r\n`], 501],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
    ['HTTP/1.2', `GET /a HTTP/1.2\r\n${host}\r\n`, 505],
    ['HTTP/3.0', `GET /a HTTP/3.0\r\n${host}\r\n`, 505],
    ['a request line that is none', 'GET\r\n\r\n', 400],
    ['a target over the limit', `GET /${filler} HTTP/1.1\r\n${host}\r\n`, 414],
    ['fields over the limit', `GET /a HTTP/1.1\r\n${host}X: ${filler}\r\n\r\n`, 431],
    ['gzip', `POST /b HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\n\r\nabc`, 501],
    [
      'gzip behind chunked',
      `POST /b HTTP/1.1\r\n${host}Transfer-Encoding: chunked, gzip\r\n\r\nabc`,
      501,
    ],
    [
      'a length and chunks',
      `POST /b HTTP/1.1\r\n${host}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n`,
      400,
    ],
  ] as const)('answers %s, once, and closes', async (_name, packets, status) => {
    const port = await startServer(framework)
    const raw = await exchange(port, packets)
    const [answer] = parseAnswers(raw, ['GET'])
    expect(refusal(answer)).toEqual(refused(status))
  })

  it('answers 408 to a request that takes too long', async () => {
    const port = await startServer(framework, {
      server: { headersTimeout: 20, requestTimeout: 20, connectionsCheckingInterval: 10 },
    })
    const answer = parseAnswer(await exchange(port, 'GET /a HTTP/1.1\r\n'))
    expect(refusal(answer)).toEqual(refused(408))
  })

  it('answers the requests before a bad one first', async () => {
    const port = await startServer(framework)
    const get = `GET /slow HTTP/1.1\r\n${host}\r\n`
    const raw = await exchange(port, `${get}${get}BREW /a HTTP/1.1\r\n${host}\r\n`)
    const answers = parseAnswers(raw, ['GET', 'GET', 'BREW'])
    expect(answers.map(({ status, content }) => [status, content.slice(0, 4)])).toEqual([
      [200, 'slow'],
      [200, 'slow'],
      [501, '{"ti'],
    ])
  })

  it('lets CONNECT wait for the answers before it', async () => {
    const port = await startServer(framework)
    const raw = await exchange(
      port,
      `GET /slow HTTP/1.1\r\n${host}\r\nCONNECT a:1 HTTP/1.1\r\n${host}\r\n`,
    )
    const answers = parseAnswers(raw, ['GET', 'CONNECT'])
    expect(answers.map(({ status }) => status)).toEqual([200, 405])
  })

  it('answers one time when what follows a refusal is malformed, too', async () => {
    const port = await startServer(framework)
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let raw = ''
    socket.on('data', (chunk) => (raw += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    const closed = new Promise((resolve) => socket.on('close', resolve))
    for (const packet of [`BREW /a HTTP/1.1\r\n${host}\r\n`, 'hello\r\n\r\n', 'BREW again\r\n']) {
      socket.write(packet)
      await setTimeout(10)
    }
    socket.end()
    await closed
    expect(raw.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 501'])
  })
})

describe.each(frameworks)('%s: Upgrade', (framework) => {
  it('is left to an app that listens to it', async () => {
    const port = await startServer(framework, {
      prepare: (server) =>
        server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Mine\r\n\r\n')),
    })
    const raw = await exchange(
      port,
      `GET /a HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    )
    expect(raw).toBe('HTTP/1.1 101 Mine\r\n\r\n')
  })
})
