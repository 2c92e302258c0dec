import type { ServerResponse } from 'node:http'
import Express from 'express'
import { describe, expect, it } from 'vitest'
import { start, type App } from './apps.ts'
import { frameworks } from './hosts.ts'
import { listen } from './violations.ts'
import { field, send } from './wire.ts'

/** What others do to a response, or set on it. */
const app: App = {
  routes: [
    [
      'GET',
      '/prototype',
      (reply) => {
        const response = reply.raw()
        // As an Express app does it that a handler hands the request to.
        Object.setPrototypeOf(response, Express().response)
        response.statusCode = 401
        response.end('no')
      },
    ],
    [
      'GET',
      '/length',
      (reply) => {
        const response = reply.raw()
        Object.setPrototypeOf(response, Express().response)
        response.setHeader('Content-Length', 2)
        response.end('hiHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nevil!')
      },
    ],
    [
      'GET',
      '/end',
      (reply) => {
        const response = reply.raw()
        const end = response.end.bind(response)
        const wrapped = (...parameters: Parameters<typeof end>): ServerResponse => {
          if (!response.headersSent) response.setHeader('X-Frame-Options', 'DENY')
          return end(...parameters)
        }
        Object.assign(response, { end: wrapped })
        response.end('hello')
      },
    ],
    [
      'GET',
      '/null',
      (reply) => {
        const response = reply.raw()
        for (const [name, value] of [
          ['X-Request-Id', null],
          ['Last-Modified', new Date(0)],
          ['Location', new URL('http://localhost/')],
        ] as const) {
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Node takes beyond its types
          response.setHeader(name, value as unknown as string)
        }
        response.end('hello')
      },
    ],
    [
      'GET',
      '/processing',
      async (reply) => {
        const response = reply.raw()
        const told = new Promise<void>((resolve) => {
          // oxlint-disable-next-line typescript/unbound-method -- its callback is not in its type
          Reflect.apply(response.writeProcessing, response, [resolve])
        })
        await told
        response.end('hello')
      },
    ],
    [
      'GET',
      '/upgrade',
      (reply) => {
        const response = reply.raw()
        response.statusCode = 426
        response.setHeader('Upgrade', 'websocket').setHeader('Connection', 'upgrade')
        response.end()
      },
    ],
    [
      'GET',
      '/class',
      (reply) => {
        const response = reply.raw()
        response.end(`${response.constructor.name} ${response.req.constructor.name}`)
      },
    ],
  ],
}

describe.each(frameworks)('a response on %s', (framework) => {
  const ask = async (target: string) => send(await start(framework, app), { method: 'GET', target })

  it('keeps the rules where another Express app has put its prototype on it', async () => {
    const answer = await ask('/prototype')
    expect(answer.status).toBe(401)
    expect(field(answer, 'WWW-Authenticate')).toBe('Session realm="app"')
    expect(field(answer, 'X-Frame-Options')).toBe('SAMEORIGIN')
  })

  it('says its true length there', async () => {
    const answer = await ask('/length')
    expect(answer.content).toMatch(/evil!$/)
    expect(field(answer, 'Content-Length')).toBe(String(answer.content.length))
  })

  it('has one field where whatever wraps `end` sets it late', async () => {
    expect(field(await ask('/end'), 'X-Frame-Options')).toBe('DENY')
  })

  it('takes whatever Node makes a text of', async () => {
    const answer = await ask('/null')
    expect(answer.status).toBe(200)
    expect(field(answer, 'X-Request-Id')).toBe('null')
    expect(field(answer, 'Location')).toBe('http://localhost/')
  })

  it('calls back when a 102 is out', async () => {
    expect((await ask('/processing')).raw).toMatch(/^HTTP\/1\.1 102 [^]+hello$/)
  })

  it('says close beside the option of a handler, which is no fault of it', async () => {
    const violations = listen()
    const answer = await ask('/upgrade')
    expect(answer.status).toBe(426)
    expect(field(answer, 'Connection')).toBe('close, upgrade')
    expect(violations).toEqual([])
  })

  it('has the class names of Node', async () => {
    expect((await ask('/class')).content).toBe('ServerResponse IncomingMessage')
  })
})
