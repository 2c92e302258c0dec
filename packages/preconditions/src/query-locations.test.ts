import { validateHeaderValue } from 'node:http'
import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queryLocations } from './query-locations.ts'

describe('queryLocations', () => {
  it.each([
    [{ result: '/results/17' }, { 'Content-Location': '/results/17' }],
    [{ query: '/queries/42' }, { Location: '/queries/42' }],
    [{ result: undefined, query: '42' }, { Location: '42' }],
    [
      { result: 'https://a.example/r?a=b&c=[d]#e', query: "/q/%e4%b8%ad/(a)!*'" },
      { 'Content-Location': 'https://a.example/r?a=b&c=[d]#e', Location: "/q/%e4%b8%ad/(a)!*'" },
    ],
    [{ query: '/q/中 "<>\\^`{|}' }, { Location: '/q/%E4%B8%AD%20%22%3C%3E%5C%5E%60%7B%7C%7D' }],
    [{ query: '/100%/%4/%41%zz' }, { Location: '/100%25/%254/%41%25zz' }],
    [{ query: '/a\r\nSet-Cookie: b' }, { Location: '/a%0D%0ASet-Cookie:%20b' }],
  ])('of %o are %o', (locations, fields) => {
    expect(queryLocations(locations)).toEqual(fields)
  })

  it('are fields that can be sent, whatever they are made of', () => {
    assert(
      property(string({ unit: 'binary', minLength: 1 }), (query) => {
        const { Location = '' } = queryLocations({ query })
        validateHeaderValue('Location', Location)
        // Once more changes nothing.
        expect(queryLocations({ query: Location })).toEqual({ Location })
      }),
      { numRuns: 10_000, seed: 9110 },
    )
  })

  it.each([
    [{}, /wants a result or a query/],
    [undefined, /queryLocations\(\) must be an object, got undefined/],
    [{ location: '/a' }, /unknown option 'location'; the options are result, query/],
    [{ result: '' }, /result must be a URI reference such as '\/queries\/42', got ''/],
    [{ query: 42 }, /query must be a URI reference such as '\/queries\/42', got 42/],
    [{ query: '\ud800' }, /query must be a URI reference/],
  ])('refuse %o', (locations, message) => {
    expect(() => Reflect.apply(queryLocations, undefined, [locations])).toThrow(message)
  })
})
