import { describe, expect, it } from 'vitest'
import { acceptsCoding, listedTags, ownedTag, tagWithCoding } from './coded-tags.ts'

describe('tagWithCoding', () => {
  it.each([
    ['"v7"', 'gzip', '"v7-gzip"'],
    ['"v7"', 'BR', '"v7-br"'],
    ['"v7"', 'gzip, br', '"v7-gzip-br"'],
    ['"v7-gzip"', 'gzip', '"v7-gzip"'],
    ['"v7-gzip"', 'br', '"v7-gzip-br"'],
    ['"v7"', 'identity', '"v7"'],
    ['W/"v7"', 'gzip', 'W/"v7"'],
    ['v7', 'gzip', 'v7'],
  ])('makes of %s and %s the tag %s', (etag, coding, expected) => {
    expect(tagWithCoding(etag, coding)).toBe(expected)
  })
})

describe('listedTags', () => {
  it.each([
    [undefined, []],
    ['*', []],
    ['"v7"', []],
    ['"v7-gzip"', ['"v7-gzip"']],
    ['"a", "v7-br","v7-gzip"', ['"v7-gzip"', '"v7-br"']],
    ['"v7-zstd", "v7-deflate"', ['"v7-zstd"', '"v7-deflate"']],
    ['W/"v7-gzip"', []],
    ['"v7-snappy"', []],
    ['"xv7-gzip"', []],
    ['"v70-gzip"', []],
  ])('finds in %s the tags %o', (field, expected) => {
    expect(listedTags('"v7"', field)).toEqual(expected)
  })

  it('knows no strong ones of a weak tag, or of what is none', () => {
    expect(listedTags('W/"v7"', 'W/"v7-gzip", "v7-gzip"')).toEqual([])
    expect(listedTags('v7', '"v7-gzip", v7-gzip')).toEqual([])
    expect(listedTags('', '-')).toEqual([])
  })
})

describe('ownedTag', () => {
  it.each([
    ['"v7-gzip"', 'gzip', '"v7-gzip"'],
    ['"v7-gzip", "v7-br"', 'br', '"v7-br"'],
    ['"v7-gzip"', 'br, *;q=0.1', '"v7-gzip"'],
    ['"v7-gzip"', 'br', undefined],
    ['"v7-gzip"', 'gzip;q=0, *', undefined],
    ['"v7-gzip"', undefined, undefined],
    ['"v7-gzip"', '', undefined],
    ['"v7"', 'gzip', undefined],
    [undefined, 'gzip', undefined],
  ])('of If-None-Match %s and Accept-Encoding %s is %s', (none, accepted, expected) => {
    const headers = {
      ...(none !== undefined && { 'if-none-match': none }),
      ...(accepted !== undefined && { 'accept-encoding': accepted }),
    }
    expect(ownedTag('"v7"', headers)).toBe(expected)
  })
})

describe('acceptsCoding', () => {
  it.each([
    ['gzip', true],
    ['GZIP ; q=0.5', true],
    ['br;q=1.0, gzip;q=0', true],
    ['*', true],
    ['*;q=0', false],
    ['gzip;q=0, br;q=0.000', false],
    ['identity', false],
    ['compress', false],
    ['', false],
    [undefined, false],
  ])('of %s is %s', (field, expected) => {
    expect(acceptsCoding(field === undefined ? {} : { 'accept-encoding': field })).toBe(expected)
  })
})
