import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  constants,
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type SecureServerOptions,
} from 'node:http2'
import { request } from 'node:https'
import type { Socket } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { Router } from '@koa/router'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import Fastify, { type FastifyInstance } from 'fastify'
import Koa, { type Context } from 'koa'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { breaches, type Breach, type Lines } from './breaches.ts'
import { ask, openSession, type StreamAnswer } from './h2.ts'
import { Sources } from './sources.ts'
import { listen } from './violations.ts'

/** What a handler may do, in whichever framework it runs. */
interface Reply {
  set(name: string, value: string): void
  send(status: number, content: string | Buffer | Readable): void
  /** Takes the answer out of the framework's hands. */
  raw(): ServerResponse
}

type Handler = (reply: Reply, sources: Sources) => void | Promise<void>

const bare =
  (status: number): Handler =>
  (reply) =>
    reply.send(status, '')

/** The fields that HTTP/2 forbids (RFC 9113 section 8.2.2). */
const forbidden = {
  Connection: 'keep-alive',
  'Keep-Alive': 'timeout=5',
  'Proxy-Connection': 'keep-alive',
  'Transfer-Encoding': 'chunked',
  Upgrade: 'websocket',
} as const

/** By `GET` path; `/a` takes POST too. */
/** A stream that fails after its first part. */
function failing(): Readable {
  const source = new PassThrough()
  source.on('error', () => undefined)
  source.write('part')
  // The header section and the part are on their way by then.
  globalThis.setTimeout(() => source.destroy(new Error('the disk is gone')), 50)
  return source
}

const handlers: Readonly<Record<string, Handler>> = {
  '/failing': (reply) => reply.send(200, failing()),
  '/piped': (reply) => void failing().pipe(reply.raw()),
  '/spaces': (reply) => {
    const response = reply.raw()
    response.setHeader('X-Own', '  a ')
    response.end()
  },
  '/te': (reply) => {
    reply.set('TE', 'gzip')
    reply.send(200, 'content')
  },
  '/twice': (reply) => {
    // Node throws for several lines of such a field, which no rule knows.
    reply.raw().setHeader('X-Content-Type-Options', ['nosniff', 'nosniff'])
    reply.raw().end('content')
  },
  '/a': (reply) => reply.send(200, 'content'),
  '/204': (reply) => reply.send(204, 'content'),
  '/205': (reply) => reply.send(205, 'content'),
  '/304': (reply) => reply.send(304, 'content'),
  '/raw/204': rawContent(204),
  '/raw/205': rawContent(205),
  '/raw/304': rawContent(304),
  '/100': (reply) => reply.send(100, 'content'),
  '/103': (reply) => reply.send(103, 'content'),
  '/600': (reply) => reply.send(600, 'content'),
  '/401': bare(401),
  '/405': bare(405),
  '/407': bare(407),
  '/426': bare(426),
  '/429': bare(429),
  '/206': (reply) => reply.send(206, 'content'),
  '/throw': () => {
    throw new Error('secret detail')
  },
  '/late': async (reply) => {
    await setTimeout(50)
    reply.send(404, 'content')
  },
  '/late/throw': async () => {
    await setTimeout(50)
    throw new Error('secret detail')
  },
  '/late/raw': async (reply) => {
    const response = reply.raw()
    await setTimeout(50)
    response.write('content')
    response.end('more')
  },
  '/forbidden': (reply) => {
    for (const [name, value] of Object.entries(forbidden)) reply.set(name, value)
    reply.send(200, 'content')
  },
  '/hsts': (reply) => {
    reply.set('Strict-Transport-Security', 'max-age=1')
    reply.send(200, 'content')
  },
  '/endless': (reply, sources) => reply.send(200, sources.stream()),
  '/raw/endless': (reply, sources) => void sources.stream().pipe(reply.raw()),
}

function rawContent(status: number): Handler {
  return (reply) => {
    const response = reply.raw()
    response.statusCode = status
    response.write('content')
    response.end('more')
  }
}

/** The rules about what only HTTP/1.1 has, and the one with tests of its own. */
const foreignRules = new Set([
  'upgrade',
  'upgrade-option',
  'two-lengths',
  'coding-to-http-1.0',
  'last-coding',
  'close',
  'connection-fields',
  'trailer-of-length',
])

const isConnectionField = (name: string): boolean => name in forbidden

/** The ways to break a rule. */
const forms: Readonly<Record<string, (reply: Reply, breach: Breach) => void>> = {
  'setHeader and end'(reply, { status, fields = [], content, before }) {
    const response = reply.raw()
    before?.(response)
    response.statusCode = status
    for (const [name, value] of grouped(fields)) response.setHeader(name, value)
    response.end(content)
  },
  'writeHead and end'(reply, { status, fields = [], content, before }) {
    const response = reply.raw()
    before?.(response)
    response.writeHead(status, Object.fromEntries(grouped(fields)))
    response.end(content)
  },
  'a piped stream'(reply, { status, fields = [], content, before }) {
    const response = reply.raw()
    before?.(response)
    response.statusCode = status
    for (const [name, value] of grouped(fields)) response.setHeader(name, value)
    Readable.from(content === undefined ? [] : [content]).pipe(response)
  },
  'the framework'(reply, { status, fields = [], content = '' }) {
    for (const [name, value] of fields) reply.set(name, value)
    reply.send(status, content)
  },
}

/** The lines of a field as `setHeader` takes them: a text, or a list of several. */
function grouped(fields: Lines): [name: string, value: string | string[]][] {
  return [...new Set(fields.map(([name]) => name))].map((name) => {
    const values = fields.filter(([other]) => other === name).map(([, value]) => value)
    return [name, values.length === 1 ? (values[0] ?? '') : values]
  })
}

/** One breach in one form, under a path of its own. */
interface Case {
  readonly rule: string
  readonly form: string
  readonly breach: Breach
  readonly path: string
}

/** Rules about statuses that HTTP/2 cannot even say. */
const statusesOfHttp1: ReadonlySet<string> = new Set(['interim-as-final', 'status-range'])

const cases: readonly Case[] = Object.entries(breaches)
  .filter(([rule]) => !foreignRules.has(rule))
  .flatMap(([rule, row]) => row.breaches.map((breach) => ({ rule, breach: withType(breach) })))
  .flatMap(({ rule, breach }) =>
    Object.keys(forms)
      .filter((form) => {
        if (form === 'the framework') return breach.byFramework === true
        // Node throws where a handler sets such a status on HTTP/2.
        if (statusesOfHttp1.has(rule)) return false
        return (
          form === 'setHeader and end' || !(breach.withContent === true || breach.whole === true)
        )
      })
      .map((form) => ({ rule, form, breach })),
  )
  .map((row, index) => ({ ...row, path: `/rules/${index}` }))

/** Content has a type, unless a row says otherwise. */
function withType(breach: Breach): Breach {
  const { fields = [], content } = breach
  const isGiven = fields.some(([name]) => name === 'Content-Type')
  if (content === undefined || isGiven) {
    return { ...breach, fields: fields.filter(([name, value]) => name !== 'Content-Type' || value) }
  }
  return { ...breach, fields: [...fields, ['Content-Type', 'text/plain']] }
}

const runCase =
  ({ form, breach }: Case) =>
  (reply: Reply): void =>
    forms[form]?.(reply, breach)

type AnyServer = Http2Server | Http2SecureServer

/** Builds the same app; TLS where there is a key. Attaching twice is harmless. */
const builders: Readonly<
  Record<string, (sources: Sources, tls?: SecureServerOptions) => Promise<AnyServer>>
> = {
  async koa(sources, tls) {
    const app = new Koa()
    app.silent = true
    const semantics = koa.httpSemantics({ onViolation: 'repair' })
    const router = new Router()
    for (const [path, handler] of Object.entries(handlers)) {
      router.get(path, (ctx) => handler(koaReply(ctx), sources))
    }
    for (const row of cases) {
      router.register(row.path, ['GET', 'POST'], (ctx) => runCase(row)(koaReply(ctx)))
    }
    router.post('/a', (ctx) => void (ctx.body = 'posted'))
    router.register('/b', ['PUT', 'DELETE'], (ctx) => void (ctx.body = 'put'))
    app.use(semantics).use(router.routes())
    const handle = app.callback()
    const listener: Parameters<typeof createServer>[1] = (request, response) =>
      void handle(request, response)
    const server =
      tls === undefined
        ? createServer(listener)
        : createSecureServer({ ...tls, allowHTTP1: true }, listener)
    semantics.attach(semantics.attach(server))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return server
  },

  async fastify(sources, tls) {
    const app =
      tls === undefined
        ? Fastify({ http2: true })
        : // An app over TLS has another type, and all that is used here is the same.
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion
          (Fastify({ http2: true, https: { ...tls, allowHTTP1: true } }) as unknown as ReturnType<
            typeof http2App
          >)
    await app.register(fastify.httpSemantics, { onViolation: 'repair' })
    for (const [path, handler] of Object.entries(handlers)) {
      app.get(path, (_request, reply) => handler(fastifyReply(reply), sources))
    }
    for (const row of cases) {
      const handler = (_request: unknown, reply: FastifyAnswer): void =>
        runCase(row)(fastifyReply(reply))
      app.route({ method: ['GET', 'POST'], url: row.path, handler })
    }
    app.post('/a', () => 'posted')
    app.route({ method: ['PUT', 'DELETE'], url: '/b', handler: () => 'put' })
    await app.listen({ port: 0, host: '127.0.0.1' })
    return app.server
  },
}

const http2App = (): FastifyInstance<Http2Server> => Fastify({ http2: true })

const koaReply = (ctx: Context): Reply => ({
  set: (name, value) => ctx.set(name, value),
  send: (status, content) => {
    ctx.status = status
    ctx.body = content
  },
  raw: () => {
    ctx.respond = false
    ctx.res.statusCode = 200
    return ctx.res
  },
})

/** What is used of a Fastify reply, over HTTP/2 with or without TLS. */
interface FastifyAnswer {
  header(name: string, value: string): unknown
  code(status: number): FastifyAnswer
  send(content: unknown): unknown
  hijack(): unknown
  readonly raw: unknown
}

const fastifyReply = (reply: FastifyAnswer): Reply => ({
  set: (name, value) => void reply.header(name, value),
  send: (status, content) => void reply.code(status).send(content),
  raw: () => {
    reply.hijack()
    // The response of HTTP/2 has the methods of the other one that a handler uses.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return reply.raw as ServerResponse
  },
})

const allow = 'GET, HEAD, POST, OPTIONS'
const serverAllow = 'GET, HEAD, POST, PUT, DELETE, OPTIONS'

/** What HTTP/1.1 answers to the same requests. */
const table: readonly (readonly [
  method: string,
  path: string,
  status: number,
  allow: string | undefined,
])[] = [
  ['GET', '/a', 200, undefined],
  ['HEAD', '/a', 200, undefined],
  ['POST', '/a', 200, undefined],
  ['OPTIONS', '/a', 204, allow],
  ['PUT', '/a', 405, allow],
  ['DELETE', '/a', 405, allow],
  ['TRACE', '/a', 405, allow],
  ['QUERY', '/a', 501, undefined],
  ['PROPFIND', '/a', 501, undefined],
  ['FOO', '/a', 501, undefined],
  ['get', '/a', 501, undefined],
  ['GET', '/missing', 404, undefined],
  ['HEAD', '/missing', 404, undefined],
  ['OPTIONS', '/missing', 404, undefined],
  ['TRACE', '/missing', 405, serverAllow],
  ['FOO', '/missing', 501, undefined],
  ['OPTIONS', '*', 204, serverAllow],
  ['GET', '/%zz', 400, undefined],
]

const { certificate } = inject('peers')
const hosts = ['koa', 'fastify'].flatMap((framework) =>
  (certificate === undefined ? (['http'] as const) : (['http', 'https'] as const)).map(
    (scheme) => ({ framework, scheme }),
  ),
)

describe.each(hosts)('$framework with HTTP/2 over $scheme', ({ framework, scheme }) => {
  const sources = new Sources()
  const sockets = new Set<Socket>()
  let server: AnyServer
  let port = 0

  beforeAll(async () => {
    const tls =
      scheme === 'https' && certificate !== undefined
        ? { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) }
        : undefined
    const build = builders[framework]
    if (build === undefined) throw new Error(`There is no ${framework}`)
    server = await build(sources, tls)
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    const address = server.address()
    port = typeof address === 'object' ? (address?.port ?? 0) : 0
  })
  afterAll(async () => {
    server.close()
    for (const socket of sockets) socket.destroy()
    await once(server, 'close')
  })

  // Node warns where HTTP/2 is given a reason phrase or a field it forbids.
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  afterEach(() => warn.mockClear())

  const get = async (path: string, method = 'GET'): Promise<StreamAnswer> =>
    ask(await openSession(port, scheme), { method, path })

  it.each(table)('answers %s %s with %i and Allow %s', async (method, path, status, expected) => {
    const answer = await get(path, method)
    expect(answer).toMatchObject({ status, code: 0 })
    expect(answer.fields['allow']).toBe(expected)
    expect(answer.fields.date).toMatch(/ GMT$/)
    if (status >= 400) {
      expect(answer.fields['content-type']).toBe('application/problem+json')
      const problem: unknown = method === 'HEAD' ? undefined : JSON.parse(answer.content)
      if (method !== 'HEAD') expect(problem).toMatchObject({ status })
    }
    if (method === 'HEAD' || status === 204) expect(answer.content).toBe('')
    expect(warn).not.toHaveBeenCalled()
  })

  it('refuses CONNECT with 405 and Allow', async () => {
    const session = await openSession(port, scheme)
    const answer = await ask(session, {
      method: 'CONNECT',
      path: '',
      fields: { ':authority': 'example.com:443' },
    })
    expect(answer).toMatchObject({ status: 405, code: 0 })
    expect(answer.fields['allow']).toBe(serverAllow)
    expect((await ask(session, { method: 'GET', path: '/a' })).content).toBe('content')
  })

  it.each([204, 205, 304])('ends a %i without its content', async (status) => {
    const session = await openSession(port, scheme)
    for (const path of [`/${status}`, `/raw/${status}`]) {
      for (const method of ['GET', 'HEAD']) {
        // oxlint-disable-next-line no-await-in-loop
        const answer = await ask(session, { method, path })
        expect(answer).toMatchObject({ status, content: '', code: 0 })
        expect([undefined, '0']).toContain(answer.fields['content-length'])
        expect(answer.fields['content-type']).toBeUndefined()
      }
    }
    expect((await ask(session, { method: 'GET', path: '/a' })).content).toBe('content')
  })

  it.each(['/100', '/103', '/206', '/throw'])('answers 500 to GET and HEAD %s', async (path) => {
    const found = await get(path)
    expect(found).toMatchObject({ status: 500, code: 0 })
    expect(JSON.parse(found.content)).toMatchObject({ status: 500 })
    expect(found.content).not.toContain('secret')
    const head = await get(path, 'HEAD')
    expect(head).toMatchObject({ status: 500, content: '', code: 0 })
    expect(head.fields['content-length']).toBe(found.fields['content-length'])
  })

  it.each([
    [401, 'www-authenticate', 'Session realm="app"'],
    [405, 'allow', 'GET, HEAD, OPTIONS'],
    [407, 'proxy-authenticate', 'Session realm="proxy"'],
    [426, 'upgrade', undefined],
    [429, 'cache-control', 'no-store'],
  ])('completes a bare %i by %s', async (status, name, value) => {
    const answer = await get(`/${status}`)
    expect(answer).toMatchObject({ status, code: 0 })
    expect(answer.fields[name]).toBe(value)
  })

  it.each(cases.filter(({ rule }) => scheme === 'http' || rule !== 'hsts-over-http'))(
    'keeps the rule $rule where $form breaks it with $breach.status: $path',
    async ({ rule, breach, path }) => {
      const violations = listen()
      const session = await openSession(port, scheme)
      const { expected, method: only, request: given = {} } = breach
      for (const method of only === undefined ? ['GET', 'HEAD'] : [only]) {
        // oxlint-disable-next-line no-await-in-loop
        const answer = await ask(session, { method, path, fields: given })
        expect(answer).toMatchObject({ status: expected.status ?? breach.status, code: 0 })
        expect(answer.content).toBe(
          method === 'HEAD' ? '' : (expected.content ?? breach.content ?? ''),
        )
        for (const [name, value] of Object.entries(expected.fields ?? {})) {
          const got = answer.fields[name.toLowerCase()]
          const line = Array.isArray(got) ? got.join(', ') : got
          if (isConnectionField(name)) expect(line).toBeUndefined()
          else if (value instanceof RegExp) expect(line).toMatch(value)
          else expect(line).toBe(value)
        }
        const told = violations.splice(0).map((violation) => violation.rule)
        // Of a status that it does not take, and of fields it drops, Node says so itself.
        const isNodes =
          rule === 'interim-as-final' || breach.fields?.some(([name]) => isConnectionField(name))
        if (isNodes !== true) expect(told).toEqual([rule])
      }
    },
  )

  it.each(['/failing', '/piped'])('tells of a source that fails halfway: %s', async (path) => {
    expect(await get(path)).toMatchObject({
      content: 'part',
      code: constants.NGHTTP2_INTERNAL_ERROR,
    })
  })

  it('takes the spaces around a field value off', async () => {
    const violations = listen()
    const { status, fields } = await get('/spaces')
    expect([status, fields['x-own']]).toEqual([200, 'a'])
    expect(violations.map(({ rule }) => rule)).toEqual(['value-whitespace'])
  })

  it('drops a TE field, for which Node throws', async () => {
    const { status, fields } = await get('/te')
    expect([status, fields['te']]).toEqual([200, undefined])
  })

  it('answers 500 where the fields of the answer fail again with the error', async () => {
    const answer = await get('/twice')
    expect([answer.status, answer.fields['x-content-type-options']]).toEqual([500, 'nosniff'])
  })

  it('sends 100 (Continue) when the content is read, and not ahead of a 405', async () => {
    const session = await openSession(port, scheme)
    const fields = { expect: '100-continue', 'content-type': 'text/plain' }
    const refused = await ask(session, { method: 'PUT', path: '/a', fields, content: 'abc' })
    expect(refused).toMatchObject({ status: 405, code: 0, interim: [] })
    const unmet = await ask(session, { method: 'GET', path: '/a', fields: { expect: 'more' } })
    expect(unmet).toMatchObject({ status: 417, code: 0 })
    expect(JSON.parse(unmet.content)).toMatchObject({ status: 417 })
  })

  it('leaves out the fields that HTTP/2 forbids', async () => {
    const answer = await get('/forbidden')
    expect(answer).toMatchObject({ status: 200, content: 'content', code: 0 })
    for (const name of Object.keys(forbidden)) {
      expect(answer.fields[name.toLowerCase()]).toBeUndefined()
    }
  })

  it('sends Strict-Transport-Security over TLS only', async () => {
    const { fields } = await get('/hsts')
    expect(fields['strict-transport-security']).toBe(scheme === 'https' ? 'max-age=1' : undefined)
  })

  it.each(['/endless', '/raw/endless'])('frees the source of HEAD %s', async (path) => {
    const session = await openSession(port, scheme)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(session, { method: 'HEAD', path })),
    )
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 200, content: '', code: 0 })
    await expect.poll(() => sources.live).toBe(0)
  })

  it('frees the source of an answer whose client goes', async () => {
    const session = await openSession(port, scheme)
    const stream = session.request({ ':path': '/endless' })
    stream.on('error', () => undefined)
    await once(stream, 'data')
    stream.close(constants.NGHTTP2_CANCEL)
    await expect.poll(() => sources.live).toBe(0)
    expect((await ask(session, { method: 'GET', path: '/a' })).content).toBe('content')
  })

  it.each(['/late', '/late/throw', '/late/raw'])(
    'goes on after a client that did not wait for %s',
    async (path) => {
      const session = await openSession(port, scheme)
      for (const method of ['GET', 'HEAD']) {
        const stream = session.request({ ':method': method, ':path': path })
        stream.on('error', () => undefined)
        // oxlint-disable-next-line no-await-in-loop
        await setTimeout(20)
        stream.close(constants.NGHTTP2_CANCEL)
      }
      await setTimeout(100)
      expect((await ask(session, { method: 'GET', path: '/a' })).content).toBe('content')
      const gone = await openSession(port, scheme)
      gone.request({ ':path': path }).on('error', () => undefined)
      await setTimeout(20)
      gone.destroy()
      await setTimeout(100)
      expect((await ask(session, { method: 'GET', path: '/a' })).content).toBe('content')
      expect(warn).not.toHaveBeenCalled()
    },
  )

  // Without TLS, client and server cannot agree on another version.
  it.each(scheme === 'https' ? ['HTTP/1.1'] : [])('speaks %s on the same port', async () => {
    const response = await getOverHttp1(port)
    expect(response).toMatchObject({ status: 405, allow })
  })
})

async function getOverHttp1(port: number): Promise<{ status?: number; allow?: string }> {
  const message = request({
    host: '127.0.0.1',
    port,
    path: '/a',
    method: 'DELETE',
    rejectUnauthorized: false,
    agent: false,
  }).end()
  const [response] = (await once(message, 'response')) as [IncomingMessage]
  response.resume()
  const { statusCode, headers } = response
  return {
    ...(statusCode !== undefined && { status: statusCode }),
    ...(headers.allow !== undefined && { allow: headers.allow }),
  }
}
