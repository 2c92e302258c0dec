import { httpSemantics, type HttpSemanticsOptions } from '@http-semantics/fastify'
import Fastify from 'fastify'

declare module '@http-semantics/fastify' {
  interface SessionData {
    user: string
  }
}

const options: HttpSemanticsOptions = {
  session: { secretKey: 'a key for tests of consumers alone', sessionCookieSameSite: 'Lax' },
  securityHeaders: { frameOptions: 'DENY' },
}
const app = Fastify()
app.register(httpSemantics, options)
app.register(async (routes) => {
  routes.post('/login', async (request, reply) => {
    request.session.user = 'ada'
    // @ts-expect-error -- a user is a string
    const user: number | undefined = request.session.user
    // @ts-expect-error -- not declared
    const { usr } = request.session
    return reply.code(user === undefined || usr === undefined ? 204 : 204).send()
  })
  routes.get('/user', (request) => {
    const user: string | undefined = request.session.user
    return user ?? 'nobody'
  })
})

// @ts-expect-error -- its name is secretKey
export const wrong = (): unknown => app.register(httpSemantics, { session: { secret: '' } })

app.listen({ port: 0, host: '127.0.0.1' }, () => {
  const address = app.server.address()
  if (address !== null && typeof address !== 'string') console.log(address.port)
})
