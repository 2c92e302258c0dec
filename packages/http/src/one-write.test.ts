import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { prepareMessages } from './messages.ts'
import { endsByTwoWrites } from './one-write.ts'
import type { Supervisor } from './supervised.ts'
import { supervise } from './supervise.ts'
import { exchange, last, listen, open, parse, readAll } from './wire.test.helper.ts'

type Handler = (response: ServerResponse, request: IncomingMessage) => unknown

const supervisor: Supervisor<undefined> = { begin: () => undefined }

/** What a supervised server sends for some bytes, and what it handed to the connection for that. */
async function serve(handler: Handler, { bytes = last('GET /'), hasRoom = true } = {}) {
  const writes: unknown[] = []
  const ended: Promise<unknown>[] = []
  const { port, server } = await listen((request, response) => {
    const { socket } = request
    if (!Object.hasOwn(socket, 'write')) {
      socket.write = (...parameters: unknown[]) => {
        writes.push(parameters[0])
        // oxlint-disable-next-line typescript/unbound-method -- called on the socket
        return Reflect.apply(Socket.prototype.write, socket, parameters)
      }
    }
    supervise(response, supervisor, undefined)
    ended.push(once(response, 'finish'))
    handler(response, request)
  })
  if (hasRoom) prepareMessages(server)
  const raw = await exchange(port, bytes)
  await Promise.all(ended)
  return { writes, raw }
}

const withoutDate = (raw: string): string => raw.replaceAll(/^Date: .*\r\n/gm, '')

describe('an answer that is ended with its content', () => {
  it.each<[name: string, writes: number, content: string, handler: Handler]>([
    ['a text', 1, 'hello', (response) => response.end('hello')],
    ['a text with an encoding', 1, 'hello', (response) => response.end('hello', 'utf8')],
    ['with a callback', 1, 'hello', (response) => response.end('hello', () => undefined)],
    [
      'with a length',
      1,
      'hello',
      (response) => response.setHeader('Content-Length', 5).end('hello'),
    ],
    [
      'after writeHead',
      1,
      'hello',
      (response) => response.writeHead(200, { 'Content-Length': 5 }).end('hello'),
    ],
    [
      'bytes, behind the header section',
      2,
      'hello',
      (response) => response.end(Buffer.from('hello')),
    ],
    ['a text beyond ASCII, as bytes', 2, 'h\u00c3\u00a9', (response) => response.end('hé')],
    ['nothing', 1, '', (response) => response.end()],
    ['an empty text', 1, '', (response) => response.end('')],
    ['no bytes', 2, '', (response) => response.end(Buffer.alloc(0))],
    ['content that a status has not', 1, '', (response) => response.writeHead(204).end('hello')],
  ])('goes to the connection at once: %s', async (_name, expected, content, handler) => {
    const { writes, raw } = await serve(handler)
    expect(parse(raw).content).toBe(content)
    expect(writes).toHaveLength(expected)
  })

  it.each<[name: string, handler: Handler]>([
    ['chunks', (response) => response.setHeader('Transfer-Encoding', 'chunked').end('hello')],
    ['write and end', (response) => (response.write('hel'), response.end('lo'))],
    ['write, and end without content', (response) => (response.write('hello'), response.end())],
    [
      'chunks that look like the end of them',
      (response) => (response.write('a'), response.end('0\r\n\r\n')),
    ],
    [
      'write and end with a length',
      (response) => {
        response.setHeader('Content-Length', 5).write('hel')
        response.end('lo')
      },
    ],
    [
      'trailers',
      (response) => {
        response.setHeader('Trailer', 'X-Late').write('hel')
        response.addTrailers({ 'X-Late': '1' })
        response.end('lo')
      },
    ],
    [
      'more that is written while Node ends it',
      (response) => {
        response.setHeader('Content-Length', 10).once('newListener', () => response.write('hello'))
        response.end('world', () => undefined)
      },
    ],
    [
      'an end behind one in which somebody may throw',
      (response) => {
        response.once('newListener', () => {
          throw new Error('broken')
        })
        try {
          response.end('hello', () => undefined)
        } catch {
          response.end()
        }
      },
    ],
    [
      'a text that somebody hands on in parts',
      (response) => {
        const { _send: send } = response as unknown as { _send: (...all: unknown[]) => boolean }
        const split = (text: string, encoding: string, ...others: unknown[]): boolean => {
          send.call(response, text.slice(0, 2), encoding)
          return send.call(response, text.slice(2), encoding, ...others)
        }
        Object.assign(response, { _send: split })
        response.setHeader('Content-Length', 5).end('hello')
      },
    ],
    ['an end behind an end', (response) => response.end('hello').end()],
    [
      'a text for HEAD',
      (response) => {
        response.req.method = 'HEAD'
        response.end('hello')
      },
    ],
  ])('has the same bytes as without that: %s', async (_name, handler) => {
    const one = await serve(handler)
    const two = await serve(handler, { hasRoom: false })
    expect(withoutDate(one.raw)).toBe(withoutDate(two.raw))
    expect(one.raw).toMatch(/^HTTP\/1.1 200 OK\r\n/)
  })

  it('comes in its turn where the client has sent several requests', async () => {
    const bytes = ['GET /1', 'GET /2', 'GET /3'].map(
      (line) => `${line} HTTP/1.1\r\nHost: a\r\n\r\n`,
    )
    const waiting: (() => void)[] = []
    const { raw } = await serve(
      (response, { url = '' }) => {
        // The first is ended last.
        waiting.unshift(() => response.end(`content of ${url}`))
        if (waiting.length === 4) for (const end of waiting) end()
      },
      { bytes: `${bytes.join('')}${last('GET /4')}` },
    )
    expect(raw.match(/content of \/\d/g)).toEqual([1, 2, 3, 4].map((n) => `content of /${n}`))
  })

  it('calls back once, when it has finished', async () => {
    const seen: string[] = []
    await serve((response) => {
      response.on('finish', () => seen.push('finish'))
      response.end('hello', () => seen.push('callback'))
      seen.push('end')
    })
    expect(seen[0]).toBe('end')
    // The order of these depends on the version of Node.
    expect(seen.slice(1).toSorted()).toEqual(['callback', 'finish'])
  })

  it('is followed by the next on the same connection', async () => {
    const { port, server } = await listen((_request, response) => {
      supervise(response, supervisor, undefined)
      response.end('hello')
    })
    prepareMessages(server)
    const socket = await open(port)
    const all = readAll(socket)
    for (let index = 0; index < 3; index += 1) {
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
      await once(socket, 'data')
    }
    socket.end()
    expect((await all).match(/\r\n\r\nhello/g)).toHaveLength(3)
  })
})

describe('endsByTwoWrites', () => {
  it('is whether Node writes twice where nothing is held', async () => {
    const { writes } = await serve((response) => response.end('hello'), { hasRoom: false })
    expect(writes).toHaveLength(endsByTwoWrites ? 2 : 1)
  })
})
