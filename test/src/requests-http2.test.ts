import type { Server } from 'node:http'
import { createServer } from 'node:http2'
import { Router } from '@koa/router'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import Fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { address, serve } from './apps.ts'
import { ask, openSession } from './h2.ts'
import { send } from './wire.ts'

const trustedHosts = ['127.0.0.1', '.example.com']

const builders = {
  async koa(takesAll = false) {
    const app = new Koa()
    app.silent = true
    const http = koa.httpSemantics({ trustedHosts })
    const router = new Router()
    router.get('/a', (ctx) => {
      ctx.body = 'a'
    })
    router.post('/b', async (ctx) => {
      const chunks = await ctx.req.toArray()
      ctx.body = Buffer.concat(chunks).toString()
    })
    if (takesAll) router.all('/all', (ctx) => void (ctx.body = ctx.method))
    app.use(http).use(router.routes())
    const listener = app.callback()
    const server = createServer(
      (request, response) => void listener(request as never, response as never),
    )
    return http.attach(server as unknown as Server)
  },
  async fastify(takesAll = false) {
    const app = Fastify({ http2: true })
    await app.register(fastify.httpSemantics as never, { trustedHosts } as never)
    app.get('/a', () => Promise.resolve('a'))
    app.post('/b', (request) => Promise.resolve(request.body))
    if (takesAll) app.all('/all', (request) => Promise.resolve(request.method))
    await app.ready()
    return app.server as unknown as Server
  },
}

describe('koa without a router', () => {
  const start = async (
    version: 'HTTP/1.1' | 'HTTP/2',
    options: koa.HttpSemanticsOptions = {},
  ): Promise<number> => {
    const app = new Koa()
    app.silent = true
    const http = koa.httpSemantics(options)
    app.use(http).use((ctx) => {
      ctx.body = ctx.method
    })
    const listener = app.callback()
    if (version === 'HTTP/1.1') return serve(http.attach(app.listen(address)))
    const server = createServer(
      (request, response) => void listener(request as never, response as never),
    )
    Object.assign(server, { closeAllConnections() {} })
    return serve((http.attach(server) as unknown as Server).listen(address))
  }

  it.each([
    ['GET', 200],
    ['PROPFIND', 200],
    ['TRACE', 405],
    ['FOO', 501],
    ['get', 501],
    ['Get', 501],
    ['VERSION-CONTROL', 501],
  ])('answers %s with %i over both versions', async (method, status) => {
    const session = await openSession(await start('HTTP/2'))
    const answer = await ask(session, { method, path: '/a' })
    session.destroy()
    const older = await send(await start('HTTP/1.1'), { method, target: '/a' })
    expect([answer.status, older.status]).toEqual([status, status])
    expect(answer.content).toBe(older.content)
  })

  it('takes a method that is declared', async () => {
    const session = await openSession(await start('HTTP/2', { methods: { known: ['FOO'] } }))
    const answer = await ask(session, { method: 'FOO', path: '/a' })
    expect([answer.status, answer.content]).toEqual([200, 'FOO'])
    expect((await ask(session, { method: 'foo', path: '/a' })).status).toBe(501)
    session.destroy()
  })
})

describe.each(['koa', 'fastify'] as const)('%s: request rules over HTTP/2', (framework) => {
  const start = async (takesAll = false): Promise<number> => {
    const server = await builders[framework](takesAll)
    // Servers of HTTP/2 have no such method; the test closes its session.
    if (!('closeAllConnections' in server)) Object.assign(server, { closeAllConnections() {} })
    return serve(server.listen(address))
  }

  it.each([
    ['an authority', {}, 200],
    ['a trusted one', { ':authority': 'a.example.com' }, 200],
    ['another one', { ':authority': 'evil.net' }, 400],
    ['one that is none', { ':authority': 'a:b' }, 400],
    ['one with a port out of range', { ':authority': 'a.example.com:65536' }, 400],
    ['a Host that says the same', { ':authority': 'example.com', host: 'Example.com' }, 200],
    [
      'a Host that says something else',
      { ':authority': 'example.com', host: 'a.example.com' },
      400,
    ],
    ['an expectation nobody knows', { expect: 'magic' }, 417],
  ] as const)('judge %s', async (_name, fields, status) => {
    const session = await openSession(await start())
    const answer = await ask(session, { method: 'GET', path: '/a', fields: { ...fields } })
    expect([answer.status, answer.code]).toEqual([status, 0])
    session.destroy()
  })

  it('refuse a broken encoding', async () => {
    const session = await openSession(await start())
    expect((await ask(session, { method: 'GET', path: '/%zz' })).status).toBe(400)
    session.destroy()
  })

  it.each([
    ['POST', '/all', 200],
    ['FOO', '/all', 501],
    ['post', '/all', 501],
    ['FOO', '/a', 501],
    ['FOO', '/missing', 501],
  ])('answer %s %s with %i beside a route that takes all', async (method, path, status) => {
    const session = await openSession(await start(true))
    expect((await ask(session, { method, path })).status).toBe(status)
    session.destroy()
  })

  it('let CONNECT have its 405', async () => {
    const session = await openSession(await start())
    const answer = await ask(session, {
      method: 'CONNECT',
      path: '',
      fields: { ':authority': 'a.example.com:1' },
    })
    expect([answer.status, answer.fields.allow]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
    session.destroy()
  })

  it('send 100 when content is read, and not before', async () => {
    const session = await openSession(await start())
    const fields = { expect: '100-continue', 'content-type': 'text/plain' }
    const read = await ask(session, { method: 'POST', path: '/b', fields, content: 'hello' })
    expect([read.status, read.content]).toEqual([200, 'hello'])
    const refused = await ask(session, { method: 'POST', path: '/a', fields, content: 'hello' })
    expect([refused.status, refused.interim]).toEqual([405, []])
    session.destroy()
  })
})
