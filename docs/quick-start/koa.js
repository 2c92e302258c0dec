import { httpSemantics } from '@http-semantics/koa'
import { Router } from '@koa/router'
import Koa from 'koa'

const router = new Router().get('/', (ctx) => (ctx.body = [])).get('/me', (ctx) => ctx.throw(401))
const app = new Koa()
const semantics = httpSemantics()
app.use(semantics) // the first middleware
const server = app.use(router.routes()).listen(5001, '127.0.0.1')
semantics.attach(server) // unknown methods, CONNECT, malformed requests
