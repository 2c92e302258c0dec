import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import http2 from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import { Router } from '@koa/router'
import Express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, it, onTestFinished } from 'vitest'
import { address, serve, start, text, type App, type Handler } from './apps.ts'
import { ask, openSession } from './h2.ts'
import { frameworks, type Framework } from './hosts.ts'
import { listen } from './violations.ts'
import { exchange, field, pipeline, requestText, send } from './wire.ts'

const raw =
  (handle: (response: ServerResponse) => void): Handler =>
  (reply) =>
    handle(reply.raw())

const throwing =
  (status: number, headers?: Readonly<Record<string, string>>): Handler =>
  () => {
    throw Object.assign(new Error('thrown'), { status, headers })
  }

describe.each(frameworks)('%s', (framework) => {
  it.each<[number, string, string]>([
    [401, 'WWW-Authenticate', 'Session realm="app"'],
    [405, 'Allow', 'GET, HEAD, OPTIONS'],
    [407, 'Proxy-Authenticate', 'Session realm="proxy"'],
    [426, 'Upgrade', 'websocket'],
    [428, 'Cache-Control', 'no-store'],
    [429, 'Cache-Control', 'no-store'],
    [431, 'Cache-Control', 'no-store'],
    [511, 'Cache-Control', 'no-store'],
  ])('completes a thrown %i by %s: %s', async (status, name, value) => {
    const port = await start(framework, {
      routes: [['GET', '/', throwing(status)]],
      rules: { onViolation: 'repair' },
    })
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(port, { method, target: '/' })
      expect([answer.status, field(answer, name)]).toEqual([status, value])
      expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    }
  })

  it('says nothing of errors that bring what they need', async () => {
    const port = await start(framework, {
      routes: [
        ['GET', '/416', throwing(416, { 'Content-Range': 'bytes */9' })],
        ['GET', '/401', throwing(401, { 'WWW-Authenticate': 'Basic realm="a"' })],
        ['GET', '/503', throwing(503, { 'Retry-After': '9' })],
        ['GET', '/500', throwing(500)],
      ],
      rules: { onViolation: 'error' },
    })
    const violations = listen()
    const range = await send(port, { method: 'GET', target: '/416', fields: { Range: 'bytes=9-' } })
    expect([range.status, field(range, 'Content-Range')]).toEqual([416, 'bytes */9'])
    for (const status of [401, 503, 500, 404]) {
      const answer = await send(port, { method: 'GET', target: `/${status}` })
      expect(answer.status).toBe(status)
    }
    for (const method of ['PUT', 'TRACE', 'PROPFIND', 'OPTIONS']) {
      await send(port, { method, target: '/500' })
    }
    expect(violations).toEqual([])
  })

  /** As those write it who want UTF-8 in a field, and as Node gives the fields of others. */
  const named = Buffer.from('filename="檔案.txt"').toString('latin1')

  it.each<[string, Handler, string]>([
    ['ASCII text', text('hello'), 'hello'],
    ['other text', text('héllo 你好'), 'héllo 你好'],
    ['JSON', (reply) => reply.send(200, { greeting: '你好' }), '{"greeting":"你好"}'],
    ['bytes', (reply) => reply.send(200, Buffer.from('hello')), 'hello'],
    ['nothing', (reply) => reply.send(200, ''), ''],
    [
      'text of a length that is told',
      raw((response) => {
        response.setHeader('X-File-Name', named).setHeader('Content-Length', '8')
        response.write('hé')
        response.end('llo..')
      }),
      'héllo..',
    ],
    [
      'text with a callback',
      raw((response) => response.setHeader('X-File-Name', named).end('héllo', () => undefined)),
      'héllo',
    ],
    [
      'text in Latin-1',
      raw((response) => response.setHeader('X-File-Name', named).end('h\u00E9', 'latin1')),
      'h\uFFFD',
    ],
  ])('sends the bytes of a field as they are, beside %s', async (_case, handler, content) => {
    const port = await start(framework, {
      routes: [['GET', '/', handler]],
      before: (reply) => reply.set('X-File-Name', named),
    })
    const answer = await send(port, { method: 'GET', target: '/' })
    expect(field(answer, 'X-File-Name')).toBe(named)
    expect(answer.content).toBe(content)
  })

  it.each<[string, Exclude<Handler, 'next'>]>([
    ['text', (reply) => reply.send(200, '{"greeting":"你好"}')],
    ['JSON', (reply) => reply.send(200, { greeting: '你好' })],
    ['bytes', (reply) => reply.send(200, Buffer.from('{"greeting":"你好"}'))],
  ])('sends an interim answer ahead of %s that waits for others', async (_case, handler) => {
    const held: ServerResponse[] = []
    const port = await start(framework, {
      routes: [
        ['GET', '/first', (reply) => held.push(reply.raw())],
        [
          'GET',
          '/hinted',
          (reply) => {
            reply.earlyHints([{ target: '/style.css', rel: 'preload' }])
            return handler(reply)
          },
        ],
        [
          'GET',
          '/last',
          (reply) => {
            setImmediate(() => held[0]?.end('first'))
            return reply.send(200, 'last')
          },
        ],
      ],
    })
    const kept = { Connection: 'keep-alive' }
    const requests = [
      requestText({ method: 'GET', target: '/first', fields: kept }),
      requestText({ method: 'GET', target: '/hinted', fields: kept }),
      requestText({ method: 'GET', target: '/last' }),
    ]
    const came = await exchange(port, [requests.join('')])
    const raw = Buffer.from(came, 'latin1').toString()
    expect(raw.match(/HTTP\/1.1 \d+/g)?.map((line) => line.slice(-3))).toEqual([
      '200',
      '103',
      '200',
      '200',
    ])
    expect(raw).toMatch(/\r\n\r\n\{"greeting":"你好"\}HTTP/)
  })

  it('leaves a Content-Disposition beside a text as Node sends it', async () => {
    const port = await start(framework, {
      routes: [
        [
          'GET',
          '/',
          raw((response) => response.setHeader('Content-Disposition', named).end('hello')),
        ],
      ],
    })
    const answer = await send(port, { method: 'GET', target: '/' })
    expect(field(answer, 'Content-Disposition')).toBe(named)
  })

  it("keeps the rules for the app's own 404 page, which is no route", async () => {
    const port = await start(framework, {
      routes: [['GET', '/', text('a')]],
      page: 'nothing here',
      before: (reply) => reply.set('Strict-Transport-Security', 'max-age=9'),
      rules: { onViolation: 'repair' },
    })
    const violations = listen()
    const answer = await send(port, { method: 'GET', target: '/missing' })
    expect([answer.status, answer.content]).toEqual([404, 'nothing here'])
    expect(field(answer, 'Strict-Transport-Security')).toBeUndefined()
    expect(violations).toMatchObject([{ rule: 'hsts-over-http', route: undefined, status: 404 }])
  })

  it.each([
    [true, 'https', 'max-age=9'],
    [true, 'http', undefined],
    [false, 'https', undefined],
  ])(
    'keeps Strict-Transport-Security over https: proxies trusted %j, who say %s',
    async (trustProxy, proto, expected) => {
      const port = await start(framework, {
        routes: [['GET', '/', text('a')]],
        before: (reply) => reply.set('Strict-Transport-Security', 'max-age=9'),
        trustProxy,
        rules: { onViolation: 'repair' },
      })
      const fields = { 'X-Forwarded-Proto': proto }
      const answer = await send(port, { method: 'GET', target: '/', fields })
      expect(field(answer, 'Strict-Transport-Security')).toBe(expected)
    },
  )

  const bare: App['routes'] = [204, 205, 304].flatMap((status) => [
    ['GET', `/${status}`, (reply) => reply.send(status, 'body')],
    [
      'GET',
      `/${status}/raw`,
      raw((response) => {
        response.statusCode = status
        response.setHeader('Content-Length', '4')
        response.write('bo')
        response.end('dy')
      }),
    ],
    [
      'GET',
      `/${status}/head`,
      raw((response) => {
        response.writeHead(status, { 'Transfer-Encoding': 'chunked' }).end('body')
      }),
    ],
    [
      'GET',
      `/${status}/stream`,
      raw((response) => {
        response.statusCode = status
        Readable.from(['bo', 'dy']).pipe(response)
      }),
    ],
  ])

  it('keeps a connection on which an answer without content went', async () => {
    const port = await start(framework, {
      routes: [...bare, ['GET', '/next', text('the next')]],
      rules: { onViolation: 'repair' },
    })
    for (const [, target] of bare) {
      const request = { method: 'GET', target }
      const next = { method: 'GET', target: '/next' }
      const answers = await pipeline(port, [request, next, { ...request, method: 'HEAD' }, next])
      expect(answers.map(({ content }) => content)).toEqual(['', 'the next', '', 'the next'])
      expect(answers.map(({ status }) => status % 200)).toEqual([
        Number(target.slice(1, 4)) % 200,
        0,
        Number(target.slice(1, 4)) % 200,
        0,
      ])
    }
  })
})

describe('A bare 405 inside nested routers', () => {
  const builders: Readonly<Record<Framework, () => Promise<number>>> = {
    async express() {
      const app = Express()
      const semantics = express.httpSemantics({ onViolation: 'repair' })
      app.use(semantics)
      const inner = Express.Router()
      inner.get('/notes/:id', (_request, response) => void response.sendStatus(405))
      inner.delete('/notes/:id', (_request, response) => void response.sendStatus(204))
      app.use('/api', Express.Router().use('/v1', inner))
      app.patch('/api/v1/notes/:id', (_request, response) => void response.sendStatus(204))
      return serve(semantics.attach(app.listen(address.port, address.host)))
    },
    async koa() {
      const app = new Koa()
      const semantics = koa.httpSemantics({ onViolation: 'repair' })
      const inner = new Router()
      inner.get('/notes/:id', (ctx) => void (ctx.status = 405))
      inner.delete('/notes/:id', (ctx) => void (ctx.status = 204))
      const outer = new Router({ prefix: '/api' }).use('/v1', inner.routes())
      const other = new Router().patch('/api/v1/notes/:id', (ctx) => void (ctx.status = 204))
      app.use(semantics).use(outer.routes()).use(other.routes())
      return serve(semantics.attach(app.listen(address.port, address.host)))
    },
    async fastify() {
      const app = Fastify({ forceCloseConnections: true })
      await app.register(fastify.httpSemantics, { onViolation: 'repair' })
      await app.register(
        async (api) => {
          await api.register(
            async (inner) => {
              inner.get('/notes/:id', (_request, reply) => reply.code(405).send('no'))
              inner.delete('/notes/:id', (_request, reply) => reply.code(204).send())
            },
            { prefix: '/v1' },
          )
        },
        { prefix: '/api' },
      )
      app.patch('/api/v1/notes/:id', (_request, reply) => reply.code(204).send())
      await app.listen(address)
      return serve(app.server)
    },
  }

  it.each(frameworks)('gets the Allow of its path: %s', async (framework) => {
    const port = await builders[framework]()
    const violations = listen()
    const answer = await send(port, { method: 'GET', target: '/api/v1/notes/7?a=b' })
    expect([answer.status, field(answer, 'Allow')]).toEqual([
      405,
      'GET, HEAD, PATCH, DELETE, OPTIONS',
    ])
    expect(violations.map(({ rule }) => rule)).toEqual(['allow'])
  })
})

it('says nothing of the files express.static serves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'http-semantics-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'a.txt'), '0123456789')
  const app = Express()
  const semantics = express.httpSemantics({ onViolation: 'error' })
  app.use(semantics).use(Express.static(folder))
  const port = await serve(semantics.attach(app.listen(address.port, address.host)))
  const violations = listen()
  const whole = await send(port, { method: 'GET', target: '/a.txt' })
  const etag = field(whole, 'ETag') ?? ''
  for (const [fields, statuses] of [
    [{}, { GET: 200, HEAD: 200 }],
    [{ Range: 'bytes=2-3' }, { GET: 206, HEAD: 200 }],
    [{ Range: 'bytes=20-' }, { GET: 416, HEAD: 200 }],
    [{ 'If-None-Match': etag }, { GET: 304, HEAD: 304 }],
  ] as const) {
    for (const [method, status] of Object.entries(statuses)) {
      const answer = await send(port, { method, target: '/a.txt', fields })
      expect([method, answer.status]).toEqual([method, status])
    }
  }
  expect(violations).toEqual([])
})

it('keeps the rules for an answer of a middleware ahead of ours, wrappers included', async () => {
  const app = Express()
  const semantics = express.httpSemantics({ onViolation: 'repair' })
  app.use((request, response, next) => {
    // oxlint-disable-next-line typescript/unbound-method
    const { writeHead } = response
    response.writeHead = function (this: ServerResponse, ...parameters: unknown[]) {
      this.setHeader('Set-Cookie', 'a=1')
      return Reflect.apply(writeHead, this, parameters) as ServerResponse
    } as typeof response.writeHead
    if (request.path === '/ahead') response.sendStatus(401)
    else next()
  })
  app.use(semantics)
  app.get('/', (_request, response) => void response.send('a'))
  app.get('/401', (_request, response) => void response.sendStatus(401))
  const port = await serve(semantics.attach(createServer(app).listen(address.port, address.host)))
  const violations = listen()
  const expected = ['a=1', 'Session realm="app"']
  // The first request installs the middleware, after the wrapper.
  const first = await send(port, { method: 'GET', target: '/401' })
  expect([field(first, 'Set-Cookie'), field(first, 'WWW-Authenticate')]).toEqual(expected)
  const second = await send(port, { method: 'GET', target: '/401' })
  expect([field(second, 'Set-Cookie'), field(second, 'WWW-Authenticate')]).toEqual(expected)
  const ahead = await send(port, { method: 'GET', target: '/ahead' })
  expect([field(ahead, 'Set-Cookie'), field(ahead, 'WWW-Authenticate')]).toEqual(expected)
  const cookie = await send(port, { method: 'GET', target: '/' })
  expect(field(cookie, 'Cache-Control')).toBe('private')
  expect(violations.map(({ rule }) => rule)).toEqual([
    'challenge',
    'challenge',
    'challenge',
    'public-cookie',
  ])
})

describe('HTTP/2', () => {
  const forbidden = {
    'Keep-Alive': 'timeout=5',
    'Proxy-Connection': 'close',
    'Transfer-Encoding': 'chunked',
    Upgrade: 'h2c',
    'HTTP2-Settings': 'x',
  }

  it.each([
    [
      'koa',
      async () => {
        const app = new Koa()
        app.use(koa.httpSemantics({ onViolation: 'repair' }))
        app.use((ctx) => {
          ctx.status = ctx.path === '/426' ? 426 : 200
          ctx.set(forbidden)
          ctx.body = 'body'
        })
        const server = http2.createServer(app.callback())
        onTestFinished(() => void server.close())
        await new Promise<void>(
          (resolve) => void server.listen(address.port, address.host, resolve),
        )
        return server
      },
    ],
    [
      'fastify',
      async () => {
        const app = Fastify({ http2: true })
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types are of HTTP/1.1
        await app.register(fastify.httpSemantics as never, { onViolation: 'repair' } as never)
        app.get('/', (_request, reply) => reply.headers(forbidden).send('body'))
        app.get('/426', (_request, reply) => reply.code(426).headers(forbidden).send('body'))
        onTestFinished(() => void app.server.close())
        await app.listen(address)
        return app.server
      },
    ],
  ] as const)('has no fields about the connection: %s', async (_framework, build) => {
    const bound = (await build()).address()
    if (bound === null || typeof bound === 'string') throw new Error('The server does not listen')
    const session = await openSession(bound.port)
    const violations = listen()
    for (const [path, status] of [
      ['/', 200],
      ['/426', 426],
    ] as const) {
      const answer = await ask(session, { method: 'GET', path })
      expect([answer.status, answer.content, answer.code]).toEqual([status, 'body', 0])
      for (const name of Object.keys(forbidden)) {
        expect(answer.fields[name.toLowerCase()]).toBeUndefined()
      }
    }
    expect(violations.map(({ rule }) => rule)).toEqual(['connection-fields', 'connection-fields'])
  })
})
