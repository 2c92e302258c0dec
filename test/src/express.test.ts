import { httpSemantics, type MethodGuardOptions } from '@http-semantics/express'
import { MethodGuard } from '@http-semantics/http'
import Express, { type RequestHandler } from 'express'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { address, serve } from './apps.ts'
import { listen as listenToViolations } from './violations.ts'
import { field, send } from './wire.ts'

const ok: RequestHandler = (request, response) => void response.send(request.method)

/** Lets an app listen, with the middleware as its first. */
async function listen(
  build: (app: Express.Express) => void,
  methods: MethodGuardOptions = {},
): Promise<number> {
  const app = Express().set('env', 'test')
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

type Case = readonly [
  name: string,
  build: (app: Express.Express) => void,
  answers: Readonly<Record<string, string>>,
]

/** Every app also has PUT and DELETE somewhere, so that neither is 501. */
const cases: readonly Case[] = [
  [
    'routers in routers',
    (app) => {
      const deep = Express.Router().get('/c/:id', ok)
      const middle = Express.Router().use('/b', deep).post('/b/c/new', ok)
      app.use('/a', middle)
    },
    {
      'PUT /a/b/c/7': '405 GET, HEAD, OPTIONS',
      'PUT /a/b/c/new': '405 GET, HEAD, POST, OPTIONS',
      'OPTIONS /a/b/c/new': '204 GET, HEAD, POST, OPTIONS',
      'PUT /a/b/c': '404',
      'PUT /a': '404',
      'PUT /ab/c/7': '404',
    },
  ],
  [
    'several routers for one path',
    (app) => {
      app.use('/a', Express.Router().get('/b', ok))
      app.use('/a', Express.Router().post('/b', ok))
      app.use(Express.Router().patch('/a/b', ok))
      app.delete('/a/b', ok)
    },
    {
      'PUT /a/b': '405 GET, HEAD, POST, PATCH, DELETE, OPTIONS',
      'OPTIONS /a/b': '204 GET, HEAD, POST, PATCH, DELETE, OPTIONS',
      'OPTIONS *': '204 GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    },
  ],
  [
    'a mounted app, in an app, in an app',
    (app) => {
      const inner = Express().get('/c', ok)
      const middle = Express().use('/b', inner).post('/b/c', ok)
      app.use('/a', middle).patch('/a/b/c', ok)
    },
    {
      'GET /a/b/c': '200',
      'PUT /a/b/c': '405 GET, HEAD, POST, PATCH, OPTIONS',
      'OPTIONS /a/b/c': '204 GET, HEAD, POST, PATCH, OPTIONS',
      'TRACE /a/b/c': '405 GET, HEAD, POST, PATCH, OPTIONS',
      'PUT /a/b': '404',
      'GET /a/no': '404',
    },
  ],
  [
    'an app mounted twice, and at the root',
    (app) => {
      const inner = Express().get('/x', ok)
      app.use(['/a', '/b'], inner).use(Express().get('/y', ok))
    },
    {
      'PUT /a/x': '405 GET, HEAD, OPTIONS',
      'PUT /b/x': '405 GET, HEAD, OPTIONS',
      'PUT /y': '405 GET, HEAD, OPTIONS',
      'PUT /x': '404',
    },
  ],
  [
    'a mounted app with a 404 page of its own',
    (app) => {
      const inner = Express().get('/x', ok)
      inner.use((_request, response) => void response.status(404).send('inner page'))
      app.use('/a', inner)
    },
    {
      'PUT /a/x': '405 GET, HEAD, OPTIONS',
      'OPTIONS /a/x': '204 GET, HEAD, OPTIONS',
      'PUT /a/no': '404',
    },
  ],
  [
    'arrays and regular expressions',
    (app) => {
      app.get(['/a', '/b/:id', /^\/c\d+$/], ok)
      app.post(/^\/(c|d)\d+$/, ok)
      app.use(/^\/e\d/, Express.Router().get(/x$/, ok))
    },
    {
      'PUT /a': '405 GET, HEAD, OPTIONS',
      'PUT /b/1': '405 GET, HEAD, OPTIONS',
      'PUT /c12': '405 GET, HEAD, POST, OPTIONS',
      'PUT /d12': '405 POST, OPTIONS',
      'PUT /d': '404',
      'PUT /e1/x': '405 GET, HEAD, OPTIONS',
      'PUT /e/x': '404',
      // A mount path ends where a segment ends.
      'GET /e12/x': '404',
      'PUT /e12/x': '404',
    },
  ],
  [
    'app.route, optional parts and splats',
    (app) => {
      app.route('/a').get(ok).post(ok)
      app.get('/b{/:x}', ok)
      app.get('/files/*path', ok)
      app.get('/v:major.:minor', ok)
    },
    {
      'PUT /a': '405 GET, HEAD, POST, OPTIONS',
      'PUT /b': '405 GET, HEAD, OPTIONS',
      'PUT /b/x': '405 GET, HEAD, OPTIONS',
      'PUT /b/x/y': '404',
      'PUT /files': '404',
      'PUT /files/x/y': '405 GET, HEAD, OPTIONS',
      'PUT /v1.2': '405 GET, HEAD, OPTIONS',
      'PUT /v1': '404',
    },
  ],
  [
    'paths in any case and with a slash at the end, as by default',
    (app) => app.get('/Notes', ok).use('/Api', Express.Router().get('/x', ok)),
    {
      'PUT /notes': '405 GET, HEAD, OPTIONS',
      'PUT /NOTES/': '405 GET, HEAD, OPTIONS',
      'PUT /api/X/': '405 GET, HEAD, OPTIONS',
    },
  ],
  [
    'routes that take every method',
    (app) => {
      app.all('/all', ok)
      app.get('/left', ok)
      app.all('/left', (_request, _response, next) => next())
      app.use('/used', ok)
    },
    {
      'PUT /all': '200',
      'OPTIONS /all': '200',
      'PROPFIND /all': '200',
      'PUT /left': '404',
      'PUT /used/x': '200',
    },
  ],
  [
    'a page for every path by app.get',
    (app) => app.get('/{*splat}', ok),
    { 'GET /x': '200', 'PUT /x': '405 GET, HEAD, OPTIONS' },
  ],
  [
    'a 404 page by app.all',
    (app) => {
      app.get('/a', ok)
      app.all('/{*splat}', (_request, response) => void response.status(404).send('page'))
    },
    { 'PUT /a': '404', 'PUT /x': '404', 'PATCH /x': '404', 'GET /a': '200' },
  ],
  [
    'parameters that cannot be decoded',
    (app) => app.get('/a/:id', ok),
    { 'PUT /a/%zz': '400', 'GET /a/%zz': '400', 'OPTIONS /a/%zz': '400' },
  ],
]

describe('express knows', () => {
  it.each(cases)('%s', async (_name, build, answers) => {
    const port = await listen((app) => {
      app.put('/somewhere', ok).delete('/somewhere', ok).patch('/elsewhere', ok)
      build(app)
    })
    const found: Record<string, string> = {}
    for (const line of Object.keys(answers)) {
      const [method = '', target = ''] = line.split(' ')
      found[line] = await ask(port, method, target)
    }
    expect(found).toEqual(answers)
  })
})

it('express minds case and slashes where the app does', async () => {
  const app = Express().enable('case sensitive routing').enable('strict routing')
  const semantics = httpSemantics()
  app.use(semantics)
  app.get('/Notes', ok).put('/somewhere', ok)
  app.use('/r', Express.Router({ caseSensitive: true, strict: true }).get('/X', ok))
  const port = await serve(semantics.attach(app.listen(address.port, address.host)))
  const targets = ['/Notes', '/notes', '/Notes/', '/r/X', '/r/x', '/r/X/']
  const answers: string[] = []
  for (const target of targets) answers.push(await ask(port, 'PUT', target))
  const refusal = '405 GET, HEAD, OPTIONS'
  expect(answers).toEqual([refusal, '404', '404', refusal, '404', '404'])
})

describe('express with routes added later', () => {
  it('knows them from their first request on', async () => {
    let app = Express()
    const port = await listen((built) => {
      app = built
      app.put('/a', ok)
    })
    expect(await ask(port, 'GET', '/late')).toBe('404')
    app.get('/late', ok)
    expect(await ask(port, 'GET', '/late')).toBe('200')
    expect(await ask(port, 'GET', '/late')).toBe('200')
    expect(await ask(port, 'PUT', '/late')).toBe('405 GET, HEAD, OPTIONS')
    app.use('/later', Express.Router().post('/x', ok))
    expect(await ask(port, 'PUT', '/later/x')).toBe('405 POST, OPTIONS')
    expect(await ask(port, 'POST', '/later/x')).toBe('200')
    expect(await ask(port, 'GET', '/late')).toBe('200')
    expect(await ask(port, 'GET', '/no')).toBe('404')
    expect(await ask(port, 'OPTIONS', '/late')).toBe('204 GET, HEAD, OPTIONS')
  })

  it('knows routes added to a router it has', async () => {
    const router = Express.Router()
    const port = await listen((app) => app.put('/a', ok).use('/r', router))
    expect(await ask(port, 'GET', '/r/x')).toBe('404')
    router.get('/x', ok)
    expect(await ask(port, 'GET', '/r/x')).toBe('200')
    expect(await ask(port, 'PUT', '/r/x')).toBe('405 GET, HEAD, OPTIONS')
  })

  it('leaves them to the 404 page that stands before them, as Express does', async () => {
    let app = Express()
    const port = await listen((built) => {
      app = built
      app.put('/a', ok)
      app.use((_request, response) => void response.status(404).send('page'))
    })
    expect(await ask(port, 'GET', '/late')).toBe('404')
    app.get('/late', ok)
    expect(await ask(port, 'GET', '/late')).toBe('404')
    expect(await ask(port, 'PUT', '/late')).toBe('405 GET, HEAD, OPTIONS')
    expect((await send(port, { method: 'GET', target: '/no' })).content).toBe('page')
  })

  it('still hands errors to error handlers added later', async () => {
    let app = Express()
    const port = await listen((built) => {
      app = built
      app.put('/a', ok)
    })
    expect(await ask(port, 'GET', '/no')).toBe('404')
    app.get('/late', () => {
      throw new Error('late')
    })
    const page: Express.ErrorRequestHandler = (error: Error, _request, response, _next) => {
      response.status(503).send(error.message)
    }
    app.use(page)
    for (const _time of [1, 2]) {
      const answer = await send(port, { method: 'GET', target: '/late' })
      expect([answer.status, answer.content]).toEqual([503, 'late'])
    }
  })
})

describe('express with routes that are no resources', () => {
  const page: RequestHandler = (_request, response) => void response.send('page')

  it('answers 405 for the paths behind a page for every path, and the page for the rest', async () => {
    const port = await listen((app) => app.get('/a', ok).post('/b', ok).get('/{*splat}', page), {
      ignoreRoutes: ['/{*splat}'],
    })
    expect(await ask(port, 'POST', '/a')).toBe('405 GET, HEAD, OPTIONS')
    expect(await ask(port, 'POST', '/no')).toBe('404')
    expect(await ask(port, 'OPTIONS', '/a')).toBe('204 GET, HEAD, OPTIONS')
    // Express hands GET to the page, whatever else the path knows.
    expect((await send(port, { method: 'GET', target: '/b' })).content).toBe('page')
    expect((await send(port, { method: 'GET', target: '/no' })).content).toBe('page')
  })

  it('sees through a 404 page by app.all', async () => {
    const port = await listen(
      (app) => {
        app.get('/a', ok).post('/b', ok)
        app.all('/{*splat}', (_request, response) => void response.status(404).send('page'))
      },
      { ignoreRoutes: ['/{*splat}'] },
    )
    expect(await ask(port, 'POST', '/a')).toBe('405 GET, HEAD, OPTIONS')
    expect(await ask(port, 'GET', '/b')).toBe('405 POST, OPTIONS')
    expect(await ask(port, 'OPTIONS', '/a')).toBe('204 GET, HEAD, OPTIONS')
    expect(await ask(port, 'PROPFIND', '/a')).toBe('501')
    expect((await send(port, { method: 'POST', target: '/no' })).content).toBe('page')
  })
})

it('express tells a mounted app without running anything of it', async () => {
  const calls: string[] = []
  const inner = Express()
  inner.use((request, _response, next) => {
    calls.push(`${request.method} ${request.originalUrl}`)
    next()
  })
  inner.get('/x', ok)
  const port = await listen((app) => app.put('/a', ok).use('/m', inner))
  expect(await ask(port, 'PUT', '/m/x')).toBe('405 GET, HEAD, OPTIONS')
  expect(calls).toEqual(['PUT /m/x'])
})

it('express keeps the 404 that a middleware throws for a path with other methods', async () => {
  const port = await listen((app) => {
    app.use('/hidden', (_request, _response, next) => next({ status: 404 }))
    app.get('/hidden', ok).put('/b', ok)
  })
  expect(await ask(port, 'PUT', '/hidden')).toBe('404')
})

it('express keeps 404 for a parameter that names nothing', async () => {
  const port = await listen((app) => {
    app.param('id', (_request, _response, next) => next('route'))
    app.get('/a/:id', ok).put('/b', ok)
  })
  expect(await ask(port, 'GET', '/a/7')).toBe('404')
  expect(await ask(port, 'PUT', '/a/7')).toBe('405 GET, HEAD, OPTIONS')
})

/** `undefined` as what is thrown, which the linter refuses to see. */
const nothing: unknown = undefined

it.each<[string, RequestHandler, number]>([
  [
    'throws nothing',
    () => {
      throw nothing
    },
    404,
  ],
  ['calls next(null)', (_request, _response, next) => next(null), 404],
  ['rejects with nothing', () => Promise.reject<void>(nothing), 500],
])('express goes its own way where a handler %s', async (_name, handler, status) => {
  const port = await listen((app) => app.get('/a', handler))
  const answer = await send(port, { method: 'GET', target: '/a' })
  expect([answer.status, field(answer, 'Content-Type')]).toEqual([
    status,
    'application/problem+json',
  ])
})

it('express judges a 404 once, also where the app answers it', async () => {
  const judge = vi.spyOn(MethodGuard.prototype, 'judge')
  onTestFinished(() => judge.mockRestore())
  const port = await listen((app) => {
    app.get('/a', ok).put('/b', ok)
    const page: Express.ErrorRequestHandler = (
      error: { status: number },
      _request,
      response,
      _next,
    ) => {
      response.status(error.status).send('page')
    }
    app.use(page)
  })
  const answer = await send(port, { method: 'GET', target: '/no' })
  expect([answer.status, answer.content]).toEqual([404, 'page'])
  expect(judge).toHaveBeenCalledTimes(1)
})

it('sees the first requests, also those that a middleware ahead wraps and holds up', async () => {
  const app = Express().set('env', 'test')
  const semantics = httpSemantics({ onViolation: 'repair' })
  const waiting: (() => void)[] = []
  app.use((_request, response, next) => {
    for (const name of ['writeHead', 'write', 'end'] as const) {
      const method: unknown = Reflect.get(response, name)
      if (typeof method !== 'function') throw new Error(`Express has no ${name}`)
      Object.assign(response, {
        [name]: (...parameters: unknown[]): unknown => Reflect.apply(method, response, parameters),
      })
    }
    waiting.push(next)
    // All at once, when the last one is there.
    if (waiting.length === 4) for (const go of waiting) go()
  })
  app.use(semantics)
  app.get('/', (_request, response) => void response.status(401).end())
  const port = await serve(semantics.attach(app.listen(address.port, address.host)))
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => send(port, { method: 'GET', target: '/' })),
  )
  expect(answers.map((answer) => field(answer, 'WWW-Authenticate'))).toEqual(
    Array.from({ length: 4 }, () => 'Session realm="app"'),
  )
})

it('tells nobody of the language that Express leaves on its own 304', async () => {
  const violations = listenToViolations()
  const app = Express().set('env', 'test')
  const semantics = httpSemantics()
  app.use(semantics)
  app.get('/', (_request, response) => {
    response.set({ ETag: '"v1"', 'Content-Language': 'en' }).send('hello')
  })
  const port = await serve(semantics.attach(app.listen(address.port, address.host)))
  const fields = { 'If-None-Match': '"v1"' }
  const answer = await send(port, { method: 'GET', target: '/', fields })
  expect([answer.status, field(answer, 'Content-Language')]).toEqual([304, undefined])
  expect(violations).toEqual([])
})
