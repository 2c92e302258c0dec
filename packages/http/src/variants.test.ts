import { createNegotiation } from '@http-semantics/preconditions'
import { describe, expect, it } from 'vitest'
import { chooseVariant, type NegotiationHeaders } from './variants.ts'

const choose = createNegotiation([
  { type: 'text/html; charset=utf-8', language: 'en', write: () => 'hello' },
  { type: 'text/html; charset=utf-8', language: 'de', write: () => 'hallo' },
  { type: 'text/html; charset=utf-8', language: 'de', encoding: 'br', write: () => 'coded' },
])

/** A header section with these fields, and what becomes of them. */
function headOf(fields: Readonly<Record<string, unknown>> = {}): {
  getHeader(name: string): unknown
  setHeader(name: string, value: string | string[]): void
  readonly fields: Map<string, unknown>
} {
  const all = new Map(Object.entries(fields))
  return {
    fields: all,
    getHeader: (name) => all.get(name),
    setHeader: (name, value) => void all.set(name, value),
  }
}

const names = 'Accept-Language, Accept-Encoding'

describe('chooseVariant', () => {
  it.each<[string, NegotiationHeaders, Record<string, unknown>, Record<string, unknown>]>([
    ['nothing', {}, {}, { Vary: names }],
    ['a Vary', {}, { Vary: 'Origin' }, { Vary: `Origin, ${names}` }],
    [
      'the same Vary',
      {},
      { Vary: 'accept-encoding, Accept-Language' },
      { Vary: 'accept-encoding, Accept-Language' },
    ],
    ['a Vary of several lines', {}, { Vary: ['A', 'B'] }, { Vary: `A, B, ${names}` }],
    ['a Vary for all', {}, { Vary: '*' }, { Vary: '*' }],
    ['other fields', {}, { ETag: '"1"' }, { ETag: '"1"', Vary: names }],
  ])('adds to %s', (_name, headers, before, after) => {
    const head = headOf(before)
    expect(chooseVariant(choose, headers, head).write()).toBe('hello')
    expect(Object.fromEntries(head.fields)).toEqual({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': 'en',
      ...after,
    })
  })

  it('reads all three fields of a request', () => {
    const head = headOf()
    const headers = { accept: 'text/html', 'accept-language': 'de', 'accept-encoding': 'br' }
    expect(chooseVariant(choose, headers, head).write()).toBe('coded')
    expect(head.fields.get('Content-Encoding')).toBe('br')
  })

  it('lists the variants where none will do, and keeps Vary', () => {
    const head = headOf({ Vary: 'Origin' })
    const refuse = (): unknown => chooseVariant(choose, { accept: 'image/png' }, head)
    expect(refuse).toThrow(
      expect.objectContaining({
        status: 406,
        message: 'There is text/html',
        problem: {
          variants: [
            { type: 'text/html; charset=utf-8', language: 'en' },
            { type: 'text/html; charset=utf-8', language: 'de' },
            { type: 'text/html; charset=utf-8', language: 'de', encoding: 'br' },
          ],
        },
      }),
    )
    expect(Object.fromEntries(head.fields)).toEqual({ Vary: `Origin, Accept, ${names}` })
  })

  it.each([
    [[{ encoding: 'br' }], 'There is br'],
    [[{ language: 'en', encoding: 'br' }], 'There is en'],
  ])('lists %o as %s', (variants, message) => {
    const negotiation = createNegotiation(variants)
    const headers = { 'accept-encoding': 'gzip' }
    expect(() => chooseVariant(negotiation, headers, headOf())).toThrow(message)
  })
})
