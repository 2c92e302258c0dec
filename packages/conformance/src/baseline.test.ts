import { describe, expect, it } from 'vitest'
import { readBaseline } from './baseline.ts'

describe('readBaseline', () => {
  it('takes a list of ids', () => {
    expect(readBaseline('["a", "b"]', 'f')).toEqual(['a', 'b'])
  })
  it('takes the failed rules of a report', () => {
    const results = [
      { id: 'a', outcome: 'failed' },
      { id: 'b', outcome: 'held' },
    ]
    expect(readBaseline(JSON.stringify({ results }), 'f')).toEqual(['a'])
  })
  it.each(['', '{}', '[1]', '"a"', 'null'])('refuses %j', (text) => {
    expect(() => readBaseline(text, 'known.json')).toThrow("the baseline 'known.json' is neither")
  })
})
