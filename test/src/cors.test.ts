import type { Server } from 'node:http'
import expressCors from 'cors'
import fastifyCors from '@fastify/cors'
import koaCors from '@koa/cors'
import { Router } from '@koa/router'
import { httpSemantics as expressSemantics } from '@http-semantics/express'
import { httpSemantics as fastifySemantics } from '@http-semantics/fastify'
import { httpSemantics as koaSemantics } from '@http-semantics/koa'
import Express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { address, serve } from './apps.ts'
import { field, send } from './wire.ts'

const origin = 'https://app.example'
const preflight = {
  Origin: origin,
  'Access-Control-Request-Method': 'PUT',
  'Access-Control-Request-Headers': 'X-Token',
}

type Place = 'before' | 'after'

/** `GET /a` and `PUT /a` in different routers where there are routers, and a CORS package. */
const apps: Readonly<Record<string, (place: Place) => Server | Promise<Server>>> = {
  'express with cors': (place) => {
    const app = Express()
    const semantics = expressSemantics()
    const cors = expressCors({ origin })
    if (place === 'before') app.use(cors, semantics)
    else app.use(semantics, cors)
    app.use(Express.Router().get('/a', (_request, response) => void response.send('a')))
    app.use(Express.Router().put('/a', (_request, response) => void response.send('put')))
    return semantics.attach(app.listen(address.port, address.host))
  },
  'koa with @koa/cors': (place) => {
    const app = new Koa()
    const semantics = koaSemantics()
    const cors = koaCors({ origin })
    if (place === 'before') app.use(cors).use(semantics)
    else app.use(semantics).use(cors)
    const reads = new Router().get('/a', (ctx) => void (ctx.body = 'a'))
    const writes = new Router().put('/a', (ctx) => void (ctx.body = 'put'))
    app.use(reads.routes()).use(writes.routes())
    return semantics.attach(app.listen(address.port, address.host))
  },
  'fastify with @fastify/cors': async (place) => {
    const app = Fastify()
    const cors = { origin, methods: ['GET', 'PUT'] }
    if (place === 'before') await app.register(fastifyCors, cors)
    await app.register(fastifySemantics)
    if (place === 'after') await app.register(fastifyCors, cors)
    app.get('/a', () => 'a')
    app.put('/a', () => 'put')
    await app.listen(address)
    return app.server
  },
}

const places = ['before', 'after'] as const

describe.each(Object.entries(apps))('%s', (_name, start) => {
  it.each(places.flatMap((place) => ['/a', '/no'].map((target) => ({ place, target }))))(
    'answers a preflight of $target, installed $place our middleware',
    async ({ place, target }) => {
      const port = await serve(await start(place))
      const answer = await send(port, { method: 'OPTIONS', target, fields: preflight })
      expect([answer.status, answer.content]).toEqual([204, ''])
      expect(field(answer, 'Access-Control-Allow-Origin')).toBe(origin)
      expect(field(answer, 'Access-Control-Allow-Methods')).toContain('PUT')
      expect(field(answer, 'Access-Control-Allow-Headers')).toBe('X-Token')
    },
  )

  it.each(places)('leaves other OPTIONS their full Allow, installed %s', async (place) => {
    const port = await serve(await start(place))
    await send(port, { method: 'GET', target: '/a' })
    const answer = await send(port, { method: 'OPTIONS', target: '/a', fields: { Origin: origin } })
    expect([answer.status, answer.content]).toEqual([204, ''])
    expect(field(answer, 'Allow')).toBe('GET, HEAD, PUT, OPTIONS')
  })

  it.each(
    places.flatMap((place) => [
      { place, method: 'GET', target: '/a', status: 200 },
      { place, method: 'PATCH', target: '/a', status: 501 },
      { place, method: 'PUT', target: '/no', status: 404 },
      { place, method: 'DELETE', target: '/a', status: 501 },
    ]),
  )(
    'lets the origin read the $status of $method $target, installed $place our middleware',
    async ({ place, method, target, status }) => {
      const port = await serve(await start(place))
      const answer = await send(port, { method, target, fields: { Origin: origin } })
      expect(answer.status).toBe(status)
      expect(field(answer, 'Access-Control-Allow-Origin')).toBe(origin)
    },
  )
})

describe('express with cors as an OPTIONS route of every path', () => {
  it('keeps preflights, 404 and 405', async () => {
    const app = Express()
    const semantics = expressSemantics()
    app.use(semantics)
    app.options('/{*any}', expressCors({ origin }))
    app.get('/a', (_request, response) => void response.send('a'))
    app.put('/b', (_request, response) => void response.send('b'))
    const port = await serve(semantics.attach(app.listen(address.port, address.host)))
    const answer = await send(port, { method: 'OPTIONS', target: '/a', fields: preflight })
    expect(field(answer, 'Access-Control-Allow-Methods')).toContain('PUT')
    expect(field(answer, 'Allow')).toBe('GET, HEAD, OPTIONS')
    expect((await send(port, { method: 'GET', target: '/no' })).status).toBe(404)
    const refusal = await send(port, { method: 'PUT', target: '/a' })
    expect([refusal.status, field(refusal, 'Allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })
})

it.each([
  ['not strict', { origin, strictPreflight: false }],
  ['switched off', { origin: false }],
])('leaves OPTIONS its full Allow next to a @fastify/cors that is %s', async (_name, options) => {
  const app = Fastify()
  await app.register(fastifySemantics)
  await app.register(fastifyCors, options)
  app.get('/a', () => 'a')
  app.put('/a', () => 'put')
  await app.listen(address)
  const port = await serve(app.server)
  const answer = await send(port, { method: 'OPTIONS', target: '/a', fields: { Origin: origin } })
  expect([answer.status, field(answer, 'Allow')]).toEqual([204, 'GET, HEAD, PUT, OPTIONS'])
  expect((await send(port, { method: 'OPTIONS', target: '/no' })).content).not.toContain('OPTIONS')
})
