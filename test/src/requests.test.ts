import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import * as express from '@http-semantics/express'
import * as koa from '@http-semantics/koa'
import { frameworks } from './hosts.ts'
import { startServer } from './servers.ts'
import { exchange, field, parseAnswer, parseAnswers } from './wire.ts'

const host = 'Host: localhost\r\n'
const close = 'Connection: close\r\n'
const get = (...lines: string[]): string => [...lines, 'Connection: close', '', ''].join('\r\n')

describe.each(frameworks)('%s: request rules', (framework) => {
  it.each([
    ['two Host fields', get('GET /a HTTP/1.1', 'Host: a', 'host: a'), 400],
    ['no Host field', get('GET /a HTTP/1.1'), 400],
    ['a Host with a space', get('GET /a HTTP/1.1', 'Host: a b'), 400],
    ['a Host with a path', get('GET /a HTTP/1.1', 'Host: a/b'), 400],
    ['a Host with a name before it', get('GET /a HTTP/1.1', 'Host: me@a'), 400],
    ['a Host with a port that is none', get('GET /a HTTP/1.1', 'Host: a:b'), 400],
    ['a Host with a port out of range', get('GET /a HTTP/1.1', 'Host: a:99999999'), 400],
    ['an absolute target with such a port', get('GET http://a:65536/a HTTP/1.1', 'Host: a'), 400],
    ['a Host with two ports', get('GET /a HTTP/1.1', 'Host: a:1:2'), 400],
    ['a Host with a port alone', get('GET /a HTTP/1.1', 'Host: :80'), 400],
    ['a Host with a bracket', get('GET /a HTTP/1.1', 'Host: [::1'), 400],
    ['a Host with an address that is none', get('GET /a HTTP/1.1', 'Host: [::g]'), 400],
    ['a Host with a broken encoding', get('GET /a HTTP/1.1', 'Host: a%zz'), 400],
    ['a Host of Latin letters', get('GET /a HTTP/1.1', 'Host: b\xfccher'), 400],
    ['a bad Host beside an absolute target', get('GET http://a/a HTTP/1.1', 'Host: a b'), 400],
    ['an absolute target without a host', get('GET http:///a HTTP/1.1', 'Host: a'), 400],
    ['an absolute target with a user', get('GET http://me@a/a HTTP/1.1', 'Host: a'), 400],
    ['a path with a broken encoding', get('GET /%zz HTTP/1.1', 'Host: a'), 400],
    ['HTTP/2.0', get('GET /a HTTP/2.0', 'Host: a'), 505],
    ['HTTP/2.0 with an unknown path', get('GET /b HTTP/2.0', 'Host: a'), 505],
    ['HTTP/0.9', get('GET /a HTTP/0.9', 'Host: a'), 505],
    ['HTTP/0.9 without a version', 'GET /a\r\n\r\n', 505],
    ['HTTP/2.0 and a bad Host', get('GET /a HTTP/2.0', 'Host: a b'), 400],
    ['TRACE with a bad Host', get('TRACE /a HTTP/1.1', 'Host: a b'), 400],
    ['a transfer coding', get('POST /b HTTP/1.1', 'Host: a', 'Transfer-Encoding: gzip'), 501],
    [
      'a transfer coding before chunked',
      `${get('POST /b HTTP/1.1', 'Host: a', 'Transfer-Encoding: gzip, chunked')}0\r\n\r\n`,
      501,
    ],
    [
      'chunks in HTTP/1.0',
      `${get('POST /b HTTP/1.0', 'Host: a', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
      400,
    ],
    ['an expectation nobody knows', get('GET /a HTTP/1.1', 'Host: a', 'Expect: magic'), 417],
    ['a second expectation', get('GET /a HTTP/1.1', 'Host: a', 'Expect: 100-continue, x'), 417],
  ] as const)('refuse %s', async (_name, request, status) => {
    const port = await startServer(framework)
    const answer = parseAnswer(await exchange(port, request))
    expect(answer.status).toBe(status)
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    expect(field(answer, 'Date')).toBeDefined()
    expect(field(answer, 'Connection')).toBe('close')
    expect(JSON.parse(answer.content)).toMatchObject({ status })
  })

  it.each([
    ['a name', get('GET /a HTTP/1.1', 'Host: example.com'), 'example.com'],
    ['a port', get('GET /a HTTP/1.1', 'Host: example.com:8080'), 'example.com:8080'],
    ['no port behind a colon', get('GET /a HTTP/1.1', 'Host: example.com:'), 'example.com:'],
    ['an address', get('GET /a HTTP/1.1', 'Host: 127.0.0.1'), '127.0.0.1'],
    ['an IPv6 address', get('GET /a HTTP/1.1', 'Host: [::1]:80'), '[::1]:80'],
    ['an address of the future', get('GET /a HTTP/1.1', 'Host: [v1.a:b]'), '[v1.a:b]'],
    ['marks', get('GET /a HTTP/1.1', 'Host: a_b~c'), 'a_b~c'],
    ['an encoded letter', get('GET /a HTTP/1.1', 'Host: %41'), '%41'],
    ['an absolute target', get('GET http://real/a HTTP/1.1', 'Host: other'), 'real'],
  ])('let pass %s', async (_name, request, host) => {
    const port = await startServer(framework)
    const answer = parseAnswer(await exchange(port, request))
    expect([answer.status, answer.content]).toEqual([200, `host ${host}`])
  })

  it.each([
    ['an empty Host', get('GET /a HTTP/1.1', 'Host:')],
    ['HTTP/1.0 without Host', get('GET /a HTTP/1.0')],
    ['an expectation in HTTP/1.0', get('GET /a HTTP/1.0', 'Expect: magic')],
  ])('let pass %s', async (_name, request) => {
    const port = await startServer(framework)
    expect(parseAnswer(await exchange(port, request)).status).toBe(200)
  })

  it('keep the connection after a bad Host', async () => {
    const port = await startServer(framework)
    const raw = await exchange(port, [
      'GET /a HTTP/1.1\r\nHost: a b\r\n\r\n',
      get('GET /a HTTP/1.1', 'Host: a'),
    ])
    expect(parseAnswers(raw, ['GET', 'GET']).map(({ status }) => status)).toEqual([400, 200])
  })
})

describe.each(frameworks)('%s: trustedHosts', (framework) => {
  const semantics = { trustedHosts: ['Example.com', '.example.org', '[::1]'] }

  it.each([
    ['example.com', 200],
    ['EXAMPLE.COM:8080', 200],
    ['example.org', 200],
    ['a.b.Example.org', 200],
    ['[::1]:80', 200],
    ['www.example.com', 400],
    ['example.com.', 400],
    ['a.example.org.', 400],
    ["';alert(1);'.example.org", 400],
    ['badexample.org', 400],
    ['example.com.evil.net', 400],
    ['', 400],
  ])('answer %j with %i', async (name, status) => {
    const port = await startServer(framework, { semantics })
    const raw = await exchange(port, get('GET /a HTTP/1.1', `Host: ${name}`))
    expect(parseAnswer(raw).status).toBe(status)
  })

  it.each([
    [false, 'example.com', 'evil.net', 200],
    [false, 'evil.net', 'example.com', 400],
    [true, 'example.com', 'evil.net', 400],
    [true, 'internal', 'example.com', 200],
  ])('mean X-Forwarded-Host where a proxy is trusted: %s', async (trustProxy, own, far, status) => {
    const port = await startServer(framework, { semantics, trustProxy })
    const raw = await exchange(
      port,
      get('GET /a HTTP/1.1', `Host: ${own}`, `X-Forwarded-Host: ${far}`),
    )
    expect(parseAnswer(raw).status).toBe(status)
  })

  it('look at the host of an absolute target', async () => {
    const port = await startServer(framework, { semantics })
    const evil = await exchange(port, get('GET http://evil.net/a HTTP/1.1', 'Host: example.com'))
    expect(parseAnswer(evil).status).toBe(400)
  })

  it.each([
    ['example.com', 'trustedHosts must be a list'],
    [[], 'trustedHosts must be a list'],
    [['https://example.com/'], "'https://example.com/'; write 'example.com'"],
    [['*.example.com'], "'*.example.com'; write '.example.com'"],
    [['a b'], "'a b'; write 'example.com'"],
    [[''], "''; write 'example.com'"],
    [[1], '1; write'],
  ])('refuse to start with %j', async (trustedHosts, message) => {
    const wrong = { semantics: { trustedHosts: trustedHosts as string[] } }
    await expect(startServer(framework, wrong)).rejects.toThrow(message)
    await expect(startServer(framework, wrong)).rejects.toThrow(TypeError)
  })
})

describe('The method guard alone', () => {
  it('leaves hosts to Node and the framework', () => {
    expect(() => express.methodGuard({ trustedHosts: [] } as object)).toThrow('unknown option')
    expect(() => koa.methodGuard({ trustedHosts: [] } as object)).toThrow('unknown option')
  })
})

/** Asks with an expectation, and sends the content only when the server says 100, as clients do. */
async function expectContinue(
  port: number,
  line: string,
  content: string,
  framing = `Content-Length: ${content.length}`,
): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let raw = ''
  let sent = false
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    raw += chunk.toString('latin1')
    if (!sent && raw.startsWith('HTTP/1.1 100 ')) {
      sent = true
      socket.write(content)
    }
  })
  socket.write(
    `${line} HTTP/1.1\r\n${host}Content-Type: text/plain\r\nExpect: 100-continue\r\n${framing}\r\n${close}\r\n`,
  )
  const closed = new Promise((resolve) => socket.on('close', resolve))
  const timer = new AbortController()
  await Promise.race([closed, setTimeout(2000, undefined, { signal: timer.signal })])
  timer.abort()
  const isOpen = !socket.destroyed
  socket.destroy()
  if (isOpen) throw new Error(`Still open after: ${raw}`)
  return raw
}

const statuses = (raw: string): string[] =>
  [...raw.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status)

describe.each(frameworks)('%s: Expect: 100-continue', (framework) => {
  it.each([
    ['a handler that reads', false, 'POST /b', ['100', '200'], 'hello'],
    ['a handler that reads late', false, 'POST /late', ['100', '200'], 'hello'],
    ['a parser that reads', true, 'POST /b', ['100', '200'], 'hello'],
    ['a handler that does not read', false, 'POST /unread', ['401'], 'hello'],
    ['another method', false, 'PUT /b', ['501'], 'hello'],
    ['another method, and a parser', true, 'POST /a', ['405'], 'hello'],
    ['a refused method', true, 'TRACE /b', ['405'], 'hello'],
    ['an unknown path', false, 'POST /missing', ['404'], 'hello'],
    ['a malformed path', true, 'POST /%zz', ['400'], 'hello'],
    ['content over the limit of a parser', true, 'POST /b', ['413'], 'x'.repeat(2000)],
  ])('to %s (parser: %s)', async (_name, parser, line, expected, content) => {
    const port = await startServer(framework, { parser })
    const raw = await expectContinue(port, line, content)
    expect(statuses(raw)).toEqual(expected)
    if (expected[0] === '100') expect(raw).toMatch(/5 bytes$/)
    else expect(raw).toMatch(/^Connection: close\r$/im)
  })

  it('sends 100 once before chunks', async () => {
    const port = await startServer(framework)
    const raw = await expectContinue(
      port,
      'POST /b',
      '3\r\nabc\r\n0\r\n\r\n',
      'Transfer-Encoding: chunked',
    )
    expect(statuses(raw)).toEqual(['100', '200'])
    expect(raw).toMatch(/3 bytes$/)
  })

  it('keeps the connection where the content was read', async () => {
    const port = await startServer(framework)
    const post = `POST /b HTTP/1.1\r\n${host}Content-Type: text/plain\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n`
    const raw = await exchange(port, [post, 'hello', get('GET /a HTTP/1.1', 'Host: a')])
    expect(statuses(raw).at(-1)).toBe('200')
    expect(raw).toMatch(/5 bytes/)
    expect(raw).toMatch(/host a$/)
  })

  it('keeps answers in order', async () => {
    const port = await startServer(framework)
    const raw = await exchange(
      port,
      `GET /slow HTTP/1.1\r\n${host}\r\nPOST /b HTTP/1.1\r\n${host}${close}Content-Type: text/plain\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello`,
    )
    expect(statuses(raw).filter((status) => status !== '100')).toEqual(['200', '200'])
    expect(raw.indexOf('slow')).toBeLessThan(raw.indexOf('5 bytes'))
  })

  it('is left to another listener that an app has for it', async () => {
    const port = await startServer(framework, {
      prepare: (server) =>
        server.on('checkContinue', (_request, response) => response.writeHead(418).end()),
    })
    expect(statuses(await expectContinue(port, 'POST /b', 'hello'))).toEqual(['418'])
  })
})
