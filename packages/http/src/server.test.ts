import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { attachTo } from './server.ts'
import { exchange, last, listen, open, parse, readAll } from './wire.test.helper.ts'

/** An app that tells what it was asked. */
const echo: RequestListener = (request, response) => {
  response.setHeader('X-App', 'yes')
  response.statusCode = request.method === 'CONNECT' ? 405 : 200
  response.end(`${request.method} ${request.url}`)
}

/** The statuses of all answers in what a connection brought. */
const statuses = (raw: string): string[] =>
  [...raw.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status)

const host = 'Host: localhost\r\n'

/** Sends a request and more bytes behind it than the system buffers; a server that stops reading resets. */
async function flood(port: number, request: string): Promise<{ raw: string; sent: unknown }> {
  const socket = await open(port)
  const all = readAll(socket)
  const sent = new Promise((resolve) => {
    const bytes = request + 'GET /inside HTTP/1.1\r\n\r\n'.repeat(1_000_000)
    socket.write(bytes, 'latin1', (error) => resolve(error ?? 'all of it'))
  })
  return { raw: await all, sent: await sent }
}

describe('CONNECT', () => {
  it.each([
    ['example.com:443', '*'],
    ['[::1]:443', '*'],
    ['*', '*'],
    ['http://example.com/a', '*'],
    ['/a?b', '/a?b'],
  ])('to %s gets the answer of the app, for %s, and a closed connection', async (target, url) => {
    const { port, server } = await listen(echo)
    attachTo(server)
    const { line, fields, content } = parse(
      await exchange(port, `CONNECT ${target} HTTP/1.1\r\n${host}\r\n`),
    )
    expect(line).toBe('HTTP/1.1 405 Method Not Allowed')
    expect(fields).toMatchObject({ 'x-app': 'yes', connection: 'close' })
    expect(fields).toHaveProperty('date')
    expect(content).toBe(`CONNECT ${url}`)
  })

  it('is left to another listener that an app has for it', async () => {
    let asked = 0
    const { port, server } = await listen(() => {
      asked += 1
    })
    attachTo(server)
    server.on('connect', (_request, socket: Socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nmine'))
    expect(await exchange(port, `CONNECT e.com:1 HTTP/1.1\r\n${host}\r\n`)).toBe(
      'HTTP/1.1 200 OK\r\n\r\nmine',
    )
    expect(asked).toBe(0)
  })

  it('reads what the client sends behind it, and drops it', async () => {
    const { port, server } = await listen(echo)
    attachTo(server)
    const { raw, sent } = await flood(port, `CONNECT e.com:1 HTTP/1.1\r\n${host}\r\n`)
    expect(statuses(raw)).toEqual(['405'])
    expect(raw).not.toContain('inside')
    expect(sent).toBe('all of it')
  })
})

describe('What the parser refuses', () => {
  const filler = 'x'.repeat(20_000)

  it.each([
    ['a method nobody knows', `BREW /a HTTP/1.1\r\n${host}\r\n`, 501],
    ['a registered method the parser lacks', `UPDATE /a HTTP/1.1\r\n${host}\r\n`, 501],
    ['a method in lower case', `get /a HTTP/1.1\r\n${host}\r\n`, 501],
    ['a method with marks', `M-X_Y.Z~ /a HTTP/1.1\r\n${host}\r\n`, 501],
    ['a method that starts like another', `GETX /a HTTP/1.1\r\n${host}\r\n`, 501],
    ['a method nobody knows, and a bad field', 'BREW /a HTTP/1.1\r\nbad field\r\n\r\n', 501],
    ['a method nobody knows, in HTTP/1.0', 'BREW /a HTTP/1.0\r\n\r\n', 501],
    ['a method nobody knows, to *', `BREW * HTTP/1.1\r\n${host}\r\n`, 501],
    ['a method that is no token', `G@T /a HTTP/1.1\r\n${host}\r\n`, 400],
    ['a method nobody knows, without a version', 'BREW /a\r\n\r\n', 400],
    ['no method', ` /a HTTP/1.1\r\n${host}\r\n`, 400],
    ['a field without a colon', 'GET /a HTTP/1.1\r\nbad field\r\n\r\n', 400],
    ['a space in a field name', `GET /a HTTP/1.1\r\n${host}A : b\r\n\r\n`, 400],
    [
      'two lengths',
      `GET /a HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      400,
    ],
    ['a length that is none', `GET /a HTTP/1.1\r\n${host}Content-Length: x\r\n\r\n`, 400],
    ['a TLS handshake', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc', 400],
    ['noise', 'hello\r\n\r\n', 400],
    ['fields over 16 KiB', `GET /a HTTP/1.1\r\n${host}X: ${filler}\r\n\r\n`, 431],
    ['a target over 16 KiB', `GET /${filler} HTTP/1.1\r\n${host}\r\n`, 414],
    ['a target that has no end', `GET /${filler}${filler}`, 414],
    ['a field that has no end', `GET / HTTP/1.1\r\nX: ${filler}${filler}`, 431],
    [
      'fields over 16 KiB with a long target',
      `GET /${'x'.repeat(9000)} HTTP/1.1\r\n${host}X: ${'x'.repeat(9000)}\r\n\r\n`,
      431,
    ],
    ['an RTSP method', `DESCRIBE /a HTTP/1.1\r\n${host}\r\n`, 501],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
    ['a half of the preface', `PRI * HTTP/2.0\r\n${host}\r\n`, 505],
    ['the method of the preface', `PRI * HTTP/1.1\r\n${host}\r\n`, 501],
    ['HTTP/1.2', `GET / HTTP/1.2\r\n${host}\r\n`, 505],
    ['HTTP/3.0', `GET / HTTP/3.0\r\n${host}\r\n`, 505],
    ['HTTP/3.0 with a method nobody knows', `BREW / HTTP/3.0\r\n${host}\r\n`, 505],
    ['a version with two digits', `GET / HTTP/1.10\r\n${host}\r\n`, 400],
    ['a version in lower case', `GET / http/1.1\r\n${host}\r\n`, 400],
    ['another protocol', `GET / FOO/1.1\r\n${host}\r\n`, 400],
    [
      'a method nobody knows, to something that is no target',
      `BREW a HTTP/1.1\r\n${host}\r\n`,
      400,
    ],
    [
      'gzip behind chunked',
      `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked, gzip\r\n\r\n`,
      501,
    ],
    [
      'chunked, and gzip in a field of its own',
      `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n`,
      501,
    ],
    ['gzip alone', `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\n\r\nabc`, 501],
    [
      'chunked twice',
      `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked, chunked\r\n\r\n`,
      400,
    ],
    [
      'chunked and a length',
      `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n`,
      400,
    ],
    [
      'a chunk without a size',
      `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      400,
    ],
    [
      'a chunk extension over 16 KiB',
      `POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n1;${filler}\r\nx\r\n0\r\n\r\n`,
      413,
    ],
  ])(
    'is answered by problem details, with all fields an answer needs: %s',
    async (_, bytes, status) => {
      // The app reads content to its end, so that it does not answer before the parser is done.
      const { port, server } = await listen((request, response) => {
        request.resume().on('end', () => response.end('the app'))
      })
      attachTo(server)
      const before = Date.now()
      const { line, fields, content } = parse(await exchange(port, bytes))
      expect(line).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`))
      expect(JSON.parse(content)).toEqual({
        status,
        title: line.slice('HTTP/1.1 400 '.length),
      })
      expect(fields).toMatchObject({
        connection: 'close',
        'content-length': String(content.length),
        'content-type': 'application/problem+json',
      })
      const date = Date.parse(fields['date'] ?? '')
      expect(date).toBeGreaterThan(before - 2000)
      expect(date).toBeLessThanOrEqual(Date.now())
    },
  )

  it('is answered 408 when a request takes too long', async () => {
    const { port, server } = await listen(echo, {
      headersTimeout: 20,
      requestTimeout: 20,
      connectionsCheckingInterval: 10,
    })
    attachTo(server)
    const { line, fields } = parse(await exchange(port, 'GET / HTTP/1.1\r\n'))
    expect(line).toBe('HTTP/1.1 408 Request Timeout')
    expect(fields).toMatchObject({ connection: 'close' })
  })

  it('is answered also when the client goes on sending', async () => {
    const { port, server } = await listen(echo)
    attachTo(server)
    const { raw, sent } = await flood(port, `BREW /a HTTP/1.1\r\n${host}\r\n`)
    expect(statuses(raw)).toEqual(['501'])
    expect(raw).toMatch(/"status":501}$/)
    expect(sent).toBe('all of it')
  })

  it('is answered behind an answer on the same connection', async () => {
    const { port, server } = await listen(echo)
    attachTo(server)
    const socket = await open(port)
    const all = readAll(socket)
    socket.write(`GET /a HTTP/1.1\r\n${host}\r\n`)
    await once(socket, 'data')
    socket.write(`BREW /b HTTP/1.1\r\n${host}\r\n`)
    expect(statuses(await all)).toEqual(['200', '501'])
  })

  it.each([
    ['a method nobody knows', `BREW /a HTTP/1.1\r\n${host}\r\n`, '501'],
    ['an RTSP method', `DESCRIBE /a HTTP/1.1\r\n${host}\r\n`, '501'],
    ['a version nobody knows', `GET /a HTTP/3.0\r\n${host}\r\n`, '505'],
    ['a field without a colon', 'GET /a HTTP/1.1\r\nbad field\r\n\r\n', '400'],
  ])('gets the same status wherever the packet is split: %s', async (_name, bytes, status) => {
    const { port, server } = await listen(echo)
    attachTo(server)
    const end = bytes.indexOf('\r\n') + 4
    const found = await Promise.all(
      Array.from({ length: end }, async (_, at) => {
        const socket = await open(port)
        const all = readAll(socket)
        socket.write(bytes.slice(0, at), 'latin1')
        await setTimeout(30)
        socket.write(bytes.slice(at), 'latin1')
        return [at, statuses(await all)]
      }),
    )
    expect(found).toEqual(found.map(([at]) => [at, [status]]))
  })

  it('is answered 501 byte by byte', async () => {
    const { port, server } = await listen(echo)
    attachTo(server)
    const socket = await open(port)
    const all = readAll(socket)
    for (const byte of `BREW /a HTTP/1.1\r\n${host}`) {
      socket.write(byte)
      await setTimeout(2)
    }
    expect(statuses(await all)).toEqual(['501'])
  })

  it('is answered 400 when the rest of a request line does not come', async () => {
    const { port, server } = await listen(echo)
    attachTo(server)
    expect(statuses(await exchange(port, 'FO'))).toEqual(['400'])
  })

  it('is answered 414 and 431 also in two packets', async () => {
    const { port, server } = await listen(echo)
    attachTo(server)
    const half = 'x'.repeat(10_000)
    for (const [first, second, status] of [
      [`GET /${half}`, `${half} HTTP/1.1\r\n${host}\r\n`, '414'],
      [`GET / HTTP/1.1\r\nX: ${half}`, `${half}\r\n${host}\r\n`, '431'],
    ] as const) {
      const socket = await open(port)
      const all = readAll(socket)
      socket.write(first)
      await setTimeout(30)
      socket.write(second)
      expect(statuses(await all)).toEqual([status])
    }
  })

  it('waits for the answers before it', async () => {
    const { port, server } = await listen((request, response) => {
      response.write('first ')
      globalThis.setTimeout(() => response.end(`and last of ${request.url}`), 30)
    })
    attachTo(server)
    const get = (path: string): string => `GET ${path} HTTP/1.1\r\n${host}\r\n`
    const raw = await exchange(port, `${get('/a')}${get('/b')}BREW /c HTTP/1.1\r\n${host}\r\n`)
    expect(statuses(raw)).toEqual(['200', '200', '501'])
    expect(raw.indexOf('last of /a')).toBeLessThan(raw.indexOf('last of /b'))
    expect(raw.indexOf('last of /b')).toBeLessThan(raw.indexOf(' 501 '))
  })

  it('lets CONNECT wait for the answers before it', async () => {
    const { port, server } = await listen((request, response) => {
      globalThis.setTimeout(() => response.end(`the answer to ${request.method}`), 30)
    })
    attachTo(server)
    const raw = await exchange(
      port,
      `GET /a HTTP/1.1\r\n${host}\r\nCONNECT e.com:1 HTTP/1.1\r\n${host}\r\n`,
    )
    expect(statuses(raw)).toEqual(['200', '200'])
    expect(raw.indexOf('to GET')).toBeLessThan(raw.indexOf('to CONNECT'))
  })

  it('says nothing where the answer before it closes the connection', async () => {
    const { port, server } = await listen((_request, response) => {
      response.setHeader('Connection', 'close')
      globalThis.setTimeout(() => response.end('the last'), 30)
    })
    attachTo(server)
    const raw = await exchange(port, `GET /a HTTP/1.1\r\n${host}\r\nhello\r\n\r\n`)
    expect(statuses(raw)).toEqual(['200'])
    expect(raw).toMatch(/the last$/)
  })

  it('lets a slow client have all of a long answer before it', async () => {
    const size = 20_000_000
    const { port, server } = await listen((request, response) => {
      response.setHeader('Connection', request.url === '/close' ? 'close' : 'keep-alive')
      response.end(Buffer.alloc(size, 'x'))
    })
    attachTo(server)
    const sockets = [await open(port), await open(port)] as const
    sockets[0].write(`GET /close HTTP/1.1\r\n${host}\r\nhello\r\n\r\n`)
    sockets[1].write(`GET /keep HTTP/1.1\r\n${host}\r\nhello\r\n\r\n`)
    // Longer than a refused connection is kept.
    await setTimeout(2300)
    const [closed, kept] = await Promise.all(sockets.map(readAll))
    expect([statuses(closed ?? ''), statuses(kept ?? '')]).toEqual([['200'], ['200', '400']])
    expect(Math.min(closed?.length ?? 0, kept?.length ?? 0)).toBeGreaterThan(size)
  })

  it('stands a client that sends many requests and garbage, and reads nothing for a while', async () => {
    const { port, server } = await listen((_request, response) => {
      response.end(Buffer.alloc(1_000_000, 'x'))
    })
    attachTo(server)
    const socket = await open(port)
    socket.write(`GET /a HTTP/1.1\r\n${host}\r\n`.repeat(20))
    await setTimeout(50)
    socket.write('hello\r\n\r\n')
    await setTimeout(50)
    socket.write('hello\r\n\r\n')
    expect(statuses(await readAll(socket))).toEqual([...Array<string>(20).fill('200'), '400'])
  })

  it('cuts an answer that has begun when the content of its request is malformed', async () => {
    const { port, server } = await listen((_request, response) => {
      response.write('the first part')
    })
    attachTo(server)
    const socket = await open(port)
    const all = readAll(socket)
    socket.write(`POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`)
    await once(socket, 'data')
    socket.write('zz\r\n')
    const raw = await all
    expect(statuses(raw)).toEqual(['200'])
    expect(raw).toMatch(/the first part\r\n$/)
  })

  it('gives no second answer to a request that has one', async () => {
    const { port, server } = await listen((_request, response) => {
      response.writeHead(404).end()
    })
    attachTo(server)
    const socket = await open(port)
    const all = readAll(socket)
    socket.write(`POST /a HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`)
    await once(socket, 'data')
    socket.write('zz\r\n')
    expect(statuses(await all)).toEqual(['404'])
  })

  it('does no harm when the client is gone', async () => {
    const { port, server } = await listen(echo)
    attachTo(server)
    const failed = once(server, 'clientError')
    const socket = await open(port)
    socket.write('GET / HTTP/1.1\r\nX: y')
    socket.resetAndDestroy()
    const [error] = await failed
    expect(error).toBeInstanceOf(Error)
    expect(statuses(await exchange(port, last('GET /')))).toEqual(['200'])
  })
})

describe('attachTo', () => {
  it('is harmless a second time', async () => {
    const urls: unknown[] = []
    const { port, server } = await listen((request, response) => {
      urls.push(request.url)
      response.writeHead(405).end()
    })
    attachTo(server)
    attachTo(server)
    expect(server.listenerCount('connect')).toBe(1)
    expect(server.listenerCount('clientError')).toBe(1)
    expect(statuses(await exchange(port, 'BREW / HTTP/1.1\r\n\r\n'))).toEqual(['501'])
    const raw = await exchange(port, `CONNECT e.com:1 HTTP/1.1\r\n${host}\r\n`)
    expect(statuses(raw)).toEqual(['405'])
    expect(urls).toEqual(['*'])
  })

  it.each(['before', 'after'])(
    'lets another listener for clientError, added %s it, have its word',
    async (when) => {
      const codes: unknown[] = []
      const { port, server } = await listen(echo)
      const other = (error: Error & { code?: string }): void => {
        codes.push(error.code)
      }
      if (when === 'before') server.on('clientError', other)
      attachTo(server)
      if (when === 'after') server.on('clientError', other)
      expect(statuses(await exchange(port, 'BREW / HTTP/1.1\r\n\r\n'))).toEqual(['501'])
      expect(codes).toEqual(['HPE_INVALID_METHOD'])
    },
  )

  it.each(['before', 'after'])(
    'answers once where another listener, added %s it, answers too',
    async (when) => {
      const { port, server } = await listen(echo)
      const other = (_error: Error, socket: Socket): void => {
        if (socket.writable) socket.end('HTTP/1.1 418 Mine\r\n\r\n')
      }
      if (when === 'before') server.on('clientError', other)
      attachTo(server)
      if (when === 'after') server.on('clientError', other)
      expect(statuses(await exchange(port, 'BREW / HTTP/1.1\r\n\r\n'))).toEqual([
        when === 'before' ? '418' : '501',
      ])
    },
  )

  it('leaves ordinary requests alone', async () => {
    const { port, server } = await listen(echo)
    attachTo(server)
    expect(parse(await exchange(port, last('GET /a'))).content).toBe('GET /a')
    expect(server.listenerCount('request')).toBe(1)
  })
})
