import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { endHeadEarly } from './head.ts'
import { exchange, last, listen, open, parse } from './wire.test.helper.ts'

/** What handlers leave behind, to be looked at when the answer has gone. */
interface Trace {
  readonly sources: Readable[]
  readonly pending: Promise<PromiseSettledResult<unknown>[]>[]
  /** How often a source was asked for content. */
  reads: number
}

type Handler = (response: ServerResponse, trace: Trace, request: IncomingMessage) => void

/** A source that never ends. */
function endless(trace: Trace): Readable {
  const source = new Readable({
    read() {
      trace.reads += 1
      this.push('x'.repeat(1000))
    },
  })
  trace.sources.push(source)
  return source
}

/** A promise that may be awaited late: its failure is a result. */
const settled = (promise: Promise<unknown>): Trace['pending'][number] =>
  Promise.allSettled([promise])

const first = 'HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n'

/** Sends HEAD and then GET on one connection, to a server whose handler answers HEAD. */
async function headThenGet(
  handler: Handler,
  request = first,
): Promise<{ raw: string; trace: Trace }> {
  const trace: Trace = { sources: [], pending: [], reads: 0 }
  const { port } = await listen((incoming, response) => {
    if (incoming.url === '/next') {
      response.end('the next')
      return
    }
    trace.pending.push(settled(once(response, 'close')))
    endHeadEarly(response)
    response.setHeader('X-Own', 'kept')
    handler(response, trace, incoming)
  })
  const raw = await exchange(port, request + last('GET /next'))
  await Promise.all(trace.pending)
  return { raw, trace }
}

describe('endHeadEarly', () => {
  it.each<[string, Handler]>([
    ['an endless source that is piped', (response, trace) => endless(trace).pipe(response)],
    [
      'an endless source in a pipeline',
      (response, trace) => {
        trace.pending.push(settled(pipeline(endless(trace), response)))
      },
    ],
    [
      'two sources piped one after the other',
      (response, trace) => {
        endless(trace).pipe(response, { end: false })
        endless(trace).pipe(response)
      },
    ],
    [
      'a source that is piped after the answer has ended',
      (response, trace) => {
        response.write('x')
        endless(trace).pipe(response)
      },
    ],
    [
      'a header section that is flushed, and a source later',
      (response, trace) => {
        response.flushHeaders()
        endless(trace).pipe(response)
      },
    ],
    ['a header section that is flushed, and nothing else', (response) => response.flushHeaders()],
    [
      'writeHead, and nothing else',
      (response) => response.writeHead(200, { 'Content-Type': 'text/event-stream' }),
    ],
    [
      'writeHead and write',
      (response) => {
        response.writeHead(200)
        response.write('x')
      },
    ],
    ['write, and nothing else', (response) => response.write('x')],
    ['end', (response) => response.end('x')],
    [
      'writes and ends after the end',
      (response) => {
        response.end('x')
        response.write('y')
        response.end('z')
        response.writeHead(200)
        response.flushHeaders()
      },
    ],
  ])(
    'answers at once, without content, frees the source and keeps the connection: %s',
    async (_, handler) => {
      // writeHead after the answer is an error of Node's own; it is the handler's to see.
      const tolerant: Handler = (response, trace, request) => {
        try {
          handler(response, trace, request)
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_HTTP_HEADERS_SENT' })
        }
      }
      const { raw, trace } = await headThenGet(tolerant)
      const [head = '', next = '', content, ...rest] = raw.split('\r\n\r\n')
      expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
      expect(head).toContain('\r\nX-Own: kept')
      expect(head).toContain('\r\nConnection: keep-alive')
      expect(next).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
      expect([content, ...rest]).toEqual(['the next'])
      expect(trace.sources.map(({ destroyed }) => destroyed)).toEqual(trace.sources.map(() => true))
      // Node 26 fills the buffer of each source, 64 KiB, whoever reads.
      expect(trace.reads).toBeLessThan(150)
    },
  )

  it('lets a pipeline fail with ERR_STREAM_PREMATURE_CLOSE, which says that nobody took the rest', async () => {
    const { trace } = await headThenGet((response, { pending, sources }) => {
      const source = Readable.from(['x', 'y'])
      sources.push(source)
      pending.push(settled(pipeline(source, response)))
    })
    expect((await Promise.all(trace.pending)).flat()).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'ERR_STREAM_PREMATURE_CLOSE' } },
    ])
    expect(trace.sources[0]?.destroyed).toBe(true)
  })

  it('returns an endless async generator from its loop', async () => {
    let returned = false
    const { raw, trace } = await headThenGet((response, shared) => {
      async function* generate(): AsyncGenerator<string> {
        try {
          for (;;) {
            shared.reads += 1
            yield 'x'
          }
        } finally {
          returned = true
        }
      }
      shared.pending.push(settled(pipeline(generate, response)))
    })
    expect(raw).toMatch(/the next$/)
    expect(returned).toBe(true)
    expect(trace.reads).toBeLessThan(5)
  })

  it('tells server-sent events that the connection is done with, so that their timer can stop', async () => {
    const { raw, trace } = await headThenGet((response, { pending }) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      const timer = setInterval(() => response.write('data: x\n\n'), 1)
      const stopped = once(response, 'close').then(() => clearInterval(timer))
      pending.push(settled(stopped))
    })
    expect(parse(raw).fields).toMatchObject({ 'content-type': 'text/event-stream' })
    expect(trace.pending).toHaveLength(2)
    expect(raw).not.toContain('data:')
  })

  it('leaves the connection to a request that is piped back', async () => {
    const request = 'HEAD / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello'
    let incoming: IncomingMessage | undefined
    const { raw } = await headThenGet((response, _trace, message) => {
      incoming = message
      message.pipe(response)
    }, request)
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(raw).toMatch(/the next$/)
    expect(raw).not.toContain('hello')
    expect(incoming?.complete).toBe(true)
  })

  it('stops a writer: write says false', async () => {
    const said: boolean[] = []
    await headThenGet((response) => {
      said.push(response.write('a'), response.write('b'))
    })
    expect(said).toEqual([false, false])
  })
})

describe('The callbacks of a writer', () => {
  it.each<[string, (response: ServerResponse, done: () => void) => void]>([
    ['write(chunk, callback)', (response, done) => response.write('x', done)],
    ['write(chunk, encoding, callback)', (response, done) => response.write('x', 'utf8', done)],
    ['end(callback)', (response, done) => response.end(done)],
    ['end(chunk, callback)', (response, done) => response.end('x', done)],
    ['end(chunk, encoding, callback)', (response, done) => response.end('x', 'utf8', done)],
    ['end(callback) after an end', (response, done) => response.end('x').end(done)],
    ['end(callback) after writeHead', (response, done) => response.writeHead(200).end('x', done)],
  ])('are called: %s', async (_, handler) => {
    let calls = 0
    await headThenGet((response, { pending }) => {
      const called = new Promise<void>((resolve) => {
        handler(response, () => {
          calls += 1
          resolve()
        })
      })
      pending.push(settled(called))
    })
    expect(calls).toBe(1)
  })

  it('are told of a write after the end', async () => {
    const errors: unknown[] = []
    await headThenGet((response, { pending }) => {
      response.end('x')
      const told = new Promise<void>((resolve) => {
        response.write('y', (error) => {
          errors.push(error)
          resolve()
        })
      })
      pending.push(settled(told))
    })
    expect(errors).toMatchObject([{ code: 'ERR_STREAM_WRITE_AFTER_END' }])
  })
})

describe('The fields of the answer', () => {
  /** The answers to GET and to HEAD of one handler. */
  async function both(handler: (response: ServerResponse) => void) {
    const { port } = await listen((request, response) => {
      response.sendDate = false
      if (request.method === 'HEAD') endHeadEarly(response)
      handler(response)
    })
    const [get, head] = await Promise.all([
      exchange(port, last('GET /')),
      exchange(port, last('HEAD /')),
    ])
    return { get: parse(get), head: parse(head) }
  }

  it.each<[string, (response: ServerResponse) => void]>([
    ['a text', (response) => response.end('hello')],
    ['an empty text', (response) => response.end('')],
    ['a text of several bytes a character', (response) => response.end('Zürich 漢字')],
    ['a text in latin1', (response) => response.end('Zürich', 'latin1')],
    ['a text in hex', (response) => response.end('68656c6c6f', 'hex')],
    ['a text in base64', (response) => response.end('aGVsbG8=', 'base64')],
    ['a text with a callback', (response) => response.end('hello', () => undefined)],
    ['a Buffer', (response) => response.end(Buffer.from('hello'))],
    ['a Uint8Array', (response) => response.end(new Uint8Array(7))],
    ['a 404', (response) => Object.assign(response, { statusCode: 404 }).end('not here')],
    ['a 204', (response) => Object.assign(response, { statusCode: 204 }).end()],
    ['a 204 with a text', (response) => Object.assign(response, { statusCode: 204 }).end('x')],
    ['a 304', (response) => Object.assign(response, { statusCode: 304 }).end()],
    ['a 304 with a text', (response) => Object.assign(response, { statusCode: 304 }).end('x')],
    [
      'a length of its own',
      (response) => {
        response.setHeader('Content-Length', 3)
        response.end('abc')
      },
    ],
    [
      'a length in writeHead',
      (response) => {
        response.writeHead(200, { 'Content-Length': 3 })
        response.end('abc')
      },
    ],
    [
      'fields of its own',
      (response) => response.setHeader('ETag', '"1"').setHeader('Vary', 'Accept').end('x'),
    ],
  ])('are those of GET: %s', async (_, handler) => {
    const { get, head } = await both(handler)
    expect(head).toEqual({ ...get, content: '' })
  })

  it('have no length for chunks, nor for a handler that leaves out the content of HEAD itself', async () => {
    const chunked = await both((response) => {
      response.write('a')
      response.end('b')
    })
    expect(chunked.get.fields).toMatchObject({ 'transfer-encoding': 'chunked' })
    expect(chunked.head.fields).not.toHaveProperty('content-length')
    const empty = await both((response) => response.end())
    expect(empty.head.fields).not.toHaveProperty('content-length')
  })

  it('keep Transfer-Encoding free of a length', async () => {
    const { head } = await both((response) => {
      response.setHeader('Transfer-Encoding', 'chunked').end('hello')
    })
    expect(head.fields).not.toHaveProperty('content-length')
  })
})

it('frees the source also when the client has gone before', async () => {
  const trace: Trace = { sources: [], pending: [], reads: 0 }
  let closed: Promise<unknown> | undefined
  const { port, server } = await listen((request, response) => {
    endHeadEarly(response)
    // The handler takes its time: its content comes when nobody waits for it any more.
    closed = once(request.socket, 'close').then(() => endless(trace).pipe(response))
  })
  const socket = await open(port)
  const asked = once(server, 'request')
  socket.write(first)
  await asked
  socket.destroy()
  await closed
  const [source] = trace.sources
  if (source?.closed === false) await once(source, 'close')
  expect(source?.destroyed).toBe(true)
})
