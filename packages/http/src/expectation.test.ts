import { once } from 'node:events'
import type { IncomingMessage, RequestListener } from 'node:http'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { awaitsContinue } from './expectation.ts'
import { attachTo } from './server.ts'
import { listen, open, readAll } from './wire.test.helper.ts'

const sink = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })

/** Asks for 100, sends the content when it comes, and takes what comes. */
async function ask(listener: RequestListener, content = 'hello'): Promise<string> {
  const { port, server } = await listen(listener)
  attachTo(server)
  const socket = await open(port)
  const all = readAll(socket)
  socket.once('data', (chunk: Buffer) => {
    if (chunk.toString('latin1').startsWith('HTTP/1.1 100 Continue\r\n\r\n')) socket.write(content)
  })
  socket.write(
    'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n',
  )
  return all
}

const statuses = (raw: string): string[] =>
  [...raw.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status)

describe('100 (Continue)', () => {
  it.each<[string, (request: IncomingMessage) => unknown]>([
    [
      'data',
      (request) =>
        once(
          request.on('data', () => undefined),
          'end',
        ),
    ],
    [
      'readable',
      (request) =>
        once(
          request.on('readable', () => void request.read()),
          'end',
        ),
    ],
    ['pipe', (request) => once(request.pipe(sink()), 'finish')],
    ['pipeline', (request) => pipeline(request, sink())],
    [
      'iteration',
      async (request) => {
        for await (const _chunk of request);
      },
    ],
    ['a web stream', (request) => pipeline(Readable.toWeb(request), sink())],
    ['data, later', (request) => setTimeout(20).then(() => request.toArray())],
    [
      'read()',
      async (request) => {
        while (!request.readableEnded) {
          request.read()
          await setTimeout(1)
        }
      },
    ],
  ])('goes out once when content is read by %s', async (_name, read) => {
    let awaited: boolean | undefined
    const raw = await ask((request, response) => {
      awaited = awaitsContinue(request)
      void (async () => {
        await read(request)
        awaited &&= !awaitsContinue(request)
        response.end('read')
      })()
    })
    expect(awaited).toBe(true)
    expect(statuses(raw)).toEqual(['100', '200'])
    expect(raw).toMatch(/read$/)
  })

  it('does not go out when nobody reads, and the connection closes', async () => {
    const raw = await ask((_request, response) => response.writeHead(401).end())
    expect(statuses(raw)).toEqual(['401'])
    expect(raw).toMatch(/^Connection: close\r$/m)
  })

  it('does not go out where the answer has begun', async () => {
    const raw = await ask((request, response) => {
      response.write('a')
      request.on('data', () => undefined)
      globalThis.setTimeout(() => response.end('b'), 20)
    })
    expect(statuses(raw)).toEqual(['200'])
  })

  it('does not go out where content is dropped, which then ends at once', async () => {
    const raw = await ask((request, response) => {
      request.resume().once('end', () => response.writeHead(413).end())
    })
    expect(statuses(raw)).toEqual(['413'])
  })

  it('does not go out to a client that did not wait', async () => {
    const { port, server } = await listen((request, response) => {
      void (async () => {
        await setTimeout(50)
        response.end(Buffer.concat(await request.toArray()))
      })()
    })
    attachTo(server)
    const socket = await open(port)
    const all = readAll(socket)
    socket.write(
      'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello',
    )
    const raw = await all
    expect(statuses(raw)).toEqual(['200'])
    expect(raw).toMatch(/hello\r\n0\r\n\r\n$|hello$/)
  })
})
