import { httpSemantics, type HttpSemanticsOptions } from '@http-semantics/koa'
import { Router } from '@koa/router'
import Koa from 'koa'

declare module '@http-semantics/koa' {
  interface SessionData {
    user: string
  }
}

const router = new Router()
router.post('/login', (ctx) => {
  ctx.session.user = 'ada'
  // @ts-expect-error -- a user is a string
  const user: number | undefined = ctx.session.user
  // @ts-expect-error -- not declared
  const { usr } = ctx.session
  ctx.status = user === undefined || usr === undefined ? 204 : 204
})
router.get('/user', (ctx) => {
  const user: string | undefined = ctx.session.user
  ctx.body = user ?? 'nobody'
})

const options: HttpSemanticsOptions = {
  session: { secretKey: 'a key for tests of consumers alone', sessionCookieSameSite: 'Lax' },
  securityHeaders: { frameOptions: 'DENY' },
}
const app = new Koa()
const semantics = httpSemantics(options)
app.use(semantics).use(router.routes())

// @ts-expect-error -- its name is secretKey
export const wrong = (): unknown => httpSemantics({ session: { secret: '' } })

const server = semantics.attach(app.listen(0, '127.0.0.1'))
server.on('listening', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string') console.log(address.port)
})
