import { Router } from '@koa/router'
import createError from 'http-errors'
import Koa from 'koa'
import { createServer } from 'node:http'
import { etag, hello, large, routePath, secretKey, session, small, user } from '../content.mjs'

/** A Koa app as a server. */
export async function createApp({ stack, routes }) {
  const app = new Koa()
  const router = new Router()
  const hasSession = stack.endsWith('+session')
  const { attach, isFresh } = await install[stack.split('+')[0]](app, hasSession)

  router.delete('/things/:id', (ctx) => {
    ctx.status = 204
  })
  for (let index = 0; index < routes; index += 1) {
    router.get(`${routePath(index)}/:id`, (ctx) => {
      ctx.body = hello
    })
  }
  if (routes === 0) {
    router.get('/', (ctx) => {
      ctx.body = hello
    })
    router.get('/small', (ctx) => {
      ctx.body = small
    })
    router.get('/large', (ctx) => {
      ctx.body = large
    })
    router.get('/tagged', (ctx) => {
      if (isFresh(ctx)) return
      ctx.body = hello
    })
    router.get('/me', (ctx) => {
      ctx.body = hasSession ? ctx.session.user : user
    })
    router.get('/visit', (ctx) => {
      if (hasSession) ctx.session.visits = (ctx.session.visits ?? 0) + 1
      ctx.body = hasSession ? ctx.session.user : user
    })
    router.get('/refused', () => {
      throw createError(403)
    })
    router.get('/login', (ctx) => {
      ctx.session.user = user
      ctx.status = 204
    })
  }
  app.use(router.routes())
  if (stack.startsWith('peers')) app.use(router.allowedMethods())
  return attach(createServer(app.callback()))
}

/** Koa compares entity tags when it is asked to. */
function koaFresh(ctx) {
  ctx.status = 200
  ctx.set('ETag', etag)
  if (!ctx.fresh) return false
  ctx.status = 304
  return true
}

const install = {
  bare: () => ({ attach: (server) => server, isFresh: koaFresh }),

  async peers(app, hasSession) {
    const { default: helmet } = await import('koa-helmet')
    app.use(helmet())
    if (hasSession) {
      const { default: koaSession } = await import('koa-session')
      app.keys = [secretKey]
      app.use(koaSession(app))
    }
    return { attach: (server) => server, isFresh: koaFresh }
  },

  async ours(app, hasSession) {
    const { httpSemantics, preconditions } = await import('@http-semantics/koa')
    const semantics = httpSemantics(hasSession ? { session } : {})
    app.use(semantics)
    return {
      attach: (server) => semantics.attach(server),
      isFresh: (ctx) => !preconditions(ctx, { exists: true, etag }),
    }
  },
}
