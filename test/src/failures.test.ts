import type { ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { start, type Handler } from './apps.ts'
import { frameworks } from './hosts.ts'
import { exchange, field, send } from './wire.ts'

const raw =
  (handle: (response: ServerResponse) => void): Handler =>
  (reply) =>
    handle(reply.raw())

describe.each(frameworks)('%s', (framework) => {
  it('keeps the rules for what a handler answers after Node threw for its first answer', async () => {
    const handler = raw((response) => {
      response.setHeader('Trailer', 'X-Sum')
      response.setHeader('Content-Length', 2)
      try {
        response.writeHead(200, ['odd'])
      } catch {
        response.removeHeader('Trailer')
      }
      response.statusCode = 401
      response.end('hi')
    })
    const port = await start(framework, {
      routes: [['GET', '/', handler]],
      rules: { onViolation: 'repair' },
    })
    const answer = await send(port, { method: 'GET', target: '/' })
    expect([answer.status, answer.content]).toEqual([401, 'hi'])
    expect(field(answer, 'WWW-Authenticate')).toBe('Session realm="app"')
  })

  it.each([['401'], ['401.7']])('keeps the rules for the status %j', async (status) => {
    const handler = raw((response) => {
      Object.assign(response, { statusCode: status })
      response.end('hi')
    })
    const port = await start(framework, {
      routes: [['GET', '/', handler]],
      rules: { onViolation: 'repair' },
    })
    const answer = await send(port, { method: 'GET', target: '/' })
    expect(answer.status).toBe(401)
    expect(field(answer, 'WWW-Authenticate')).toBe('Session realm="app"')
  })

  describe('interim answers', () => {
    const handler = raw((response) => {
      response.writeEarlyHints({
        link: '</a.css>; rel=preload',
        'Content-Length': '5',
        'Transfer-Encoding': 'chunked',
      })
      response.writeProcessing()
      response.setHeader('Content-Type', 'text/plain')
      response.setHeader('Content-Length', 4)
      response.write('ab')
      response.writeContinue()
      response.writeEarlyHints({ link: '</b.css>; rel=preload' })
      response.end('cd')
    })

    it.each([
      [
        '1.1',
        'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n',
      ],
      ['1.0', ''],
    ])('go to HTTP/%s as they may, and never into the final one', async (version, interim) => {
      const port = await start(framework, { routes: [['GET', '/', handler]] })
      const request = `GET / HTTP/${version}\r\nHost: a\r\nConnection: close\r\n\r\n`
      const bytes = await exchange(port, request)
      const final = bytes.indexOf('HTTP/1.1 200 OK')
      expect(bytes.slice(0, final)).toBe(interim)
      expect(bytes.slice(bytes.indexOf('\r\n\r\n', final) + 4)).toBe('abcd')
    })
  })

  it('lets a handler answer in the `close` of its source', async () => {
    const handler = raw((response) => {
      const source = new PassThrough()
      source.pipe(response)
      source.on('close', () => {
        response.statusCode = 502
        response.end('upstream gone')
      })
      source.destroy()
    })
    const port = await start(framework, {
      routes: [['GET', '/', handler]],
      rules: { onViolation: 'repair' },
    })
    const answer = await send(port, { method: 'GET', target: '/' })
    expect([answer.status, answer.content]).toEqual([502, 'upstream gone'])
  })

  it('lets a handler end the answer after its source closed halfway', async () => {
    const handler = raw((response) => {
      const source = new PassThrough()
      response.setHeader('Content-Type', 'text/plain')
      source.pipe(response, { end: false })
      source.on('close', () => response.end('bye'))
      source.write('abc', () => source.destroy())
    })
    const port = await start(framework, { routes: [['GET', '/', handler]] })
    expect((await send(port, { method: 'GET', target: '/' })).content).toBe('abcbye')
  })
})
