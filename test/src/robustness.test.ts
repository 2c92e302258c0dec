import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { heapUsed } from './heap.ts'
import { frameworks } from './hosts.ts'
import { startServer } from './servers.ts'
import { field, open, send } from './wire.ts'

/** How many connections each server has to stand: `SOAK=100000`, or `--mode soak`, for many. */
const total = Number(process.env['SOAK'] ?? (process.env['MODE'] === 'soak' ? 100_000 : 1000))
const batch = 20
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

/** How long a connection may take from its last byte to its end, in milliseconds. */
const patience = 2000

const bytes = (maxLength: number): fc.Arbitrary<string> =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array).toString('latin1'))
const often = <T>(usual: readonly T[], odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: odd })

const token = fc.string({
  unit: fc.constantFrom(...Array.from('ABCGETPOSabc-!#%*_.~09')),
  minLength: 1,
  maxLength: 12,
})
// No HEAD: its answers have no content, and would have to be told from the others.
const method = often(
  ['GET', 'GET', 'POST', 'PUT', 'OPTIONS', 'TRACE', 'CONNECT', 'DESCRIBE', 'PRI', 'BREW'],
  fc.oneof(token, bytes(6)),
).filter((name) => !name.includes('HEAD'))
const target = often(
  ['/a', '/b', '/slow', '/late', '/missing', '/%zz', '*', 'http://a/a', 'a:1', '//', '/a?b#c'],
  fc.oneof(bytes(20), fc.constant(`/${'x'.repeat(20_000)}`)),
)
const version = often(
  ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/3.0', 'HTTP/0.9'],
  fc.oneof(bytes(8), fc.constantFrom('http/1.1', 'HTTP/1.', 'RTSP/1.0', '')),
)
const lineEnd = often(['\r\n'], fc.constantFrom('\n', '\r', '', '\r\r\n', ' \r\n'))
const fieldLine = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      'Content-Length: 5',
      'Content-Length: 0',
      'Transfer-Encoding: chunked',
      'Expect: 100-continue',
      'Connection: close',
      'Connection: keep-alive',
      'Content-Type: text/plain',
      'Accept: text/html',
      'X: y',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'Host: a b',
      'Host: [::1]:80',
      'Content-Length: x',
      'Content-Length: 99999999999999999999',
      'Transfer-Encoding: gzip',
      'Transfer-Encoding: gzip, chunked',
      'Expect: magic',
      'Connection: upgrade',
      'Upgrade: h2c',
      ' folded',
      'X : y',
      'no colon',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      bytes(30),
      fc.constant(`X: ${'y'.repeat(20_000)}`),
      fc.constant('X: y\r\n'.repeat(300)),
    ),
  },
)
const content = often(
  [
    '',
    '',
    'hello',
    '5\r\nhello\r\n0\r\n\r\n',
    '5\r\nhel',
    'zz\r\n',
    '0\r\nX: y\r\n\r\n',
    '1;a=b\r\n',
  ],
  bytes(40),
)

const message = fc
  .tuple(method, target, version, lineEnd, fc.array(fieldLine, { maxLength: 5 }), lineEnd, content)
  .map(
    ([method, target, version, end, fields, last, content]) =>
      `${method} ${target} ${version}${end}${[...fields, 'Host: a'].join('\r\n')}\r\n${last}${content}`,
  )

/** What a client sends: a few messages, cut into packets anywhere. */
const conversation = fc.record({
  text: fc.array(message, { minLength: 1, maxLength: 3 }).map((messages) => messages.join('')),
  cuts: fc.array(fc.nat(400), { maxLength: 4 }),
  /** Whether the client leaves without waiting for anything. */
  reset: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
})

/** Sends what was generated, and takes what comes until the connection ends. */
async function converse(
  port: number,
  { text, cuts, reset }: { text: string; cuts: readonly number[]; reset: boolean },
): Promise<string> {
  const socket = await open(port)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  // A reset is a way to close, but not in the midst of an answer: that shows in what came.
  socket.on('error', () => undefined)
  // Not `once`, which rejects on an error.
  const closed = new Promise((resolve) => socket.once('close', resolve))
  let from = 0
  for (const cut of [...new Set(cuts)].toSorted((left, right) => left - right)) {
    if (cut >= text.length || socket.destroyed) break
    socket.write(text.slice(from, cut), 'latin1')
    from = cut
    await setImmediate()
  }
  if (reset) socket.resetAndDestroy()
  else if (!socket.destroyed) socket.end(text.slice(from), 'latin1')
  const timer = setTimeout(() => socket.destroy(new Error('timeout')), patience)
  await closed
  clearTimeout(timer)
  if (socket.errored?.message === 'timeout') throw new Error(`Open after ${patience} ms`)
  return reset ? '' : Buffer.concat(chunks).toString('latin1')
}

const head =
  /^HTTP\/1\.1 ([1-5]\d\d) [\t -~]*\r\n((?:[!#$%&'*+\-.^_`|~\w]+: [\t -~\x80-\xff]*\r\n)*)\r\n/

/** Throws where bytes are anything but whole answers, each as long as it says. */
function checkAnswers(raw: string): void {
  let rest = raw
  while (rest !== '') {
    const [section, status = '', fields = ''] = head.exec(rest) ?? []
    if (section === undefined) throw new Error(`No answer: ${JSON.stringify(rest.slice(0, 200))}`)
    rest = rest.slice(section.length)
    if (status.startsWith('1') || status === '204' || status === '304') continue
    if (!/^date: /im.test(fields)) throw new Error(`No Date: ${section}`)
    const [, length] = /^content-length: (\d+)\r$/im.exec(fields) ?? []
    if (length === undefined) throw new Error(`No Content-Length: ${section}`)
    if (rest.length < Number(length)) throw new Error(`Cut short: ${section}${rest}`)
    rest = rest.slice(Number(length))
  }
}

/** Sends half of all connections. */
const attack = (port: number, seedOfHalf: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      fc.array(conversation, { minLength: batch, maxLength: batch }),
      async (conversations) => {
        const answers = await Promise.all(
          conversations.map((conversation) => converse(port, conversation)),
        )
        for (const answer of answers) checkAnswers(answer)
      },
    ),
    {
      seed: seedOfHalf,
      numRuns: Math.ceil(total / batch / 2),
      interruptAfterTimeLimit: total * 50,
    },
  )

const failures: unknown[] = []
const note = (error: unknown): void => void failures.push(error)
process.on('uncaughtExceptionMonitor', note)
afterAll(() => void process.off('uncaughtExceptionMonitor', note))

describe.each(frameworks)('%s', (framework) => {
  it(
    `stands ${total} connections of malformed requests`,
    async () => {
      let server: Server | undefined
      const port = await startServer(framework, {
        prepare: (created) => {
          server = created
        },
      })
      console.log(`seed ${seed}`)
      await attack(port, seed)
      const before = heapUsed()
      await attack(port, seed + 1)
      const answer = await send(port, { method: 'GET', target: '/a' })
      expect([answer.status, field(answer, 'Content-Length')]).toEqual([200, '14'])
      await expect.poll(() => connections(server), { timeout: 3000 }).toBe(0)
      expect(heapUsed() - before).toBeLessThan(4 * 2 ** 20)
    },
    total * 100 + 10_000,
  )

  it('answers others while 500 clients send half a request', async () => {
    const port = await startServer(framework)
    const slow: Socket[] = []
    // Not all at once: the system refuses more than its queue holds.
    while (slow.length < 500) {
      slow.push(...(await Promise.all(Array.from({ length: 50 }, () => halfRequest(port)))))
    }
    const started = performance.now()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(port, { method: 'GET', target: '/a' })),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(performance.now() - started).toBeLessThan(2000)
    expect(slow.every((socket) => !socket.destroyed)).toBe(true)
    for (const socket of slow) socket.destroy()
  })
})

async function halfRequest(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write('GET /a HTTP/1.1\r\nHost: a\r\nX-Slow')
  return socket
}

async function connections(server: Server | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    server?.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))
  })
}

it('throws nothing that nobody catches', () => {
  expect(failures).toEqual([])
})
