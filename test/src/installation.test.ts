import { createServer } from 'node:http'
import { Router } from '@koa/router'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import Express, { type ErrorRequestHandler } from 'express'
import Fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify'
import Koa from 'koa'
import mount from 'koa-mount'
import { describe, expect, it } from 'vitest'
import { address, serve } from './apps.ts'
import { frameworks, type Framework } from './hosts.ts'
import { send } from './wire.ts'

/** Options as JavaScript gives them, so that no type stands between them and the check. */
const create: Readonly<
  Record<
    Framework,
    Readonly<Record<'httpSemantics' | 'methodGuard', (options: unknown) => unknown>>
  >
> = {
  express: {
    httpSemantics: (options) => Reflect.apply(express.httpSemantics, undefined, [options]),
    methodGuard: (options) => Reflect.apply(express.methodGuard, undefined, [options]),
  },
  koa: {
    httpSemantics: (options) => Reflect.apply(koa.httpSemantics, undefined, [options]),
    methodGuard: (options) => Reflect.apply(koa.methodGuard, undefined, [options]),
  },
  fastify: {
    httpSemantics: (options) => register(fastify.httpSemantics, options),
    methodGuard: (options) => register(fastify.methodGuard, options),
  },
}

async function register(plugin: FastifyPluginAsync<object>, options: unknown): Promise<void> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  await Fastify().register(plugin, options as object)
}

/** What is wrong with options of the guard, and what the message has to name. */
const wrongMethods: readonly (readonly [options: unknown, ...texts: readonly string[]])[] = [
  [{ refuse: ['trace'] }, 'methods.refuse', "'trace'", "'TRACE'"],
  [{ refuse: 'TRACE' }, 'methods.refuse', "'TRACE'", "['GET', 'PUT']"],
  [{ refuse: ['T RACE'] }, 'methods.refuse', "'T RACE'", "'GET'"],
  [{ refuse: [7] }, 'methods.refuse', '7', "'GET'"],
  [{ known: ['Patch'] }, 'methods.known', "'Patch'", "'PATCH'"],
  [{ known: {} }, 'methods.known', '{}', "['GET', 'PUT']"],
  [{ ignoreRoutes: '/a' }, 'methods.ignoreRoutes', "'/a'", "['/{*splat}']"],
  [{ ignoreRoutes: [/a/] }, 'methods.ignoreRoutes', "['/{*splat}']"],
  [{ resources: { '/a': { methods: ['get'] } } }, "resources['/a'].methods", "'get'", "'GET'"],
  [{ resources: { '/a': { method: ['GET'] } } }, "resources['/a']", "'method'", "'methods'"],
  [{ resources: { '/a': ['GET'] } }, "resources['/a']", "[ 'GET' ]"],
  [{ resources: { a: {} } }, 'resources', "'a'", "'/notes/:id'"],
  [{ resources: { '/a(': {} } }, 'resources', "'/a('"],
  [
    { resources: { '/a': { accept: { post: ['json'] } } } },
    "resources['/a'].accept.post",
    "'json'",
    "'application/json'",
  ],
  [
    { resources: { '/a': { accept: { pots: ['a/b'] } } } },
    "resources['/a'].accept",
    "'pots'",
    "'post'",
  ],
  [{ resources: 7 }, 'resources', '7'],
  [{ resources: [] }, 'resources', '[]'],
  [{ refused: ['TRACE'] }, 'methods', "'refused'", "'refuse'"],
]

async function messageOf(action: () => unknown): Promise<string> {
  try {
    await action()
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return error instanceof Error ? error.message : ''
  }
  throw new Error('Nothing was thrown')
}

describe.each(frameworks)('%s refuses at construction', (framework) => {
  it.each(wrongMethods)('methods %o, naming %s', async (methods, ...texts) => {
    const message = await messageOf(() => create[framework].httpSemantics({ methods }))
    for (const text of texts) expect(message).toContain(text)
  })

  it.each(wrongMethods)('methodGuard with %o, naming %s', async (methods, ...texts) => {
    const message = await messageOf(() => create[framework].methodGuard(methods))
    for (const text of texts) expect(message).toContain(text)
  })

  it.each([
    [{ method: {} }, "'method'", "'methods'"],
    [{ nonsenseOption: 1 }, "'nonsenseOption'", 'methods'],
    [{ methods: 'GET' }, 'methods', "'GET'"],
    [{ methods: null }, 'methods', 'null'],
  ])('options %o, naming %s', async (options, ...texts) => {
    const message = await messageOf(() => create[framework].httpSemantics(options))
    for (const text of texts) expect(message).toContain(text)
  })
})

it('refuses an onError that cannot be called', () => {
  expect(() => create.express.httpSemantics({ onError: 'log' })).toThrow(
    new TypeError("onError must be a function, got 'log'"),
  )
})

/** Where the middleware does not belong in an Express app, and what the error has to say. */
const expressPlaces: readonly (readonly [
  place: string,
  build: () => Express.Express,
  text: string,
])[] = [
  [
    'twice',
    () => {
      const semantics = express.httpSemantics()
      return Express().use(semantics).use(semantics)
    },
    'installed twice on this app: keep the first app.use(semantics), remove the other',
  ],
  [
    'under a path',
    () => Express().use('/api', express.httpSemantics()),
    "installed under '/api', but decides for the whole app",
  ],
  [
    'in a router under a path',
    () => Express().use('/api', Express.Router().use(express.httpSemantics())),
    "installed under '/api', but decides for the whole app",
  ],
  [
    'in a router',
    () => Express().use(Express.Router().use(express.httpSemantics())),
    'make it the first app.use(semantics) of the outermost app',
  ],
  [
    'in a mounted app under a path',
    () => Express().use('/api', Express().use(express.httpSemantics())),
    "installed under '/api', but decides for the whole app",
  ],
  [
    'in a mounted app',
    () => Express().use(Express().use(express.httpSemantics())),
    'make it the first app.use(semantics) of the outermost app',
  ],
  [
    'beside another one',
    () => Express().use(express.httpSemantics()).use(express.httpSemantics()),
    'installed twice on this app',
  ],
  [
    'beside methodGuard',
    () => Express().use(express.httpSemantics()).use(express.methodGuard()),
    'installed twice on this app',
  ],
]

it.each(expressPlaces)('express refuses to work %s', async (_place, build, text) => {
  const app = build()
  const told: unknown[] = []
  const tell: ErrorRequestHandler = (error, _request, response, _next) => {
    told.push(error)
    response.status(500).send('told')
  }
  app.use(tell)
  const port = await serve(app.listen(address.port, address.host))
  const answer = await send(port, { method: 'GET', target: '/api/a' })
  expect([answer.status, answer.content]).toEqual([500, 'told'])
  expect(told).toEqual([expect.objectContaining({ message: expect.stringContaining(text) })])
})

it.each([
  ['twice', 'installed twice on this app'],
  ['under a path', "installed under '/api'"],
])('express refuses at attach to work %s', (place, text) => {
  const semantics = express.httpSemantics()
  const app = Express()
  if (place === 'twice') app.use(semantics).use(semantics)
  else app.use('/api', semantics)
  expect(() => semantics.attach(createServer(app))).toThrow(text)
})

it('express refuses one middleware for two apps', async () => {
  const semantics = express.httpSemantics({ onError: () => undefined })
  const first = Express().use(semantics)
  const second = Express().use(semantics).set('env', 'test')
  const ports = [
    await serve(first.listen(address.port, address.host)),
    await serve(second.listen(address.port, address.host)),
  ]
  const statuses: number[] = []
  for (const port of ports) {
    statuses.push((await send(port, { method: 'GET', target: '/' })).status)
  }
  expect(statuses).toEqual([404, 500])
})

/** Where the middleware does not belong in a Koa app. */
const koaPlaces: readonly (readonly [place: string, build: () => Koa, text: string])[] = [
  [
    'twice',
    () => {
      const semantics = koa.httpSemantics()
      return new Koa().use(semantics).use(semantics)
    },
    'installed twice',
  ],
  [
    'beside another one',
    () => new Koa().use(koa.httpSemantics()).use(koa.httpSemantics()),
    'installed twice',
  ],
  [
    'under a mount path',
    () => new Koa().use(mount('/api', koa.httpSemantics())),
    'make it the first app.use(semantics)',
  ],
  [
    'in a mounted app',
    () => new Koa().use(mount('/api', new Koa().use(koa.httpSemantics()))),
    'make it the first app.use(semantics)',
  ],
  [
    'in a router',
    () => {
      const router = new Router()
        .use(koa.httpSemantics())
        .get('/api/a', (ctx) => void (ctx.body = 'a'))
      const app = new Koa()
      app.use(router.routes())
      return app
    },
    'make it the first app.use(semantics)',
  ],
]

it.each(koaPlaces)('koa refuses to work %s', async (_place, build, text) => {
  const app = build()
  const told: unknown[] = []
  app.on('error', (error) => void told.push(error))
  const port = await serve(app.listen(address.port, address.host))
  const answer = await send(port, { method: 'GET', target: '/api/a' })
  expect(answer.status).toBe(500)
  expect(answer.content).not.toContain('http-semantics')
  expect(told).toEqual([expect.objectContaining({ message: expect.stringContaining(text) })])
})

/** Where the plugin does not belong in a Fastify app. */
const fastifyPlaces: readonly (readonly [
  place: string,
  build: (app: FastifyInstance) => unknown,
  text: string,
])[] = [
  [
    'twice',
    async (app) => {
      await app.register(fastify.httpSemantics)
      await app.register(fastify.httpSemantics)
    },
    'registered twice on this app: remove the second one',
  ],
  [
    'beside methodGuard',
    async (app) => {
      await app.register(fastify.httpSemantics)
      await app.register(fastify.methodGuard)
    },
    'registered twice on this app: remove the second one',
  ],
  [
    'under a prefix',
    async (app) => {
      await app.register(fastify.httpSemantics, Object.assign({ methods: {} }, { prefix: '/api' }))
    },
    "under '/api', but decides for the whole app",
  ],
  [
    'inside another plugin',
    async (app) => {
      await app.register(async (inner) => {
        await inner.register(fastify.httpSemantics)
      })
    },
    'inside another plugin, but decides for the whole app',
  ],
  [
    'inside another plugin with a prefix',
    async (app) => {
      const inner = async (instance: FastifyInstance): Promise<void> => {
        await instance.register(fastify.httpSemantics)
      }
      await app.register(inner, { prefix: '/api' })
    },
    "inside another plugin or under '/api'",
  ],
  [
    'after routes',
    async (app) => {
      app.get('/a', () => 'a')
      await app.register(fastify.httpSemantics)
    },
    'write `await app.register(httpSemantics)` before the first route',
  ],
  [
    'after a catch-all route',
    async (app) => {
      app.all('*', () => 'a')
      await app.register(fastify.httpSemantics)
    },
    'write `await app.register(httpSemantics)` before the first route',
  ],
]

it.each(fastifyPlaces)('fastify refuses to be registered %s', async (_place, build, text) => {
  const app = Fastify()
  await expect((async () => build(app))()).rejects.toThrow(text)
})
