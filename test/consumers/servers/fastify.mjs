import { httpSemantics } from '@http-semantics/fastify'
import Fastify from 'fastify'

const app = Fastify()
await app.register(httpSemantics, { session: { secretKey: 'a key for tests of consumers alone' } })
app.post('/login', async (request, reply) => {
  request.session['user'] = 'ada'
  return reply.code(204).send()
})
app.get('/user', (request) => request.session['user'] ?? 'nobody')

await app.listen({ port: 0, host: '127.0.0.1' })
console.log(app.server.address().port)
