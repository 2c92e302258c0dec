// Each library gets the least of a request and an answer that it works with.
import fastifySecureSession from '@fastify/secure-session'
import { Sessions } from '@http-semantics/session'
import cookieSession from 'cookie-session'
import Fastify from 'fastify'
import { getIronSession } from 'iron-session'
import Koa from 'koa'
import koaSession from 'koa-session'

const secret = 'correct horse battery staple, and more of it'
const content = { user: 'ada', visits: 3 }
const others = 'theme=dark; '

/** What of an answer the libraries use. */
class Answer {
  headersSent = false
  fields = new Map()
  getHeader(name) {
    return this.fields.get(name.toLowerCase())
  }
  setHeader(name, value) {
    this.fields.set(name.toLowerCase(), value)
    return this
  }
  writeHead() {}
  /** The Cookie field with which a browser comes back. */
  cookies() {
    const lines = [this.getHeader('set-cookie')].flat()
    return others + lines.map((line) => line.split(';', 1)[0]).join('; ')
  }
}

const requestOf = (cookie) => ({ headers: { cookie }, socket: {} })

function check(session) {
  if (session.user !== content.user || session.visits !== content.visits) {
    throw new Error(`No session was read: ${JSON.stringify(session)}`)
  }
}

function checkSaved(setCookie) {
  if (setCookie === undefined) throw new Error('No session was saved')
}

/** By name: makes a cookie, and then what a visit with it may do. */
export const libraries = {
  '@http-semantics/session': ours({}),
  '@http-semantics/session, a cookie seen before': ours({}, 1),
  '@http-semantics/session, with a former key': ours({
    secretKeyFallbacks: ['the key of last year'],
  }),
  '@http-semantics/session, encrypted': ours({ encrypt: true }),

  'cookie-session': () => {
    const middleware = cookieSession({ keys: [secret] })
    const enter = (cookie) => {
      const request = requestOf(cookie)
      const response = new Answer()
      middleware(request, response, () => undefined)
      return { request, response }
    }
    const first = enter('')
    Object.assign(first.request.session, content)
    first.response.writeHead(200)
    const cookie = first.response.cookies()
    return {
      untouched: () => enter(cookie),
      read: () => check(enter(cookie).request.session),
      whole: () => {
        const { request, response } = enter(cookie)
        check(request.session)
        response.writeHead(200)
      },
      changed: () => {
        const { request, response } = enter(cookie)
        check(request.session)
        request.session.visits = 4
        response.writeHead(200)
        checkSaved(response.getHeader('Set-Cookie'))
      },
    }
  },

  'koa-session': async () => {
    const app = new Koa()
    app.keys = [secret]
    const middleware = koaSession(app)
    const enter = (cookie) =>
      Object.assign(Object.create(app.context), {
        app,
        req: requestOf(cookie),
        res: new Answer(),
        request: { secure: false },
      })
    const first = enter('')
    await middleware(first, () => void Object.assign(first.session, content))
    const cookie = first.res.cookies()
    return {
      untouched: () => enter(cookie),
      read: () => check(enter(cookie).session),
      whole: () => {
        const ctx = enter(cookie)
        return middleware(ctx, () => check(ctx.session))
      },
      changed: async () => {
        const ctx = enter(cookie)
        await middleware(ctx, () => {
          check(ctx.session)
          ctx.session.visits = 4
        })
        checkSaved(ctx.res.getHeader('Set-Cookie'))
      },
    }
  },

  // It has nothing to do when an answer ends, and a session that nobody asks for it never sees.
  'iron-session': async () => {
    const options = { password: secret, cookieName: 'session' }
    const enter = (cookie, response) => getIronSession(requestOf(cookie), response, options)
    const first = new Answer()
    const session = await enter('', first)
    Object.assign(session, content)
    await session.save()
    const cookie = first.cookies()
    const read = async () => check(await enter(cookie, new Answer()))
    return {
      read,
      whole: read,
      changed: async () => {
        const response = new Answer()
        const session = await enter(cookie, response)
        check(session)
        session.visits = 4
        await session.save()
        checkSaved(response.getHeader('Set-Cookie'))
      },
    }
  },

  // Cookies as its own hooks read them, and what it decodes and encodes; the rest is hooks of Fastify.
  '@fastify/secure-session': async () => {
    const app = Fastify()
    await app.register(fastifySecureSession, { key: Buffer.from(secret).subarray(0, 32) })
    await app.ready()
    const value = app.encodeSecureSession(app.createSecureSession(content))
    const field = `${others}session=${encodeURIComponent(value)}`
    const open = () => {
      const session = app.decodeSecureSession(app.parseCookie(field).session)
      check({ user: session.get('user'), visits: session.get('visits') })
      return session
    }
    return {
      read: open,
      whole: open,
      changed: () => {
        const session = open()
        session.set('visits', 4)
        checkSaved(app.encodeSecureSession(session))
      },
    }
  },
}

/** @param visitors - How many take turns: of 20,000, each is forgotten when it comes again. */
function ours(options, visitors = 20_000) {
  return () => {
    const sessions = new Sessions({ secretKey: secret, ...options })
    const open = (cookie, now) =>
      sessions.open({ cookie: requestOf(cookie).headers.cookie, isSecure: true, now })
    const cookies = Array.from({ length: visitors }, (_, seconds) => {
      const first = open(undefined, Date.now() / 1000 - seconds)
      Object.assign(first.session, content)
      const response = new Answer()
      response.setHeader('Set-Cookie', first.finish({ cacheControl: undefined }).setCookie)
      return response.cookies()
    })
    let turn = 0
    const visit = () => {
      turn = (turn + 1) % visitors
      return open(cookies[turn])
    }
    return {
      untouched: visit,
      read: () => check(visit().session),
      whole: () => {
        const one = visit()
        check(one.session)
        one.finish({ cacheControl: undefined })
      },
      changed: () => {
        const one = visit()
        check(one.session)
        one.session.visits = 4
        checkSaved(one.finish({ cacheControl: undefined }).setCookie)
      },
    }
  }
}
