import type { Server } from 'node:http'
import { Router } from '@koa/router'
import { httpSemantics as expressSemantics } from '@http-semantics/express'
import { httpSemantics as fastifySemantics } from '@http-semantics/fastify'
import { httpSemantics as koaSemantics } from '@http-semantics/koa'
import Express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { hostOf, type Framework, type Host } from './hosts.ts'

/*
 * One small app in each framework, as its documentation says, with and without the middleware: what
 * the checker of conformance is run on. No vitest in here: a script runs it as well.
 */

const page = '<!doctype html><title>app</title><a href="/json">json</a> <a href="/text">text</a>'
const text = 'a line of text\n'.repeat(80)
const address = { port: 0, host: '127.0.0.1' } as const

const starts: Readonly<Record<Framework, (isWith: boolean) => Promise<Server>>> = {
  async express(isWith) {
    const app = Express()
    const semantics = isWith
      ? expressSemantics({ entityTags: 'strong', onError: () => undefined })
      : undefined
    if (semantics !== undefined) app.use(semantics)
    app.get('/', (_request, response) => void response.type('html').send(page))
    app.get('/json', (_request, response) => void response.json({ a: 1 }))
    app.post('/json', Express.json(), (_request, response) => void response.status(201).json({}))
    app.get('/text', (_request, response) => void response.type('text').send(text))
    app.get('/old', (_request, response) => response.redirect('/'))
    app.get('/boom', () => {
      throw new Error('secret detail')
    })
    const server = app.listen(address.port, address.host)
    return semantics?.attach(server) ?? server
  },

  async koa(isWith) {
    const app = new Koa()
    app.silent = true
    const semantics = isWith ? koaSemantics({ entityTags: 'strong' }) : undefined
    if (semantics !== undefined) app.use(semantics)
    const router = new Router()
    router.get('/', (ctx) => {
      ctx.type = 'html'
      ctx.body = page
    })
    router.get('/json', (ctx) => void (ctx.body = { a: 1 }))
    router.post('/json', (ctx) => {
      ctx.status = 201
      ctx.body = {}
    })
    router.get('/text', (ctx) => void (ctx.body = text))
    router.get('/old', (ctx) => ctx.redirect('/'))
    router.get('/boom', () => {
      throw new Error('secret detail')
    })
    app.use(router.routes())
    const server = app.listen(address.port, address.host)
    return semantics?.attach(server) ?? server
  },

  async fastify(isWith) {
    const app = Fastify({ forceCloseConnections: true })
    if (isWith) await app.register(fastifySemantics, { entityTags: 'strong' })
    app.get('/', (_request, reply) => void reply.type('text/html; charset=utf-8').send(page))
    app.get('/json', () => Promise.resolve({ a: 1 }))
    app.post('/json', (_request, reply) => void reply.code(201).send({}))
    app.get('/text', () => Promise.resolve(text))
    app.get('/old', (_request, reply) => void reply.redirect('/'))
    app.get('/boom', () => {
      throw new Error('secret detail')
    })
    await app.listen(address)
    return app.server
  },
}

/** The paths of the app that have GET. */
export const comparedPaths: readonly string[] = ['/json', '/text', '/old', '/boom']

/** Starts the app in a framework, with or without the middleware. */
export const startCompared = async (framework: Framework, isWith: boolean): Promise<Host> =>
  hostOf(await starts[framework](isWith))
