import { createReadStream, statSync } from 'node:fs'
import { pipeline as streamPipeline, PassThrough, Readable, Writable } from 'node:stream'
import { pipeline as finished } from 'node:stream/promises'
import { httpSemantics as expressSemantics } from '@http-semantics/express'
import Express from 'express'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { address, routes, serve, start, text, type Handler } from './apps.ts'
import { frameworks, type Framework } from './hosts.ts'
import { Sources } from './sources.ts'
import { field, open, pipeline, send, type WireAnswer } from './wire.ts'

const file = import.meta.filename
const fileSize = statSync(file).size

/**
 * The fields that HEAD and GET have to share. `Transfer-Encoding` belongs to the message, not to the
 * representation: where there is no content there is no coding of it (RFC 9112 section 6.1).
 */
const comparable = ({ status, fields }: WireAnswer): unknown => ({
  status,
  fields: fields
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name !== 'date' && name !== 'transfer-encoding')
    .toSorted(([left], [right]) => left.localeCompare(right)),
})

/** Handlers for GET, none of which knows of HEAD. */
const handlers: readonly (readonly [name: string, handler: Handler, length: number | undefined])[] =
  [
    ['a text', text('grüße'), 7],
    ['an empty text', text(''), 0],
    ['JSON', (reply) => reply.send(200, { answer: 42 }), 13],
    ['bytes', (reply) => reply.send(200, Buffer.alloc(5000)), 5000],
    [
      'a file of known size',
      (reply) => {
        reply.set('Content-Type', 'text/plain')
        reply.set('Content-Length', String(fileSize))
        reply.send(200, createReadStream(file))
      },
      fileSize,
    ],
    [
      'a stream of unknown size',
      (reply) => {
        reply.set('Content-Type', 'text/plain')
        reply.send(200, Readable.from(['a', 'b']))
      },
      undefined,
    ],
    [
      'a cached text with validators',
      (reply) => {
        reply.set('ETag', '"1"')
        reply.set('Cache-Control', 'max-age=60')
        reply.set('Content-Language', 'en')
        reply.send(200, 'hello')
      },
      5,
    ],
    ['a 404 of its own', (reply) => reply.send(404, 'no such note'), 12],
    [
      'an answer written by hand in one go',
      (reply) => {
        const response = reply.raw()
        response.setHeader('Content-Type', 'text/plain; charset=utf-8')
        response.end('grüße')
      },
      7,
    ],
    [
      'an answer written by hand in latin1',
      (reply) => {
        const response = reply.raw()
        response.setHeader('Content-Type', 'text/plain; charset=iso-8859-1')
        response.end('grüße', 'latin1')
      },
      5,
    ],
    [
      'an answer written by hand in pieces',
      (reply) => {
        const response = reply.raw()
        response.writeHead(200, { 'Content-Type': 'text/plain', 'X-By': 'hand' })
        response.write('a')
        response.end('b')
      },
      undefined,
    ],
    [
      'no content',
      (reply) => {
        const response = reply.raw()
        response.statusCode = 204
        response.end()
      },
      undefined,
    ],
    [
      'no content, though a handler wrote some',
      (reply) => {
        const response = reply.raw()
        response.statusCode = 204
        response.end('dropped by Node')
      },
      undefined,
    ],
  ]

describe.each(frameworks)('%s answers HEAD as GET', (framework) => {
  it.each(handlers)('with %s', async (_name, handler, length) => {
    const port = await start(framework, { routes: [['GET', '/a', handler]] })
    const get = await send(port, { method: 'GET', target: '/a' })
    const head = await send(port, { method: 'HEAD', target: '/a' })
    expect(comparable(head)).toEqual(comparable(get))
    expect(field(head, 'Content-Length')).toBe(length === undefined ? undefined : String(length))
    expect(head.content).toBe('')
  })

  it.each([
    ['404', '/no', 404],
    ['404 of a handler that left', '/left', 404],
    ['405', '/only-post', 405],
    ['500', '/boom', 500],
  ])('with the error page for %s', async (_name, target, status) => {
    const port = await start(framework, {
      routes: [
        ...routes('POST /only-post'),
        ['GET', '/left', 'next'],
        [
          'GET',
          '/boom',
          () => {
            throw new Error('boom')
          },
        ],
      ],
    })
    for (const accept of ['*/*', 'text/html', 'text/plain']) {
      const fields = { Accept: accept }
      const get = await send(port, { method: 'GET', target, fields })
      const head = await send(port, { method: 'HEAD', target, fields })
      expect(get.status).toBe(status)
      expect(comparable(head)).toEqual(comparable(get))
      expect(field(head, 'Content-Length')).toBe(String(Buffer.byteLength(get.content)))
    }
  })

  it('with its own 404 page', async () => {
    const port = await start(framework, { routes: routes('GET /a'), page: 'nothing here' })
    const get = await send(port, { method: 'GET', target: '/no' })
    const head = await send(port, { method: 'HEAD', target: '/no' })
    expect(comparable(head)).toEqual(comparable(get))
  })
})

/** What streams without end: a source handed to the framework, or written by hand. */
const endless: readonly (readonly [
  name: string,
  frameworks: readonly Framework[],
  handler: (sources: Sources) => Handler,
])[] = [
  ['a Node stream', frameworks, (sources) => (reply) => reply.send(200, sources.stream())],
  [
    'a web stream',
    ['koa', 'fastify'],
    (sources) => (reply) => reply.send(200, sources.webStream()),
  ],
  [
    'a Response',
    ['koa', 'fastify'],
    (sources) => (reply) => reply.send(200, new Response(sources.webStream())),
  ],
  [
    'a generator made a stream',
    frameworks,
    (sources) => (reply) => reply.send(200, Readable.from(sources.generator())),
  ],
  [
    'a web stream made a Node stream',
    frameworks,
    (sources) => (reply) => reply.send(200, Readable.fromWeb(sources.webStream())),
  ],
  [
    'a stream piped by hand',
    frameworks,
    (sources) => (reply) => void sources.stream().pipe(reply.raw()),
  ],
  [
    'a stream piped after the header section',
    frameworks,
    (sources) => (reply) => {
      const response = reply.raw()
      response.writeHead(200, { 'Content-Type': 'text/plain' })
      sources.stream().pipe(response)
    },
  ],
  [
    'a pipeline',
    frameworks,
    (sources) => (reply) => streamPipeline(sources.stream(), reply.raw(), () => undefined),
  ],
  [
    'a pipeline from a generator',
    frameworks,
    (sources) => (reply) => streamPipeline(sources.generator(), reply.raw(), () => undefined),
  ],
  [
    'a pipeline from a web stream',
    frameworks,
    (sources) => (reply) => {
      const done = finished(sources.webStream(), reply.raw())
      done.catch(() => undefined)
    },
  ],
  [
    'a web stream piped to the response',
    frameworks,
    (sources) => (reply) => {
      const done = sources.webStream().pipeTo(Writable.toWeb(reply.raw()))
      done.catch(() => undefined)
    },
  ],
  [
    'a pipeline that begins after the header section',
    frameworks,
    (sources) => (reply) => {
      const response = reply.raw()
      response.writeHead(200, { 'Content-Type': 'text/plain' })
      streamPipeline(sources.generator(), response, () => undefined)
    },
  ],
  [
    'a pipeline with a transform',
    frameworks,
    (sources) => (reply) =>
      streamPipeline(sources.stream(), new PassThrough(), reply.raw(), () => undefined),
  ],
  [
    'server-sent events',
    frameworks,
    (sources) => (reply) => {
      const response = reply.raw()
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.on(
        'close',
        sources.timer(() => response.write('data: tick\n\n')),
      )
    },
  ],
  [
    'server-sent events after flushHeaders',
    frameworks,
    (sources) => (reply) => {
      const response = reply.raw()
      response.setHeader('Content-Type', 'text/event-stream')
      response.flushHeaders()
      response.on(
        'close',
        sources.timer(() => response.write('data: tick\n\n')),
      )
    },
  ],
]

describe.each(frameworks)('%s frees on HEAD what GET would stream without end', (framework) => {
  it.each(endless.filter(([, those]) => those.includes(framework)))(
    '%s',
    async (_name, _frameworks, handler) => {
      const sources = new Sources()
      const port = await start(framework, {
        routes: [['GET', '/endless', handler(sources)], ...routes('GET /after')],
      })
      const [head, after] = await pipeline(port, [
        { method: 'HEAD', target: '/endless' },
        { method: 'GET', target: '/after' },
      ])
      expect([head?.status, head && field(head, 'Content-Length')]).toEqual([200, undefined])
      expect(after?.content).toBe('GET /after')
      await vi.waitFor(() => expect(sources.live).toBe(0))
    },
  )

  it('of 1,000 requests on ten connections', async () => {
    const sources = new Sources()
    const port = await start(framework, {
      routes: [['GET', '/endless', (reply) => reply.send(200, sources.stream())]],
    })
    const heads = Array.from({ length: 100 }, () => ({ method: 'HEAD', target: '/endless' }))
    const answers = await Promise.all(Array.from({ length: 10 }, () => pipeline(port, heads)))
    expect(answers.flat().map(({ status }) => status)).toEqual(
      Array.from({ length: 1000 }, () => 200),
    )
    await vi.waitFor(() => expect(sources).toMatchObject({ made: 1000, live: 0 }))
  })

  it('but still streams to GET', async () => {
    const sources = new Sources()
    const port = await start(framework, {
      routes: [['GET', '/endless', (reply) => reply.send(200, sources.stream())]],
    })
    const socket = await open(port)
    onTestFinished(() => void socket.destroy())
    socket.write('GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n')
    let received = ''
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
    await vi.waitFor(() => expect(received).toContain('x'.repeat(1000)))
  })
})

it('answers HEAD as GET for a file of express.static and sendFile', async () => {
  const app = Express()
  const semantics = expressSemantics()
  app.use(semantics, Express.static(import.meta.dirname))
  app.get('/file', (_request, response) => response.sendFile(file))
  const port = await serve(semantics.attach(app.listen(address.port, address.host)))
  for (const target of ['/file', '/head.test.ts']) {
    const get = await send(port, { method: 'GET', target })
    const head = await send(port, { method: 'HEAD', target })
    expect(comparable(head)).toEqual(comparable(get))
    expect(field(head, 'Content-Length')).toBe(String(fileSize))
  }
})
