import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { LeadingLines, nodeStore } from './leading-lines.ts'
import { exchange, last, listen, parse } from './wire.test.helper.ts'

const lines = new LeadingLines(
  (response) => `X-First: ${response.hasHeader('x-late') ? 'late' : 'early'}\r\n`,
)

const newResponse = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()))

/** The raw answer of a server. */
async function answerOf(listener: RequestListener): Promise<string> {
  const { port } = await listen(listener)
  return exchange(port, last('GET /'))
}

describe('LeadingLines', () => {
  it.each<[string, string, string, (response: ServerResponse) => unknown]>([
    ['by end', '200 OK', 'hello', (response) => response.end('hello')],
    ['by write', '200 OK', 'hel', (response) => (response.write('hel'), response.end('lo'))],
    [
      'by writeHead with fields',
      '201 Created',
      'hello',
      (response) => response.writeHead(201, { 'Content-Length': 5 }).end('hello'),
    ],
    [
      'by flushHeaders',
      '200 OK',
      'hello',
      (response) => (response.flushHeaders(), response.end('hello')),
    ],
    ['without content', '204 No Content', '', (response) => response.writeHead(204).end()],
  ])('come first, once, in an answer that is sent %s', async (_case, status, content, send) => {
    const raw = await answerOf((_request, response) => {
      expect(lines.lead(response)).toBe(true)
      expect(lines.lead(response)).toBe(true)
      send(response)
    })
    expect(raw).toMatch(new RegExp(`^HTTP/1.1 ${status}\\r\\nX-First: early\\r\\n`))
    expect(raw.match(/^x-first:/gim)).toHaveLength(1)
    expect(raw.split('\r\n\r\n').slice(1).join()).toContain(content)
  })

  it('are asked for as the header section is written', async () => {
    const raw = await answerOf((_request, response) => {
      lines.lead(response)
      response.setHeader('X-Late', '1').end()
    })
    expect(raw.split('\r\n')[1]).toBe('X-First: late')
  })

  it('leave a response that goes to no client alone', () => {
    const response = newResponse()
    expect(lines.lead(response)).toBe(false)
    expect(Object.hasOwn(response, '_storeHeader')).toBe(false)
  })

  it('leave a response alone whose header section somebody else writes, or another Node', async () => {
    const others = new LeadingLines(
      () => 'X-First: 1\r\n',
      () => undefined,
    )
    const raw = await answerOf((_request, response) => {
      expect(others.lead(response)).toBe(false)
      response.end()
    })
    expect(parse(raw).fields).not.toHaveProperty('x-first')
  })

  it('are known to fit this version of Node', () => {
    expect(nodeStore).toBeTypeOf('function')
  })
})
