import { describe, expect, expectTypeOf, it } from 'vitest'
import { Float, Markup, Tuple, Uuid } from './values.ts'

describe('Tuple', () => {
  it('is an array of its items', () => {
    const tuple = Tuple.of(3, 4)
    expect(tuple).toBeInstanceOf(Tuple)
    expect(Array.isArray(tuple)).toBe(true)
    expect([...tuple]).toEqual([3, 4])
    expectTypeOf(tuple).toEqualTypeOf<Tuple<number>>()
    expectTypeOf(Tuple.of(1, 'a')).toEqualTypeOf<Tuple<string | number>>()
  })

  it.each([
    ['one number, which is no length', Tuple.of(3), [3]],
    ['nothing', Tuple.of(), []],
    ['a Set', Tuple.from(new Set(['a', 'b'])), ['a', 'b']],
  ])('can be made of %s', (_, tuple, items) => {
    expect(tuple).toBeInstanceOf(Tuple)
    expect(Array.from<unknown>(tuple)).toEqual(items)
  })

  it('gives plain arrays from its methods', () => {
    expect(Tuple.of(1, 2).map((item) => item * 2)).toStrictEqual([2, 4])
    expect(Tuple.of(1, 2).slice(1)).not.toBeInstanceOf(Tuple)
  })
})

describe('Float', () => {
  it('computes like its number', () => {
    expect(Number(new Float(2)) + 1).toBe(3)
    expect(String(new Float(2))).toBe('2')
    expect(JSON.stringify([new Float(2)])).toBe('[2]')
  })

  it('takes numbers alone', () => {
    expect(() => new Float('2' as never)).toThrow(TypeError)
  })
})

describe('Markup', () => {
  it('is its HTML', () => {
    expect(String(new Markup('<b>'))).toBe('<b>')
    expect(JSON.stringify(new Markup('<b>'))).toBe('"<b>"')
  })

  it('takes strings alone', () => {
    expect(() => new Markup(5 as never)).toThrow(TypeError)
  })
})

describe('Uuid', () => {
  const hex = '12345678123456781234567812345abc'
  const text = '12345678-1234-5678-1234-567812345abc'

  it.each([hex, text, text.toUpperCase(), `{${text}}`, `urn:uuid:${text}`])('reads %s', (given) => {
    const uuid = new Uuid(given)
    expect([uuid.hex, String(uuid), JSON.stringify(uuid)]).toEqual([hex, text, `"${text}"`])
  })

  it.each(['', 'x', `${hex}0`, hex.slice(1), `g${hex.slice(1)}`, ` ${hex}`, 5])(
    'refuses %j',
    (given) => {
      expect(() => new Uuid(given as string)).toThrow(TypeError)
    },
  )
})
