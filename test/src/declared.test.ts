import { httpSemantics as expressSemantics } from '@http-semantics/express'
import { httpSemantics as koaSemantics } from '@http-semantics/koa'
import type { Server } from 'node:http'
import Express from 'express'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { address, routes, serve, start, text, type Handler } from './apps.ts'
import { frameworks } from './hosts.ts'
import { field, send } from './wire.ts'

const unsupported: Handler = () => {
  throw Object.assign(new Error('Send JSON'), { status: 415, statusCode: 415, expose: true })
}

const accept = {
  post: ['application/json', 'text/csv'],
  patch: ['application/merge-patch+json'],
  query: ['application/jsonpath'],
}

describe.each(frameworks)('%s', (framework) => {
  it.each([
    ['OPTIONS', '/notes', 204],
    ['PUT', '/notes', 405],
    ['POST', '/notes', 415],
    ['PATCH', '/notes', 415],
  ])(
    'tells the media types of a declared resource on %s %s, status %i',
    async (method, target, status) => {
      const port = await start(framework, {
        routes: [
          ...routes('GET /notes', 'PUT /other'),
          ['POST', '/notes', unsupported],
          ['PATCH', '/notes', (reply) => reply.send(415, 'JSON, please')],
        ],
        methods: { resources: { '/notes': { accept } } },
      })
      const answer = await send(port, { method, target })
      expect(answer.status).toBe(status)
      expect(field(answer, 'Accept-Post')).toBe('application/json, text/csv')
      expect(field(answer, 'Accept-Patch')).toBe('application/merge-patch+json')
      expect(field(answer, 'Accept-Query')).toBe('application/jsonpath')
      if (status < 415) expect(field(answer, 'Allow')).toBe('GET, HEAD, POST, PATCH, OPTIONS')
    },
  )

  it('leaves other answers, and other resources, without them', async () => {
    const port = await start(framework, {
      routes: [...routes('GET /notes', 'GET /other'), ['POST', '/other', unsupported]],
      methods: { resources: { '/notes': { accept } } },
    })
    const answers = await Promise.all(
      [
        ['GET', '/notes'],
        ['OPTIONS', '/other'],
        ['POST', '/other'],
      ].map(async ([method = '', target = '']) => {
        const answer = await send(port, { method, target })
        return [answer.status, field(answer, 'Accept-Post')]
      }),
    )
    expect(answers).toEqual([
      [200, undefined],
      [204, undefined],
      [415, undefined],
    ])
  })

  it("leaves a 415's own Accept-Post alone", async () => {
    const port = await start(framework, {
      routes: [
        ...routes('GET /notes'),
        [
          'POST',
          '/notes',
          (reply) => {
            reply.set('Accept-Post', 'text/plain')
            reply.send(415, 'text, please')
          },
        ],
      ],
      methods: { resources: { '/notes': { accept } } },
    })
    const answer = await send(port, { method: 'POST', target: '/notes' })
    expect(field(answer, 'Accept-Post')).toBe('text/plain')
  })

  it('answers methods declared as known with 404 and 405 in place of 501', async () => {
    const port = await start(framework, {
      routes: routes('GET /a'),
      methods: { known: ['PATCH', 'PROPFIND'] },
    })
    const answers = await Promise.all(
      [
        ['PATCH', '/a'],
        ['PROPFIND', '/a'],
        ['PROPFIND', '/no'],
        ['PUT', '/a'],
        ['PUT', '/no'],
      ].map(async ([method = '', target = '']) => (await send(port, { method, target })).status),
    )
    expect(answers).toEqual([405, 405, 404, 501, 501])
    const server = await send(port, { method: 'OPTIONS', target: '*' })
    expect(field(server, 'Allow')).toBe('GET, HEAD, PATCH, OPTIONS, PROPFIND')
  })

  it('routes TRACE where nothing is refused', async () => {
    const port = await start(framework, {
      routes: [...routes('GET /a'), ['TRACE', '/a', text('traced')]],
      methods: { refuse: [] },
    })
    const traced = await send(port, { method: 'TRACE', target: '/a' })
    expect([traced.status, traced.content]).toEqual([200, 'traced'])
    const options = await send(port, { method: 'OPTIONS', target: '/a' })
    expect(field(options, 'Allow')).toBe('GET, HEAD, OPTIONS, TRACE')
    expect((await send(port, { method: 'TRACE', target: '/no' })).status).toBe(404)
    expect((await send(port, { method: 'CONNECT', target: '/a' })).status).toBe(501)
  })

  it('refuses whatever is asked to be refused, also where a route takes it', async () => {
    const port = await start(framework, {
      routes: routes('GET /a', 'DELETE /a'),
      methods: { refuse: ['TRACE', 'CONNECT', 'DELETE'] },
    })
    const refusal = await send(port, { method: 'DELETE', target: '/a' })
    expect([refusal.status, field(refusal, 'Allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    const options = await send(port, { method: 'OPTIONS', target: '/a' })
    expect(field(options, 'Allow')).toBe('GET, HEAD, OPTIONS')
  })
})

/** Apps whose routes nobody can read: one handler that answers two paths, whatever the method. */
const opaque: Readonly<Record<string, (methods: object) => Server>> = {
  'express with app.use': (methods) => {
    const app = Express()
    const semantics = expressSemantics({ methods })
    app.use(semantics)
    app.use((request, response, next) => {
      if (request.path === '/a' && request.method === 'GET') response.send('a')
      else if (request.path === '/gone') response.status(404).send('gone, says the handler')
      else next()
    })
    return semantics.attach(app.listen(address.port, address.host))
  },
  'koa without a router': (methods) => {
    const app = new Koa()
    const semantics = koaSemantics({ methods })
    app.use(semantics).use((ctx) => {
      if (ctx.path === '/a' && ctx.method === 'GET') ctx.body = 'a'
      else if (ctx.path === '/gone') {
        ctx.status = 404
        ctx.body = 'gone, says the handler'
      }
    })
    return semantics.attach(app.listen(address.port, address.host))
  },
}

describe.each(Object.entries(opaque))('%s', (_name, build) => {
  it.each(['GET', 'PUT', 'PATCH', 'PROPFIND', 'OPTIONS'])(
    'is left alone with %s',
    async (method) => {
      const port = await serve(build({}))
      const gone = await send(port, { method, target: '/gone' })
      expect([gone.status, gone.content]).toEqual([404, 'gone, says the handler'])
      const missing = await send(port, { method, target: '/no' })
      expect([missing.status, field(missing, 'Allow')]).toEqual([404, undefined])
      const other = await send(port, { method, target: '/a' })
      expect(other.status).toBe(method === 'GET' ? 200 : 404)
    },
  )

  it('is guarded by what it declares', async () => {
    const port = await serve(
      build({ resources: { '/a': { methods: ['GET'] }, '/b/:id': { methods: ['PUT', 'GET'] } } }),
    )
    const answers = await Promise.all(
      [
        ['GET', '/a'],
        ['PUT', '/a'],
        ['OPTIONS', '/a?x'],
        ['DELETE', '/a'],
        ['OPTIONS', '/b/7'],
        ['PUT', '/no'],
        ['OPTIONS', '*'],
      ].map(async ([method = '', target = '']) => {
        const answer = await send(port, { method, target })
        return [method, target, answer.status, field(answer, 'Allow')]
      }),
    )
    expect(answers).toEqual([
      ['GET', '/a', 200, undefined],
      ['PUT', '/a', 405, 'GET, HEAD, OPTIONS'],
      ['OPTIONS', '/a?x', 204, 'GET, HEAD, OPTIONS'],
      ['DELETE', '/a', 501, undefined],
      ['OPTIONS', '/b/7', 204, 'GET, HEAD, PUT, OPTIONS'],
      ['PUT', '/no', 404, undefined],
      ['OPTIONS', '*', 204, 'GET, HEAD, PUT, OPTIONS'],
    ])
  })
})
