import { gzipSync } from 'node:zlib'
import { bodyParser } from '@koa/bodyparser'
import Express from 'express'
import { describe, expect, it } from 'vitest'
import { start, type App, type Neighbours } from './apps.ts'
import { frameworks, type Framework } from './hosts.ts'
import { exchange, field, parseAnswer, parseAnswers } from './wire.ts'

const limit = 1000

/** What was parsed, for the answer to tell. */
const told = (content: unknown): string => JSON.stringify(content) ?? 'nothing'

const neighbours: Neighbours = {
  express(app) {
    app.use(Express.json({ limit }))
    app.use((request, response, next) => {
      response.set('X-Content', told(request.body))
      next()
    })
  },
  koa(app) {
    app.use(bodyParser({ enableTypes: ['json'], jsonLimit: limit }))
    app.use((ctx, next) => {
      ctx.set('X-Content', told(ctx.request.body))
      return next()
    })
  },
  fastify(app) {
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: limit },
      app.getDefaultJsonParser('error', 'error'),
    )
    app.addHook('preHandler', (request, reply, done) => {
      void reply.header('X-Content', told(request.body))
      done()
    })
  },
}

const app: App = {
  routes: [
    ['GET', '/a', (reply) => reply.send(200, 'a')],
    ['POST', '/a', (reply) => reply.send(200, 'posted')],
    ['PUT', '/b', (reply) => reply.send(200, 'put')],
  ],
  rules: { onViolation: 'repair' },
}

/** A request with content of a length, and one with chunks; both leave the connection open. */
const messages = {
  'with a length': (content: string, ...lines: readonly string[]) =>
    head([`Content-Length: ${content.length}`, ...lines], content),
  'in chunks': (content: string, ...lines: readonly string[]) =>
    head(
      ['Transfer-Encoding: chunked', ...lines],
      `${content.length.toString(16)}\r\n${content}\r\n0\r\n\r\n`,
    ),
} as const

const head = (lines: readonly string[], content: string): string =>
  [
    'POST /a HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    ...lines,
    '',
    content,
  ].join('\r\n')

const last = 'GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'

/** A JSON object of a length. */
const objectOf = (length: number): string => JSON.stringify({ a: 'x'.repeat(length - 8) })

const cases = frameworks.flatMap((framework) =>
  (['ahead', 'behind'] as const).map((place) => ({ framework, place })),
)

/** Statuses where the frameworks' parsers differ; 200 is content that is taken. */
type Statuses = Readonly<Record<Framework, number>>

describe.each(cases)('$framework with a parser of JSON $place', ({ framework, place }) => {
  const startApp = async (): Promise<number> => {
    const port = await start(framework, { ...app, [place]: neighbours })
    // Express: an error of a middleware ahead is answered by ours once a request has reached it.
    await exchange(port, last)
    return port
  }

  describe.each(Object.entries(messages))('%s', (_name, message) => {
    it.each([
      ['an object', '{"a":1}', '{"a":1}'],
      ['as much as is allowed', objectOf(limit), objectOf(limit)],
    ])('hands on %s', async (_name, content, told) => {
      const raw = await exchange(await startApp(), [message(content), last])
      const [answer] = parseAnswers(raw, ['POST', 'GET'])
      expect([answer?.status, answer?.content]).toEqual([200, 'posted'])
      expect(answer && field(answer, 'X-Content')).toBe(told)
    })

    it.each<readonly [string, string, number]>([
      ['content that breaks off', '{"a":', 400],
      ['content that is no JSON', 'a=1', 400],
      ['content a little too large', objectOf(limit + 1), 413],
      ['content of more than one packet that is too large', objectOf(3_000_000), 413],
    ])(
      'refuses %s, and keeps or closes the connection as it says',
      async (_name, content, status) => {
        const raw = await exchange(await startApp(), [message(content), last])
        const closes = /^connection: close\r$/im.test(raw.slice(0, raw.indexOf('\r\n\r\n')))
        // Fastify closes the connection of content it did not parse.
        expect(closes).toBe(framework === 'fastify')
        const [answer, next] = parseAnswers(raw, closes ? ['POST'] : ['POST', 'GET'])
        expect(answer?.status).toBe(status)
        expect(answer && field(answer, 'Content-Type')).toBe('application/problem+json')
        expect(JSON.parse(answer?.content ?? '')).toMatchObject({ status })
        expect(next?.status).toBe(closes ? undefined : 200)
      },
    )
  })

  it.each<readonly [string, string, string, Statuses]>([
    // Fastify does not look at Content-Encoding without a plugin.
    [
      'content that is compressed',
      gzipSync('{"a":1}').toString('latin1'),
      'Content-Encoding: gzip',
      { express: 200, koa: 200, fastify: 400 },
    ],
    // co-body does not catch what its inflation throws.
    [
      'content that is not as compressed as it says',
      '{"a":1}',
      'Content-Encoding: gzip',
      { express: 400, koa: 500, fastify: 200 },
    ],
    [
      'content that is too large once it is inflated',
      gzipSync(objectOf(3000)).toString('latin1'),
      'Content-Encoding: gzip',
      { express: 413, koa: 413, fastify: 400 },
    ],
    [
      'a coding nobody knows',
      '{"a":1}',
      'Content-Encoding: magic',
      { express: 415, koa: 415, fastify: 200 },
    ],
  ])('answers %s', async (_name, content, line, statuses) => {
    const message = messages['with a length'](content, line, 'Connection: close')
    const answer = parseAnswer(await exchange(await startApp(), message))
    const status = statuses[framework]
    expect(answer.status).toBe(status)
    if (status === 200) expect(field(answer, 'X-Content')).toBe('{"a":1}')
    else expect(JSON.parse(answer.content)).toMatchObject({ status })
  })

  it('refuses what is too large before it is sent', async () => {
    const expectation = ['Expect: 100-continue', 'Connection: close']
    const message = messages['with a length'](objectOf(limit + 1), ...expectation)
    const [head = ''] = message.split('{', 1)
    const answer = parseAnswer(await exchange(await startApp(), head))
    expect([answer.status, field(answer, 'Connection')]).toEqual([413, 'close'])
  })
})
