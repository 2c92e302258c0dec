import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import { Router } from '@koa/router'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import * as koa from '@http-semantics/koa'
import Express from 'express'
import Fastify, { type FastifyInstance } from 'fastify'
import Koa from 'koa'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { address } from './apps.ts'
import { exchange, field, openTls, parseAnswer, parseAnswers } from './wire.ts'

/** `GET /a` tells the host it was asked for, `POST /b` tells the length of its content. */
function koaApp(): { readonly app: Koa; readonly semantics: koa.HttpSemantics } {
  const app = new Koa()
  app.silent = true
  const semantics = koa.httpSemantics()
  const router = new Router()
  router.get('/a', (ctx) => void (ctx.body = `host ${ctx.host}`))
  router.post('/b', async (ctx) => void (ctx.body = await lengthOf(ctx.req)))
  app.use(semantics).use(router.routes())
  return { app, semantics }
}

async function fastifyServer(app: FastifyInstance): Promise<Server> {
  await app.register(fastify.httpSemantics)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.get('/a', ({ host }) => `host ${host}`)
  app.post('/b', ({ raw }) => lengthOf(raw))
  await app.ready()
  return app.server
}

async function lengthOf(content: AsyncIterable<unknown>): Promise<string> {
  let length = 0
  for await (const chunk of content) length += (chunk as Buffer).length
  return `${length} bytes`
}

/** Servers that speak TLS. Those of HTTP/2 speak HTTP/1.1 beside it, and have another type. */
const servers: Readonly<Record<string, (tls: SecureContextOptions) => Promise<Server>>> = {
  async 'express with https'(tls) {
    const app = Express()
    const semantics = express.httpSemantics({ onError: () => undefined })
    app.use(semantics)
    app.get('/a', ({ host }, response) => void response.send(`host ${host}`))
    app.post('/b', (request, response) =>
      lengthOf(request).then((text) => void response.send(text)),
    )
    return semantics.attach(createServer(tls, app))
  },
  async 'koa with https'(tls) {
    const { app, semantics } = koaApp()
    return semantics.attach(createServer(tls, app.callback()))
  },
  async 'koa with http2'(tls) {
    const { app, semantics } = koaApp()
    const handle = app.callback()
    const server = createSecureServer(
      { ...tls, allowHTTP1: true },
      (request, response) => void handle(request, response),
    )
    return semantics.attach(server) as unknown as Server
  },
  'fastify with https': (tls) =>
    fastifyServer(Fastify({ https: tls, forceCloseConnections: true })),
  'fastify with http2': (tls) =>
    fastifyServer(
      Fastify({ http2: true, https: { ...tls, allowHTTP1: true } }) as unknown as FastifyInstance,
    ),
}

const host = 'Host: localhost\r\n'
const close = 'Connection: close\r\n'

const { certificate } = inject('peers')

describe.skipIf(certificate === undefined).each(Object.entries(servers))('%s', (_name, build) => {
  const startServer = async (): Promise<number> => {
    const [key, cert] = [certificate?.key ?? '', certificate?.cert ?? ''].map((file) =>
      readFileSync(file),
    )
    const server = (await build({ key, cert })).listen(address)
    await once(server, 'listening')
    // A server of HTTP/2 cannot close its connections; those of these tests end with their answers.
    onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
    return (server.address() as AddressInfo).port
  }

  it.each([
    ['a malformed request line', `GET\r\n${host}\r\n`, 400],
    ['bytes that are no HTTP', 'hello world\r\n\r\n', 400],
    ['a malformed field', `GET /a HTTP/1.1\r\n${host}a b: c\r\n\r\n`, 400],
    ['a method the parser does not know', `FOO /a HTTP/1.1\r\n${host}\r\n`, 501],
    ['a version nobody speaks', `GET /a HTTP/2.0\r\n${host}\r\n`, 505],
    ['a target that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 414],
    ['a field that is too long', `GET /a HTTP/1.1\r\n${host}a: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'content of a length that is none',
      `POST /b HTTP/1.1\r\n${host}Content-Length: x\r\n\r\n`,
      400,
    ],
    ['a transfer coding', `POST /b HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\n\r\n`, 501],
    ['no Host', `GET /a HTTP/1.1\r\n${close}\r\n`, 400],
    ['two Host fields', `GET /a HTTP/1.1\r\n${host}${host}${close}\r\n`, 400],
    ['a broken percent-encoding', `GET /%zz HTTP/1.1\r\n${host}${close}\r\n`, 400],
    ['an expectation nobody knows', `GET /a HTTP/1.1\r\n${host}${close}Expect: magic\r\n\r\n`, 417],
    ['CONNECT', `CONNECT localhost:443 HTTP/1.1\r\n${host}\r\n`, 405],
    ['TRACE', `TRACE /a HTTP/1.1\r\n${host}${close}\r\n`, 405],
    ['a method the resource does not take', `POST /a HTTP/1.1\r\n${host}${close}\r\n`, 405],
  ])('refuses %s', async (_name, message, status) => {
    const answer = parseAnswer(await exchange(await startServer(), message, { tls: true }))
    expect(answer.status).toBe(status)
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    expect(field(answer, 'Date')).toBeDefined()
    expect(field(answer, 'Connection')).toBe('close')
    expect(field(answer, 'Content-Length')).toBe(String(answer.bytes.length))
    expect(JSON.parse(answer.content)).toMatchObject({ status })
    if (status === 405) expect(field(answer, 'Allow')).toMatch(/^GET, HEAD, (?:POST, )?OPTIONS$/)
  })

  it('answers in turn', async () => {
    const get = `GET /a HTTP/1.1\r\n${host}\r\n`
    const post = `POST /b HTTP/1.1\r\n${host}Content-Length: 2\r\n\r\nhi`
    const absolute = `GET http://real/a HTTP/1.1\r\n${host}\r\n`
    const raw = await exchange(
      await startServer(),
      `${get}${post}${absolute}FOO / HTTP/1.1\r\n\r\n`,
      { tls: true },
    )
    const answers = parseAnswers(raw, ['GET', 'POST', 'GET', 'FOO'])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 501])
    expect(answers.slice(0, 3).map(({ content }) => content)).toEqual([
      'host localhost',
      '2 bytes',
      'host real',
    ])
  })

  it('says 100 to a client that waits', async () => {
    const message = `POST /b HTTP/1.1\r\n${host}${close}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n`
    const socket = await openTls(await startServer())
    let received = ''
    socket.on('data', (chunk: Buffer) => {
      if (received === '') socket.write('hi')
      received += chunk.toString('latin1')
    })
    socket.write(message)
    await new Promise((resolve) => socket.on('close', resolve))
    expect(received).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
    expect(received).toContain('2 bytes')
  })
})
