import express from 'express'
import createError from 'http-errors'
import { createServer } from 'node:http'
import { etag, hello, large, routePath, secretKey, session, small, user } from '../content.mjs'

// Express prints each error; that would be measured, too.
console.error = () => undefined

/** Express takes text for HTML where nobody says otherwise. */
const text = (response, content) => response.type('text/plain').send(content)

/** An Express app as a server. */
export async function createApp({ stack, routes }) {
  const app = express()
  const hasSession = stack.endsWith('+session')
  const { attach, isFresh } = await install[stack.split('+')[0]](app, hasSession)

  app.delete('/things/:id', (_request, response) => response.sendStatus(204))
  if (routes > 0) {
    for (let index = 0; index < routes; index += 1) {
      app.get(`${routePath(index)}/:id`, (_request, response) => text(response, hello))
    }
    return attach(createServer(app))
  }
  app.get('/', (_request, response) => text(response, hello))
  app.get('/small', (_request, response) => response.json(small))
  app.get('/large', (_request, response) => response.json(large))
  app.get('/tagged', (request, response) => {
    if (isFresh(request, response)) return
    text(response, hello)
  })
  app.get('/me', (request, response) => {
    text(response, hasSession ? request.session.user : user)
  })
  app.get('/visit', (request, response) => {
    if (hasSession) request.session.visits = (request.session.visits ?? 0) + 1
    text(response, hasSession ? request.session.user : user)
  })
  app.get('/refused', () => {
    throw createError(403)
  })
  app.get('/login', (request, response) => {
    request.session.user = user
    response.sendStatus(204)
  })
  return attach(createServer(app))
}

/** Express compares entity tags by itself, when an answer is sent. */
function expressFresh(_request, response) {
  response.set('ETag', etag)
  return false
}

const install = {
  bare(app) {
    app.disable('x-powered-by')
    return { attach: (server) => server, isFresh: expressFresh }
  },

  async peers(app, hasSession) {
    const { default: helmet } = await import('helmet')
    app.use(helmet())
    if (hasSession) {
      const { default: cookieSession } = await import('cookie-session')
      app.use(cookieSession({ keys: [secretKey] }))
    }
    return { attach: (server) => server, isFresh: expressFresh }
  },

  async ours(app, hasSession) {
    const { httpSemantics, preconditions } = await import('@http-semantics/express')
    const semantics = httpSemantics(hasSession ? { session } : {})
    app.use(semantics)
    return {
      attach: (server) => semantics.attach(server),
      isFresh: (request) => !preconditions(request, { exists: true, etag }),
    }
  },
}
