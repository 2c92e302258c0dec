// Methods of responses are called on responses here, by `Reflect.apply`.
/* oxlint-disable typescript/unbound-method */
import { once } from 'node:events'
import http, { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import createError from 'http-errors'
import { describe, expect, it } from 'vitest'
import { prepareMessages } from './messages.ts'
import type { Supervisor } from './supervised.ts'
import { supervise, supervisePrototype } from './supervise.ts'
import { exchange, last, listen, open, parse, readAll } from './wire.test.helper.ts'

/** What a supervisor saw of each answer. */
interface Seen {
  readonly status: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly chunk: unknown
}

interface Options {
  /** What the supervisor says of every answer. */
  readonly verdict?: ReturnType<Supervisor<unknown>['begin']>
  /** Above or below the supervision: what other middleware does to the methods of the response. */
  readonly above?: (response: ServerResponse) => void
  readonly below?: (response: ServerResponse) => void
  /** Supervise as Express needs it. */
  readonly byPrototype?: boolean
  /** Make messages as an attached server makes them. */
  readonly hasRoom?: boolean
}

type Handler = (response: ServerResponse) => unknown

/** Sends GET / and then GET /next on one connection, both supervised. */
async function getTwice(handler: Handler, options: Options = {}) {
  const { verdict, above, below, byPrototype = false, hasRoom = false } = options
  const seen: Seen[] = []
  const supervisor: Supervisor<string> = {
    begin(response, { chunk }, context) {
      if (context === '/next') return undefined
      seen.push({ status: response.statusCode, fields: { ...response.getHeaders() }, chunk })
      return verdict
    },
  }
  const pending: Promise<unknown>[] = []
  // Responses of this server alone.
  class Response extends ServerResponse {}
  const contextOf = (response: ServerResponse): string => response.req.url ?? ''
  const start = byPrototype
    ? supervisePrototype(Response.prototype, supervisor, contextOf)
    : (response: ServerResponse) => supervise(response, supervisor, contextOf(response))
  const { port, server } = await listen(
    (request, response) => {
      if (request.url !== '/next') below?.(response)
      start(response)
      if (request.url === '/next') {
        response.end('the next')
        return
      }
      above?.(response)
      pending.push(Promise.resolve(handler(response)))
    },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its type parameter is fixed
    { ServerResponse: Response as typeof ServerResponse },
  )
  if (hasRoom) prepareMessages(server)
  const raw = await exchange(port, `GET / HTTP/1.1\r\nHost: a\r\n\r\n${last('GET /next')}`)
  await Promise.all(pending)
  const next = raw.lastIndexOf('HTTP/1.1 200 OK')
  expect(parse(raw.slice(next)).content).toBe('the next')
  return { seen, raw: raw.slice(0, next), answer: parse(raw.slice(0, next)) }
}

const forms: readonly (readonly [name: string, handler: Handler, chunk: unknown])[] = [
  ['end', (response) => response.end('body'), 'body'],
  ['end with a callback', (response) => response.end('body', () => undefined), 'body'],
  ['end with an encoding', (response) => response.end('Ym9keQ==', 'base64'), 'Ym9keQ=='],
  [
    'write and end',
    (response) => {
      response.write('bo')
      response.end('dy')
    },
    'bo',
  ],
  [
    'writeHead and end',
    (response) => response.writeHead(200, { 'X-Own': 'a' }).end('body'),
    undefined,
  ],
  [
    'flushHeaders and end',
    (response) => {
      response.flushHeaders()
      response.end('body')
    },
    undefined,
  ],
  ['a pipe', (response) => void Readable.from(['body']).pipe(response), 'body'],
  ['a pipeline', (response) => pipeline(Readable.from(['body']), response), 'body'],
  [
    'a pipeline of a generator',
    (response) =>
      pipeline(async function* () {
        yield 'bo'
        yield 'dy'
      }, response),
    'bo',
  ],
]

describe.each<[name: string, way: Options]>([
  ['supervise', {}],
  ['supervise, of messages with room', { hasRoom: true }],
  ['supervisePrototype', { byPrototype: true }],
])('%s', (_name, way) => {
  it.each(forms)('sees an answer once, and lets it pass: %s', async (_form, handler, chunk) => {
    const { seen, raw } = await getTwice(handler, way)
    expect(seen.map((answer) => [answer.status, answer.chunk])).toEqual([[200, chunk]])
    expect(raw.replaceAll(/\r\n\d\r\n/g, '')).toMatch(/body|body$/)
  })

  it.each(forms)('puts another answer in its place: %s', async (_form, handler) => {
    const failed = (response: ServerResponse): unknown => {
      response.on('error', () => undefined)
      return Promise.resolve(handler(response)).catch(() => undefined)
    }
    const { answer } = await getTwice(failed, { ...way, verdict: createError(418) })
    expect(answer.line).toMatch(/^HTTP\/1\.1 418 /)
    expect(JSON.parse(answer.content)).toMatchObject({ status: 418 })
    expect(answer.fields['content-length']).toBe(String(answer.content.length))
  })

  it.each(forms)('answers OPTIONS in its place: %s', async (_form, handler) => {
    const failed = (response: ServerResponse): unknown =>
      Promise.resolve(handler(response)).catch(() => undefined)
    const verdict = { status: 204, fields: [['Allow', 'GET']] } as const
    const { answer } = await getTwice(failed, { ...way, verdict })
    expect([answer.line, answer.content]).toEqual(['HTTP/1.1 204 No Content', ''])
    expect(answer.fields['allow']).toBe('GET')
  })

  it.each([204, 205, 304])('cuts the content of a %i, however it comes', async (status) => {
    for (const [name, handler] of forms) {
      const { answer } = await getTwice((response) => {
        response.statusCode = status
        // `writeHead` says its own status.
        if (name === 'writeHead and end') return response.writeHead(status).end('body')
        return Promise.resolve(handler(response)).catch(() => undefined)
      }, way)
      const { line, content, fields } = answer
      expect([name, line.slice(0, 13), content, fields['content-length']]).toEqual([
        name,
        `HTTP/1.1 ${status} `,
        '',
        status === 205 ? '0' : undefined,
      ])
    }
  })

  it.each([
    ['passes', undefined, 200],
    ['is replaced', createError(418), 200],
    ['has no content', undefined, 204],
    ['has no content, with a length', undefined, 205],
  ])('calls all callbacks where the answer %s', async (_case, verdict, status) => {
    const called: string[] = []
    await getTwice(
      async (response) => {
        response.on('error', () => undefined)
        response.statusCode = status
        const call = (name: string) => () => void called.push(name)
        response.write('a', call('write'))
        response.write('b', 'utf8', call('write with an encoding'))
        await new Promise<void>((resolve) => {
          response.end('c', () => {
            called.push('end')
            resolve()
          })
        })
      },
      { ...way, verdict },
    )
    expect(called.toSorted()).toEqual(['end', 'write', 'write with an encoding'])
  })

  it('tells writers what Node tells them', async () => {
    const returned: unknown[] = []
    await getTwice((response) => {
      returned.push(response.write('a'), response.writableEnded, response.headersSent)
      returned.push(response.end('b') === response, response.writableEnded)
    }, way)
    expect(returned).toEqual([true, false, true, true, true])
  })

  it('frees the streams of an answer without content', async () => {
    for (const [status, verdict] of [
      [204, undefined],
      [205, undefined],
      [304, undefined],
      [200, createError(418)],
    ] as const) {
      const sources: Readable[] = []
      await getTwice(
        async (response) => {
          response.statusCode = status
          for (const wait of [0, 1]) {
            const source = new Readable({ read: () => undefined })
            sources.push(source)
            source.pipe(response)
            if (wait === 0) source.push('x')
          }
          await Promise.all(sources.map(async (source) => source.closed || once(source, 'close')))
        },
        { ...way, verdict },
      )
      expect(sources.map(({ destroyed }) => destroyed)).toEqual([true, true])
    }
  })

  describe('writeHead', () => {
    const before = { 'X-Before': 'kept', 'X-Both': 'before' }

    it.each<[string, unknown[], Readonly<Record<string, unknown>>]>([
      ['a status', [201], before],
      ['a status and a reason', [201, 'Own'], before],
      ['an object', [201, { 'x-both': 'after', 'X-New': 7 }], { 'x-both': 'after', 'x-new': '7' }],
      ['a reason and an object', [201, 'Own', { 'X-Both': 'after' }], { 'x-both': 'after' }],
      ['lists of lines', [201, { 'X-Both': ['a', 'b'] }], { 'x-both': ['a', 'b'] }],
      [
        'a flat list with a name twice',
        [201, ['X-Both', 'a', 'x-both', 'b', 'X-New', 'c']],
        { 'x-both': ['a', 'b'], 'x-new': 'c' },
      ],
      [
        'a list of pairs',
        [
          201,
          [
            ['X-Both', 'a'],
            ['x-both', 'b'],
          ],
        ],
        { 'x-both': ['a', 'b'] },
      ],
      ['an empty list', [201, []], before],
      ['a status that is a text', ['201', {}], before],
    ])('merges what it is given with what was set: %s', async (_form, parameters, expected) => {
      const { seen, answer } = await getTwice((response) => {
        for (const [name, value] of Object.entries(before)) response.setHeader(name, value)
        Reflect.apply(response.writeHead, response, parameters)
        response.end('body')
      }, way)
      const lower = Object.fromEntries(
        Object.entries({ ...before, ...expected }).map(([name, value]) => [
          name.toLowerCase(),
          value,
        ]),
      )
      expect(seen).toEqual([{ status: 201, fields: lower, chunk: undefined }])
      expect(answer.line).toBe(`HTTP/1.1 201 ${parameters[1] === 'Own' ? 'Own' : 'Created'}`)
      expect(answer.fields['x-before']).toBe('kept')
    })

    it.each<[string, unknown[], string]>([
      ['no status', [], 'ERR_HTTP_INVALID_STATUS_CODE'],
      ['a status that is none', [99], 'ERR_HTTP_INVALID_STATUS_CODE'],
      ['a status that is too large', [1000], 'ERR_HTTP_INVALID_STATUS_CODE'],
      ['half a pair', [200, ['X-Own']], 'ERR_INVALID_ARG_VALUE'],
      ['no value', [200, { 'X-Own': undefined }], 'ERR_HTTP_INVALID_HEADER_VALUE'],
      ['a value of two lines', [200, { 'X-Own': 'a\r\nb' }], 'ERR_INVALID_CHAR'],
      ['a name that is none', [200, { 'X Own': 'a' }], 'ERR_INVALID_HTTP_TOKEN'],
    ])(
      'throws what Node throws, and looks at the answer to that: %s',
      async (_case, parameters, code) => {
        const bare = new ServerResponse(new http.IncomingMessage(null as never))
        expect(() => Reflect.apply(bare.writeHead, bare, parameters)).toThrow(
          expect.objectContaining({ code }),
        )
        let thrown: unknown
        const { seen, answer } = await getTwice((response) => {
          try {
            Reflect.apply(response.writeHead, response, parameters)
          } catch (error) {
            thrown = error
            response.statusCode = 500
            response.end('failed')
          }
        }, way)
        expect(thrown).toMatchObject({ code })
        expect(seen.map(({ status }) => status)).toEqual([500])
        expect([answer.line.slice(9, 12), answer.content]).toEqual(['500', 'failed'])
      },
    )

    it('looks at the answer to a status that Node refuses as the content comes', async () => {
      const { seen, answer } = await getTwice((response) => {
        response.statusCode = 1000
        expect(() => response.end('body')).toThrow(
          expect.objectContaining({ code: 'ERR_HTTP_INVALID_STATUS_CODE' }),
        )
        response.statusCode = 500
        response.end('failed')
      }, way)
      expect(seen.map(({ status }) => status)).toEqual([500])
      expect(answer.content).toBe('failed')
    })

    it('throws when it comes twice, as Node does', async () => {
      const { answer } = await getTwice((response) => {
        response.writeHead(200)
        expect(() => response.writeHead(500)).toThrow(
          expect.objectContaining({ code: 'ERR_HTTP_HEADERS_SENT' }),
        )
        response.end()
      }, way)
      expect(answer.line).toBe('HTTP/1.1 200 OK')
    })
  })

  describe('beside wrappers', () => {
    /** What `on-headers` does: sets fields as the header section is about to leave. */
    const setLate =
      (name: string, calls: string[] = []) =>
      (response: ServerResponse): void => {
        const { writeHead } = response
        response.writeHead = function (this: ServerResponse, ...parameters: unknown[]) {
          calls.push(name)
          this.setHeader(name, String(this.statusCode))
          return Reflect.apply(writeHead, this, parameters) as ServerResponse
        }
      }

    it.each(forms)('sees what is set as the header section leaves: %s', async (_form, handler) => {
      const calls: string[] = []
      const { seen, answer } = await getTwice(handler, {
        ...way,
        above: (response) => {
          setLate('X-First', calls)(response)
          setLate('X-Second', calls)(response)
        },
      })
      expect(seen).toHaveLength(1)
      expect(seen[0]?.fields).toMatchObject({ 'x-first': '200', 'x-second': '200' })
      expect(answer.fields).toMatchObject({ 'x-first': '200', 'x-second': '200' })
      expect(calls).toEqual(['X-Second', 'X-First'])
    })

    it.each(forms)(
      'calls each wrapper once for an answer it replaces: %s',
      async (_form, handler) => {
        const calls: string[] = []
        const { answer } = await getTwice(
          (response) => Promise.resolve(handler(response)).catch(() => undefined),
          { ...way, above: setLate('X-Late', calls), verdict: createError(418) },
        )
        expect(answer.line).toMatch(/ 418 /)
        expect(calls).toEqual(['X-Late'])
      },
    )

    it.each(forms)('keeps wrappers that were there before: %s', async (_form, handler) => {
      const calls: string[] = []
      const { answer } = await getTwice(handler, { ...way, below: setLate('X-Late', calls) })
      expect(answer.fields['x-late']).toBe('200')
      expect(calls).toEqual(['X-Late'])
    })

    /** What `express-session` does: ends the answer later, and only once. */
    const endLate = (response: ServerResponse): void => {
      const { end } = response
      let ended = false
      response.end = function (this: ServerResponse, ...parameters: unknown[]) {
        if (ended) return false
        ended = true
        setImmediate(() => void Reflect.apply(end, this, parameters))
        return true
      } as unknown as ServerResponse['end']
    }

    it.each([
      [200, undefined, 'body'],
      [204, undefined, ''],
      [205, undefined, ''],
      [304, undefined, ''],
      [418, createError(418), undefined],
    ])('lets a wrapper end a %i later', async (status, verdict, content) => {
      for (const place of ['above', 'below'] as const) {
        const { answer } = await getTwice(
          (response) => {
            if (verdict === undefined) response.statusCode = status
            response.end('body')
          },
          { ...way, [place]: endLate, ...(verdict && { verdict }) },
        )
        expect(answer.line).toMatch(new RegExp(` ${status} `))
        if (content !== undefined) expect(answer.content).toBe(content)
      }
    })

    /** What `compression` does: sends the header section first, then the content through a stream. */
    const transform = (response: ServerResponse): void => {
      const { write, end } = response
      response.end = function (this: ServerResponse, chunk: unknown) {
        if (!this.headersSent) this.writeHead(this.statusCode)
        if (typeof chunk === 'string') Reflect.apply(write, this, [chunk.toUpperCase()])
        return Reflect.apply(end, this, []) as ServerResponse
      } as ServerResponse['end']
    }

    it.each([
      [200, undefined, '4\r\nBODY\r\n0\r\n\r\n'],
      [204, undefined, ''],
      [205, undefined, ''],
      [304, undefined, ''],
      [418, createError(418), '{"title":"Bad Request","status":418}'],
    ])('lets a wrapper transform a %i', async (status, verdict, content) => {
      const { answer } = await getTwice(
        (response) => {
          if (verdict === undefined) response.statusCode = status
          response.end('body')
        },
        { ...way, above: transform, ...(verdict && { verdict }) },
      )
      expect(answer.line).toMatch(new RegExp(` ${status} `))
      expect(answer.content).toBe(content)
    })
  })

  it.each<[string, (source: Readable) => void]>([
    ['fails', (source) => source.destroy(new Error('the disk is gone'))],
    ['is destroyed', (source) => source.destroy()],
  ])(
    'cuts the connection where a source %s, so that nobody takes the part for the whole',
    async (_case, stop) => {
      const { port } = await listen((_request, response) => {
        supervise(response, { begin: () => undefined }, undefined)
        const source = new Readable({ read: () => undefined })
        source.on('error', () => undefined)
        source.pipe(response)
        source.push('part')
        setTimeout(() => stop(source), 20)
      })
      expect(await exchange(port, last('GET /'))).toMatch(/\r\n\r\n4\r\npart\r\n$/)
    },
  )

  it('leaves an answer alone whose source failed before it began, or was unpiped', async () => {
    const { answer } = await getTwice(async (response) => {
      const sources = [0, 1].map(() => new Readable({ read: () => undefined }))
      for (const source of sources) source.on('error', () => undefined).pipe(response)
      const [early, unpiped] = sources
      early?.destroy(new Error('no such file'))
      await new Promise(setImmediate)
      response.write('a')
      unpiped?.unpipe(response).destroy()
      await new Promise(setImmediate)
      response.end('b')
    }, way)
    expect(answer.content).toBe('1\r\na\r\n1\r\nb\r\n0\r\n\r\n')
  })

  it('ends an answer without content where its header section is flushed', async () => {
    const { answer } = await getTwice((response) => {
      response.statusCode = 204
      response.flushHeaders()
    }, way)
    expect(answer.line).toBe('HTTP/1.1 204 No Content')
  })

  it('leaves informational responses alone', async () => {
    const { seen, raw } = await getTwice(async (response) => {
      response.writeContinue()
      response.writeProcessing()
      await new Promise<void>((resolve) => {
        response.writeEarlyHints({ link: '</a.css>; rel=preload; as=style' }, resolve)
      })
      response.end('body')
    }, way)
    expect(raw.match(/HTTP\/1\.1 \d+/g)).toEqual([
      'HTTP/1.1 100',
      'HTTP/1.1 102',
      'HTTP/1.1 103',
      'HTTP/1.1 200',
    ])
    expect(seen.map(({ status }) => status)).toEqual([200])
  })

  it('leaves trailers alone', async () => {
    const { raw } = await getTwice((response) => {
      response.setHeader('Trailer', 'X-Sum')
      response.write('body')
      response.addTrailers({ 'X-Sum': '7' })
      response.end()
    }, way)
    expect(raw).toMatch(/4\r\nbody\r\n0\r\nX-Sum: 7\r\n\r\n$/)
  })

  it('leaves an answer alone that ends by itself', async () => {
    const { seen, answer } = await getTwice((response) => response.end(), way)
    expect(seen).toEqual([{ status: 200, fields: {}, chunk: undefined }])
    expect(answer.fields['content-length']).toBe('0')
  })

  it('looks at an answer once, although it is supervised twice', async () => {
    const other: Supervisor<undefined> = { begin: () => createError(500) }
    const { seen, answer } = await getTwice((response) => response.end('body'), {
      ...way,
      above: (response) => supervise(response, other, undefined),
    })
    expect(seen).toHaveLength(1)
    expect(answer.content).toBe('body')
  })

  it('lets the supervisor amend the answer that takes its place', async () => {
    const told: unknown[] = []
    const { port } = await listen((_request, response) => {
      const verdict = createError(418)
      supervise(
        response,
        {
          begin: () => verdict,
          amend(given, content, context, cause) {
            told.push(given.statusCode, content.chunk, context, cause === verdict)
            given.removeHeader('X-Own')
          },
        },
        'context',
      )
      response.setHeader('X-Own', 'a')
      response.end('body')
    })
    const answer = parse(await exchange(port, last('GET /')))
    expect(told).toEqual([418, answer.content, 'context', true])
    expect(answer.fields['x-own']).toBeUndefined()
  })
})

it('leaves upgrades alone', async () => {
  const supervisor: Supervisor<undefined> = { begin: () => createError(500) }
  const { port, server } = await listen((_request, response) => {
    supervise(response, supervisor, undefined)
    response.end()
  })
  server.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: own\r\n\r\nown')
  })
  const socket = await open(port)
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: own\r\n\r\n')
  expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 101 [^]*own$/)
})
