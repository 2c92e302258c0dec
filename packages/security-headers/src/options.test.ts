import { describe, expect, it } from 'vitest'
import { show } from '@http-semantics/options'
import { checkKeys, listOf, oneOf } from './options.ts'

describe('checkKeys', () => {
  const keys = ['scriptSrc', 'styleSrc']
  const hints = { directives: 'write its members here' }

  it.each([
    ['takes no keys', {}],
    ['takes some', { styleSrc: 1 }],
    ['takes all', { scriptSrc: 1, styleSrc: undefined }],
  ])('%s', (_, value) => {
    expect(() => checkKeys('csp', value, { what: 'directive', keys, hints })).not.toThrow()
  })

  it.each([
    [{ scriptsrc: 1 }, "csp: unknown directive 'scriptsrc'; did you mean 'scriptSrc'?"],
    [{ 'script-src': 1 }, "csp: unknown directive 'script-src'; did you mean 'scriptSrc'?"],
    [{ foo: 1 }, "csp: unknown directive 'foo'; there are 'scriptSrc', 'styleSrc'"],
    [{ directives: 1 }, "csp: unknown directive 'directives'; write its members here"],
    [{ toString: 1 }, "csp: unknown directive 'toString'; there are 'scriptSrc', 'styleSrc'"],
    [[], 'csp must be an object, got []'],
    [null, 'csp must be an object, got null'],
    [true, 'csp must be an object, got true'],
  ])('refuses %j with a sentence', (value, message) => {
    expect(() => checkKeys('csp', value, { what: 'directive', keys, hints })).toThrow(
      new TypeError(message),
    )
  })
})

describe('oneOf, listOf and show', () => {
  it('suggest the near, else list all', () => {
    expect(oneOf('x', 'a', ['a', 'b'])).toBe('a')
    expect(() => oneOf('x', 'no-refferer', ['no-referrer', 'origin'])).toThrow(
      new TypeError("x: 'no-refferer' is not allowed; did you mean 'no-referrer'?"),
    )
    expect(() => oneOf('x', 7, ['a', 'b'])).toThrow(
      new TypeError("x: 7 is not allowed; write one of 'a', 'b'"),
    )
  })

  it('refuse what is there twice, and what is no list', () => {
    expect(() => listOf('x', ['a', 'b', 'a'], '[]')).toThrow(
      new TypeError("x: 'a' is there twice; once is enough"),
    )
    expect(() => listOf('x', 'a', "['a']")).toThrow(
      new TypeError("x must be a list like ['a'], got 'a'"),
    )
  })

  it('keep to one short line', () => {
    expect(show('a\nb')).toBe(String.raw`'a\nb'`)
    expect(show(new Error('a\nb'))).not.toContain('\n')
    expect(show('x'.repeat(100))).toHaveLength(61)
  })
})
