import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeVary } from './vary.ts'

describe('mergeVary', () => {
  it.each([
    [undefined, [], ''],
    [undefined, ['Accept'], 'Accept'],
    ['', ['Accept'], 'Accept'],
    ['Origin', [], 'Origin'],
    ['Origin', ['Accept', 'accept'], 'Origin, Accept'],
    ['ORIGIN,accept', ['Accept', 'Origin'], 'ORIGIN, accept'],
    ['Origin, origin', ['Accept'], 'Origin, Accept'],
    [['Origin', 'Accept, Cookie'], ['Accept'], 'Origin, Accept, Cookie'],
    ['*', ['Accept'], '*'],
    ['Accept, *', [], '*'],
    ['Accept', ['*'], '*'],
    [' , Accept ,\t', ['Origin'], 'Accept, Origin'],
    ['not a name', ['Accept'], 'not a name, Accept'],
  ])('makes of %j and %j: %j', (existing, names, merged) => {
    expect(mergeVary(existing, ...names)).toBe(merged)
  })

  it.each(['', 'Accept, Origin', 'Accept\r\nX: y', undefined as unknown as string])(
    'throws on the name %j',
    (name) => {
      expect(() => mergeVary(undefined, name)).toThrow(TypeError)
      expect(() => mergeVary(undefined, name)).toThrow(
        /^mergeVary\(\): each name must be a field name/,
      )
    },
  )

  it('loses nothing and has nothing twice, in whatever order it is told', () => {
    const name = fc.constantFrom(
      'Accept',
      'accept',
      'Origin',
      'Cookie',
      'COOKIE',
      'Accept-Language',
    )
    fc.assert(
      fc.property(fc.array(name), fc.array(name), (one, two) => {
        const merged = mergeVary(mergeVary(undefined, ...one), ...two)
        const lower = merged === '' ? [] : merged.split(', ').map((member) => member.toLowerCase())
        expect(lower).toEqual([...new Set([...one, ...two].map((member) => member.toLowerCase()))])
        expect(mergeVary(merged, ...one, ...two)).toBe(merged)
      }),
      { numRuns: 1000, seed: 9110 },
    )
  })
})
