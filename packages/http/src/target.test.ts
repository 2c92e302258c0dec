import { describe, expect, it } from 'vitest'
import { malformedTarget, originFormOf, pathOf } from './target.ts'

describe('pathOf', () => {
  it.each([
    ['origin form', '/a/b', '/a/b'],
    ['the root', '/', '/'],
    ['a query', '/a?b=/c', '/a'],
    ['an empty query', '/a?', '/a'],
    ['a query of the root', '/?a', '/'],
    ['a query with question marks', '/a?b?c', '/a'],
    ['a fragment, which has no place here', '/a#b?c', '/a'],
    ['a URL in the query', '/a?to=http://example.com/b', '/a'],
    ['a URL in the path', '/a/http://example.com/b', '/a/http://example.com/b'],
    ['two slashes in front', '//a/b', '//a/b'],
    ['an encoded question mark', '/a%3Fb', '/a%3Fb'],
    ['encoding that is broken', '/%zz', '/%zz'],
    ['dots', '/a/../b', '/a/../b'],
    ['absolute form', 'http://example.com/a/b?c', '/a/b'],
    ['absolute form with a port', 'https://example.com:8443/a', '/a'],
    ['absolute form with IPv6', 'http://[::1]:8080/a', '/a'],
    ['absolute form without a path', 'http://example.com', '/'],
    ['absolute form with only a query', 'http://example.com?a=/b', '/'],
    ['absolute form with only a fragment', 'http://example.com#/b', '/'],
    ['absolute form without authority', 'http:///a', '/a'],
    ['asterisk form', '*', '*'],
    ['authority form', 'example.com:443', 'example.com:443'],
    ['authority form with IPv6', '[::1]:443', '[::1]:443'],
    ['nothing', '', ''],
  ])('reads %s', (_, target, path) => {
    expect(pathOf(target)).toBe(path)
  })
})

describe('originFormOf', () => {
  it.each([
    ['origin form', '/a?b', '/a?b'],
    ['two slashes in front', '//a/b', '//a/b'],
    ['absolute form', 'http://example.com/a/b?c', '/a/b?c'],
    ['absolute form without a path', 'http://example.com:81', '/'],
    ['absolute form with only a query', 'http://example.com?a=/b', '/?a=/b'],
    ['asterisk form', '*', undefined],
    ['authority form', 'example.com:443', undefined],
  ])('reads %s', (_, target, form) => {
    expect(originFormOf(target)).toBe(form)
  })
})

describe('malformedTarget', () => {
  it.each(['/', '/a', '*', '', '/%41', '/%C3%BC', '/%25', '/a?b=%zz', 'http://e.com/a?%'])(
    'says nothing of %s',
    (target) => {
      expect(malformedTarget(target)).toBeUndefined()
    },
  )

  it.each(['/a#b', '/a?b#', '#', 'http://example.com/#a'])(
    'says 400 of the fragment in %s',
    (target) => {
      expect(malformedTarget(target)).toMatchObject({
        status: 400,
        expose: true,
        message: 'A request target has no fragment',
      })
    },
  )

  it.each(['/%', '/%zz', '/%4', '/a%', '/%C3', '/%FF', '/%C3?a=%C3%BC', 'http://example.com/%zz'])(
    'says 400 of %s',
    (target) => {
      expect(malformedTarget(target)).toMatchObject({
        status: 400,
        expose: true,
        message: 'The path has a malformed percent-encoding',
      })
    },
  )
})
