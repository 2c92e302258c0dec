import { describe, expect, it } from 'vitest'
import { checkKeys } from './keys.ts'
import { show } from './show.ts'

const keys = ['refuse', 'known', 'ignoreRoutes', 'resources']

describe('checkKeys', () => {
  it.each([{}, { known: [] }, { refuse: undefined, resources: {} }, Object.create(null)])(
    'takes %o',
    (options) => {
      expect(() => checkKeys('methods', options, keys)).not.toThrow()
    },
  )

  it.each([
    ['knwon', 'known'],
    ['know', 'known'],
    ['KNOWN', 'known'],
    ['ignoreRoute', 'ignoreRoutes'],
    ['ignoredRoutes', 'ignoreRoutes'],
    ['ignore_routes', 'ignoreRoutes'],
    ['refused', 'refuse'],
    ['resourses', 'resources'],
  ])('answers %s with %s', (typed, meant) => {
    expect(() => checkKeys('methods', { [typed]: [] }, keys)).toThrow(
      new TypeError(`methods: unknown option '${typed}'; did you mean '${meant}'?`),
    )
  })

  it.each(['x', 'statusCode', ''])('lists the options for %j, which is near none', (typed) => {
    expect(() => checkKeys('methods', { [typed]: [] }, keys)).toThrow(
      new TypeError(
        `methods: unknown option '${typed}'; the options are refuse, known, ignoreRoutes, resources`,
      ),
    )
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['known', "'known'"],
    [true, 'true'],
    [[], '[]'],
    [['known'], "[ 'known' ]"],
    [() => 0, '[Function (anonymous)]'],
  ])('refuses %o in place of options', (options, shown) => {
    expect(() => checkKeys('methods', options, keys)).toThrow(
      new TypeError(`methods: options must be an object, got ${shown}`),
    )
  })

  it('refuses a key also where its value is undefined', () => {
    expect(() => checkKeys('methods', { knwon: undefined }, keys)).toThrow(TypeError)
  })

  it('does not take inherited names for options', () => {
    expect(() => checkKeys('methods', { constructor: 1 }, keys)).toThrow("'constructor'")
  })
})

describe('show', () => {
  const circle: { self?: unknown } = {}
  circle.self = circle

  it.each([
    ['a text', 'GET', "'GET'"],
    ['an empty text', '', "''"],
    ['a number', 404, '404'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('x'), 'Symbol(x)'],
    ['a bigint inside', { a: 1n }, '{ a: 1n }'],
    ['a list', ['GET'], "[ 'GET' ]"],
    ['an object that contains itself', circle, '<ref *1> { self: [Circular *1] }'],
    ['a long text, cut', 'x'.repeat(100), `'${'x'.repeat(59)}…`],
  ])('shows %s', (_, value, text) => {
    expect(show(value)).toBe(text)
  })

  it.each([
    ['a text of two lines', 'a\nb'],
    ['a text with CR and LF', 'a\r\nb'],
    ['a long list', Array.from({ length: 100 }, (__, index) => index)],
    ['an error with its stack', new Error('x')],
    ['a nested object', { a: { b: { c: { d: 'e'.repeat(80) } } } }],
  ])('shows %s on one line of at most 61 characters', (_, value) => {
    expect(show(value)).toMatch(/^.{1,61}$/)
  })
})
