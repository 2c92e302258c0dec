import { httpSemantics as expressSemantics } from '@http-semantics/express'
import { httpSemantics as fastifySemantics } from '@http-semantics/fastify'
import { httpSemantics as koaSemantics } from '@http-semantics/koa'
import Express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, it, vi } from 'vitest'
import { address, routes, serve, start, type App, type Handler } from './apps.ts'
import { frameworks } from './hosts.ts'
import { field, send } from './wire.ts'

const secret = 'secret detail'

const boom: Handler = () => {
  throw new Error(secret)
}

/** A handler that throws what `http-errors` would make. */
const fail =
  (status: number, message: string, headers?: Record<string, string>): Handler =>
  () => {
    throw Object.assign(new Error(message), {
      status,
      statusCode: status,
      expose: status < 500,
      headers,
    })
  }

const app: App = {
  routes: [
    ...routes('GET /a'),
    ['GET', '/boom', boom],
    ['GET', '/missing', fail(404, 'No note 7')],
    ['GET', '/wait', fail(503, secret, { 'Retry-After': '7' })],
    ['GET', '/teapot', fail(418, 'Short and stout')],
    [
      'GET',
      '/half',
      (reply) => {
        reply.set('ETag', '"1"')
        reply.set('Cache-Control', 'public, max-age=60')
        reply.set('Content-Language', 'de')
        reply.set('Content-Type', 'text/csv')
        reply.set('X-Request-Id', '7')
        throw new Error(secret)
      },
    ],
    [
      'GET',
      '/private',
      (reply) => {
        reply.set('Cache-Control', 'no-store')
        throw new Error(secret)
      },
    ],
  ],
}

describe.each(frameworks)('%s', (framework) => {
  it.each([
    ['/no', 404, '{"title":"Not Found","status":404}'],
    ['/missing', 404, '{"title":"Not Found","status":404,"detail":"No note 7"}'],
    ['/teapot', 418, expect.stringContaining('"detail":"Short and stout"')],
    ['/boom', 500, '{"title":"Internal Server Error","status":500}'],
    ['/wait', 503, '{"title":"Service Unavailable","status":503}'],
  ])('answers the error of %s with problem details, status %i', async (target, status, content) => {
    const port = await start(framework, app)
    const answer = await send(port, { method: 'GET', target })
    expect([answer.status, answer.content]).toEqual([status, content])
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    expect(field(answer, 'Content-Length')).toBe(String(Buffer.byteLength(answer.content)))
    expect(field(answer, 'Vary')).toBe('Accept, Accept-Language')
    expect(field(answer, 'Content-Language')).toBe('en')
  })

  it.each([
    [undefined, 'application/problem+json', '{'],
    ['application/json', 'application/problem+json', '{'],
    ['text/html,*/*;q=0.8', 'text/html; charset=utf-8', '<!doctype html>'],
    ['text/plain', 'text/plain; charset=utf-8', '405 Method Not Allowed\n'],
  ])('answers 405 to Accept: %s as %s', async (accept, type, start_) => {
    const port = await start(framework, app)
    const fields: Record<string, string> = accept === undefined ? {} : { Accept: accept }
    const answer = await send(port, { method: 'POST', target: '/a', fields })
    // POST is in no route, PATCH neither: only 501 would be right.
    expect(answer.status).toBe(501)
    const trace = await send(port, { method: 'TRACE', target: '/a', fields })
    expect(field(trace, 'Content-Type')).toBe(type)
    expect(trace.content.startsWith(start_)).toBe(true)
  })

  it('sends the fields an error brings along', async () => {
    const port = await start(framework, app)
    expect(field(await send(port, { method: 'GET', target: '/wait' }), 'Retry-After')).toBe('7')
  })

  it.each(['development', 'production'])(
    'never tells what broke, with NODE_ENV=%s',
    async (environment) => {
      vi.stubEnv('NODE_ENV', environment)
      try {
        const told: unknown[] = []
        const port = await start(framework, { ...app, onError: (error) => told.push(error) })
        const answer = await send(port, { method: 'GET', target: '/boom' })
        expect(answer.status).toBe(500)
        expect(answer.raw).not.toContain(secret)
        expect(told).toEqual([new Error(secret)])
      } finally {
        vi.unstubAllEnvs()
      }
    },
  )

  it.each([
    ['PUT', '/a', 405, 'MethodNotAllowedError', { Allow: 'GET, HEAD, OPTIONS' }],
    ['TRACE', '/a', 405, 'MethodNotAllowedError', { Allow: 'GET, HEAD, OPTIONS' }],
    ['PROPFIND', '/a', 501, 'NotImplementedError', undefined],
  ])("tells the app's error handler of %s %s", async (method, target, status, name, headers) => {
    const told: unknown[] = []
    const port = await start(framework, {
      routes: routes('GET /a', 'PUT /b'),
      onError: (error) => told.push(error),
    })
    const answer = await send(port, { method, target })
    expect(answer.status).toBe(status)
    expect(told).toEqual([expect.objectContaining({ name, status, statusCode: status })])
    expect(told).toEqual([expect.objectContaining(headers === undefined ? {} : { headers })])
    // Also 501: it is the request's fault, and no framework logs an exposed error as its own.
    expect(told).toEqual([expect.objectContaining({ expose: true })])
  })

  it("tells the app's error handler of a 404, unless a page answers it", async () => {
    const told: unknown[] = []
    const port = await start(framework, { ...app, onError: (error) => told.push(error) })
    await send(port, { method: 'GET', target: '/no' })
    expect(told).toEqual([expect.objectContaining({ name: 'NotFoundError', status: 404 })])
  })

  it.each([
    ['GET', '/no', 404],
    ['PUT', '/a', 405],
    ['OPTIONS', '/a', 204],
    ['GET', '/boom', 500],
    ['HEAD', '/boom', 500],
  ])('keeps the fields set before on %s %s', async (method, target, status) => {
    const port = await start(framework, {
      routes: [...app.routes, ...routes('PUT /b')],
      before: (reply) => {
        reply.set('X-Frame-Options', 'DENY')
        reply.set('Vary', 'Origin')
        reply.set('Set-Cookie', 'a=b')
      },
    })
    const answer = await send(port, { method, target })
    expect(answer.status).toBe(status)
    expect(field(answer, 'X-Frame-Options')).toBe('DENY')
    expect(field(answer, 'Set-Cookie')).toBe('a=b')
    expect(field(answer, 'Vary')).toBe(
      status === 204 ? 'Origin' : 'Origin, Accept, Accept-Language',
    )
  })

  it('drops what described the content that an error replaced, and leave to store it', async () => {
    const port = await start(framework, app)
    const answer = await send(port, { method: 'GET', target: '/half' })
    expect(answer.status).toBe(500)
    for (const name of ['ETag', 'Cache-Control']) {
      expect([name, field(answer, name)]).toEqual([name, undefined])
    }
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    expect(field(answer, 'Content-Language')).toBe('en')
    expect(field(answer, 'X-Request-Id')).toBe('7')
  })

  it('keeps no-store on an error', async () => {
    const port = await start(framework, app)
    const answer = await send(port, { method: 'GET', target: '/private' })
    expect(field(answer, 'Cache-Control')).toBe('no-store')
  })

  it('leaves errors to the framework where methodGuard stands alone', async () => {
    const port = await start(framework, {
      routes: [...routes('GET /a', 'PUT /b'), ['GET', '/boom', boom]],
      guardOnly: true,
    })
    const refusal = await send(port, { method: 'PUT', target: '/a' })
    expect([refusal.status, field(refusal, 'Allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect(field(refusal, 'Content-Type')).not.toContain('problem')
    const options = await send(port, { method: 'OPTIONS', target: '/b' })
    expect([options.status, field(options, 'Allow')]).toEqual([204, 'PUT, OPTIONS'])
    const statuses = await Promise.all(
      [
        ['PATCH', '/a'],
        ['PATCH', '/no'],
        ['TRACE', '/no'],
        ['GET', '/no'],
        ['GET', '/boom'],
        ['HEAD', '/a'],
      ].map(async ([method = '', target = '']) => (await send(port, { method, target })).status),
    )
    expect(statuses).toEqual([501, 501, 405, 404, 500, 200])
  })
})

describe('the original error', () => {
  it("reaches Express' onError, with its request", async () => {
    const onError = vi.fn<(error: unknown, path: string) => void>()
    const express = Express()
    const semantics = expressSemantics({ onError: (error, { url }) => onError(error, url) })
    express.use(semantics)
    express.get('/boom', () => {
      throw new Error(secret)
    })
    const port = await serve(semantics.attach(express.listen(address.port, address.host)))
    await send(port, { method: 'GET', target: '/boom' })
    expect(onError.mock.calls).toEqual([[new Error(secret), '/boom']])
  })

  it.each([
    ['development', 1],
    ['test', 0],
  ])('is printed by Express with env %s %i times where nobody asks for it', async (env, times) => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    try {
      const express = Express().set('env', env)
      express.use(expressSemantics())
      express.get('/boom', () => {
        throw new Error(secret)
      })
      const port = await serve(express.listen(address.port, address.host))
      await send(port, { method: 'GET', target: '/boom' })
      await send(port, { method: 'GET', target: '/no' })
      expect(print.mock.calls).toEqual(times === 0 ? [] : [[new Error(secret)]])
    } finally {
      print.mockRestore()
    }
  })

  it("reaches Koa's error event, with its context", async () => {
    const onError = vi.fn<(error: unknown, path: string) => void>()
    const koa = new Koa()
    const semantics = koaSemantics()
    koa.on('error', (error, ctx: Koa.Context) => onError(error, ctx.path))
    koa.use(semantics).use(() => {
      throw new Error(secret)
    })
    const port = await serve(semantics.attach(koa.listen(address.port, address.host)))
    await send(port, { method: 'GET', target: '/boom' })
    expect(onError.mock.calls).toEqual([[new Error(secret), '/boom']])
  })

  it("reaches Fastify's logger", async () => {
    const lines: string[] = []
    const fastify = Fastify({
      logger: { level: 'error', stream: { write: (line: string) => void lines.push(line) } },
    })
    await fastify.register(fastifySemantics)
    fastify.get('/boom', () => {
      throw new Error(secret)
    })
    fastify.get('/a', () => 'a')
    await fastify.listen(address)
    const port = await serve(fastify.server)
    await send(port, { method: 'GET', target: '/boom' })
    await send(port, { method: 'GET', target: '/no' })
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ msg: secret }),
    ])
  })
})

it('lets an Express error handler of the app answer in place of problem details', async () => {
  const express = Express()
  const semantics = expressSemantics()
  express.use(semantics)
  express.get('/a', (_request, response) => void response.send('a'))
  express.put('/b', (_request, response) => void response.send('b'))
  const page: Express.ErrorRequestHandler = (
    error: { status: number },
    _request,
    response,
    _next,
  ) => {
    response.status(error.status).send(`the app says ${error.status}`)
  }
  express.use(page)
  const port = await serve(semantics.attach(express.listen(address.port, address.host)))
  const answer = await send(port, { method: 'PUT', target: '/a' })
  expect([answer.status, answer.content]).toEqual([405, 'the app says 405'])
  expect((await send(port, { method: 'GET', target: '/no' })).content).toBe('the app says 404')
})

it('cuts an answer that breaks half-way, so that nobody takes it for the whole', async () => {
  const express = Express()
  const semantics = expressSemantics({ onError: () => undefined })
  express.use(semantics)
  express.get('/a', (_request, response, next) => {
    response.write('half')
    next(new Error(secret))
  })
  const port = await serve(express.listen(address.port, address.host))
  await expect(send(port, { method: 'GET', target: '/a' })).rejects.toThrow('Bad chunk')
})
