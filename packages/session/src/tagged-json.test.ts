import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeValue, encodeValue, formatSession, parseSession } from './tagged-json.ts'
import { Float, Markup, Tuple, Uuid } from './values.ts'

const dict = (members: Record<string, unknown>): object =>
  Object.assign(Object.create(null) as object, members)

describe('encodeValue and decodeValue', () => {
  const pairs: [unknown, string][] = [
    [null, 'null'],
    [true, 'true'],
    [42, '42'],
    [new Float(1), '1.0'],
    [-0, '-0.0'],
    [1.5, '1.5'],
    [1e300, '1e+300'],
    [2 ** 53, '9007199254740992.0'],
    [2n ** 64n, '18446744073709551616'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    ['é', String.raw`"\u00e9"`],
    [[1, [2]], '[1,[2]]'],
    [Tuple.of(1, Tuple.of('a')), '{" t":[1,{" t":["a"]}]}'],
    [new Uint8Array([104, 105, 255]), '{" b":"aGn/"}'],
    [new Uint8Array(), '{" b":""}'],
    [new Markup('<b>'), '{" m":"<b>"}'],
    [new Uuid('0'.repeat(32)), '{" u":"00000000000000000000000000000000"}'],
    [new Date(0), '{" d":"Thu, 01 Jan 1970 00:00:00 GMT"}'],
    [dict({}), '{}'],
    [dict({ 10: 1, 9: 2, a: 3, A: 4 }), '{"10":1,"9":2,"A":4,"a":3}'],
    [dict({ t: 1 }), '{"t":1}'],
    [dict({ ' t': 1 }), '{" di":{" t__":1}}'],
    [dict({ ' t': 1, b: 2 }), '{" t":1,"b":2}'],
    [dict({ ' t__': 1 }), '{" t__":1}'],
    [
      dict({ ' di': dict({ ' di': Tuple.of(1) }) }),
      '{" di":{" di__":{" di":{" di__":{" t":[1]}}}}}',
    ],
  ]

  it.each(pairs.map(([value, text]) => [text, value] as const))('gives %s back', (text, value) => {
    expect(encodeValue(value)).toBe(text)
    expect(decodeValue(text)).toStrictEqual(value)
  })

  it.each<[string, unknown, string]>([
    ['a plain object', { b: 1, a: 2 }, '{"a":2,"b":1}'],
    ['a Map', new Map([[' t', 1]]), '{" di":{" t__":1}}'],
    ['a small bigint', 5n, '5'],
    ['a Buffer', Buffer.from('hi'), '{" b":"aGk="}'],
    ['an object with toJSON', { at: new URL('http://a/') }, '{"at":"http://a/"}'],
    ['members that are undefined', { a: undefined, ' t': 1 }, '{" di":{" t__":1}}'],
    ['items that are undefined', Object.assign([undefined], { 2: 1 }), '[null,null,1]'],
    ['symbols as keys', { [Symbol('a')]: 1 }, '{}'],
    ['one object twice', { a: dict({}), b: [dict({})] }, '{"a":{},"b":[{}]}'],
  ])('writes %s', (_, value, text) => {
    expect(encodeValue(value)).toBe(text)
  })

  it('reads bytes from the memory that is theirs', () => {
    const bytes = decodeValue('{" b":"aGk="}') as Uint8Array
    expect(bytes.buffer.byteLength).toBe(2)
    expect(encodeValue(new Uint8Array([1, 104, 105]).subarray(1))).toBe('{" b":"aGk="}')
  })

  class Cart {
    readonly items = 0
  }
  const loop: Record<string, unknown> = {}
  loop['again'] = [loop]
  const endless = { toJSON: (): unknown => [endless] }
  let deep: unknown = []
  for (let level = 0; level < 200; level += 1) deep = [deep]

  const refused: [unknown, string][] = [
    [undefined, 'cart cannot be kept in a session: it is undefined'],
    [{ a: [1, () => {}] }, 'cart.a[1] cannot be kept in a session: it is a function'],
    [[Symbol('a')], 'cart[0] cannot be kept in a session: it is a symbol'],
    [{ a: new Set() }, 'cart.a cannot be kept in a session: it is an instance of Set without'],
    [new Cart(), 'cart cannot be kept in a session: it is an instance of Cart without'],
    [Object.create(Object.create(Object.create(null))), 'it is an instance of a class without'],
    [Promise.resolve(), 'it is an instance of Promise without toJSON'],
    [new Map([[1, 2]]), 'cart cannot be kept in a session: it is a Map with a key that is no'],
    [[new Date(Number.NaN)], 'cart[0] cannot be kept in a session: it is a date outside the years'],
    [loop, 'cart.again[0] cannot be kept in a session: it is an object that it is in itself'],
    [endless, 'cart.toJSON()[0] cannot be kept in a session: it is an object that it is in itself'],
    [deep, '[0]… cannot be kept in a session: it is nested deeper than 200 levels'],
  ]

  it.each(refused.map(([value, message]) => [message, value] as const))('%s', (message, value) => {
    expect(() => encodeValue(value, 'cart')).toThrow(TypeError)
    expect(() => encodeValue(value, 'cart')).toThrow(message)
  })

  it('writes 200 levels', () => {
    expect(encodeValue((deep as unknown[])[0])).toHaveLength(400)
  })

  it.each([
    '{" d":5}',
    '{" b":5}',
    '{" b":"a"}',
    '{" b":"aGk"}',
    '{" u":"x"}',
    '{" m":5}',
    '{" t":"ab"}',
    '{" t":{}}',
    '{" di":5}',
    '{" di":{}}',
    '{" di":[1]}',
    '{" di":{" t":[1]}}',
    '{" di":{"a__":1,"b__":2}}',
    '[{"a":{" u":null}}]',
  ])('refuses to read %s', (text) => {
    expect(() => decodeValue(text)).toThrow(SyntaxError)
    expect(() => parseSession(`{"a":${text}}`)).toThrow(SyntaxError)
  })

  it.each<[string, unknown]>([
    ['{" d":"yesterday"}', null],
    ['{" b":"aG!k="}', new Uint8Array([104, 105])],
    ['{" t":[1]," t":[2]}', Tuple.of(2)],
    [String.raw`{"\u0020t":[]}`, Tuple.of()],
    ['{" t":[1],"a":2}', dict({ ' t': [1], a: 2 })],
    ['{" x":1}', dict({ ' x': 1 })],
  ])('reads %s as Flask does', (text, value) => {
    expect(decodeValue(text)).toStrictEqual(value)
  })

  it('takes __proto__ for a key like others', () => {
    const value = decodeValue('{"__proto__":{"polluted":true}}') as Record<string, unknown>
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(value['polluted']).toBeUndefined()
    expect(value['constructor']).toBeUndefined()
    expect(encodeValue(value)).toBe('{"__proto__":{"polluted":true}}')
  })

  it('gives every kind of value back', () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = encodeValue(value)
        expect(decodeValue(text)).toStrictEqual(value)
        expect(encodeValue(decodeValue(text))).toBe(text)
        expect(text).toMatch(/^[ -~]*$/)
      }),
      { numRuns: 2000 },
    )
  })
})

const wholeFloat = fc.maxSafeInteger().map((value) => new Float(value + 0))
const text = fc.string({ unit: 'binary' })
const key = fc.oneof(text, fc.constantFrom(' t', ' di', ' b', ' di__', '__proto__', '10', '9'))

/** Every kind of value that a session can have. */
const { values } = fc.letrec<{ values: unknown }>((tie) => ({
  values: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().map((value) => value + 0),
    fc.bigInt().filter((value) => !Number.isSafeInteger(Number(value))),
    fc.double().filter((value) => !Number.isSafeInteger(value) || Object.is(value, -0)),
    wholeFloat,
    text,
    fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
    text.map((html) => new Markup(html)),
    fc.uuid().map((uuid) => new Uuid(uuid)),
    fc
      .integer({ min: Date.UTC(100, 0) / 1000, max: Date.UTC(9999, 11, 31) / 1000 })
      .map((seconds) => new Date(seconds * 1000)),
    fc.array(tie('values'), { maxLength: 4 }),
    fc.array(tie('values'), { maxLength: 4 }).map((items) => Tuple.from(items)),
    fc.array(fc.tuple(key, tie('values')), { maxLength: 4 }).map((members) => {
      const object = Object.create(null) as Record<string, unknown>
      for (const [name, value] of members) object[name] = value
      return object
    }),
  ),
}))

describe('parseSession and formatSession', () => {
  it.each<[string, [string, string][]]>([
    ['{}', []],
    [
      '{"a":1.0,"b":{" t":[]}}',
      [
        ['a', '1.0'],
        ['b', '{" t":[]}'],
      ],
    ],
    ['{" di":{" t__":[1,"x"]}}', [[' t', '[1,"x"]']]],
    [
      '{" t":1,"a":2}',
      [
        [' t', '1'],
        ['a', '2'],
      ],
    ],
    ['{" t__":1}', [[' t__', '1']]],
    ['{"__proto__":{"a":1}}', [['__proto__', '{"a":1}']]],
  ])('%s', (text, entries) => {
    expect(Array.from(parseSession(text))).toEqual(entries)
    expect(formatSession(new Map(entries))).toBe(text)
  })

  it('keeps the text of values as it is', () => {
    expect(formatSession(parseSession('{ "b" : "é" , "a" : [1,\t2] }'))).toBe(
      '{"a":[1,\t2],"b":"é"}',
    )
  })

  it('reads the last of equal keys, in every spelling', () => {
    expect(parseSession(String.raw`{"a":1,"\u0061":2}`).get('a')).toBe('2')
  })

  it.each([
    '',
    '5',
    'null',
    '[["a",1]]',
    '{" t":[["a",1]]}',
    '{" di":5}',
    '{" di":{}}',
    '{" di":{" t":[1]}}',
    '{" di":{"a__":1,"b__":2}}',
    '{"a":1}{}',
    '\ufeff{}',
  ])('refuses %j', (text) => {
    expect(() => parseSession(text)).toThrow(SyntaxError)
  })

  it('gives every session back', () => {
    const sessions = fc.uniqueArray(fc.tuple(key, values), {
      selector: ([name]) => name,
      maxLength: 4,
    })
    fc.assert(
      fc.property(sessions, (members) => {
        const entries = new Map(members.map(([name, value]) => [name, encodeValue(value)]))
        const text = formatSession(entries)
        expect(parseSession(text)).toEqual(entries)
        expect(text).toBe(encodeValue(new Map(members)))
      }),
      { numRuns: 1000 },
    )
  })
})
