import { expect, it } from 'vitest'
import { isUriReference } from './uri.ts'

it.each([
  'https://example.com/problems/out-of-credit',
  'https://example.com',
  'https://example.com:8080/a?b=c/d?#e?f',
  'http://[2001:db8::7]/a',
  'https://user:pw@example.com/',
  'tag:example.com,2026:out-of-credit',
  'urn:example:problem:1',
  'about:blank',
  '//example.com/a',
  '/problems/out-of-credit',
  'problems/1:2',
  './a:b',
  '?a=b',
  '#a',
  '/%E6%BC%A2',
  "/a;b=c,(d)!$&'*+~@",
])('takes %s', (text) => {
  expect(isUriReference(text)).toBe(true)
})

it.each([
  ['a space', 'out of credit'],
  ['a space at the end', '/a '],
  ['a line break', '/a\n'],
  ['letters that are not ASCII', '/漢'],
  ['a bad percent-encoding', '/%zz'],
  ['half a percent-encoding', '/%4'],
  ['a lone percent sign', '100%'],
  ['two fragments', '/a#b#c'],
  ['quotes', '/"a"'],
  ['angle brackets', '<https://example.com>'],
  ['a backslash', 'https:\\\\example.com'],
  ['square brackets in a path', '/a[1]'],
  ['a scheme that begins with a digit', '1a:b'],
  ['a colon ahead of everything', ':a'],
  ['a host that is none', 'https://exa^mple'],
  ['a port that is none', 'https://example.com:99999/'],
])('refuses %s', (_, text) => {
  expect(isUriReference(text)).toBe(false)
})
