import { httpSemantics, type MethodGuardOptions } from '@http-semantics/fastify'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import { describe, expect, it } from 'vitest'
import { address, serve } from './apps.ts'
import { field, send, type WireRequest } from './wire.ts'

const ok = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.send(request.method)

/** Lets an app listen, with the plugin as its first. */
async function listen(
  build: (app: FastifyInstance) => unknown,
  { methods = {}, ...options }: FastifyServerOptions & { methods?: MethodGuardOptions } = {},
): Promise<number> {
  const app = Fastify({ ...options, forceCloseConnections: true })
  await app.register(httpSemantics, { methods })
  await build(app)
  await app.listen(address)
  return serve(app.server)
}

/** The status and `Allow` of one request. */
async function ask(
  port: number,
  method: string,
  target: string,
  fields: NonNullable<WireRequest['fields']> = {},
): Promise<string> {
  const answer = await send(port, { method, target, fields })
  return `${answer.status} ${field(answer, 'Allow') ?? ''}`.trim()
}

/** The types of Fastify know this setting only where Fastify warns of it. */
const semicolons: FastifyServerOptions['routerOptions'] &
  object & { useSemicolonDelimiter: boolean } = {
  useSemicolonDelimiter: true,
}

type Case = readonly [
  name: string,
  options: FastifyServerOptions,
  build: (app: FastifyInstance) => unknown,
  answers: Readonly<Record<string, string>>,
]

/** Every app also has PUT and DELETE somewhere, so that neither is 501. */
const cases: readonly Case[] = [
  [
    'prefixes in prefixes, and encapsulation',
    {},
    (app) =>
      app.register(
        async (outer) => {
          outer.get('/', ok)
          outer.post('/c/new', ok)
          await outer.register(async (inner) => inner.post('/', ok), { prefix: '/post' })
          await outer.register(async (inner) => inner.post('', ok), { prefix: '/bare' })
          await outer.register(async (inner) => inner.get('/:id', ok), { prefix: '/c' })
        },
        { prefix: '/a' },
      ),
    {
      'PUT /a': '405 GET, HEAD, OPTIONS',
      'PUT /a/': '405 GET, HEAD, OPTIONS',
      'PUT /a/post/': '405 POST, OPTIONS',
      'PUT /a/bare': '405 POST, OPTIONS',
      'PUT /a/bare/': '404',
      'PUT /a/c/7': '405 GET, HEAD, OPTIONS',
      'PUT /a/c/new': '405 GET, HEAD, POST, OPTIONS',
      'OPTIONS /a/c/new': '204 GET, HEAD, POST, OPTIONS',
      'TRACE /a/c/new': '405 GET, HEAD, POST, OPTIONS',
      'PUT /c/7': '404',
      'PATCH /a/c/7': '501',
      'OPTIONS *': '204 GET, HEAD, POST, PUT, DELETE, OPTIONS',
    },
  ],
  [
    'regular expressions, several parameters, wildcards and arrays of methods',
    {},
    (app) => {
      app.get('/n/:id(^\\d+$)', ok)
      app.get('/v/:major-:minor', ok)
      app.get('/files/*', ok)
      app.route({ method: ['GET', 'POST', 'PATCH'], url: '/many', handler: ok })
      app.get('/opt/:x?', ok)
    },
    {
      'PUT /n/12': '405 GET, HEAD, OPTIONS',
      'PUT /n/x': '404',
      'PUT /v/1-2': '405 GET, HEAD, OPTIONS',
      'PUT /v/1': '404',
      'PUT /files/x/y': '405 GET, HEAD, OPTIONS',
      'PUT /many': '405 GET, HEAD, POST, PATCH, OPTIONS',
      'PUT /opt': '405 GET, HEAD, OPTIONS',
      'PUT /opt/1': '405 GET, HEAD, OPTIONS',
    },
  ],
  [
    'case and slashes, minded by default',
    {},
    (app) => app.get('/Notes', ok),
    {
      'PUT /Notes': '405 GET, HEAD, OPTIONS',
      'PUT /notes': '404',
      'PUT /Notes/': '404',
      'PUT //Notes': '404',
    },
  ],
  [
    'case and slashes, ignored by routerOptions',
    {
      routerOptions: {
        ignoreTrailingSlash: true,
        caseSensitive: false,
        ignoreDuplicateSlashes: true,
      },
    },
    (app) => app.get('/Notes', ok),
    {
      'PUT /notes': '405 GET, HEAD, OPTIONS',
      'PUT /Notes/': '405 GET, HEAD, OPTIONS',
      'PUT //Notes': '405 GET, HEAD, OPTIONS',
      'GET /notes/': '200',
    },
  ],
  [
    'parameters longer than allowed',
    { routerOptions: { maxParamLength: 5 } },
    (app) => app.get('/a/:id', ok),
    { 'PUT /a/12345': '405 GET, HEAD, OPTIONS', 'PUT /a/123456': '404' },
  ],
  [
    'queries behind a semicolon',
    { routerOptions: semicolons },
    (app) => app.get('/a', ok),
    { 'PUT /a;b=1': '405 GET, HEAD, OPTIONS', 'GET /a;b=1': '200' },
  ],
  [
    'routes for every method',
    {},
    (app) => {
      app.all('/all', ok)
      app.all('/left', (_request, reply) => reply.callNotFound())
      app.get('/a', ok)
    },
    {
      'PUT /all': '200',
      // Fastify's `all` is a list, which can be told.
      'OPTIONS /all': '200 GET, HEAD, QUERY, POST, PUT, PATCH, DELETE, OPTIONS',
      'PUT /left': '404',
      'PUT /a': '405 GET, HEAD, OPTIONS',
      // A server with such a route knows every method.
      'PATCH /a': '405 GET, HEAD, OPTIONS',
    },
  ],
  [
    'a page for every path',
    {},
    (app) => app.get('/*', ok),
    { 'GET /x': '200', 'PUT /x': '405 GET, HEAD, OPTIONS', 'OPTIONS /x': '204 GET, HEAD, OPTIONS' },
  ],
  [
    'an OPTIONS route for every path',
    {},
    (app) => {
      app.options('*', async () => 'ask me')
      app.get('/a', ok)
    },
    {
      'OPTIONS /a': '200 GET, HEAD, OPTIONS',
      'OPTIONS /no': '200',
      'PUT /a': '405 GET, HEAD, OPTIONS',
      'GET /no': '404',
    },
  ],
]

describe('fastify knows', () => {
  it.each(cases)('%s', async (_name, options, build, answers) => {
    const port = await listen(async (app) => {
      app.put('/somewhere', ok)
      app.delete('/somewhere', ok)
      await build(app)
    }, options)
    const found: Record<string, string> = {}
    for (const line of Object.keys(answers)) {
      const [method = '', target = ''] = line.split(' ')
      found[line] = await ask(port, method, target)
    }
    expect(found).toEqual(answers)
  })

  it('routes of a host', async () => {
    const port = await listen((app) => {
      app.route({ method: 'GET', url: '/a', constraints: { host: 'one.example' }, handler: ok })
      app.route({ method: 'PUT', url: '/a', constraints: { host: 'two.example' }, handler: ok })
    })
    expect(await ask(port, 'PUT', '/a', { Host: 'one.example' })).toBe('405 GET, HEAD, OPTIONS')
    expect(await ask(port, 'GET', '/a', { Host: 'two.example' })).toBe('405 PUT, OPTIONS')
    expect(await ask(port, 'PUT', '/a', { Host: 'no.example' })).toBe('404')
    expect(await ask(port, 'OPTIONS', '/a', { Host: 'one.example' })).toBe('204 GET, HEAD, OPTIONS')
  })

  it('a prefix of a host', async () => {
    const port = await listen(async (app) => {
      const routes = async (inner: FastifyInstance): Promise<void> => {
        inner.route({ method: 'GET', url: '/', constraints: { host: 'one.example' }, handler: ok })
      }
      await app.register(routes, { prefix: '/a' })
      app.put('/b', ok)
    })
    for (const target of ['/a', '/a/']) {
      expect(await ask(port, 'PUT', target, { Host: 'one.example' })).toBe('405 GET, HEAD, OPTIONS')
      expect(await ask(port, 'PUT', target, { Host: 'two.example' })).toBe('404')
    }
  })

  it('routes of a version', async () => {
    const port = await listen((app) => {
      app.route({ method: 'GET', url: '/a', constraints: { version: '1.2.0' }, handler: ok })
      app.route({ method: 'PUT', url: '/a', constraints: { version: '2.0.0' }, handler: ok })
    })
    expect(await ask(port, 'PUT', '/a', { 'Accept-Version': '1.x' })).toBe('405 GET, HEAD, OPTIONS')
    expect(await ask(port, 'GET', '/a', { 'Accept-Version': '2.x' })).toBe('405 PUT, OPTIONS')
    expect(await ask(port, 'PUT', '/a', { 'Accept-Version': '3.x' })).toBe('404')
  })

  it('routes of a constraint only the app knows, whose 404 stays', async () => {
    const tenant = {
      name: 'tenant',
      storage: () => {
        const handlers = new Map<unknown, unknown>()
        return {
          get: (value: unknown) => handlers.get(value) ?? null,
          set: (value: unknown, handler: unknown) => void handlers.set(value, handler),
        }
      },
      validate: () => undefined,
      deriveConstraint: (request: { headers: Record<string, unknown> }) =>
        request.headers['x-tenant'],
      mustMatchWhenDerived: false,
    }
    const port = await listen(
      (app) => {
        app.route({ method: 'GET', url: '/a', constraints: { tenant: 'one' }, handler: ok })
        app.route({ method: 'GET', url: '/a', constraints: { tenant: 'two' }, handler: ok })
        app.put('/b', ok)
      },
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- find-my-way's own type is narrower
      { routerOptions: { constraints: { tenant: tenant as never } } },
    )
    expect(await ask(port, 'GET', '/a', { 'X-Tenant': 'one' })).toBe('200')
    expect(await ask(port, 'PUT', '/a', { 'X-Tenant': 'one' })).toBe('405 GET, HEAD, OPTIONS')
    expect(await ask(port, 'GET', '/a', { 'X-Tenant': 'three' })).toBe('404')
    expect(await ask(port, 'GET', '/no', { 'X-Tenant': 'one' })).toBe('404')
  })
})

describe('fastify with not-found handlers', () => {
  it('lets that of a prefix answer true 404s only', async () => {
    const port = await listen(async (app) => {
      app.put('/somewhere', ok)
      await app.register(
        async (inner) => {
          inner.setNotFoundHandler((_request, reply) => reply.code(404).send('inner page'))
          inner.get('/x', ok)
        },
        { prefix: '/in' },
      )
    })
    expect((await send(port, { method: 'PUT', target: '/in/no' })).content).toBe('inner page')
    expect((await send(port, { method: 'PUT', target: '/no' })).content).toBe(
      '{"title":"Not Found","status":404}',
    )
    expect(await ask(port, 'PUT', '/in/x')).toBe('405 GET, HEAD, OPTIONS')
    expect(await ask(port, 'OPTIONS', '/in/x')).toBe('204 GET, HEAD, OPTIONS')
  })

  it('lets that of the app answer what a handler left', async () => {
    const port = await listen((app) => {
      app.setNotFoundHandler((_request, reply) => reply.code(404).send('page'))
      app.get('/left', (_request, reply) => reply.callNotFound())
    })
    expect((await send(port, { method: 'GET', target: '/left' })).content).toBe('page')
  })

  const page = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    reply.code(404).send('page')

  it.each<[string, (app: FastifyInstance) => unknown]>([
    [
      'set before the plugin',
      async (app) => {
        app.setNotFoundHandler(page)
        await app.register(httpSemantics)
      },
    ],
    [
      'set before the plugin has loaded',
      (app) => {
        app.register(httpSemantics)
        app.setNotFoundHandler(page)
      },
    ],
    [
      'set behind the plugin',
      async (app) => {
        await app.register(httpSemantics)
        app.setNotFoundHandler(page)
      },
    ],
    [
      'set by a plugin behind it, with hooks',
      async (app) => {
        await app.register(httpSemantics)
        app.register(async (inner) => {
          inner.setNotFoundHandler(
            {
              preHandler: [(_request, reply, done) => (reply.header('X-Hook', 'ran'), done())],
              preValidation: (_request, _reply, done) => done(),
            },
            page,
          )
        })
      },
    ],
  ])('lets a page %s answer true 404s, ahead of their content', async (name, install) => {
    const app = Fastify({ forceCloseConnections: true })
    await install(app)
    app.register(async (routes) => routes.get('/a', ok).put('/b', ok))
    await app.listen(address)
    const port = await serve(app.server)
    const missing = await send(port, { method: 'GET', target: '/no' })
    expect([missing.status, missing.content]).toEqual([404, 'page'])
    expect(field(missing, 'X-Hook')).toBe(name.endsWith('hooks') ? 'ran' : undefined)
    expect(await ask(port, 'PUT', '/a')).toBe('405 GET, HEAD, OPTIONS')
    expect(await ask(port, 'OPTIONS', '/a')).toBe('204 GET, HEAD, OPTIONS')
    const unread = { method: 'PUT', target: '/a', content: '{', fields: { 'Content-Type': 'no' } }
    expect((await send(port, unread)).status).toBe(405)
  })
})

it('fastify answers 405 before it reads the content, whatever its type', async () => {
  const port = await listen((app) => app.get('/a', ok).put('/b', ok))
  const request = { method: 'PUT', target: '/a', content: '{' }
  for (const type of ['application/json', 'image/png', 'nonsense']) {
    const answer = await send(port, { ...request, fields: { 'Content-Type': type } })
    expect([type, answer.status]).toEqual([type, 405])
  }
})

it('fastify judges declared content also where a later hook gives each route its own', async () => {
  const methods = { resources: { '/a': { accept: { post: ['application/json'] } } } }
  const port = await listen(
    (app) => {
      app.addHook('onRoute', (route) => {
        route.preParsing = (_request, _reply, payload, done) => done(null, payload)
      })
      app.addContentTypeParser('*', (_request, payload, done) => {
        payload.resume()
        done(null)
      })
      app.post('/a', ok)
    },
    { methods },
  )
  const fields = { 'Content-Type': 'text/plain' }
  const answer = await send(port, { method: 'POST', target: '/a', fields, content: 'a' })
  expect([answer.status, field(answer, 'Accept-Post')]).toEqual([415, 'application/json'])
})

it('fastify answers with the error handler of the app, also one set before the plugin', async () => {
  const port = await listen((app) => {
    app.setErrorHandler((error: { statusCode?: number }, _request, reply) =>
      reply.code(error.statusCode ?? 500).send('the app says no'),
    )
    app.get('/a', ok).put('/b', ok)
  })
  const answer = await send(port, { method: 'PUT', target: '/a' })
  expect([answer.status, answer.content]).toEqual([405, 'the app says no'])
})

it('fastify keeps the fields of onRequest hooks that come after the plugin', async () => {
  const port = await listen((app) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('X-Frame-Options', 'DENY')
    })
    app.get('/a', ok).put('/b', ok)
  })
  for (const [method, target, status] of [
    ['PUT', '/a', 405],
    ['OPTIONS', '/a', 204],
    ['PUT', '/no', 404],
    ['PATCH', '/a', 501],
  ] as const) {
    const answer = await send(port, { method, target })
    expect([answer.status, field(answer, 'X-Frame-Options')]).toEqual([status, 'DENY'])
  }
})

it('fastify leaves a page for every path that is no resource out of Allow', async () => {
  const port = await listen((app) => app.get('/a', ok).post('/b', ok).get('/*', ok), {
    methods: { ignoreRoutes: ['/*'] },
  })
  expect(await ask(port, 'POST', '/a')).toBe('405 GET, HEAD, OPTIONS')
  expect(await ask(port, 'POST', '/no')).toBe('404')
  expect(await ask(port, 'OPTIONS', '/b')).toBe('204 POST, OPTIONS')
  expect(await ask(port, 'GET', '/no')).toBe('200')
})

const withCode =
  (code: number) =>
  (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    reply.header('ETag', '"1"').header('X-A', 'b').type('text/csv').code(code).send('content')

describe.each(['GET', 'HEAD'])('fastify answers %s with a problem of 500', (method) => {
  it.each<[string, (app: FastifyInstance) => unknown]>([
    ...[99, 0, -1, 600, 700, 1000, Number.NaN].map(
      (code): [string, (app: FastifyInstance) => unknown] => [
        `sets the status ${code}`,
        (app) => app.get('/a', withCode(code)),
      ],
    ),
    [
      'sets a status out of range late',
      (app) => app.get('/a', async (request, reply) => withCode(700)(request, reply)),
    ],
    [
      'sets it in onRequest',
      (app) => app.get('/a', { onRequest: async (_, reply) => void reply.code(99) }, ok),
    ],
    [
      'sets it in preHandler',
      (app) => app.get('/a', { preHandler: async (_, reply) => void reply.code(99) }, ok),
    ],
    [
      'sets it in onSend',
      (app) => app.get('/a', { onSend: async (_, reply) => void reply.code(99) }, ok),
    ],
    [
      'sets it in an error handler',
      (app) =>
        app.get('/a', { errorHandler: (_, request, reply) => withCode(99)(request, reply) }, () => {
          throw new Error('secret detail')
        }),
    ],
    [
      'throws in onSend',
      (app) =>
        app.get('/a', { onSend: () => Promise.reject(new Error('secret detail')) }, () => 'a'),
    ],
  ])('where an app %s', async (_name, build) => {
    const port = await listen(build)
    const answer = await send(port, { method, target: '/a' })
    expect([answer.status, answer.reason]).toEqual([500, 'Internal Server Error'])
    const content = '{"title":"Internal Server Error","status":500}'
    expect(answer.content).toBe(method === 'HEAD' ? '' : content)
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    expect(field(answer, 'Content-Length')).toBe(String(content.length))
    expect(field(answer, 'ETag')).toBeUndefined()
  })
})

it.each([1, 2, 3])(
  'fastify never tells the error of an onSend hook that fails %i times',
  async (times) => {
    let calls = 0
    const onSend = (): Promise<void> => {
      calls += 1
      return calls > times
        ? Promise.resolve()
        : Promise.reject(Object.assign(new Error('secret detail'), { statusCode: 503 }))
    }
    const port = await listen((app) => app.get('/a', { onSend }, () => 'a'))
    const answer = await send(port, { method: 'GET', target: '/a' })
    expect([answer.status, field(answer, 'Content-Type')]).toEqual([
      503,
      'application/problem+json',
    ])
    expect(answer.raw).not.toContain('secret')
  },
)

it('fastify leaves it to onSend hooks to change a problem', async () => {
  const port = await listen((app) => {
    app.addHook('onSend', async (_request, reply) => {
      reply.type('application/json')
      return '{"mine":true}'
    })
    app.get('/a', () => {
      throw new Error('secret detail')
    })
  })
  const answer = await send(port, { method: 'GET', target: '/a' })
  expect([answer.status, answer.content]).toEqual([500, '{"mine":true}'])
})
