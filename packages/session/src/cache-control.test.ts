import { expect, it } from 'vitest'
import { isForSharedCaches, restrictCaching } from './cache-control.ts'

it.each([
  [undefined, 'private'],
  ['', 'private'],
  ['private', undefined],
  ['Private, max-age=60', undefined],
  ['no-store', undefined],
  ['public, no-store', undefined],
  ['no-cache', 'private, no-cache'],
  ['max-age=60', 'private, max-age=60'],
  ['public, max-age=60', 'private, max-age=60'],
  ['PUBLIC', 'private'],
  ['max-age=1, s-maxage=60', 'private, max-age=1'],
  ['private, public', 'private'],
  // Private for a field alone leaves the rest to shared caches.
  ['private="set-cookie"', 'private'],
  ['no-cache="a, public"', 'private, no-cache="a, public"'],
])('%o becomes %o', (given, expected) => {
  expect(restrictCaching(given)).toBe(expected)
})

it.each([
  [undefined, false],
  ['max-age=60', false],
  ['private', false],
  ['no-cache="public"', false],
  ['public', true],
  ['max-age=0, S-MaxAge=1', true],
])('%o is for shared caches: %o', (given, expected) => {
  expect(isForSharedCaches(given)).toBe(expected)
})
