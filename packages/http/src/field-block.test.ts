import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { FieldBlock } from './field-block.ts'
import { exchange, last, listen, parse } from './wire.test.helper.ts'

const block = new FieldBlock([
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
])

/** The raw answer of a server. */
async function answerOf(listener: RequestListener): Promise<string> {
  const { port } = await listen(listener)
  return exchange(port, last('GET /'))
}

describe('FieldBlock', () => {
  it.each<[string, RequestListener]>([
    [
      'an answer with content',
      (_request, response) => {
        block.set(response)
        response.writeHead(200, { 'Content-Length': 5 })
        block.append(response)
        response.end('hello')
      },
    ],
    [
      'an answer that has one of the fields',
      (_request, response) => {
        block.set(response)
        response.setHeader('x-frame-options', 'DENY').writeHead(200, { 'Content-Length': 5 })
        block.append(response)
        response.end('hello')
      },
    ],
    [
      'an answer whose writeHead is put off',
      (_request, response) => {
        block.set(response)
        block.append(response)
        response.setHeader('Content-Length', 5).end('hello')
      },
    ],
  ])('gives %s each field once, in a whole header section', async (_case, listener) => {
    const raw = await answerOf(listener)
    expect(raw.match(/^x-frame-options: DENY\r$/gim)).toHaveLength(1)
    expect(raw.match(/^referrer-policy: no-referrer\r$/gim)).toHaveLength(1)
    expect(parse(raw).content).toBe('hello')
  })

  it('leaves a field of the handler as it is', async () => {
    const raw = await answerOf((_request, response) => {
      block.set(response.setHeader('X-Frame-Options', 'SAMEORIGIN'))
      response.writeHead(204)
      block.append(response)
      response.end()
    })
    expect(parse(raw).fields).toMatchObject({
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    })
  })

  it('sets the fields at once on a response that goes to no client', () => {
    const response = new ServerResponse(new IncomingMessage(new Socket()))
    expect(block.set(response)).toBe(false)
    expect(response.getHeader('x-frame-options')).toBe('DENY')
  })

  it.each([
    ['a line break in a value', ['A', 'b\r\nC: d'], 'Invalid character in header content ["A"]'],
    ['a name that is none', ['A B', 'c'], 'Header name must be a valid HTTP token ["A B"]'],
  ] as const)('refuses %s', (_case, field, message) => {
    expect(() => new FieldBlock([field])).toThrow(message)
  })
})
