import { httpSemantics, type HttpSemanticsOptions } from '@http-semantics/express'
import express from 'express'

declare module '@http-semantics/express' {
  interface SessionData {
    user: string
  }
}

const options: HttpSemanticsOptions = {
  session: { secretKey: 'a key for tests of consumers alone', sessionCookieSameSite: 'Lax' },
  securityHeaders: { frameOptions: 'DENY' },
}
const app = express()
const semantics = httpSemantics(options)
app.use(semantics)
app.post('/login', (request, response) => {
  request.session.user = 'ada'
  // @ts-expect-error -- a user is a string
  const user: number | undefined = request.session.user
  // @ts-expect-error -- not declared
  const { usr } = request.session
  response.sendStatus(user === undefined || usr === undefined ? 204 : 204)
})
app.get('/user', (request, response) => {
  const user: string | undefined = request.session.user
  response.send(user ?? 'nobody')
})

// @ts-expect-error -- its name is secretKey
export const wrong = (): unknown => httpSemantics({ session: { secret: '' } })

const server = semantics.attach(app.listen(0, '127.0.0.1'))
server.on('listening', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string') console.log(address.port)
})
