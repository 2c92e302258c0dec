import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { FieldBlock } from './field-block.ts'

const block = new FieldBlock([
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
])

const newResponse = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()))

describe('FieldBlock', () => {
  it('has all of its fields in lines', () => {
    expect(block.lines).toBe('X-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n')
  })

  it.each([
    ['no field', [], block.lines],
    ['others', ['X-Other'], block.lines],
    ['one of them, in any case', ['x-frame-options'], 'Referrer-Policy: no-referrer\r\n'],
    ['all of them', ['X-Frame-Options', 'Referrer-Policy'], ''],
  ])('has the lines that lack in an answer with %s', (_case, names, lines) => {
    const response = newResponse()
    for (const name of names) response.setHeader(name, 'mine')
    expect(block.missingLines(response)).toBe(lines)
  })

  it('gives an answer the fields that it has not, and leaves the others', () => {
    const response = newResponse().setHeader('x-frame-options', 'SAMEORIGIN')
    block.setMissing(response)
    expect({ ...response.getHeaders() }).toEqual({
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    })
  })

  it.each([
    ['a line break in a value', ['A', 'b\r\nC: d'], 'Invalid character in header content ["A"]'],
    ['a name that is none', ['A B', 'c'], 'Header name must be a valid HTTP token ["A B"]'],
  ] as const)('refuses %s', (_case, field, message) => {
    expect(() => new FieldBlock([field])).toThrow(message)
  })
})
