import { httpSemantics, type MethodGuardOptions } from '@http-semantics/koa'
import { Router } from '@koa/router'
import Koa, { type Middleware } from 'koa'
import mount from 'koa-mount'
import { describe, expect, it } from 'vitest'
import { address, serve } from './apps.ts'
import { field, send } from './wire.ts'

const ok: Middleware = (ctx) => {
  ctx.body = ctx.method
}

/** Middleware in a row as one, as koa-compose makes it: nobody can look into it. */
const compose =
  (...middleware: readonly Middleware[]): Middleware =>
  (ctx, next) => {
    const run = (index: number): Promise<unknown> =>
      Promise.resolve(middleware[index]?.(ctx, () => run(index + 1)) ?? next())
    return run(0)
  }

/** The routes of a router, as any other middleware: their type asks for the router's context. */
const routesOf = (router: Router): Middleware =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  router.routes() as unknown as Middleware

/** Lets an app listen, with the middleware as its first. */
async function listen(
  build: (app: Koa) => void,
  methods: MethodGuardOptions = {},
): Promise<number> {
  const app = new Koa()
  app.silent = true
  const semantics = httpSemantics({ methods })
  app.use(semantics)
  build(app)
  return serve(semantics.attach(app.listen(address.port, address.host)))
}

/** The status and `Allow` of one request. */
async function ask(port: number, method: string, target: string): Promise<string> {
  const answer = await send(port, { method, target })
  return `${answer.status} ${field(answer, 'Allow') ?? ''}`.trim()
}

async function askAll(port: number, lines: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const line of lines) {
    const [method = '', target = ''] = line.split(' ')
    found[line] = await ask(port, method, target)
  }
  return found
}

type Case = readonly [
  name: string,
  build: (app: Koa) => void,
  answers: Readonly<Record<string, string>>,
]

const cases: readonly Case[] = [
  [
    'routers in routers, with prefixes',
    (app) => {
      const deep = new Router({ prefix: '/c' }).get('/:id', ok)
      const middle = new Router().use('/b', deep.routes()).post('/b/c/new', ok)
      const outer = new Router({ prefix: '/a' }).use(middle.routes()).put('/x', ok)
      app.use(routesOf(outer))
    },
    {
      'GET /a/b/c/7': '200',
      'PUT /a/b/c/7': '405 GET, HEAD, OPTIONS',
      'PUT /a/b/c/new': '405 GET, HEAD, POST, OPTIONS',
      'OPTIONS /a/b/c/new': '204 GET, HEAD, POST, OPTIONS',
      'TRACE /a/b/c/new': '405 GET, HEAD, POST, OPTIONS',
      'PUT /a/b/c': '404',
      'PUT /b/c/7': '404',
      'PATCH /a/b/c/7': '501',
    },
  ],
  [
    'several routers for one path',
    (app) => {
      app.use(routesOf(new Router().get('/a', ok)))
      app.use(routesOf(new Router().post('/:any', ok)))
      app.use(routesOf(new Router({ prefix: '/a' }).patch('/', ok).put('/b', ok)))
    },
    {
      'PUT /a': '405 GET, HEAD, POST, PATCH, OPTIONS',
      'OPTIONS /a': '204 GET, HEAD, POST, PATCH, OPTIONS',
      'TRACE /a': '405 GET, HEAD, POST, PATCH, OPTIONS',
      'PUT /x': '405 POST, OPTIONS',
      'PUT /a/b/c': '404',
      'OPTIONS *': '204 GET, HEAD, POST, PUT, PATCH, OPTIONS',
    },
  ],
  [
    'an OPTIONS route in one of several routers',
    (app) => {
      app.use(routesOf(new Router().get('/a', ok).options('/a', ok)))
      app.use(routesOf(new Router().put('/a', ok)))
    },
    { 'OPTIONS /a': '200 GET, HEAD, PUT, OPTIONS', 'POST /a': '501' },
  ],
  [
    'routers under koa-mount, and an app in an app',
    (app) => {
      const inner = new Koa().use(routesOf(new Router().get('/x', ok).put('/y', ok)))
      app.use(mount('/api', routesOf(new Router().get('/a', ok).post('/b', ok))))
      app.use(mount('/app', new Koa().use(mount('/in', inner))))
    },
    {
      'GET /api/a': '200',
      'POST /api/a': '405 GET, HEAD, OPTIONS',
      'OPTIONS /api/a': '204 GET, HEAD, OPTIONS',
      'POST /api/no': '404',
      'POST /a': '404',
      'PUT /app/in/x': '405 GET, HEAD, OPTIONS',
      'OPTIONS /app/in/x': '204 GET, HEAD, OPTIONS',
      'PUT /app/in/no': '404',
      'PUT /app/x': '404',
    },
  ],
  [
    'routers behind compose',
    (app) => {
      const first = new Router().get('/a', ok).patch('/only-first', ok)
      const second = new Router().get('/b', ok).post('/a', ok).put('/only-second', ok)
      app.use(compose((_ctx, next) => next(), routesOf(first), routesOf(second)))
    },
    {
      'GET /b': '200',
      'PUT /a': '405 GET, HEAD, POST, OPTIONS',
      'PATCH /b': '405 GET, HEAD, OPTIONS',
      'PATCH /no': '404',
      'PROPFIND /a': '501',
      'OPTIONS /a': '204 GET, HEAD, POST, OPTIONS',
      'GET /no': '404',
    },
  ],
  [
    'regular expressions, optional parts and splats',
    (app) => {
      const router = new Router()
      router
        .get(/^\/c\d+$/, ok)
        .get('/b{/:x}', ok)
        .get(['/d', '/e'], ok)
        .get('/files/*path', ok)
      app.use(routesOf(router.put('/somewhere', ok)))
    },
    {
      'PUT /c12': '405 GET, HEAD, OPTIONS',
      'PUT /c': '404',
      'PUT /b': '405 GET, HEAD, OPTIONS',
      'PUT /b/x': '405 GET, HEAD, OPTIONS',
      'PUT /e': '405 GET, HEAD, OPTIONS',
      'PUT /files/x/y': '405 GET, HEAD, OPTIONS',
      'PUT /files': '404',
    },
  ],
  [
    'case and slashes where a router minds them',
    (app) => {
      const strict = new Router({ sensitive: true, strict: true }).get('/Notes', ok)
      app.use(routesOf(strict)).use(routesOf(new Router().get('/Loose', ok).put('/x', ok)))
    },
    {
      'PUT /Notes': '405 GET, HEAD, OPTIONS',
      'PUT /notes': '404',
      'PUT /Notes/': '404',
      'PUT /loose/': '405 GET, HEAD, OPTIONS',
    },
  ],
  [
    'router.all and router.use',
    (app) => {
      const router = new Router().get('/a', ok)
      router.use('/guarded', (_ctx, next) => next())
      router.all('/all', ok)
      router.all('/left', (_ctx, next) => next())
      app.use(routesOf(router.put('/x', ok)))
    },
    {
      'PUT /all': '200',
      'PROPFIND /all': '200',
      'OPTIONS /all': '200',
      'PUT /left': '404',
      'PUT /guarded/x': '404',
      'PUT /a': '405 GET, HEAD, OPTIONS',
    },
  ],
  [
    'a host of its own',
    (app) => {
      app.use(routesOf(new Router({ host: 'localhost' }).get('/a', ok)))
      app.use(routesOf(new Router({ host: 'elsewhere' }).get('/b', ok).put('/b', ok)))
    },
    { 'PUT /a': '405 GET, HEAD, OPTIONS', 'GET /b': '404', 'PUT /b': '404', 'OPTIONS /b': '404' },
  ],
]

describe('koa knows', () => {
  it.each(cases)('%s', async (_name, build, answers) => {
    const port = await listen(build)
    expect(await askAll(port, Object.keys(answers))).toEqual(answers)
  })
})

it('koa knows routes added later', async () => {
  const router = new Router().put('/a', ok)
  const port = await listen((app) => app.use(routesOf(router)))
  expect(await ask(port, 'GET', '/late')).toBe('404')
  router.get('/late', ok)
  expect(await ask(port, 'GET', '/late')).toBe('200')
  expect(await ask(port, 'PUT', '/late')).toBe('405 GET, HEAD, OPTIONS')
})

it('koa keeps a 404 that a handler set with an empty body', async () => {
  const port = await listen((app) => {
    const router = new Router().put('/x', ok).get('/a', (ctx) => {
      ctx.body = null
      ctx.status = 404
    })
    app.use(routesOf(router))
  })
  expect(await ask(port, 'GET', '/a')).toBe('404')
  expect(await ask(port, 'PUT', '/a')).toBe('405 GET, HEAD, OPTIONS')
})

it('koa answers 405 for the paths behind a page for every path, and the page for the rest', async () => {
  const port = await listen(
    (app) => {
      const router = new Router().get('/a', ok).post('/b', ok)
      router.get('/{*splat}', (ctx) => {
        ctx.body = 'page'
      })
      app.use(routesOf(router))
    },
    { ignoreRoutes: ['/{*splat}'] },
  )
  expect(await ask(port, 'POST', '/a')).toBe('405 GET, HEAD, OPTIONS')
  expect(await ask(port, 'POST', '/no')).toBe('404')
  expect(await ask(port, 'OPTIONS', '/b')).toBe('204 POST, OPTIONS')
  expect((await send(port, { method: 'GET', target: '/no' })).content).toBe('page')
})

it('koa leaves an app that brings its own onerror to it', async () => {
  const port = await listen((app) => {
    Object.assign(app.context, {
      onerror(this: Koa.Context, error: { status?: number } | null) {
        if (error === null) return
        this.res.statusCode = error.status ?? 500
        this.res.end('the app says no')
      },
    })
    app.use(routesOf(new Router().get('/a', ok).put('/b', ok)))
  })
  const answer = await send(port, { method: 'PUT', target: '/a' })
  expect([answer.status, answer.content]).toEqual([405, 'the app says no'])
})

it('koa leaves alone what a handler answers outside of Koa', async () => {
  const port = await listen((app) => {
    app.use((ctx) => {
      ctx.respond = false
      ctx.res.statusCode = 404
      setImmediate(() => ctx.res.end('by hand'))
    })
  })
  const answer = await send(port, { method: 'PUT', target: '/a' })
  expect([answer.status, answer.content]).toEqual([404, 'by hand'])
})

it("koa keeps the app's own ctx.router", async () => {
  const router = new Router().get('/a', ok)
  const port = await listen((app) => {
    Object.assign(app.context, { router: 'mine' })
    app.use((ctx, next) => {
      if (ctx.path === '/mine') ctx.body = String(ctx['router'])
      return next()
    })
    app.use(routesOf(router))
    app.use((ctx) => {
      if (ctx.path === '/its') ctx.body = String(ctx['router'] === router)
    })
  })
  expect((await send(port, { method: 'GET', target: '/mine' })).content).toBe('mine')
  expect((await send(port, { method: 'GET', target: '/its' })).content).toBe('true')
})
