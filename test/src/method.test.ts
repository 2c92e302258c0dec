import { METHODS } from 'node:http'
import { describe, expect, it } from 'vitest'
import { routes, start, text, type App } from './apps.ts'
import { frameworks } from './hosts.ts'
import { exchange, field, parseAnswer, requestText, send } from './wire.ts'

/** The server's methods are GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS. */
const notes: App = {
  routes: [
    ...routes(
      'GET /notes',
      'POST /notes',
      'GET /notes/new',
      'PUT /drafts/:id',
      'DELETE /drafts/:id',
    ),
    ...routes('PATCH /notes/:id', 'GET /notes/:id', 'POST /only-post'),
    ['GET', '/left', 'next'],
    ['GET', '/gone', (reply) => reply.send(404, 'gone, says the handler')],
    ['GET', '/gone.json', (reply) => reply.send(404, { gone: true })],
  ],
}

const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const refused = ['TRACE', 'CONNECT']
const unused = METHODS.filter((method) => !known.includes(method) && !refused.includes(method))
const server = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'

/** The middleware as a whole, and beside the app's own 404 page. */
const apps: readonly (readonly [name: string, app: App])[] = [
  ['', notes],
  [' with a 404 page of its own', { ...notes, page: 'nothing here, says the app' }],
]

describe.each(frameworks)('%s', (framework) => {
  it.each(['CONNECT example.com:443', 'CONNECT *', 'TRACE *'])(
    'does not take the target of %s for the path /',
    async (line) => {
      const [method = '', target = ''] = line.split(' ')
      const port = await start(framework, { routes: routes('GET /', 'PUT /a') })
      const answer = await send(port, { method, target })
      expect([answer.status, field(answer, 'Allow')]).toEqual([405, 'GET, HEAD, PUT, OPTIONS'])
    },
  )

  describe.each(apps)('an app%s', (_name, app) => {
    it.each([
      ['PUT', '/notes', 'GET, HEAD, POST, OPTIONS'],
      ['DELETE', '/notes', 'GET, HEAD, POST, OPTIONS'],
      ['PUT', '/notes?a=b', 'GET, HEAD, POST, OPTIONS'],
      ['PUT', 'http://localhost/notes?a=/b', 'GET, HEAD, POST, OPTIONS'],
      ['PUT', '/notes/7', 'GET, HEAD, PATCH, OPTIONS'],
      ['DELETE', '/notes/%C3%A9', 'GET, HEAD, PATCH, OPTIONS'],
      // Two routes match: the fixed path and the parameter.
      ['DELETE', '/notes/new', 'GET, HEAD, PATCH, OPTIONS'],
      ['GET', '/drafts/1', 'PUT, DELETE, OPTIONS'],
      ['HEAD', '/drafts/1', 'PUT, DELETE, OPTIONS'],
      ['HEAD', '/only-post', 'POST, OPTIONS'],
      ['POST', '/left', 'GET, HEAD, OPTIONS'],
      ['POST', '/gone', 'GET, HEAD, OPTIONS'],
    ])('answers %s %s with 405 and Allow: %s', async (method, target, allow) => {
      const port = await start(framework, app)
      const answer = await send(port, { method, target })
      expect([answer.status, answer.reason]).toEqual([405, 'Method Not Allowed'])
      expect(field(answer, 'Allow')).toBe(allow)
    })

    it('answers a path nobody knows with 404, whatever known method asks', async () => {
      const port = await start(framework, app)
      const answers = await Promise.all(
        known.map(async (method) => [method, (await send(port, { method, target: '/no' })).status]),
      )
      expect(answers).toEqual(known.map((method) => [method, 404]))
    })

    it.each(['/notes', '/no', '*'])(
      'answers methods no route uses with 501 on %s',
      async (target) => {
        const port = await start(framework, app)
        const answers = await Promise.all(
          unused.map(async (method) => {
            const { status, reason, fields } = await send(port, { method, target })
            const names = fields.map(([name]) => name)
            return [method, status, reason, names.includes('Allow')]
          }),
        )
        expect(answers).toEqual(unused.map((method) => [method, 501, 'Not Implemented', false]))
      },
    )

    it.each(['FOO', 'get', 'GETX', 'Options'])(
      'answers the unknown method %s with 501',
      async (method) => {
        const port = await start(framework, app)
        const answer = await send(port, { method, target: '/notes' })
        expect([answer.status, answer.reason]).toEqual([501, 'Not Implemented'])
        expect(field(answer, 'Connection')).toBe('close')
        expect(answer.content).toBe('{"title":"Not Implemented","status":501}')
      },
    )

    it.each([
      ['TRACE', '/notes', 'GET, HEAD, POST, OPTIONS'],
      ['TRACE', '/drafts/1', 'PUT, DELETE, OPTIONS'],
      ['TRACE', '/no', server],
      ['TRACE', '*', server],
      ['CONNECT', '/notes', 'GET, HEAD, POST, OPTIONS'],
      ['CONNECT', '/no', server],
      ['CONNECT', 'example.com:443', server],
      ['CONNECT', '*', server],
    ])(
      'refuses %s %s before routing, on the first request of all, with Allow: %s',
      async (method, target, allow) => {
        const port = await start(framework, app)
        const answer = await send(port, { method, target })
        expect([answer.status, answer.reason]).toEqual([405, 'Method Not Allowed'])
        expect(field(answer, 'Allow')).toBe(allow)
        expect(field(answer, 'Connection')).toBe('close')
      },
    )

    it.each([
      ['/notes', 'GET, HEAD, POST, OPTIONS'],
      ['/notes/7?x=1', 'GET, HEAD, PATCH, OPTIONS'],
      ['/drafts/7', 'PUT, DELETE, OPTIONS'],
      ['/only-post', 'POST, OPTIONS'],
      ['/gone', 'GET, HEAD, OPTIONS'],
      ['*', server],
    ])('answers OPTIONS %s with 204 and Allow: %s, and no content', async (target, allow) => {
      const port = await start(framework, app)
      const answer = await send(port, { method: 'OPTIONS', target })
      expect([answer.status, answer.reason, answer.content]).toEqual([204, 'No Content', ''])
      expect(field(answer, 'Allow')).toBe(allow)
      for (const name of ['Content-Length', 'Content-Type', 'Transfer-Encoding']) {
        expect(field(answer, name)).toBeUndefined()
      }
    })

    it.each([
      ['/gone', 'gone, says the handler'],
      ['/gone.json', '{"gone":true}'],
    ])("leaves a handler's own 404 on %s alone", async (target, content) => {
      const port = await start(framework, app)
      const answer = await send(port, { method: 'GET', target })
      expect([answer.status, answer.content]).toEqual([404, content])
    })

    it.each(['GET', 'HEAD'])(
      'keeps 404 where the handler for %s left the request',
      async (method) => {
        const port = await start(framework, app)
        const answer = await send(port, { method, target: '/left' })
        expect(answer.status).toBe(404)
      },
    )

    it('answers the methods it has', async () => {
      const port = await start(framework, app)
      const wanted = [
        ['GET', '/notes', 'GET /notes'],
        ['POST', '/notes', 'POST /notes'],
        ['PATCH', '/notes/7', 'PATCH /notes/:id'],
        ['GET', '/notes/new', 'GET /notes/new'],
        ['DELETE', '/drafts/1', 'DELETE /drafts/:id'],
      ] as const
      const answers = await Promise.all(
        wanted.map(async ([method, target]) => {
          const { status, content } = await send(port, { method, target })
          return [method, target, status, content]
        }),
      )
      expect(answers).toEqual(
        wanted.map(([method, target, content]) => [method, target, 200, content]),
      )
    })
  })

  it('serves its own page for true 404s only', async () => {
    const port = await start(framework, { ...notes, page: '<p>nothing here' })
    const missing = await send(port, { method: 'GET', target: '/no' })
    expect([missing.status, missing.content]).toEqual([404, '<p>nothing here'])
    const left = await send(port, { method: 'GET', target: '/left' })
    expect([left.status, left.content]).toEqual([404, '<p>nothing here'])
    const refusedAnswer = await send(port, { method: 'PUT', target: '/notes' })
    expect(refusedAnswer.content).toBe('{"title":"Method Not Allowed","status":405}')
    expect(field(refusedAnswer, 'Content-Type')).toBe('application/problem+json')
  })

  it('puts an explicit OPTIONS route before the automatic answer', async () => {
    const port = await start(framework, {
      routes: [...routes('GET /a', 'PUT /a'), ['OPTIONS', '/a', text('ask me')]],
    })
    const answer = await send(port, { method: 'OPTIONS', target: '/a' })
    expect([answer.status, answer.content]).toEqual([200, 'ask me'])
    expect(field(answer, 'Allow')).toBe('GET, HEAD, PUT, OPTIONS')
  })

  it('leaves the Allow of an explicit OPTIONS route alone', async () => {
    const port = await start(framework, {
      routes: [
        ...routes('GET /a', 'PUT /a'),
        [
          'OPTIONS',
          '/a',
          (reply) => {
            reply.set('Allow', 'GET')
            reply.send(200, 'ask me')
          },
        ],
      ],
    })
    expect(field(await send(port, { method: 'OPTIONS', target: '/a' }), 'Allow')).toBe('GET')
  })

  it('takes a path that only OPTIONS knows for no resource, as that of a CORS catch-all', async () => {
    const port = await start(framework, {
      routes: [...routes('GET /a'), ['OPTIONS', '/cors/:any', text('go ahead')]],
    })
    expect((await send(port, { method: 'GET', target: '/cors/x' })).status).toBe(404)
    expect((await send(port, { method: 'OPTIONS', target: '/cors/x' })).content).toBe('go ahead')
  })

  it.each(['QUERY', 'PROPFIND', 'PURGE'])('routes %s like any other method', async (method) => {
    const port = await start(framework, {
      routes: [...routes('GET /b'), [method, '/a', text('found')]],
    })
    const fields = { 'Content-Type': 'application/json' }
    const content = '{}'
    const found = await send(port, { method, target: '/a', fields, content })
    expect([found.status, found.content]).toEqual([200, 'found'])
    const other = await send(port, { method, target: '/b', fields, content })
    expect([other.status, field(other, 'Allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    const get = await send(port, { method: 'GET', target: '/a' })
    expect([get.status, field(get, 'Allow')]).toEqual([
      405,
      method === 'QUERY' ? 'QUERY, OPTIONS' : `OPTIONS, ${method}`,
    ])
  })

  it('answers any method where a handler takes all, and 404 where it leaves them', async () => {
    const port = await start(framework, {
      routes: [
        ...routes('GET /a', 'PUT /b'),
        ['ALL', '/all', text('all')],
        ['ALL', '/all/left', 'next'],
      ],
    })
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await send(port, { method, target: '/all' })
      expect([method, answer.status, answer.content]).toEqual([method, 200, 'all'])
    }
    for (const method of ['GET', 'PUT']) {
      expect((await send(port, { method, target: '/all/left' })).status).toBe(404)
    }
  })

  it.each(['/%zz', '/notes/%zz'])(
    'answers 400 for %s, whose path cannot be decoded',
    async (target) => {
      const port = await start(framework, notes)
      const answer = await send(port, { method: 'GET', target })
      expect([answer.status, answer.content]).toEqual([
        400,
        '{"title":"Bad Request","status":400,"detail":"The path has a malformed percent-encoding"}',
      ])
    },
  )

  it('leaves it to the app to decode a query', async () => {
    const port = await start(framework, notes)
    expect((await send(port, { method: 'GET', target: '/notes?a=%zz' })).status).toBe(200)
  })

  it('answers 405 whatever content comes along', async () => {
    const port = await start(framework, notes)
    const content = '{ no JSON'
    const answer = await send(port, {
      method: 'PUT',
      target: '/notes',
      fields: { 'Content-Type': 'application/json' },
      content,
    })
    expect(answer.status).toBe(405)
  })

  it.each(['application/json', 'text/html', 'text/plain', 'image/png'])(
    'says the same of an error to every method, for Accept: %s',
    async (accept) => {
      const port = await start(framework, {
        ...notes,
        routes: [...notes.routes, ['ALL', '/boom', () => throwBoom()]],
      })
      // Fastify refuses QUERY without one, and its message is its own.
      const type = { 'Content-Type': 'text/plain' }
      const contents = new Map<number, Set<string>>()
      await Promise.all(
        METHODS.flatMap((method) =>
          ['/no', '/notes', '/left', '/boom'].map(async (target) => {
            const request = requestText({ method, target, fields: { Accept: accept, ...type } })
            const { status, content } = parseAnswer(await exchange(port, request))
            if (status < 400 || method === 'HEAD') return
            contents.set(status, (contents.get(status) ?? new Set()).add(content))
          }),
        ),
      )
      expect([...contents.keys()]).toEqual(expect.arrayContaining([404, 405, 500]))
      for (const [status, all] of contents)
        expect([status, ...all]).toEqual([status, expect.any(String)])
    },
  )
})

function throwBoom(): never {
  throw new Error('boom')
}
