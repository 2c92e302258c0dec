import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareCodePoints, formatFloat, JsonReader, quoteAscii } from './json-text.ts'

const reader = (text: string): JsonReader =>
  new JsonReader(text, { dict: (members) => ({ ...members }), float: (value) => ({ value }) })

describe('JsonReader', () => {
  it.each<[string, unknown]>([
    [' { "a" : [ 1 , true ] } \r\n\t', { a: [1, true] }],
    ['{"a":1,"b":2,"a":3}', { a: 3, b: 2 }],
    ['[null,false,"",{},[]]', [null, false, '', {}, []]],
    ['-0', 0],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 9_007_199_254_740_992n],
    ['-9007199254740993', -9_007_199_254_740_993n],
    ['1.5', { value: 1.5 }],
    ['1E2', { value: 100 }],
    ['1e999', { value: Number.POSITIVE_INFINITY }],
    ['NaN', Number.NaN],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    [String.raw`"\ud83d\ude00\n\/"`, '😀\n/'],
    ['"\u007f\u2028中"', '\u007f\u2028中'],
  ])('reads %s', (text, value) => {
    expect(reader(text).document()).toEqual(value)
  })

  it.each([
    '',
    ' ',
    '{',
    '{}}',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '[1,]',
    '[1 2]',
    '01',
    '1.',
    '.5',
    '+1',
    '-',
    '- 1',
    '1e',
    'nul',
    'nan',
    '-NaN',
    'undefined',
    '"',
    '"\\"',
    '"\t"',
    '"\u0000"',
    '"\u001f"',
    String.raw`"\x"`,
    String.raw`"\u12"`,
    '\ufeff{}',
    '\u00a01',
    '/**/1',
  ])('refuses %j', (text) => {
    expect(() => reader(text).document()).toThrow(SyntaxError)
  })

  it('reads what JSON.parse reads, and refuses what it refuses', () => {
    const signs = Array.from('{}[],:"\\ 10.-eu')
    const piece = fc.constantFrom(...signs, 'true', 'null', '"a"', '"b":', '\\n', '\t')
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.json(),
    )
    fc.assert(
      fc.property(text, (text) => {
        const parse = (): unknown => new JsonReader(text, plain).document()
        let right: unknown
        try {
          right = JSON.parse(text)
        } catch {
          expect(parse).toThrow(SyntaxError)
          return
        }
        expect(JSON.stringify(parse(), numbers)).toBe(JSON.stringify(right))
      }),
      { numRuns: 3000 },
    )
  })

  it('keeps the text of the members, and their values', () => {
    const text = String.raw`{ "b" : [1, 2 ] ,"\u0061":{"x":1.0 },"__proto__": NaN, "b":2}`
    const { texts, values } = reader(text).members()
    expect(Array.from(texts)).toEqual([
      ['b', '2'],
      ['a', '{"x":1.0 }'],
      ['__proto__', 'NaN'],
    ])
    expect(Array.from(values.keys())).toEqual(['b', 'a', '__proto__'])
    expect([values.get('b'), values.get('__proto__')]).toEqual([2, Number.NaN])
  })

  it.each(['[]', '1', '', 'null', '"a"'])('finds no members in %s', (text) => {
    expect(() => reader(text).members()).toThrow('expected an object')
  })

  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('reads 1,000 levels of %s and no more, however many there are', (_, open, close) => {
    const nested = (levels: number): string =>
      `${open.repeat(levels)}1${close.repeat(levels)}`.replace('{"a":}', '{}')
    expect(() => reader(nested(1000)).document()).not.toThrow()
    expect(() => reader(nested(1001)).document()).toThrow('at most 1000 levels')
    expect(() => reader(open.repeat(1_000_000)).document()).toThrow('at most 1000 levels')
  })

  it.each(['[]', '{}'])('reads any number of %s beside each other', (text) => {
    expect(
      reader(`[${Array.from({ length: 2000 }, () => text).join(',')}]`).document(),
    ).toHaveLength(2000)
  })

  it('reads 4,300 digits and no more, as Python', () => {
    expect(reader('9'.repeat(4300)).document()).toBe(BigInt('9'.repeat(4300)))
    expect(() => reader('9'.repeat(4301)).document()).toThrow('at most 4300 digits')
  })

  it('tells where, and nothing of what', () => {
    expect(() => reader('{"password":secret}').document()).toThrow(
      /^session: expected a value at character 12 of the JSON text$/,
    )
    expect(() => reader(String.raw`"secret\x"`).document()).toThrow(
      /^session: expected an escape of JSON at character 10 of the JSON text$/,
    )
  })
})

/** Numbers and objects as `JSON.parse` has them. */
const plain = {
  dict: (members: Record<string, unknown>): unknown => members,
  float: (value: number): unknown => value,
}
const numbers = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : value

describe('quoteAscii', () => {
  it.each([
    ['', '""'],
    ['a/b', '"a/b"'],
    ['"\\\b\f\n\r\t', String.raw`"\"\\\b\f\n\r\t"`],
    ['\u0000\u001f\u007f\u00e9\u2028', String.raw`"\u0000\u001f\u007f\u00e9\u2028"`],
    ['😀\ud800', String.raw`"\ud83d\ude00\ud800"`],
  ])('writes %j', (text, quoted) => {
    expect(quoteAscii(text)).toBe(quoted)
  })
})

describe('formatFloat', () => {
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-1.5, '-1.5'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [123_456_789_012_345_680, '1.2345678901234568e+17'],
    [1e22, '1e+22'],
    [1e100, '1e+100'],
    [0.0001, '0.0001'],
    [0.000_01, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [5e-324, '5e-324'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('writes %d as %s', (value, text) => {
    expect(formatFloat(value)).toBe(text)
  })
})

describe('compareCodePoints', () => {
  it('sorts as Python does', () => {
    const sorted = [
      '',
      'A',
      'a',
      'aa',
      'b',
      '中',
      '\ud800',
      '\ud83d',
      '\ue000',
      '\uff61',
      '😀',
      '😀a',
    ]
    expect(sorted.toReversed().toSorted(compareCodePoints)).toEqual(sorted)
  })
})
