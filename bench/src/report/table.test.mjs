import { expect, it } from 'vitest'
import { range, round, table, whole } from './table.mjs'

it('aligns columns as the formatter has them', () => {
  const rows = [
    ['hello', '9.0'],
    ['404', '10.0'],
  ]
  expect(table(['case', '>µs'], rows).split('\n')).toEqual([
    '| case  |   µs |',
    '| ----- | ---: |',
    '| hello |  9.0 |',
    '| 404   | 10.0 |',
  ])
})

it('writes numbers', () => {
  expect([round(0.5), round(1.25, 1), whole(12_345.6)]).toEqual(['0.50', '1.3', '12,346'])
  expect(range({ median: 1, min: 0.5, max: 2 })).toBe('1.00 (0.50 to 2.00)')
})
