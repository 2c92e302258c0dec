// What it costs to open and read a small session, beside other libraries that keep it in a cookie.
// Each gets the least of a request and an answer that it works with. Rounds alternate between the
// libraries, so that what else the machine does meets all of them; the CPU time of each round counts.
//
// @fastify/secure-session is left out: it needs libsodium as a native add-on.
import { Sessions } from '@http-semantics/session'
import cookieSession from 'cookie-session'
import { getIronSession } from 'iron-session'
import Koa from 'koa'
import koaSession from 'koa-session'

const rounds = Number(process.env.ROUNDS ?? 30)
const visits = Number(process.env.VISITS ?? 500)

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

/** What happens to a session in a visit: nobody touches it, it is read, it is read and the answer ends. */
const kinds = ['untouched', 'read', 'whole']

/** By name: makes a cookie, and then a visit with it. */
const libraries = {
  '@http-semantics/session': ours({}),
  '… with a former key': ours({ secretKeyFallbacks: ['the key of last year'] }),
  '… encrypted': ours({ encrypt: true }),

  'cookie-session': () => {
    const middleware = cookieSession({ keys: [secret] })
    const enter = (cookie) => {
      const request = requestOf(cookie)
      const response = new Answer()
      middleware(request, response, () => undefined)
      return { request, response }
    }
    const { request, response } = enter('')
    Object.assign(request.session, content)
    response.writeHead(200)
    const cookie = response.cookies()
    return (kind) => {
      const { request, response } = enter(cookie)
      if (kind === 'untouched') return
      check(request.session)
      if (kind === 'whole') response.writeHead(200)
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
    return (kind) => {
      const ctx = enter(cookie)
      if (kind === 'whole') return middleware(ctx, () => check(ctx.session))
      if (kind === 'read') check(ctx.session)
    }
  },

  'iron-session': async () => {
    const options = { password: secret, cookieName: 'session' }
    const response = new Answer()
    const session = await getIronSession(requestOf(''), response, options)
    Object.assign(session, content)
    await session.save()
    const cookie = response.cookies()
    // It has nothing to do when an answer ends, and a session that nobody asks for it never sees.
    return (kind) => (kind === 'untouched' ? undefined : visit())

    async function visit() {
      check(await getIronSession(requestOf(cookie), new Answer(), options))
    }
  },
}

function ours(options) {
  return () => {
    const sessions = new Sessions({ secretKey: secret, ...options })
    const open = sessions.open({ cookie: undefined, isSecure: true })
    Object.assign(open.session, content)
    const response = new Answer()
    response.setHeader('Set-Cookie', open.finish({ cacheControl: undefined }).setCookie)
    const cookie = response.cookies()
    return (kind) => {
      const { headers } = requestOf(cookie)
      const open = sessions.open({ cookie: headers.cookie, isSecure: true })
      if (kind === 'untouched') return
      check(open.session)
      if (kind === 'whole') open.finish({ cacheControl: undefined })
    }
  }
}

/** The CPU time of a visit, in microseconds. */
async function measure(visit, kind, count) {
  const before = process.cpuUsage()
  for (let done = 0; done < count; done += 1) {
    const late = visit(kind)
    if (late !== undefined) await late
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / count
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

const cases = []
for (const [name, prepare] of Object.entries(libraries)) {
  const visit = await prepare()
  for (const kind of kinds) cases.push({ name, kind, visit, times: [] })
}
for (const { visit, kind } of cases) await measure(visit, kind, visits)
for (let round = 0; round < rounds; round += 1) {
  for (const { visit, kind, times } of cases) times.push(await measure(visit, kind, visits))
}

const rows = Object.keys(libraries).map((library) => {
  const times = cases.filter(({ name }) => name === library).map(({ times }) => median(times))
  return { library, ...Object.fromEntries(kinds.map((kind, index) => [kind, times[index]])) }
})
console.log(`µs of CPU time per visit, medians of ${rounds} rounds, Node ${process.version}`)
console.table(
  rows.map(({ library, untouched, read, whole }) => ({
    library,
    'not touched': Number(untouched.toFixed(2)),
    read: Number(read.toFixed(2)),
    'read, and the answer ends': Number(whole.toFixed(2)),
  })),
)

const [own] = rows
for (const { library, read, whole } of rows) {
  if (library.startsWith('…') || (own.read <= read && own.whole <= whole)) continue
  console.error(`${library} costs less than ${own.library}`)
  process.exitCode = 1
}
