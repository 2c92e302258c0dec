import { describe, expect, it } from 'vitest'
import { start, type App } from './apps.ts'
import { frameworks } from './hosts.ts'
import { cookieLines, cookieOf, send } from './wire.ts'

/** What a handler does to the request once its session has been looked at. */
const app: App = {
  session: { secretKey: 'correct horse battery staple', sessionCookieSecure: 'auto' },
  routes: [
    [
      'GET',
      '/login',
      (reply) => {
        reply.session()['user'] = 'ada'
        reply.send(200, 'in')
      },
    ],
    [
      'GET',
      '/without-cookie',
      (reply) => {
        const session = reply.session()
        // As it is done ahead of handing a request on to another server.
        const response = reply.raw()
        delete response.req.headers.cookie
        response.end(String(session['user']))
      },
    ],
    [
      'GET',
      '/over-tls',
      (reply) => {
        reply.session()['visits'] = 1
        const response = reply.raw()
        Object.defineProperty(response.req.socket, 'encrypted', { value: true })
        response.end('done')
      },
    ],
    [
      'GET',
      '/no-store',
      (reply) => {
        const response = reply.raw()
        // oxlint-disable-next-line typescript/unbound-method -- called on the response
        const { setHeader } = response
        const replaced = (name: string, value: string): unknown =>
          setHeader.call(response, name, /^cache-control$/i.test(name) ? 'no-store' : value)
        Object.assign(response, { setHeader: replaced })
        response.end(String(reply.session()['user']))
      },
    ],
  ],
}

describe.each(frameworks)('The session of a request that changes in %s', (framework) => {
  it('is that of the cookie which the request came with', async () => {
    const port = await start(framework, app)
    const cookie = cookieOf(await send(port, { method: 'GET', target: '/login' }))
    const target = '/without-cookie'
    const answer = await send(port, { method: 'GET', target, fields: { Cookie: cookie } })
    expect(answer.content).toBe('ada')
  })

  it('has a cookie for the scheme that the request came by', async () => {
    const port = await start(framework, app)
    const [line] = cookieLines(await send(port, { method: 'GET', target: '/over-tls' }))
    expect(line).toContain('session=')
    expect(line).not.toContain('Secure')
  })

  it('has its fields set by whatever stands for setHeader', async () => {
    const port = await start(framework, app)
    const { fields, status } = await send(port, { method: 'GET', target: '/no-store' })
    expect(status).toBe(200)
    const values = fields.filter(([name]) => /^cache-control$/i.test(name))
    expect(values.map(([, value]) => value)).toEqual(['no-store'])
  })
})
