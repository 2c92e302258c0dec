import { createServer } from 'node:http'
import { httpSemantics as expressSemantics } from '@http-semantics/express'
import { httpSemantics as koaSemantics } from '@http-semantics/koa'
import Express from 'express'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { routes, serve, start, type App } from './apps.ts'
import { frameworks } from './hosts.ts'
import { exchange, field, parseAnswer, parseAnswers, pipeline, send } from './wire.ts'

const app: App = { routes: routes('GET /a', 'POST /b', 'PUT /b') }

describe.each(frameworks)('%s', (framework) => {
  it('answers requests sent at once on one connection in order', async () => {
    const port = await start(framework, app)
    const answers = await pipeline(port, [
      { method: 'GET', target: '/a' },
      { method: 'PUT', target: '/a' },
      { method: 'OPTIONS', target: '/a' },
      { method: 'HEAD', target: '/a' },
      { method: 'PATCH', target: '/a' },
      { method: 'TRACE', target: '/a' },
    ])
    expect(answers.map(({ status, content }) => [status, content])).toEqual([
      [200, 'GET /a'],
      [405, '{"title":"Method Not Allowed","status":405}'],
      [204, ''],
      [200, ''],
      [501, '{"title":"Not Implemented","status":501}'],
      [405, '{"title":"Method Not Allowed","status":405}'],
    ])
    expect(answers.map((answer) => field(answer, 'Allow'))).toEqual([
      undefined,
      'GET, HEAD, OPTIONS',
      'GET, HEAD, OPTIONS',
      undefined,
      undefined,
      'GET, HEAD, OPTIONS',
    ])
  })

  it.each([
    ['known length', { method: 'POST', target: '/a', content: 'x'.repeat(1_000_000) }],
    [
      'unknown length',
      {
        method: 'POST',
        target: '/a',
        fields: { 'Transfer-Encoding': 'chunked' },
        chunks: 100,
      },
    ],
  ])(
    'answers 405 before a megabyte of content of %s, and the next request too',
    async (_name, post) => {
      const port = await start(framework, app)
      const chunk = `2710\r\n${'x'.repeat(10_000)}\r\n`
      const head = [
        'POST /a HTTP/1.1',
        'Host: localhost',
        'Content-Type: text/plain',
        'content' in post ? `Content-Length: ${post.content.length}` : 'Transfer-Encoding: chunked',
      ].join('\r\n')
      const content = 'content' in post ? post.content : `${chunk.repeat(post.chunks)}0\r\n\r\n`
      const next = 'GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
      const raw = await exchange(port, [`${head}\r\n\r\n`, content, next])
      const [refusal, answer] = parseAnswers(raw, ['POST', 'GET'])
      expect(refusal?.status).toBe(405)
      expect(answer?.content).toBe('GET /a')
    },
  )

  it('answers a good request before an unknown method on the same connection, then closes', async () => {
    const port = await start(framework, app)
    const get = 'GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n'
    // The answer to the first has to be out before the second can be read as one of its own.
    const raw = await exchange(port, 'FOO /a HTTP/1.1\r\nHost: localhost\r\n\r\n' + get)
    const [refusal] = parseAnswers(raw, ['FOO'])
    expect([refusal?.status, refusal && field(refusal, 'Connection')]).toEqual([501, 'close'])
  })

  it.each([
    ['a request line that is none', 'GET\r\n\r\n', 400],
    [
      'two lengths',
      'GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    ['a NUL in a field', 'GET /a HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n', 400],
    [
      'fields over the limit',
      `GET /a HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
  ])('answers %s with problem details and closes', async (_name, request, status) => {
    const port = await start(framework, app)
    const answer = parseAnswer(await exchange(port, request))
    expect([answer.status, field(answer, 'Connection')]).toEqual([status, 'close'])
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    expect(JSON.parse(answer.content)).toMatchObject({ status })
    expect(field(answer, 'Date')).toBeDefined()
  })

  it('reads what CONNECT sends on, and closes with the answer readable', async () => {
    const port = await start(framework, app)
    const tunnel = [
      'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n',
      'x'.repeat(100_000),
    ]
    // Unread content would keep the connection until the server gives up, after two seconds.
    const raw = await exchange(port, tunnel, { timeout: 1500 })
    const [answer] = parseAnswers(raw, ['CONNECT'])
    expect([answer?.status, answer && field(answer, 'Allow')]).toEqual([
      405,
      'GET, HEAD, POST, PUT, OPTIONS',
    ])
  })
})

describe('attach', () => {
  it('done twice, and before listening, answers once', async () => {
    const express = Express()
    const semantics = expressSemantics()
    express.use(semantics)
    const server = createServer(express)
    expect(semantics.attach(semantics.attach(server))).toBe(server)
    const port = await serve(server.listen(0, '127.0.0.1'))
    const raw = await exchange(port, 'FOO / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(parseAnswers(raw, ['FOO']).map(({ status }) => status)).toEqual([501])
    const connect = await exchange(port, 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n')
    expect(parseAnswers(connect, ['CONNECT']).map(({ status }) => status)).toEqual([405])
  })

  it('is not needed for what frameworks see', async () => {
    const koa = new Koa()
    koa.silent = true
    koa.use(koaSemantics())
    const port = await serve(koa.listen(0, '127.0.0.1'))
    expect((await send(port, { method: 'TRACE', target: '/' })).status).toBe(405)
  })
})
