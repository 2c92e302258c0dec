// One server of the benchmark, in a process of its own: node servers.mjs <framework> <stack>.
// It prints its port, and for each line on stdin the CPU time it has used so far, in microseconds.
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'

const secretKey = 'correct horse battery staple'
const [framework, stack] = process.argv.slice(2)
const hasSession = stack.endsWith('+session')
const ours = { onViolation: 'repair', ...(hasSession && { session: { secretKey } }) }
const hello = 'hello'

/** What each handler does with the session: it reads a key. */
const read = (session) => session?.user

const starters = {
  async express() {
    const { default: express } = await import('express')
    const app = express()
    let attach = (server) => server
    if (stack.startsWith('peers')) {
      const { default: helmet } = await import('helmet')
      app.use(helmet())
      if (hasSession) {
        const { default: cookieSession } = await import('cookie-session')
        app.use(cookieSession({ keys: [secretKey] }))
      }
    } else if (stack.startsWith('ours')) {
      const { httpSemantics } = await import('@http-semantics/express')
      const semantics = httpSemantics(ours)
      app.use(semantics)
      attach = (server) => semantics.attach(server)
    } else {
      app.disable('x-powered-by')
    }
    app.get('/', (request, response) => {
      if (hasSession) read(request.session)
      response.send(hello)
    })
    return attach(createServer(app))
  },

  async koa() {
    const [{ default: Koa }, { Router }] = await Promise.all([import('koa'), import('@koa/router')])
    const app = new Koa()
    const router = new Router()
    router.get('/', (ctx) => {
      if (hasSession) read(ctx.session)
      ctx.body = hello
    })
    let attach = (server) => server
    if (stack.startsWith('peers')) {
      const { default: helmet } = await import('koa-helmet')
      app.use(helmet())
      if (hasSession) {
        const { default: session } = await import('koa-session')
        app.keys = [secretKey]
        app.use(session(app))
      }
    } else if (stack.startsWith('ours')) {
      const { httpSemantics } = await import('@http-semantics/koa')
      const semantics = httpSemantics(ours)
      app.use(semantics)
      attach = (server) => semantics.attach(server)
    }
    app.use(router.routes())
    if (stack.startsWith('peers')) app.use(router.allowedMethods())
    return attach(createServer(app.callback()))
  },

  async fastify() {
    const { default: Fastify } = await import('fastify')
    const app = Fastify()
    if (stack.startsWith('peers')) {
      await app.register(import('@fastify/helmet'))
      if (hasSession) {
        await app.register(import('@fastify/cookie'))
        await app.register(import('@fastify/session'), {
          secret: secretKey.repeat(2),
          cookie: { secure: false },
          saveUninitialized: false,
        })
      }
    } else if (stack.startsWith('ours')) {
      const { httpSemantics } = await import('@http-semantics/fastify')
      await app.register(httpSemantics, ours)
    }
    app.get('/', (request, reply) => {
      if (hasSession) read(request.session)
      reply.send(hello)
    })
    await app.ready()
    return app.server
  },
}

const server = await starters[framework]()
// A connection waits while the other servers are measured.
server.keepAliveTimeout = 0
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
createInterface(process.stdin).on('line', () => {
  const { user, system } = process.cpuUsage()
  console.log(user + system)
})
