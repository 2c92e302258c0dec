import { expect, it } from 'vitest'
import { Recent } from './recent.ts'

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`)

it('knows nothing of a text it was not told of', () => {
  expect(new Recent(2).get('a')).toBeUndefined()
})

it('still knows the last texts it was told of', () => {
  const recent = new Recent<string>(10)
  for (const text of numbers(1000)) recent.set(text, text)
  const last = numbers(1000).slice(-10)
  expect(last.map((text) => recent.get(text))).toEqual(last)
})

it('forgets the others', () => {
  const recent = new Recent<string>(10)
  for (const text of numbers(1000)) recent.set(text, text)
  const known = numbers(1000).filter((text) => recent.get(text) !== undefined)
  expect(known.length).toBeLessThanOrEqual(20)
})

it('keeps what is asked for all the time', () => {
  const recent = new Recent<string>(10)
  recent.set('ours', 'kept')
  for (const text of numbers(1000)) {
    recent.set(text, text)
    expect(recent.get('ours')).toBe('kept')
  }
})

it('finds texts with any characters again', () => {
  const recent = new Recent<number>(10)
  const texts = ['', 'é', '你好', '\u{1F600}', '\uD800', '\0']
  for (const [index, text] of texts.entries()) recent.set(text, index)
  expect(texts.map((text) => recent.get(text))).toEqual([0, 1, 2, 3, 4, 5])
})
