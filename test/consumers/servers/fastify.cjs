const { httpSemantics } = require('@http-semantics/fastify')
const Fastify = require('fastify')

const app = Fastify()
app.register(httpSemantics, { session: { secretKey: 'a key for tests of consumers alone' } })
app.register(async (routes) => {
  routes.post('/login', async (request, reply) => {
    request.session['user'] = 'ada'
    return reply.code(204).send()
  })
  routes.get('/user', (request) => request.session['user'] ?? 'nobody')
})

void app.listen({ port: 0, host: '127.0.0.1' }).then(() => console.log(app.server.address().port))
