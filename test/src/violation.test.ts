import { EventEmitter, once } from 'node:events'
import type { Socket } from 'node:net'
import * as express from '@http-semantics/express'
import { httpSemantics } from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import type { AnswerOptions } from '@http-semantics/http'
import Fastify from 'fastify'
import { describe, expect, it, vi } from 'vitest'
import { start, type App } from './apps.ts'
import { frameworks } from './hosts.ts'
import { listen, listenToWarnings } from './violations.ts'
import { field, open, requestText, send } from './wire.ts'

const app = (rules: AnswerOptions): App => ({
  routes: [
    ['GET', '/bare', (reply) => reply.send(401, 'who are you?')],
    ['POST', '/bare', (reply) => reply.send(401, 'who are you?')],
    ['GET', '/other/:id', (reply) => reply.send(401, 'who are you?')],
    ['POST', '/created', (reply) => reply.send(201, 'done')],
    ['GET', '/partial', (reply) => reply.send(206, 'part')],
    ['GET', '/proxy', (reply) => reply.send(407, 'who are you?')],
    ['GET', '/later', (reply) => reply.send(426, 'later')],
    [
      'GET',
      '/thrown',
      () => {
        throw Object.assign(new Error('who are you?'), { status: 401 })
      },
    ],
    [
      'GET',
      '/hsts',
      (reply) => {
        reply.set('Strict-Transport-Security', 'max-age=9')
        reply.send(206, 'part')
      },
    ],
  ],
  rules,
})

/** Warnings are emitted on the next tick. */
const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))

describe.each(frameworks)('%s', (framework) => {
  it('repairs in silence', async () => {
    const port = await start(framework, app({ onViolation: 'repair' }))
    const [violations, warnings] = [listen(), listenToWarnings()]
    const answer = await send(port, { method: 'GET', target: '/bare' })
    await nextTick()
    expect([answer.status, answer.content]).toEqual([401, 'who are you?'])
    expect(field(answer, 'WWW-Authenticate')).toBe('Session realm="app"')
    expect(violations).toEqual([
      {
        rule: 'challenge',
        reference: 'RFC 9110 section 15.5.2',
        level: 'MUST',
        sentence: 'A 401 says by WWW-Authenticate how to authenticate.',
        method: 'GET',
        route: '/bare',
        status: 401,
      },
    ])
    expect(warnings).toEqual([])
  })

  it('says nothing of an answer whose client is gone', async () => {
    const gone = new EventEmitter()
    let client: Socket | undefined
    const port = await start(framework, {
      routes: [
        [
          'GET',
          '/',
          (reply) => {
            const response = reply.raw()
            response.once('close', () => {
              response.setHeader('Content-Length', 9)
              response.end()
              gone.emit('answered')
            })
            client?.destroy()
          },
        ],
      ],
      rules: { onViolation: 'repair' },
    })
    const violations = listen()
    client = await open(port)
    const answered = once(gone, 'answered')
    client.write(requestText({ method: 'GET', target: '/' }))
    await answered
    expect(violations).toEqual([])
  })

  it('repairs and warns, once for each rule and route', async () => {
    const port = await start(framework, app({ onViolation: 'warn' }))
    const [violations, warnings] = [listen(), listenToWarnings()]
    for (const [method, target] of [
      ['GET', '/bare'],
      ['GET', '/bare?again'],
      ['POST', '/bare'],
      ['GET', '/other/1'],
      ['GET', '/other/2'],
      ['POST', '/created'],
    ] as const) {
      await send(port, { method, target })
    }
    await nextTick()
    expect(violations).toHaveLength(6)
    const challenge =
      'A 401 says by WWW-Authenticate how to authenticate. (RFC 9110 section 15.5.2)'
    expect(warnings.map(({ message }) => message)).toEqual([
      `${challenge} Broken by the 401 of GET /bare.`,
      `${challenge} Broken by the 401 of POST /bare.`,
      `${challenge} Broken by the 401 of GET /other/:id.`,
      'A 201 names the new resource by Location, unless it is the target itself. (RFC 9110 section 15.3.2) Broken by the 201 of POST /created.',
    ])
    expect(warnings[0]).toMatchObject({ name: 'HttpSemanticsWarning', code: 'challenge' })
  })

  it('answers 500 where a rule is broken, so that a test fails, but not for advice', async () => {
    const port = await start(framework, app({ onViolation: 'error' }))
    const [violations, warnings] = [listen(), listenToWarnings()]
    const problem = { title: 'Internal Server Error', status: 500 }
    for (const target of ['/bare', '/partial', '/thrown']) {
      const answer = await send(port, { method: 'GET', target })
      expect(answer.status).toBe(500)
      expect(JSON.parse(answer.content)).toEqual(problem)
    }
    const head = await send(port, { method: 'HEAD', target: '/bare' })
    expect([head.status, head.content]).toEqual([500, ''])
    const created = await send(port, { method: 'POST', target: '/created' })
    expect([created.status, created.content]).toEqual([201, 'done'])
    await nextTick()
    expect(violations.map(({ rule, status }) => [rule, status])).toEqual([
      ['challenge', 401],
      ['partial-without-range', 206],
      ['challenge', 401],
      ['challenge', 401],
      ['location-of-created', 201],
    ])
    expect(warnings.map(({ message }) => message)).not.toContainEqual(
      expect.stringContaining('A 201'),
    )
    expect(warnings).not.toEqual([])
  })

  it('keeps the rules for the 500, too, and publishes what the handler broke once', async () => {
    for (const onViolation of ['repair', 'error'] as const) {
      const port = await start(framework, app({ onViolation }))
      const violations = listen()
      const answer = await send(port, { method: 'GET', target: '/hsts' })
      expect(answer.status).toBe(500)
      expect(field(answer, 'Strict-Transport-Security')).toBeUndefined()
      expect(violations.map(({ rule }) => rule)).toEqual(['partial-without-range'])
    }
  })

  it.each([
    ['production', 0],
    ['development', 1],
    ['test', 1],
    [undefined, 1],
  ])('warns by default unless NODE_ENV is production: %s', async (environment, count) => {
    vi.stubEnv('NODE_ENV', environment)
    try {
      const port = await start(framework, app({}))
      const warnings = listenToWarnings()
      const answer = await send(port, { method: 'GET', target: '/bare' })
      await nextTick()
      expect(answer.status).toBe(401)
      expect(warnings).toHaveLength(count)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('says in place of a handler what the options say', async () => {
    const port = await start(
      framework,
      app({
        onViolation: 'repair',
        challenge: 'Bearer realm="notes", Basic realm="e"',
        proxyChallenge: 'Basic realm="out"',
        upgrade: 'TLS/1.0, HTTP/1.1',
      }),
    )
    for (const [target, status, name, value] of [
      ['/thrown', 401, 'WWW-Authenticate', 'Bearer realm="notes", Basic realm="e"'],
      ['/proxy', 407, 'Proxy-Authenticate', 'Basic realm="out"'],
      ['/later', 426, 'Upgrade', 'TLS/1.0, HTTP/1.1'],
    ] as const) {
      const answer = await send(port, { method: 'GET', target })
      expect([answer.status, field(answer, name)]).toEqual([status, value])
    }
  })

  const install: (options: object) => unknown = {
    express: express.httpSemantics,
    koa: koa.httpSemantics,
    fastify: async (options: object) => Fastify().register(httpSemantics, options),
  }[framework]

  it.each([
    [{ onViolation: 'warning' }, "onViolation must be 'repair', 'warn' or 'error', got 'warning'"],
    [{ onViolation: true }, "onViolation must be 'repair', 'warn' or 'error', got true"],
    [{ onviolation: 'warn' }, "unknown option 'onviolation'; did you mean 'onViolation'?"],
    [
      { challenge: 'Basic\r\nSet-Cookie: a=1' },
      "challenge must be the value of a header field, got 'Basic\\r\\nSet-Cookie: a=1'",
    ],
    [{ challenge: '' }, "challenge must be the value of a header field, got ''"],
    [{ challenge: 'Basic ' }, "challenge must be the value of a header field, got 'Basic '"],
    [{ challenge: 'Basic realm="é"' }, 'challenge must be the value of a header field'],
    [{ proxyChallenge: 'Basic\n' }, 'proxyChallenge must be the value of a header field'],
    [{ proxyChallenge: 7 }, 'proxyChallenge must be the value of a header field, got 7'],
    [{ upgrade: 'a\rb' }, "upgrade must be the value of a header field, got 'a\\rb'"],
    [{ upgrade: ['h2c'] }, "upgrade must be the value of a header field, got [ 'h2c' ]"],
  ])('refuses %j', async (options, message) => {
    const error: unknown = await (async () => install(options))().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: expect.stringContaining(message) as string })
  })
})
