import type { Server } from 'node:http'
import { Router } from '@koa/router'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import type { PreconditionsOptions, State } from '@http-semantics/http'
import Express, { type RequestHandler } from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, it, vi } from 'vitest'
import { address, serve } from './apps.ts'
import { frameworks, type Framework } from './hosts.ts'
import { listen } from './violations.ts'
import { field, pipeline, send, type WireAnswer } from './wire.ts'

/** How the state of `/note` comes to be known. */
type Loader = () => State | Promise<State>

/** An app with the resource `/note`, whose handler is told of in `reached`. */
interface App {
  readonly getState: Loader
  /** `call`: the handler asks. `route`: a middleware asks ahead of it. */
  readonly form: 'call' | 'route'
  readonly options?: PreconditionsOptions
  /** What is set ahead of the question. */
  readonly fields?: Readonly<Record<string, string>>
  readonly reached?: (method: string) => void
  /** Without the rest of the package. */
  readonly alone?: boolean
}

const methods = ['GET', 'PUT', 'DELETE'] as const
const none: Readonly<Record<string, string>> = {}

/** The state for a handler that asks itself. */
async function loaded(getState: Loader): Promise<State> {
  return getState()
}

const builders: Readonly<Record<Framework, (app: App) => Server | Promise<Server>>> = {
  express({ getState, form, options = {}, fields = none, reached, alone = false }) {
    const app = Express().set('env', 'test').disable('etag')
    const semantics = express.httpSemantics({ onViolation: 'repair' })
    if (!alone) app.use(semantics)
    app.use((_request, response, next) => {
      response.set(fields)
      next()
    })
    if (form === 'route') app.use('/note', express.conditional({ getState, ...options }))
    const handler: RequestHandler = async (request, response) => {
      if (form === 'call') {
        const state = await loaded(getState)
        if (!express.preconditions(request, state, options)) return
      }
      reached?.(request.method)
      response.json('content')
    }
    // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes them
    app.route('/note').get(handler).put(handler).delete(handler)
    const server = app.listen(address.port, address.host)
    return alone ? server : semantics.attach(server)
  },

  koa({ getState, form, options = {}, fields = none, reached, alone = false }) {
    const app = new Koa()
    app.silent = true
    const semantics = koa.httpSemantics({ onViolation: 'repair' })
    if (!alone) app.use(semantics)
    const router = new Router()
    router.use((ctx, next) => {
      ctx.set(fields)
      return next()
    })
    if (form === 'route') router.use('/note', koa.conditional({ getState, ...options }))
    router.register('/note', [...methods], async (ctx) => {
      if (form === 'call') {
        const state = await loaded(getState)
        if (!koa.preconditions(ctx, state, options)) return
      }
      reached?.(ctx.method)
      ctx.body = '"content"'
      ctx.type = 'application/json'
    })
    app.use(router.routes())
    const server = app.listen(address.port, address.host)
    return alone ? server : semantics.attach(server)
  },

  async fastify({ getState, form, options = {}, fields = none, reached, alone = false }) {
    const app = Fastify({ forceCloseConnections: true })
    if (!alone) await app.register(fastify.httpSemantics, { onViolation: 'repair' })
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers(fields)
    })
    const preHandler = form === 'route' ? [fastify.conditional({ getState, ...options })] : []
    app.route({
      method: [...methods],
      url: '/note',
      preHandler,
      handler: async (request, reply) => {
        if (form === 'call') {
          const state = await loaded(getState)
          if (!fastify.preconditions(reply, state, options)) return reply
        }
        reached?.(request.method)
        return reply.send({ content: true })
      },
    })
    await app.listen(address)
    return app.server
  },
}

const start = async (framework: Framework, app: App): Promise<number> =>
  serve(await builders[framework](app))

const etag = '"v7"'
const lastModified = new Date('2026-06-10T08:00:00Z')
const state: State = { exists: true, etag, lastModified }

const missing = (): Error =>
  Object.assign(new Error('There is no note'), { status: 404, expose: true })

const loaders: Readonly<Record<string, (result: State) => Loader>> = {
  'at once': (result) => () => result,
  'by a promise': (result) => async () => {
    await new Promise((resolve) => setTimeout(resolve, 2))
    return result
  },
}

const cases = frameworks.flatMap((framework) =>
  (['call', 'route'] as const).flatMap((form) =>
    Object.keys(loaders).map((loader) => ({ framework, form, loader })),
  ),
)

const comparable = ({ fields }: WireAnswer): Record<string, string> =>
  Object.fromEntries(fields.map(([name, value]) => [name.toLowerCase(), value]))

describe.each(cases)(
  '$framework, asked by $form, the state known $loader',
  ({ framework, form, loader }) => {
    const load = (result: State): Loader => loaders[loader]?.(result) ?? (() => result)
    const request = { method: 'GET', target: '/note' }

    it.each([false, true])(
      'answers 304 with the fields of the 200, without the rest: %s',
      async (alone) => {
        const fields = {
          'Cache-Control': 'private, max-age=60',
          'Content-Location': '/notes/7',
          Expires: 'Wed, 10 Jun 2026 09:00:00 GMT',
          Vary: 'Accept',
          'Content-Language': 'en',
        }
        const reached = vi.fn<(method: string) => void>()
        const port = await start(framework, { getState: load(state), form, fields, reached, alone })
        const [full, not, head] = await pipeline(port, [
          request,
          { ...request, fields: { 'If-None-Match': etag } },
          { ...request, method: 'HEAD', fields: { 'If-None-Match': `W/${etag}` } },
        ])
        if (full === undefined || not === undefined || head === undefined)
          throw new Error('No answers')
        expect([full, not, head].map(({ status }) => status)).toEqual([200, 304, 304])
        expect(reached.mock.calls).toEqual([['GET']])
        expect(field(full, 'ETag')).toBe(etag)
        expect(field(full, 'Last-Modified')).toBe('Wed, 10 Jun 2026 08:00:00 GMT')
        const expected = comparable(full)
        const dropped =
          'content-type content-length content-language last-modified transfer-encoding'
        for (const name of [
          ...dropped.split(' '),
          'date',
          'connection',
          'keep-alive',
          'x-powered-by',
        ]) {
          delete expected[name]
        }
        for (const answer of [not, head]) {
          expect(comparable(answer)).toMatchObject(expected)
          const rest = Object.keys(comparable(answer)).filter((name) => !(name in expected))
          const others = ['connection', 'date', 'keep-alive', 'x-powered-by']
          // Fastify's own answer to HEAD says a length of 0, which our rules take off.
          if (alone && framework === 'fastify' && answer === head) others.push('content-length')
          expect(others).toEqual(expect.arrayContaining(rest))
          expect(rest).toContain('date')
        }
      },
    )

    it('refuses with 412 and 428 what its handler never sees', async () => {
      const violations = listen()
      const reached = vi.fn<(method: string) => void>()
      const options = { require: true }
      const port = await start(framework, { getState: load(state), form, options, reached })
      const put = { method: 'PUT', target: '/note' }
      const answers = await pipeline(port, [
        { ...put, fields: { 'If-Match': '"v6"' } },
        put,
        { method: 'DELETE', target: '/note' },
        { ...request, fields: { 'If-Match': '"v6"' } },
        { ...put, fields: { 'If-Match': etag } },
      ])
      expect(answers.map(({ status }) => status)).toEqual([412, 428, 428, 412, 200])
      for (const answer of answers.slice(0, 4)) {
        expect(field(answer, 'Content-Type')).toBe('application/problem+json')
        expect(field(answer, 'ETag')).toBeUndefined()
      }
      expect(reached.mock.calls).toEqual([['PUT']])
      expect(violations).toEqual([])
    })

    it('demands nothing unless told to', async () => {
      const port = await start(framework, { getState: load(state), form })
      expect((await send(port, { method: 'PUT', target: '/note' })).status).toBe(200)
    })

    it('knows what does not exist', async () => {
      const port = await start(framework, { getState: load(undefined), form })
      const fields = { 'If-None-Match': '*' }
      expect((await send(port, { method: 'PUT', target: '/note', fields })).status).toBe(200)
      const match = { 'If-Match': '*' }
      expect((await send(port, { method: 'PUT', target: '/note', fields: match })).status).toBe(412)
      expect(field(await send(port, request), 'ETag')).toBeUndefined()
    })

    it('passes on what the loader throws', async () => {
      const getState: Loader =
        loader === 'at once'
          ? () => {
              throw missing()
            }
          : () => Promise.reject(missing())
      const reached = vi.fn<(method: string) => void>()
      const port = await start(framework, { getState, form, reached })
      const answer = await send(port, { ...request, fields: { 'If-None-Match': '*' } })
      expect(answer.status).toBe(404)
      expect(JSON.parse(answer.content)).toMatchObject({ detail: 'There is no note' })
      expect(reached).not.toHaveBeenCalled()
    })

    it.each([{ exists: true, etag: 'v7' }, null])(
      'answers 500 to a state that is none: %o',
      async (wrong) => {
        const getState = load(wrong as State)
        const port = await start(framework, { getState, form })
        expect((await send(port, request)).status).toBe(500)
      },
    )
  },
)

describe.each(frameworks)('%s with a loader that throws what is no error', (framework) => {
  // To Express and Fastify some of these say to go on.
  it.each([undefined, null, 0, '', 'route', 'router'])('answers 500: %o', async (thrown) => {
    for (const loader of Object.keys(loaders)) {
      const reached = vi.fn<(method: string) => void>()
      const getState: Loader = () => {
        if (loader === 'at once') throw thrown
        return Promise.reject(thrown)
      }
      // oxlint-disable no-await-in-loop
      const port = await start(framework, { getState, form: 'route', reached })
      const put = { method: 'PUT', target: '/note', fields: { 'If-Match': '"other"' } }
      expect((await send(port, put)).status).toBe(500)
      // oxlint-enable no-await-in-loop
      expect(reached).not.toHaveBeenCalled()
    }
  })
})

it.each([
  ['express', express.conditional],
  ['koa', koa.conditional],
  ['fastify', fastify.conditional],
])('%s refuses wrong options of a route at once', (_framework, conditional) => {
  expect(() => Reflect.apply(conditional, undefined, [{ getState: true }])).toThrow(
    /^getState must be a function /,
  )
  const misspelt = { getState: () => state, required: true }
  expect(() => Reflect.apply(conditional, undefined, [misspelt])).toThrow(
    "conditional(): unknown option 'required'; did you mean 'require'?",
  )
})

it('of Express says what it needs', () => {
  const request = { method: 'GET', headers: {} }
  expect(() => express.preconditions(request, state)).toThrow(
    'preconditions(): request must be one that Express handed to a handler',
  )
})
