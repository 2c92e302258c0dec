import { expect, it } from 'vitest'
import { meantBy } from './spelling.ts'

it.each([
  ['hots', 'host'],
  ['Host', 'host'],
  ['host-tow', 'host-two'],
  ['cookeis', 'cookies'],
  ['', undefined],
  ['teapot', undefined],
])('takes %j for %j', (word, meant) => {
  expect(meantBy(word, ['host', 'host-two', 'cookies'])).toBe(meant)
})
