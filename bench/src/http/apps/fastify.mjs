import Fastify from 'fastify'
import createError from 'http-errors'
import { etag, hello, large, routePath, secretKey, session, small, user } from '../content.mjs'

/** A Fastify app as a server. */
export async function createApp({ stack, routes }) {
  const app = Fastify()
  const hasSession = stack.endsWith('+session')
  const { isFresh, get, set } = await install[stack.split('+')[0]](app, hasSession)

  app.delete('/things/:id', (_request, reply) => reply.code(204).send())
  for (let index = 0; index < routes; index += 1) {
    app.get(`${routePath(index)}/:id`, (_request, reply) => reply.send(hello))
  }
  if (routes === 0) {
    app.get('/', (_request, reply) => reply.send(hello))
    app.get('/small', (_request, reply) => reply.send(small))
    app.get('/large', (_request, reply) => reply.send(large))
    app.get('/tagged', (request, reply) => {
      if (!isFresh(request, reply)) reply.send(hello)
    })
    app.get('/me', (request, reply) => {
      reply.send(hasSession ? get(request.session, 'user') : user)
    })
    app.get('/visit', (request, reply) => {
      if (hasSession) set(request.session, 'visits', (get(request.session, 'visits') ?? 0) + 1)
      reply.send(hasSession ? get(request.session, 'user') : user)
    })
    app.get('/refused', () => {
      throw createError(403)
    })
    app.get('/login', (request, reply) => {
      set(request.session, 'user', user)
      reply.code(204).send()
    })
  }
  await app.ready()
  return app.server
}

/** Fastify leaves entity tags to the handler. */
function fastifyFresh(request, reply) {
  reply.header('ETag', etag)
  if (request.headers['if-none-match'] !== etag) return false
  reply.code(304).send()
  return true
}

const install = {
  bare: () => ({ isFresh: fastifyFresh }),

  async peers(app, hasSession) {
    await app.register(import('@fastify/helmet'))
    if (hasSession) {
      const key = Buffer.from(secretKey).subarray(0, 32)
      await app.register(import('@fastify/secure-session'), { key, cookie: { path: '/' } })
    }
    return {
      isFresh: fastifyFresh,
      get: (session, key) => session.get(key),
      set: (session, key, value) => session.set(key, value),
    }
  },

  async ours(app, hasSession) {
    const { httpSemantics, preconditions } = await import('@http-semantics/fastify')
    await app.register(httpSemantics, hasSession ? { session } : {})
    return {
      isFresh: (_request, reply) => !preconditions(reply, { exists: true, etag }),
      get: (session, key) => session[key],
      set: (session, key, value) => {
        session[key] = value
      },
    }
  },
}
