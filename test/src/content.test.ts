import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { routes, start, type App } from './apps.ts'
import { frameworks } from './hosts.ts'
import { listen } from './violations.ts'
import { field, pipeline, send, type WireRequest } from './wire.ts'

const reached: string[] = []

/** Every path answers with what was asked of it, and tells that its handler was reached. */
const app: App = {
  routes: routes(
    'GET /notes',
    'POST /notes',
    'PUT /notes/:id',
    'PATCH /notes/:id',
    'GET /notes/:id',
    'POST /take',
    'POST /strict',
    'POST /suffix',
    'POST /zipped',
    'POST /plain',
    'QUERY /zipped',
    'GET /page',
    'POST /page',
    'QUERY /page',
    'POST /anything',
    'DELETE /notes/:id',
  ).map(([method, path]) => [
    method,
    path,
    (reply) => {
      reached.push(path)
      reply.send(200, `${method} ${path}`)
    },
  ]),
  methods: {
    resources: {
      '/notes': { accept: { post: ['application/json', 'text/*'] } },
      '/notes/:id': {
        accept: { put: ['application/json'], patch: ['application/merge-patch+json'] },
      },
      // A second declaration adds to the first.
      '/notes/*rest': { accept: { patch: ['application/json-patch+json'] } },
      '/take': { accept: { post: ['application/json'] }, withoutType: 'take' },
      '/strict': { accept: { post: ['application/json'] }, withoutType: 400 },
      '/suffix': { accept: { post: ['application/*+json'] } },
      '/zipped': { codings: ['gzip'] },
      '/plain': { codings: [] },
      '/page': { produces: ['text/html', 'application/json'] },
      '/nowhere': { accept: { post: ['application/json'] }, produces: ['text/html'] },
    },
  },
  behind: {
    express: () => undefined,
    koa: () => undefined,
    fastify: (app) => {
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
        done(null, body),
      )
    },
  },
}

/** A request with content of a type. */
const asked = (method: string, target: string, type?: string, content = '{}'): WireRequest => ({
  method,
  target,
  fields: type === undefined ? {} : { 'Content-Type': type },
  content,
})

const patches = 'application/merge-patch+json, application/json-patch+json'

it.each(frameworks)(
  'keeps a declaration for the path spelt otherwise, on %s',
  async (framework) => {
    const port = await start(framework, app)
    reached.length = 0
    // Fastify finds the route, the others find none.
    for (const target of ['/%6Eotes', '/note%73']) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await send(port, asked('POST', target, 'image/png'))
      expect([404, 415]).toContain(answer.status)
    }
    const taken = await send(port, asked('POST', '/%6Eotes', 'application/json'))
    expect(taken.status).toBe(framework === 'fastify' ? 200 : 404)
    expect(reached).toEqual(framework === 'fastify' ? ['/notes'] : [])
  },
)

describe.each(frameworks)('declared content on %s', (framework) => {
  it.each<[string, WireRequest, number, Readonly<Record<string, string>>?]>([
    ['a declared type', asked('POST', '/notes', 'application/json'), 200],
    ['its parameters', asked('POST', '/notes', 'application/json; charset=utf-8'), 200],
    ['a type of a range', asked('POST', '/notes', 'text/csv'), 200],
    [
      'another type',
      asked('POST', '/notes', 'image/png'),
      415,
      { Accept: 'application/json, text/*', 'Accept-Post': 'application/json, text/*' },
    ],
    ['a type that is none', asked('POST', '/notes', 'json'), 415],
    ['no type', asked('POST', '/notes'), 415, { 'Accept-Post': 'application/json, text/*' }],
    ['no content', { method: 'POST', target: '/notes' }, 200],
    ['empty content', asked('POST', '/notes', 'image/png', ''), 200],
    ['PUT of its type', asked('PUT', '/notes/7', 'application/json'), 200],
    ['PUT of another type', asked('PUT', '/notes/7', 'text/csv'), 415, { 'Accept-Patch': patches }],
    [
      'PATCH of a type declared elsewhere',
      asked('PATCH', '/notes/7', 'application/json-patch+json'),
      200,
    ],
    [
      'PATCH of another type',
      asked('PATCH', '/notes/7', 'application/json'),
      415,
      { Accept: patches, 'Accept-Patch': patches },
    ],
    ['a method nothing is declared of', asked('DELETE', '/notes/7', 'a/b'), 200],
    ['no type where the handler takes that', asked('POST', '/take'), 200],
    ['another type there', asked('POST', '/take', 'text/plain'), 415],
    ['no type where that is a 400', asked('POST', '/strict'), 400],
    ['a type by its suffix', asked('POST', '/suffix', 'application/ld+json'), 200],
    ['another suffix', asked('POST', '/suffix', 'application/ld+xml'), 415],
    [
      'a declared coding',
      { ...asked('POST', '/zipped'), fields: { 'Content-Encoding': 'x-gzip' } },
      200,
    ],
    [
      'another coding',
      { ...asked('POST', '/zipped'), fields: { 'Content-Encoding': 'br' } },
      415,
      { 'Accept-Encoding': 'gzip' },
    ],
    [
      'two codings',
      { ...asked('POST', '/zipped'), fields: { 'Content-Encoding': 'gzip, gzip' } },
      415,
      { 'Accept-Encoding': 'gzip' },
    ],
    [
      'a coding where none is taken',
      { ...asked('POST', '/plain'), fields: { 'Content-Encoding': 'gzip' } },
      415,
      { 'Accept-Encoding': 'identity' },
    ],
    [
      'a coding of a QUERY',
      {
        ...asked('QUERY', '/zipped'),
        fields: { 'Content-Encoding': 'br', 'Content-Type': 'a/b' },
      },
      415,
      { 'Accept-Encoding': 'gzip' },
    ],
    ['a resource of which nothing is declared', asked('POST', '/anything', 'a/b'), 200],
    ['another method of a declared path', asked('POST', '/notes/7', 'a/b'), 405],
    [
      'a coding of a method without a route',
      { ...asked('PUT', '/zipped'), fields: { 'Content-Encoding': 'br' } },
      405,
    ],
    ['a declared path without a route', asked('GET', '/nowhere'), 404],
  ])('answers %s', async (_name, request, status, fields = {}) => {
    const violations = listen()
    const port = await start(framework, app)
    reached.length = 0
    const next = { method: 'GET', target: '/notes' }
    const [answer, after] = await pipeline(port, [request, next])
    expect(answer?.status).toBe(status)
    expect(after?.status).toBe(200)
    expect(reached).toHaveLength(status === 200 ? 2 : 1)
    for (const [name, value] of Object.entries(fields)) {
      expect([name, answer && field(answer, name)]).toEqual([name, value])
    }
    if (status === 415 || status === 400) {
      expect(JSON.parse(answer?.content ?? '')).toMatchObject({ status })
    }
    // A suffix is taken, but no field can tell of it.
    const isTold = request.target === '/suffix' && status === 415
    expect(violations.map(({ rule }) => rule)).toEqual(isTold ? ['accepted-types'] : [])
  })

  it.each<[string, string, string | undefined, number]>([
    ['GET', '/page', 'application/json', 200],
    ['GET', '/page', 'text/*', 200],
    ['GET', '/page', undefined, 200],
    ['GET', '/page', 'image/png', 406],
    ['HEAD', '/page', 'image/png', 406],
    ['GET', '/page', 'text/html;q=0', 406],
    ['QUERY', '/page', 'image/png', 406],
    // What is to be done is done, whatever the answer looks like.
    ['POST', '/page', 'image/png', 200],
    ['GET', '/notes', 'image/png', 200],
    ['PUT', '/page', 'image/png', 405],
  ])('answers %s %s that accepts %s with %i', async (method, target, accept, status) => {
    const port = await start(framework, app)
    const answer = await send(port, {
      ...(method === 'QUERY' ? asked(method, target, 'a/b') : { method, target }),
      fields: {
        ...(method === 'QUERY' && { 'Content-Type': 'a/b' }),
        ...(accept !== undefined && { Accept: accept }),
      },
    })
    expect(answer.status).toBe(status)
    if (status !== 406) return
    expect(field(answer, 'Vary')).toBe('Accept, Accept-Language')
    if (method === 'HEAD') return
    expect(JSON.parse(answer.content)).toEqual({
      title: 'Not Acceptable',
      status: 406,
      detail: 'There is text/html, application/json',
      variants: [{ type: 'text/html' }, { type: 'application/json' }],
    })
  })

  it('hands content in a declared coding on as it came', async () => {
    const port = await start(framework, app)
    const content = gzipSync('{}').toString('latin1')
    const head = { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' }
    const answer = await send(port, {
      ...asked('POST', '/zipped', undefined, content),
      fields: head,
    })
    expect(answer.status).toBe(200)
  })

  it('refuses before a client that waits for 100 sends anything', async () => {
    const port = await start(framework, app)
    const answer = await send(port, {
      method: 'POST',
      target: '/notes',
      fields: { 'Content-Type': 'image/png', 'Content-Length': '9', Expect: '100-continue' },
    })
    expect([answer.status, field(answer, 'Connection')]).toEqual([415, 'close'])
  })

  it('has fields that were set ahead on its refusals', async () => {
    const set = 'Access-Control-Allow-Origin'
    const port = await start(framework, {
      ...app,
      ahead: {
        express: (app) =>
          void app.use((_request, response, next) => {
            response.set(set, '*')
            next()
          }),
        koa: (app) =>
          void app.use((ctx, next) => {
            ctx.set(set, '*')
            return next()
          }),
        fastify: (app) =>
          app.addHook('onRequest', (_request, reply, done) => {
            reply.header(set, '*')
            done()
          }),
      },
    })
    const answer = await send(port, asked('POST', '/notes', 'image/png'))
    expect([answer.status, field(answer, set)]).toEqual([415, '*'])
  })
})
