import { describe, expect, it } from 'vitest'
import { matchesRange, parseMediaType } from './media-type.ts'

const read = (text: string): unknown => {
  const type = parseMediaType(text)
  return type && [type.essence, Object.fromEntries(type.parameters)]
}

describe('parseMediaType', () => {
  it.each([
    ['text/html', ['text/html', {}]],
    ['Text/HTML;Charset=UTF-8', ['text/html', { charset: 'UTF-8' }]],
    ['a/b ; c=d ;\te=f', ['a/b', { c: 'd', e: 'f' }]],
    ['a/b;', ['a/b', {}]],
    ['a/b; ;; c=d ; ', ['a/b', { c: 'd' }]],
    [String.raw`a/b;c="d;, \"e\\"`, ['a/b', { c: String.raw`d;, "e` + '\\' }]],
    ['a/b;c=""', ['a/b', { c: '' }]],
    ['a/b;c=1;C=2', ['a/b', { c: '1' }]],
    ['*/*', ['*/*', {}]],
    ['application/*+json', ['application/*+json', {}]],
    ['a/b;__proto__=c', ['a/b', Object.fromEntries([['__proto__', 'c']])]],
  ])('reads %s', (text, type) => {
    expect(read(text)).toEqual(type)
  })

  it.each([
    '',
    'text',
    'text/',
    '/html',
    'text /html',
    'text/html/x',
    ' text/html',
    'text/html ',
    'a/b, c/d',
    'a/b c=d',
    'a/b;c',
    'a/b;c=',
    'a/b;c =d',
    'a/b;c= d',
    'a/b;c="d',
    'a/b;c="d"e',
    'a/b;c=d e',
    'a/b;c="\u0001"',
    'a/b;c="\u0100"',
  ])('does not take %j for one', (text) => {
    expect(parseMediaType(text)).toBeUndefined()
  })

  it('is done with a long text in time', () => {
    const start = performance.now()
    for (const part of [';', ' ', '; ', 'a', '"', '\\', ';a=b', ';a="\\']) {
      parseMediaType(`a/b${part.repeat(100_000)}`)
      parseMediaType(`a/b;c="${part.repeat(100_000)}`)
    }
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

it.each([
  ['text/html', 'text/html', true],
  ['text/html', '*/*', true],
  ['text/html', 'text/*', true],
  ['text/html', 'image/*', false],
  ['application/ld+json', 'application/*+json', true],
  ['application/json', 'application/*+json', false],
  ['text/html;charset=UTF-8', 'text/html;charset=utf-8', true],
  ['text/html', 'text/html;charset=utf-8', false],
])('whether %s is one of %s: %s', (type, range, fits) => {
  const one = parseMediaType(type) ?? expect.unreachable()
  const all = parseMediaType(range) ?? expect.unreachable()
  expect(matchesRange(one, all)).toBe(fits)
})
