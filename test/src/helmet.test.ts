import fastifyHelmet from '@fastify/helmet'
import helmet from 'helmet'
import koaHelmet from 'koa-helmet'
import { describe, expect, it } from 'vitest'
import { start, type App, type Neighbours } from './apps.ts'
import { frameworks } from './hosts.ts'
import { exchange, field, parseAnswer, send } from './wire.ts'

const neighbours: Neighbours = {
  express: (app) => app.use(helmet()),
  koa: (app) => app.use(koaHelmet()),
  fastify: (app) => app.register(fastifyHelmet),
}

/** What helmet sets on every answer; it takes `X-Powered-By` away. */
const expected = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-XSS-Protection': '0',
}

const app: App = {
  routes: [
    ['GET', '/a', (reply) => reply.send(200, 'a')],
    ['GET', '/204', (reply) => reply.send(204, '')],
    [
      'GET',
      '/304',
      (reply) => {
        reply.set('ETag', '"v1"')
        reply.send(304, '')
      },
    ],
    ['GET', '/404', (reply) => reply.send(404, 'page')],
    // Our rules refuse it: nothing says which part it is.
    ['GET', '/206', (reply) => reply.send(206, 'part')],
    ['GET', '/raw', (reply) => reply.raw().end('a')],
    [
      'GET',
      '/409',
      () => {
        throw Object.assign(new Error('taken'), { status: 409 })
      },
    ],
    [
      'GET',
      '/500',
      () => {
        throw new Error('secret')
      },
    ],
    ['PUT', '/b', (reply) => reply.send(200, 'b')],
  ],
  rules: { onViolation: 'repair' },
}

const cases = frameworks.flatMap((framework) =>
  (['ahead', 'behind'] as const).map((place) => ({ framework, place })),
)

describe.each(cases)('$framework with helmet $place', ({ framework, place }) => {
  it.each([
    ['GET', '/a', 200],
    ['HEAD', '/a', 200],
    ['OPTIONS', '/a', 204],
    ['GET', '/204', 204],
    ['GET', '/304', 304],
    ['GET', '/raw', 200],
    ['GET', '/404', 404],
    ['GET', '/no', 404],
    ['HEAD', '/no', 404],
    ['PUT', '/a', 405],
    ['PROPFIND', '/a', 501],
    ['GET', '/206', 500],
    ['GET', '/409', 409],
    ['HEAD', '/409', 409],
    ['GET', '/500', 500],
  ])('keeps its fields on %s %s, a %i', async (method, target, status) => {
    const port = await start(framework, { ...app, [place]: neighbours })
    const answer = await send(port, { method, target })
    expect(answer.status).toBe(status)
    const names = Object.keys(expected)
    expect(Object.fromEntries(names.map((name) => [name, field(answer, name)]))).toEqual(expected)
    expect(field(answer, 'Content-Security-Policy')).toContain("default-src 'self'")
    expect(field(answer, 'X-Powered-By')).toBeUndefined()
    expect(answer.fields.filter(([name]) => /^x-frame-options$/i.test(name))).toHaveLength(1)
  })

  it.each([
    ['http', undefined],
    ['https', 'max-age=31536000; includeSubDomains'],
  ])('keeps Strict-Transport-Security where the client is on https: %s', async (scheme, value) => {
    const port = await start(framework, { ...app, [place]: neighbours, trustProxy: true })
    for (const target of ['/a', '/409', '/no']) {
      const fields = { 'X-Forwarded-Proto': scheme }
      const answer = await send(port, { method: 'GET', target, fields })
      expect(field(answer, 'Strict-Transport-Security')).toBe(value)
    }
  })

  // Our middleware refuses both, so that only what stands ahead of it has set its fields; a malformed
  // target is refused before Fastify sees it.
  it.each([
    ['a malformed target', 'GET /%zz HTTP/1.1', 400],
    ['TRACE', 'TRACE /a HTTP/1.1', 405],
  ])('answers %s as without it', async (_name, line, status) => {
    const port = await start(framework, { ...app, [place]: neighbours })
    const raw = await exchange(port, `${line}\r\nHost: a\r\nConnection: close\r\n\r\n`)
    const answer = parseAnswer(raw)
    expect([answer.status, JSON.parse(answer.content)]).toMatchObject([status, { status }])
    // Of ours, where helmet's hooks have not run.
    expect(field(answer, 'X-Frame-Options')).toBe('SAMEORIGIN')
  })
})
