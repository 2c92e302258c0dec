import { describe, expect, it } from 'vitest'
import { entityTagOf, readEntityTags } from './entity-tags.ts'

describe('readEntityTags', () => {
  it.each(['weak', 'strong', undefined] as const)('takes %s', (value) => {
    expect(readEntityTags(value)).toBe(value)
  })

  it.each([
    [true, "entityTags must be 'weak' or 'strong', got true"],
    [null, "entityTags must be 'weak' or 'strong', got null"],
    ['Weak', "entityTags must be 'weak' or 'strong', got 'Weak'"],
  ])('refuses %o', (value, message) => {
    expect(() => readEntityTags(value)).toThrow(TypeError)
    expect(() => readEntityTags(value)).toThrow(message)
  })
})

describe('entityTagOf', () => {
  it('is the same for the same bytes, however they come', () => {
    const tag = entityTagOf('strong', 'é')
    expect(tag).toMatch(/^"[\w-]{27}"$/)
    expect(entityTagOf('strong', 'é', 'utf8')).toBe(tag)
    expect(entityTagOf('strong', Buffer.from('é'))).toBe(tag)
    expect(entityTagOf('strong', 'c3a9', 'hex')).toBe(tag)
    expect(entityTagOf('strong', 'é', () => undefined)).toBe(tag)
    expect(entityTagOf('weak', 'é')).toBe(`W/${tag}`)
  })

  it('is another one for other bytes', () => {
    const tags = [['a'], ['b'], [''], ['é'], ['é', 'latin1']].map(([content = '', encoding]) =>
      entityTagOf('strong', content, encoding),
    )
    expect(new Set(tags).size).toBe(5)
  })
})
