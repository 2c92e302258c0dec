import { describe, expect, expectTypeOf, it } from 'vitest'
import { findMethod, isIdempotent, isMethodToken, isSafe, Method } from './method.ts'
import { methodRegistry, type MethodEntry, type RegisteredMethod } from './registry.ts'

const rows: readonly MethodEntry[] = methodRegistry

describe('Method', () => {
  it('has one constant per registered method, equal to its name', () => {
    expect(Object.values(Method)).toEqual(rows.map(({ name }) => name))
    for (const [constant, name] of Object.entries(Method)) {
      expect(constant.toUpperCase()).toBe(name.replaceAll('-', ''))
      expect(constant).toMatch(/^([A-Z][a-z]+)+$/)
    }
  })

  it('spells methods of two words in PascalCase', () => {
    expect(Method.VersionControl).toBe('VERSION-CONTROL')
    expect(Method.BaselineControl).toBe('BASELINE-CONTROL')
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(Method)).toBe(true)
  })

  it('has literal types, and is a type itself', () => {
    expectTypeOf(Method.Get).toEqualTypeOf<'GET'>()
    expectTypeOf(Method.VersionControl).toEqualTypeOf<'VERSION-CONTROL'>()
    expectTypeOf<(typeof Method)[keyof typeof Method]>().toEqualTypeOf<RegisteredMethod>()
    expectTypeOf<'PURGE'>().toExtend<Method>()
    expectTypeOf<404>().not.toExtend<Method>()
  })
})

describe('findMethod, isSafe and isIdempotent', () => {
  it.each(rows)('know $name', (row) => {
    expect(findMethod(row.name)).toBe(row)
    expect(isSafe(row.name)).toBe(row.safe)
    expect(isIdempotent(row.name)).toBe(row.idempotent)
  })

  it.each(['get', 'Get', 'GET ', '', '*', 'PURGE', 'constructor', '__proto__'])(
    'do not know %j: methods are case-sensitive, and what nobody registered is not safe',
    (name) => {
      expect(findMethod(name)).toBeUndefined()
      expect(isSafe(name)).toBe(false)
      expect(isIdempotent(name)).toBe(false)
    },
  )
})

describe('isMethodToken', () => {
  // RFC 9110 section 5.6.2, written out.
  const tchars = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

  it('takes each character of a token and no other of the first 1024', () => {
    for (let code = 0; code < 1024; code++) {
      const character = String.fromCharCode(code)
      expect([character, isMethodToken(`A${character}B`)]).toEqual([
        character,
        tchars.includes(character),
      ])
    }
  })

  it.each(rows)('takes $name', ({ name }) => expect(isMethodToken(name)).toBe(true))

  it.each(['', 'GET\n', 'GET\r\nX: y', ' GET', 'GET /'])('refuses %j', (text) => {
    expect(isMethodToken(text)).toBe(false)
  })
})
