import { describe, expect, it } from 'vitest'
import { completeMethods, formatAllow } from './allow.ts'

describe('formatAllow', () => {
  it.each([
    ['nothing but OPTIONS for a resource without methods', [], 'OPTIONS'],
    ['HEAD with GET', ['GET'], 'GET, HEAD, OPTIONS'],
    ['no HEAD without GET', ['POST'], 'POST, OPTIONS'],
    ['HEAD alone where only HEAD is routed', ['HEAD'], 'HEAD, OPTIONS'],
    ['each method once', ['GET', 'HEAD', 'GET', 'OPTIONS'], 'GET, HEAD, OPTIONS'],
    [
      'the common methods in a fixed order',
      ['OPTIONS', 'DELETE', 'PATCH', 'PUT', 'POST', 'QUERY', 'GET'],
      'GET, HEAD, QUERY, POST, PUT, PATCH, DELETE, OPTIONS',
    ],
    [
      'the others behind them, alphabetically',
      ['UNLOCK', 'PROPFIND', 'GET', 'COPY'],
      'GET, HEAD, OPTIONS, COPY, PROPFIND, UNLOCK',
    ],
    ['lower case as a method of its own', ['get'], 'OPTIONS, get'],
  ])('lists %s', (_, methods, allow) => {
    expect(formatAllow(methods)).toBe(allow)
    expect(formatAllow(new Set(methods.toReversed()))).toBe(allow)
  })

  it.each([
    ['a routed method', ['GET', 'PUT'], ['PUT'], 'GET, HEAD, OPTIONS'],
    ['OPTIONS', ['PUT'], ['OPTIONS'], 'PUT'],
    ['HEAD, though GET is routed', ['GET'], ['HEAD'], 'GET, OPTIONS'],
    ['GET, while HEAD stays', ['GET'], ['GET'], 'HEAD, OPTIONS'],
    ['everything', ['GET'], ['GET', 'HEAD', 'OPTIONS'], ''],
  ])('leaves out what is refused: %s', (_, methods, refused, allow) => {
    expect(formatAllow(methods, refused)).toBe(allow)
  })
})

describe('completeMethods', () => {
  it('adds HEAD to GET, and OPTIONS, to a set of its own', () => {
    const methods = new Set(['GET'])
    expect(completeMethods(methods)).toEqual(new Set(['GET', 'HEAD', 'OPTIONS']))
    expect(methods).toEqual(new Set(['GET']))
  })

  it('takes any iterable', () => {
    expect(completeMethods(new Set(['PUT']).values())).toEqual(new Set(['PUT', 'OPTIONS']))
  })
})
