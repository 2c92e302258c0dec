import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import type { SessionOptions } from '@http-semantics/http'
import * as koa from '@http-semantics/koa'
import Express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { address, serve } from './apps.ts'
import { frameworks, type Framework } from './hosts.ts'
import { cookiesOf, field, send, type WireAnswer } from './wire.ts'

const secretKey = 'correct horse battery staple'

const get = (port: number, target: string, cookie = ''): Promise<WireAnswer> =>
  send(port, { method: 'GET', target, fields: cookie === '' ? {} : { Cookie: cookie } })

/** Does what a request asks for to its session, and tells what is in it. */
function answer(path: string, session: object | undefined): unknown {
  if (path === '/in/write' && session !== undefined) Object.assign(session, { user: 'ada' })
  return session === undefined ? 'none' : { ...session }
}

type Start = () => Promise<number>

/** Starts apps with one `session()` for the targets below `/in` alone. */
const shares: Readonly<Record<Framework, (options: SessionOptions) => Start>> = {
  express(options) {
    const session = express.session(options)
    return () => {
      const app = Express().set('env', 'test')
      app.use('/in', session)
      app.use((request, response) => void response.send(answer(request.path, request.session)))
      return serve(app.listen(address.port, address.host))
    }
  },
  koa(options) {
    const session = koa.session(options)
    return () => {
      const app = new Koa()
      app.use((ctx, next) => (ctx.path.startsWith('/in') ? session(ctx, next) : next()))
      app.use((ctx) => void (ctx.body = answer(ctx.path, ctx.session)))
      return serve(app.listen(address.port, address.host))
    }
  },
  fastify: (options) => async () => {
    const app = Fastify({ forceCloseConnections: true })
    await app.register(async (inner) => {
      await inner.register(fastify.session, options)
      inner.get('/in/*', async ({ url, session }) => answer(url, session))
    })
    app.get('/out', async ({ url, session }) => answer(url, session))
    await app.listen(address)
    return serve(app.server)
  },
}

describe.each(frameworks)('session() alone in %s', (framework) => {
  it('keeps what a handler sets, and says so to caches', async () => {
    const port = await shares[framework]({ secretKey })()
    const written = await get(port, '/in/write')
    expect([field(written, 'Vary'), field(written, 'Cache-Control')]).toEqual(['Cookie', 'private'])
    const [cookie] = cookiesOf(written)
    expect((await get(port, '/in/read', cookie)).content).toBe('{"user":"ada"}')
  })

  it('gives no session to requests that do not come by it, whose answer would not keep it', async () => {
    const port = await shares[framework]({ secretKey })()
    const before = await get(port, '/out')
    await get(port, '/in/write')
    const after = await get(port, '/out')
    expect([before.content, after.content]).toEqual(['none', 'none'])
    expect(field(after, 'Vary')).toBe(undefined)
  })

  it('serves two apps', async () => {
    const shared = shares[framework]({ secretKey })
    const [one, other] = [await shared(), await shared()]
    const [cookie] = cookiesOf(await get(one, '/in/write'))
    expect((await get(other, '/in/read', cookie)).content).toBe('{"user":"ada"}')
  })

  it('names a wrong option', async () => {
    const options = { secretKey, cookieNam: 'sid' }
    const starting = async (): Promise<number> => shares[framework](options)()
    await expect(starting()).rejects.toThrow("session: unknown option 'cookieNam'")
  })
})

const parts = {
  'session()': () => express.session({ secretKey }),
  'securityHeaders()': () => express.securityHeaders(),
}
const wholes = {
  'methodGuard()': () => express.methodGuard(),
  'httpSemantics()': () => express.httpSemantics(),
}

describe.each(['session()', 'securityHeaders()'] as const)('%s of express', (part) => {
  it.each(['methodGuard()', 'httpSemantics()'] as const)('may stand ahead of %s', async (whole) => {
    const app = Express().set('env', 'test')
    app.use(parts[part]())
    app.use(wholes[whole]())
    app.get('/a', (request, response) => void response.send(answer('/in/write', request.session)))
    const port = await serve(app.listen(address.port, address.host))
    for (const [method, status] of [
      ['GET', 200],
      ['GET', 200],
      ['HEAD', 200],
      ['DELETE', 501],
      ['GET', 200],
    ] as const) {
      const given = await send(port, { method, target: '/a' })
      expect([given.status, cookiesOf(given).length]).toEqual([
        status,
        part === 'session()' && status === 200 ? 1 : 0,
      ])
    }
  })
})

describe.each(['httpSemantics', 'session'] as const)('express with %s()', (kind) => {
  it('keeps the sessions of an app apart from those of one mounted in it', async () => {
    const app = Express().set('env', 'test')
    const inner = Express()
    inner.use(express.session({ secretKey: 'another secret key', sessionCookieName: 'admin' }))
    inner.get('/a', ({ session }, response) => {
      Object.assign(session, { role: 'admin' })
      response.json(answer('', session))
    })
    app.use(
      kind === 'session'
        ? express.session({ secretKey })
        : express.httpSemantics({ session: { secretKey } }),
    )
    app.use(({ session }, _response, next) => {
      Object.assign(session, { user: 'ada' })
      next()
    })
    app.use('/admin', inner)
    app.get('/a', ({ session }, response) => void response.json(answer('', session)))
    const port = await serve(app.listen(address.port, address.host))
    const first = await get(port, '/admin/a')
    expect(first.content).toBe('{"role":"admin"}')
    const cookies = cookiesOf(first)
    expect(cookies.map((line) => line.split('=', 1)[0])).toEqual(['session', 'admin'])
    expect((await get(port, '/a', cookies.join('; '))).content).toBe('{"user":"ada"}')
  })
})
