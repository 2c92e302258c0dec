import { describe, expect, it } from 'vitest'
import { start, type Handler } from './apps.ts'
import { frameworks } from './hosts.ts'
import { field, send } from './wire.ts'

/** Heads that Node throws for as they are to leave. */
const refused: readonly (readonly [string, Handler])[] = [
  [
    'a reason phrase that is not ASCII, on a 204',
    (reply) => {
      const response = reply.raw()
      response.statusCode = 204
      response.statusMessage = '沒有內容'
      response.end()
    },
  ],
  [
    'a reason phrase that is not ASCII, with content',
    (reply) => {
      const response = reply.raw()
      response.statusCode = 200
      response.statusMessage = '好'
      response.end('content')
    },
  ],
  [
    'a status of four digits',
    (reply) => {
      const response = reply.raw()
      response.statusCode = 1000
      response.end('content')
    },
  ],
]

// Fastify has no answer of its own for a reply that was taken from it.
describe.each(['express', 'koa'] as const)('%s answers 500', (framework) => {
  it.each(refused)('where a handler sets %s', async (_name, handler) => {
    const port = await start(framework, { routes: [['GET', '/x', handler]] })
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(port, { method, target: '/x' })
      expect(answer.status).toBe(500)
      expect(field(answer, 'Content-Type')).toBe('application/problem+json')
      expect(answer.content).not.toContain('RangeError')
    }
  })
})

describe.each(frameworks)('%s', (framework) => {
  it('answers HEAD where GET announces trailers', async () => {
    const handler: Handler = (reply) => {
      const response = reply.raw()
      response.statusCode = 200
      response.setHeader('Trailer', 'x')
      response.write('content')
      response.addTrailers({ x: '1' })
      response.end()
    }
    const port = await start(framework, { routes: [['GET', '/x', handler]] })
    expect((await send(port, { method: 'HEAD', target: '/x' })).status).toBe(200)
  })

  it.each([
    ['an extension named toJSON', 400, { status: 400, expose: true, problem: { toJSON() {} } }],
    ['a field that is no text', 500, { headers: { x: [Object.create(null)] } }],
    [
      'a status that cannot be read',
      500,
      Object.defineProperty(new Error('x'), 'status', { get: throwing }),
    ],
  ])('answers an error with %s', async (_name, status, error) => {
    const handler: Handler = () => {
      throw error
    }
    const port = await start(framework, { routes: [['GET', '/x', handler]] })
    const answer = await send(port, { method: 'GET', target: '/x' })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.content)).toMatchObject({ status })
  })
})

function throwing(): never {
  throw new Error('secret')
}
