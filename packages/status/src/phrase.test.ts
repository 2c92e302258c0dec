import { STATUS_CODES } from 'node:http'

import { describe, expect, expectTypeOf, it } from 'vitest'

import {
  assertStatusCode,
  isRegistered,
  reasonPhrase,
  statusCode,
  statusCodes,
  statuses,
  statusName,
  type ReasonPhrase,
  type StatusCode,
  type StatusCodeOf,
  type StatusName,
} from './index.ts'

const all = Array.from({ length: 900 }, (_, index) => index + 100)

describe('reasonPhrase and statusName', () => {
  it('answer from 100 to 999, with undefined where there is no row', () => {
    const rows = new Map<number, { phrase: string; name: string }>(
      statuses.map((status) => [status.code, status]),
    )
    for (const code of all) {
      expect(isRegistered(code)).toBe(rows.has(code))
      expect(reasonPhrase(code)).toBe(rows.get(code)?.phrase)
      expect(statusName(code)).toBe(rows.get(code)?.name)
    }
  })

  it.each([99, 1000, 200.5, Number.NaN])('throw a RangeError for %d', (code) => {
    expect(() => reasonPhrase(code)).toThrow(RangeError)
    expect(() => statusName(code)).toThrow(RangeError)
    expect(() => isRegistered(code)).toThrow(RangeError)
    expect(() => assertStatusCode(code)).toThrow(RangeError)
  })

  it('infer literals', () => {
    expectTypeOf(reasonPhrase(404)).toEqualTypeOf<'Not Found'>()
    expectTypeOf<ReasonPhrase<413>>().toEqualTypeOf<'Content Too Large'>()
    expectTypeOf<ReasonPhrase<401 | 403>>().toEqualTypeOf<'Unauthorized' | 'Forbidden'>()
    expectTypeOf(statusName(203)).toEqualTypeOf<'NonAuthoritativeInformation'>()
    expectTypeOf<StatusName<207>>().toEqualTypeOf<'MultiStatus'>()
    expectTypeOf<StatusName<418>>().toEqualTypeOf<'ImATeapot'>()
    expectTypeOf(reasonPhrase(Number('404'))).toEqualTypeOf<ReasonPhrase | undefined>()
    expectTypeOf(reasonPhrase(471)).toEqualTypeOf<ReasonPhrase | undefined>()
  })

  it('narrow a number to a registered code', () => {
    const code = Number('404')
    if (isRegistered(code)) expectTypeOf(code).toEqualTypeOf<StatusCode>()
    expect(isRegistered(code)).toBe(true)
  })
})

describe('compared with http.STATUS_CODES of Node', () => {
  const ours = new Map<number, string>(statuses.map(({ code, phrase }) => [code, phrase]))
  const theirs = new Map(Object.entries(STATUS_CODES).map(([code, text]) => [Number(code), text]))
  const codes = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted((a, b) => a - b)

  /** [code, ours, Node's, why] */
  const differences = [
    [104, 'Upload Resumption Supported', undefined, 'registered for the time being'],
    [306, '(Unused)', undefined, 'reserved'],
    [413, 'Content Too Large', 'Payload Too Large', 'renamed by RFC 9110'],
    [418, '(Unused)', "I'm a Teapot", 'reserved; the joke of RFC 2324 was never registered'],
    [422, 'Unprocessable Content', 'Unprocessable Entity', 'renamed by RFC 9110'],
    [509, undefined, 'Bandwidth Limit Exceeded', 'never registered, see the vendor entry'],
  ] as const

  it.each(differences)('%i is %s and not %s: %s', (code, phrase, text) => {
    expect([ours.get(code), theirs.get(code)]).toEqual([phrase, text])
  })

  it('has no other difference', () => {
    const differing = codes.filter((code) => ours.get(code) !== theirs.get(code))
    expect(differing).toEqual(differences.map(([code]) => code))
  })

  it('finds the code of every text Node sends, but for 509', () => {
    const lost = [...theirs].filter(([code, text]) => statusCode(text ?? '') !== code)
    expect(lost.map(([code]) => code)).toEqual([509])
  })
})

describe('statusCode', () => {
  it('finds every code by its name, its phrase and its old phrases, in any case', () => {
    for (const { code, name, phrase, oldPhrases, state } of statuses) {
      const texts = [name, ...(state === 'reserved' ? [] : [phrase]), ...oldPhrases]
      for (const text of texts) {
        expect(statusCode(text)).toBe(code)
        expect(statusCode(text.toUpperCase())).toBe(code)
      }
    }
  })

  it.each(['(Unused)', 'No Such Thing', '', '404', 'constructor', '__proto__'])(
    'finds no code for %j',
    (text) => {
      expect(statusCode(text)).toBeUndefined()
    },
  )

  it('infers the code', () => {
    expectTypeOf(statusCode('Not Found')).toEqualTypeOf<404>()
    expectTypeOf(statusCode('NotFound')).toEqualTypeOf<404>()
    expectTypeOf(statusCode('Payload Too Large')).toEqualTypeOf<413>()
    expectTypeOf<StatusCodeOf<'Gone' | 'Found'>>().toEqualTypeOf<302 | 410>()
    expectTypeOf(statusCode('Not Found'.slice(0))).toEqualTypeOf<StatusCode | undefined>()
    expectTypeOf(statusCode('(Unused)')).toEqualTypeOf<StatusCode | undefined>()
  })
})

describe('statusCodes', () => {
  it('lists what isRegistered says yes to', () => {
    expect(statusCodes).toEqual(all.filter((code) => isRegistered(code)))
    expectTypeOf(statusCodes).toEqualTypeOf<readonly StatusCode[]>()
  })
})
