import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { createNegotiation, negotiate, type Variant } from './negotiation.ts'

const html = { type: 'text/html; charset=utf-8' }
const json = { type: 'application/json' }
const en = { language: 'en' }
const tw = { language: 'zh-TW' }
const plain = {}
const gzip = { encoding: 'gzip' }
const br = { encoding: 'br' }

function chosen<V extends Variant>(preferences: object, variants: readonly V[]): V | undefined {
  const result = negotiate(preferences, variants)
  return result.action === 'chosen' ? result.variant : undefined
}

describe('negotiate', () => {
  it.each<[string | undefined, object | undefined]>([
    [undefined, html],
    ['', html],
    ['*/*', html],
    ['application/json', json],
    ['application/json; charset=utf-8', json],
    ['application/*', json],
    ['text/html, application/json;q=0.9', html],
    ['text/html;q=0.8, application/json', json],
    ['text/*;q=0.3, */*;q=0.5', json],
    ['text/html;q=0, */*', json],
    ['*/*;q=0', undefined],
    ['image/png', undefined],
    ['application/problem+json', undefined],
  ])('for Accept: %s chooses %j', (accept, variant) => {
    expect(chosen({ accept }, [html, json])).toBe(variant)
  })

  it.each<[string | undefined, object]>([
    [undefined, en],
    ['', en],
    ['zh', tw],
    ['zh-tw, en;q=0.9', tw],
    ['en-GB, zh;q=0.9', en],
    ['de', en],
    ['de, zh;q=0.1', tw],
    ['zh-Hant-TW', tw],
    ['zh-Hant-TW, en;q=0.5', tw],
    ['zh-HK;q=0.4, en;q=0.5', en],
    ['zh-CN, zh;q=0.1, en;q=0.5', en],
    ['zh-CN;q=0, en;q=0.5', en],
    ['zh-CN; Q=0.000 , de', en],
    ['EN-GB, ZH', en],
    ['zh-CN;q=0, *;q=0.5, en;q=0.1', tw],
    ['*', en],
  ])('for Accept-Language: %s chooses %j', (acceptLanguage, variant) => {
    expect(chosen({ acceptLanguage }, [en, tw])).toBe(variant)
  })

  it('gives 406 for a language when told to', () => {
    const choose = createNegotiation([en, tw], { requireLanguage: true })
    expect(choose({ acceptLanguage: 'de' }).action).toBe('not-acceptable')
    expect(choose({ acceptLanguage: 'de, *;q=0.1' }).action).toBe('chosen')
  })

  // RFC 9110 section 12.5.3.
  it.each<[string | undefined, object | undefined]>([
    [undefined, plain],
    ['', plain],
    ['gzip, deflate, br', br],
    ['gzip, br;q=0.9', gzip],
    ['GZIP', gzip],
    ['*', br],
    ['identity', plain],
    ['gzip;q=0, br;q=0', plain],
    ['zstd', plain],
    ['gzip;q=0.5, identity', plain],
    ['identity;q=0', undefined],
    ['*;q=0', undefined],
    ['gzip, *;q=0', gzip],
  ])('for Accept-Encoding: %s chooses %j', (acceptEncoding, variant) => {
    expect(chosen({ acceptEncoding }, [plain, br, gzip])).toBe(variant)
  })

  it.each<[string | undefined, object | undefined]>([
    [undefined, gzip],
    ['gzip', gzip],
    ['', undefined],
    ['br', undefined],
  ])('for Accept-Encoding: %s chooses %j, where there is only gzip', (acceptEncoding, variant) => {
    expect(chosen({ acceptEncoding }, [gzip])).toBe(variant)
  })

  it('lets the type decide before the language, and the language before the coding', () => {
    const variants = [
      { ...html, ...en },
      { ...html, ...en, ...gzip },
      { ...html, ...tw },
      { ...json, ...tw },
    ]
    const choose = (accept: string, acceptLanguage: string, acceptEncoding: string): unknown =>
      chosen({ accept, acceptLanguage, acceptEncoding }, variants)
    expect(choose('application/json, text/html;q=0.9', 'en', 'gzip')).toBe(variants[3])
    expect(choose('text/html', 'zh-TW, en;q=0.9', 'gzip')).toBe(variants[2])
    expect(choose('text/html', 'en', 'gzip')).toBe(variants[1])
    expect(choose('text/html', 'en', 'identity')).toBe(variants[0])
  })

  it('returns the very variant, with all its members', () => {
    const variants = [{ type: 'text/html', write: (): string => '<p>' }]
    const result = negotiate({}, variants)
    if (result.action === 'chosen') expectTypeOf(result.variant.write).toBeFunction()
    expect(result.action === 'chosen' && result.variant).toBe(variants[0])
  })

  it('brings the fields of the answer', () => {
    const variants = [
      { ...html, ...en },
      { ...json, ...en, ...gzip },
    ]
    expect(negotiate({ accept: 'application/json', acceptEncoding: 'gzip' }, variants)).toEqual({
      action: 'chosen',
      variant: variants[1],
      vary: ['Accept', 'Accept-Encoding'],
      fields: [
        ['Content-Type', 'application/json'],
        ['Content-Language', 'en'],
        ['Content-Encoding', 'gzip'],
        ['Vary', 'Accept, Accept-Encoding'],
      ],
    })
    expect(negotiate({ accept: 'image/png' }, variants)).toEqual({
      action: 'not-acceptable',
      status: 406,
      variants,
      vary: ['Accept', 'Accept-Language', 'Accept-Encoding'],
      fields: [['Vary', 'Accept, Accept-Language, Accept-Encoding']],
    })
  })

  it('varies on nothing where there is no choice', () => {
    expect(negotiate({}, [json])).toMatchObject({ vary: [], fields: [['Content-Type', json.type]] })
    expect(negotiate({}, [{ encoding: 'identity' }])).toMatchObject({ vary: [], fields: [] })
  })

  it.each<[string, Variant[], object | undefined, string]>([
    ['no variants', [], undefined, 'variants must be a list such as'],
    [
      'a type that is none',
      [{ type: 'html' }],
      undefined,
      "variants[0].type must be like 'text/html; charset=utf-8', got 'html'",
    ],
    [
      'a language that is none',
      [json, { language: 'en, de' }],
      undefined,
      'variants[1].language must be',
    ],
    [
      'a coding that is none',
      [{ encoding: 'gzip, br' }],
      undefined,
      'variants[0].encoding must be',
    ],
    [
      'an unknown option',
      [json],
      { strict: true },
      "options: unknown option 'strict'; the options are requireLanguage",
    ],
  ])('throws on %s', (_, variants, options, message) => {
    expect(() => negotiate({}, variants, options)).toThrow(TypeError)
    expect(() => negotiate({}, variants, options)).toThrow(message)
  })

  it('throws on nothing a client sends, and always has an answer', () => {
    const choose = createNegotiation([
      { ...html, ...en },
      { ...json, ...tw, ...gzip },
    ])
    const value = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.string({
        unit: fc.constantFrom(
          '*',
          '/',
          ';',
          ',',
          '=',
          '"',
          '\\',
          'q=',
          '0',
          '.5',
          'text',
          'gzip',
          'en',
          '-',
          ' ',
        ),
      }),
    )
    fc.assert(
      fc.property(value, value, value, (accept, acceptLanguage, acceptEncoding) => {
        const { action } = choose({ accept, acceptLanguage, acceptEncoding })
        expect(['chosen', 'not-acceptable']).toContain(action)
      }),
      { numRuns: 3000, seed: 9110 },
    )
  })

  it('is done with a long field in time', () => {
    const choose = createNegotiation([html, json])
    const start = performance.now()
    for (const part of ['a/b,', 'a/b;q=0,', ';a="', '"\\', ' ', ',', 'a/b;a=b;']) {
      const value = part.repeat(16_000 / part.length)
      choose({ accept: value, acceptLanguage: value, acceptEncoding: value })
    }
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
