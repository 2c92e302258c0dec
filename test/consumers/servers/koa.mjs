import { httpSemantics } from '@http-semantics/koa'
import { Router } from '@koa/router'
import Koa from 'koa'

const router = new Router()
router.post('/login', (ctx) => {
  ctx.session['user'] = 'ada'
  ctx.status = 204
})
router.get('/user', (ctx) => {
  ctx.body = ctx.session['user'] ?? 'nobody'
})

const app = new Koa()
const semantics = httpSemantics({ session: { secretKey: 'a key for tests of consumers alone' } })
app.use(semantics).use(router.routes())

const server = semantics.attach(app.listen(0, '127.0.0.1'))
server.on('listening', () => console.log(server.address().port))
