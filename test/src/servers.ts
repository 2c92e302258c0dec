import { createServer, type IncomingMessage, type Server, type ServerOptions } from 'node:http'
import { Router } from '@koa/router'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import Express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { serve, address } from './apps.ts'
import type { Framework } from './hosts.ts'

/** How a server of {@link startServer} differs from the ordinary. */
export interface ServerSetting {
  /** Options of `http.createServer`. */
  readonly server?: ServerOptions
  /** Options of the middleware. */
  readonly semantics?: { readonly trustedHosts?: readonly string[] }
  /** Whether the framework takes its proxy at its word. */
  readonly trustProxy?: boolean
  /** Whether all content is parsed as text before any route, up to 1000 bytes. */
  readonly parser?: boolean
  /** What else is done to the server before it listens. */
  readonly prepare?: (server: Server) => void
}

/**
 * Starts a server with the same few routes in any framework: `GET /a` tells the host it was asked for,
 * `GET /slow` takes 50 ms, `POST /b` tells the length of its content, `POST /unread` answers 401
 * without reading it, and `POST /late` waits 50 ms before it reads.
 *
 * @returns The port; the server stops when the test ends.
 */
export async function startServer(
  framework: Framework,
  setting: ServerSetting = {},
): Promise<number> {
  const server = await builders[framework](setting)
  setting.prepare?.(server)
  return serve(server.listening ? server : server.listen(address))
}

async function lengthOf(request: IncomingMessage): Promise<string> {
  let length = 0
  for await (const chunk of request) length += (chunk as Buffer).length
  return `${length} bytes`
}

const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 50))

const builders: Readonly<Record<Framework, (setting: ServerSetting) => Server | Promise<Server>>> =
  {
    express({ server, semantics, trustProxy = false, parser = false }) {
      const app = Express()
      const http = express.httpSemantics({ ...semantics, onError: () => undefined })
      app.set('trust proxy', trustProxy)
      app.use(http)
      if (parser) app.use(Express.text({ type: () => true, limit: 1000 }))
      app.get('/a', (request, response) => void response.send(`host ${request.host}`))
      app.get('/slow', (_request, response) => void pause().then(() => response.send('slow')))
      app.post('/b', (request, response) => {
        const { body }: { body?: unknown } = request
        if (typeof body === 'string') response.send(`${body.length} bytes`)
        else return lengthOf(request).then((text) => void response.send(text))
      })
      app.post('/unread', (_request, response) => void response.status(401).send('no'))
      app.post('/late', (request, response) =>
        pause()
          .then(() => lengthOf(request))
          .then((text) => void response.send(text)),
      )
      return http.attach(createServer(server ?? {}, app))
    },

    koa({ server, semantics, trustProxy = false, parser = false }) {
      const app = new Koa({ proxy: trustProxy })
      app.silent = true
      const http = koa.httpSemantics(semantics)
      const router = new Router()
      router.get('/a', (ctx) => {
        ctx.body = `host ${ctx.host}`
      })
      router.get('/slow', async (ctx) => {
        await pause()
        ctx.body = 'slow'
      })
      router.post('/b', async (ctx) => {
        ctx.body = ctx.state['length'] ?? (await lengthOf(ctx.req))
      })
      router.post('/unread', (ctx) => {
        ctx.status = 401
        ctx.body = 'no'
      })
      router.post('/late', async (ctx) => {
        await pause()
        ctx.body = await lengthOf(ctx.req)
      })
      app.use(http)
      if (parser) {
        app.use(async (ctx, next) => {
          if ((ctx.request.length ?? 0) > 1000) ctx.throw(413)
          ctx.state['length'] = await lengthOf(ctx.req)
          return next()
        })
      }
      app.use(router.routes())
      return http.attach(createServer(server ?? {}, app.callback()))
    },

    async fastify({ server, semantics, trustProxy = false, parser = false }) {
      const app = Fastify({ http: server ?? {}, trustProxy, forceCloseConnections: true })
      await app.register(fastify.httpSemantics, { ...semantics })
      app.removeAllContentTypeParsers()
      if (parser) {
        app.addContentTypeParser(
          '*',
          { parseAs: 'string', bodyLimit: 1000 },
          (_request, body, done) => done(null, `${body.length} bytes`),
        )
      } else {
        app.addContentTypeParser('*', (_request, _payload, done) => done(null))
      }
      app.get('/a', (request, reply) => void reply.send(`host ${request.host}`))
      app.get('/slow', () => pause().then(() => 'slow'))
      app.post('/b', (request, reply) => {
        if (parser) reply.send(request.body)
        else return lengthOf(request.raw)
      })
      app.post('/unread', (_request, reply) => reply.code(401).send('no'))
      app.post('/late', (request) => pause().then(() => lengthOf(request.raw)))
      await app.ready()
      return app.server
    },
  }
