import { expect, it } from 'vitest'
import { checkOptions } from './options.ts'

it('takes what is right', () => {
  expect(() =>
    checkOptions({ paths: ['/a?b=c'], level: 'should', delay: 0, timeout: 1 }),
  ).not.toThrow()
})

it.each<[object, string]>([
  [{ path: '/a' }, "check(): unknown option 'path'; the options are paths, openapi"],
  [{ paths: '/a' }, "check(): paths must be a list of strings, got '/a'"],
  [{ paths: ['a'] }, "check(): paths must begin with '/' and have no spaces or '#', got 'a'"],
  [{ paths: ['/a b'] }, "got '/a b'"],
  [{ paths: ['/a#b'] }, "got '/a#b'"],
  [
    { timeout: 0 },
    'check(): timeout must be a whole number of milliseconds, 1 to 2147483647, got 0',
  ],
  [{ timeout: 2 ** 31 }, 'got 2147483648'],
  [{ delay: 2 ** 31 }, 'got 2147483648'],
  [{ delay: -1 }, 'check(): delay must be a whole number of milliseconds, 0 to 2147483647, got -1'],
  [{ level: 'MUST' }, "check(): level must be 'must', 'should', 'practice', got 'MUST'"],
  [{ insecure: 'yes' }, "check(): insecure must be true or false, got 'yes'"],
])('refuses %j', (options, sentence) => {
  expect(() => checkOptions(options)).toThrow(sentence)
})
