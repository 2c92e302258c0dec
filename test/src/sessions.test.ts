import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
import expressSession from 'express-session'
import koaSession from 'koa-session'
import type { Request } from 'express'
import type { FastifyRequest } from 'fastify'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { start, type App, type Neighbours } from './apps.ts'
import { frameworks } from './hosts.ts'
import { cookiesOf, field, pipeline, send } from './wire.ts'

const secret = 's'.repeat(32)

/** Counts a client's requests in its session. */
function count(session: object): string {
  const before: unknown = Reflect.get(session, 'count')
  const now = typeof before === 'number' ? before + 1 : 1
  Reflect.set(session, 'count', now)
  return String(now)
}

const neighbours: Neighbours = {
  express(app) {
    app.use(expressSession({ secret, resave: false, saveUninitialized: false }))
    app.use((request, response, next) => {
      response.set('X-Count', count(request.session))
      next()
    })
  },
  koa(app) {
    app.keys = [secret]
    app.use(koaSession(app))
    app.use((ctx, next) => {
      ctx.set('X-Count', count(ctx.session ?? {}))
      return next()
    })
  },
  async fastify(app) {
    await app.register(fastifyCookie)
    await app.register(fastifySession, { secret, cookie: { secure: false } })
    app.addHook('onRequest', (request, reply, done) => {
      void reply.header('X-Count', count(request.session))
      done()
    })
  },
}

const app: App = {
  routes: [
    ['GET', '/a', (reply) => reply.send(200, 'a')],
    ['GET', '/204', (reply) => reply.send(204, '')],
    [
      'GET',
      '/304',
      (reply) => {
        reply.set('ETag', '"v1"')
        reply.send(304, '')
      },
    ],
    ['GET', '/404', (reply) => reply.send(404, 'page')],
    // Our rules refuse it: nothing says which part it is.
    ['GET', '/206', (reply) => reply.send(206, 'part')],
    [
      'GET',
      '/409',
      () => {
        throw Object.assign(new Error('taken'), { status: 409 })
      },
    ],
    [
      'GET',
      '/500',
      () => {
        throw new Error('secret')
      },
    ],
    [
      'GET',
      '/cookie',
      () => {
        throw Object.assign(new Error('taken'), { status: 409, headers: { 'Set-Cookie': 'own=1' } })
      },
    ],
    ['PUT', '/b', (reply) => reply.send(200, 'b')],
  ],
  rules: { onViolation: 'repair' },
}

/** How many cookies each session takes: koa-session signs by a second one. */
const lines = { express: 1, koa: 2, fastify: 1 } as const

const cases = frameworks.flatMap((framework) =>
  (['ahead', 'behind'] as const).map((place) => ({ framework, place })),
)

describe.each(cases)('$framework with a session $place', ({ framework, place }) => {
  const startApp = async (): Promise<number> => {
    const port = await start(framework, { ...app, [place]: neighbours })
    // Express: what wraps the response ahead of our middleware is seen from the second request on.
    await send(port, { method: 'GET', target: '/a' })
    return port
  }

  it.each([
    ['GET', '/a', 200, 'private'],
    ['HEAD', '/a', 200, 'private'],
    ['OPTIONS', '/a', 204, undefined],
    ['GET', '/204', 204, 'private'],
    ['GET', '/304', 304, undefined],
    ['GET', '/404', 404, 'private'],
    ['GET', '/no', 404, 'private'],
    ['PUT', '/a', 405, undefined],
    ['GET', '/206', 500, undefined],
    ['GET', '/409', 409, undefined],
    ['HEAD', '/409', 409, undefined],
    ['GET', '/500', 500, undefined],
  ])('keeps its cookie on %s %s, a %i', async (method, target, status, cacheControl) => {
    const port = await startApp()
    const answer = await send(port, { method, target })
    expect(answer.status).toBe(status)
    expect(cookiesOf(answer)).toHaveLength(lines[framework])
    expect(field(answer, 'X-Count')).toBe('1')
    // A shared cache may store the answer unless it is told not to; our own answers always tell it.
    expect([cacheControl, 'private']).toContain(field(answer, 'Cache-Control'))
    const fields = { Cookie: cookiesOf(answer).join('; ') }
    const next = await send(port, { method: 'GET', target: '/a', fields })
    expect(field(next, 'X-Count')).toBe('2')
  })

  it('keeps the connection in step', async () => {
    const targets = ['/a', '/204', '/304', '/404', '/no', '/206', '/409', '/500', '/a']
    const requests = targets.flatMap((target) =>
      ['GET', 'HEAD'].map((method) => ({ method, target })),
    )
    const answers = await pipeline(await startApp(), requests)
    const statuses = [200, 204, 304, 404, 404, 500, 409, 500, 200]
    expect(answers.map(({ status }) => status)).toEqual(
      statuses.flatMap((status) => [status, status]),
    )
    expect(answers.at(-2)?.content).toBe('a')
  })

  it('keeps its cookie beside that of an error', async () => {
    const answer = await send(await startApp(), { method: 'GET', target: '/cookie' })
    expect(answer.status).toBe(409)
    expect(cookiesOf(answer)).toContain('own=1')
    expect(cookiesOf(answer)).toHaveLength(lines[framework] + 1)
  })
})

it('keep the type that their libraries give request.session, whichever is imported first', () => {
  expectTypeOf<Request['session']>().toExtend<expressSession.Session>()
  expectTypeOf<FastifyRequest['session']>().toHaveProperty('cookie')
})

// @fastify/session behind ours throws the same where nobody catches it.
const both = cases.filter(({ framework, place }) => framework !== 'fastify' || place === 'ahead')

describe.each(both)('$framework with a session $place, and one of ours', ({ framework, place }) => {
  it('says that one of the two must go', async () => {
    const reports: string[] = []
    const asking = async (): Promise<readonly number[]> => {
      const port = await start(framework, {
        ...app,
        session: { secretKey: secret },
        [place]: neighbours,
        onReport: (message) => void reports.push(message),
      })
      const first = await send(port, { method: 'GET', target: '/a' })
      const second = await send(port, { method: 'GET', target: '/a' })
      return [first.status, second.status]
    }
    if (framework === 'fastify') {
      await expect(asking()).rejects.toThrow("The decorator 'session' has already been added!")
    } else if (framework === 'express' && place === 'behind') {
      // express-session steps back where there is a session.
      expect(await asking()).toEqual([200, 200])
    } else {
      expect(await asking()).toEqual([500, 500])
      expect(reports).toHaveLength(2)
      for (const report of reports) expect(report).toMatch(/another (?:session )?library/)
    }
  })
})
