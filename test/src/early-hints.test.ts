import { createServer } from 'node:http2'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import Express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, it, onTestFinished } from 'vitest'
import { address, serve, start, type App } from './apps.ts'
import { ask, openSession } from './h2.ts'
import { frameworks } from './hosts.ts'
import { exchange, requestText } from './wire.ts'

const style = { target: '/style.css', rel: 'preload', parameters: { as: 'style' } }
const font = {
  target: 'https://fonts.example',
  rel: 'preconnect',
  parameters: { crossorigin: true },
} as const
const written =
  '</style.css>; rel=preload; as=style, <https://fonts.example>; rel=preconnect; crossorigin'

const app: App = {
  routes: [
    [
      'GET',
      '/',
      (reply) => {
        reply.earlyHints([style, font])
        reply.earlyHints([])
        reply.send(200, 'page')
      },
    ],
    [
      'GET',
      '/late',
      (reply) => {
        const response = reply.raw()
        response.write('begun')
        reply.earlyHints([style])
        response.end()
      },
    ],
    ['GET', '/wrong', (reply) => reply.earlyHints([{ target: '/a b', rel: 'preload' }])],
  ],
}

describe.each(frameworks)('earlyHints() on %s', (framework) => {
  it('sends one 103 ahead of the answer', async () => {
    const port = await start(framework, app)
    const raw = await exchange(port, requestText({ method: 'GET', target: '/' }))
    const interim = raw.slice(0, raw.indexOf('\r\n\r\n') + 4)
    expect(interim.toLowerCase()).toBe(`http/1.1 103 early hints\r\nlink: ${written}\r\n\r\n`)
    expect(raw.slice(interim.length)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\npage$/)
  })

  it('sends none to a client of HTTP/1.0', async () => {
    const port = await start(framework, app)
    const raw = await exchange(port, 'GET / HTTP/1.0\r\nHost: localhost\r\n\r\n')
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(raw).not.toContain('103')
  })

  it('sends none into the midst of the answer', async () => {
    const port = await start(framework, app)
    const raw = await exchange(port, requestText({ method: 'GET', target: '/late' }))
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(raw).not.toContain('103')
  })

  it('refuses a link that cannot be written', async () => {
    const port = await start(framework, app)
    const raw = await exchange(port, requestText({ method: 'GET', target: '/wrong' }))
    expect(raw).toMatch(/^HTTP\/1\.1 500 /)
  })
})

/** The functions alone, in apps without our middleware. */
const alone: Readonly<Record<string, () => Promise<number>>> = {
  express: () => {
    const app = Express()
    app.get('/', (_request, response) => {
      express.earlyHints(response, [style])
      response.send('page')
    })
    return serve(app.listen(address.port, address.host))
  },
  koa: () => {
    const app = new Koa()
    app.use((ctx) => {
      koa.earlyHints(ctx, [style])
      ctx.body = 'page'
    })
    return serve(app.listen(address.port, address.host))
  },
  fastify: async () => {
    const app = Fastify()
    app.get('/', async (_request, reply) => {
      fastify.earlyHints(reply, [style])
      return 'page'
    })
    await app.listen(address)
    return serve(app.server)
  },
}

it.each(frameworks)('%s needs no middleware for that', async (framework) => {
  const port = (await alone[framework]?.()) ?? 0
  const raw = await exchange(port, requestText({ method: 'GET', target: '/' }))
  expect(raw).toMatch(/^HTTP\/1\.1 103 /)
  const old = await exchange(port, 'GET / HTTP/1.0\r\nHost: localhost\r\n\r\n')
  expect(old).toMatch(/^HTTP\/1\.1 200 /)
})

const multiplexed: Readonly<Record<string, () => Promise<number>>> = {
  koa: async () => {
    const app = new Koa()
    const semantics = koa.httpSemantics()
    app.use(semantics).use((ctx) => {
      koa.earlyHints(ctx, [style, font])
      ctx.body = 'page'
    })
    const handle = app.callback()
    const server = createServer(
      (request, response) => void handle(request as never, response as never),
    )
    semantics.attach(server)
    await new Promise<void>((resolve) => void server.listen(address.port, address.host, resolve))
    onTestFinished(() => void server.close())
    return portOf(server.address())
  },
  fastify: async () => {
    const app = Fastify({ http2: true })
    await app.register(fastify.httpSemantics as never)
    app.get('/', async (_request, reply) => {
      fastify.earlyHints(reply as never, [style, font])
      return 'page'
    })
    await app.listen(address)
    onTestFinished(() => app.close())
    return portOf(app.server.address())
  },
}

const portOf = (at: unknown): number => {
  if (typeof at === 'object' && at !== null && 'port' in at && typeof at.port === 'number') {
    return at.port
  }
  throw new Error('The server does not listen')
}

it.each(Object.keys(multiplexed))('%s sends them over HTTP/2', async (name) => {
  const session = await openSession((await multiplexed[name]?.()) ?? 0)
  const answer = await ask(session, { method: 'GET', path: '/' })
  expect([answer.status, answer.content]).toEqual([200, 'page'])
  expect(answer.interim).toMatchObject([{ ':status': 103, link: written }])
  session.destroy()
})

it('says when to come again', () => {
  for (const { retryAfter } of [express, koa, fastify]) {
    expect(retryAfter(120)).toBe('120')
    expect(retryAfter(new Date('2027-01-01T00:00:00Z'))).toBe('Fri, 01 Jan 2027 00:00:00 GMT')
  }
})
