import { describe, expect, it } from 'vitest'
import { fieldsToDrop, notModifiedFields } from './not-modified.ts'

const all = {
  'Cache-Control': 'max-age=60',
  'Content-Encoding': 'gzip',
  'Content-Language': 'en',
  'Content-Length': 5,
  'Content-Location': '/notes/1.en',
  'Content-Type': 'text/html',
  Date: 'Wed, 10 Jun 2026 12:00:00 GMT',
  ETag: '"v7"',
  Expires: '0',
  'Last-Modified': 'Wed, 10 Jun 2026 12:00:00 GMT',
  'Set-Cookie': ['a=1', 'b=2'],
  'Strict-Transport-Security': 'max-age=60',
  Vary: ['Accept', 'Origin'],
}

describe('notModifiedFields', () => {
  it('picks the six of RFC 9110 section 15.4.5', () => {
    expect(notModifiedFields(all)).toEqual([
      ['Cache-Control', 'max-age=60'],
      ['Content-Location', '/notes/1.en'],
      ['Date', 'Wed, 10 Jun 2026 12:00:00 GMT'],
      ['ETag', '"v7"'],
      ['Expires', '0'],
      ['Vary', 'Accept, Origin'],
    ])
  })

  it('picks Last-Modified where there is no ETag', () => {
    const fields = { 'last-modified': all['Last-Modified'], etag: undefined, 'content-length': 5 }
    expect(notModifiedFields(fields)).toEqual([['last-modified', all['Last-Modified']]])
  })

  it('knows names in any case', () => {
    expect(notModifiedFields({ etag: '"a"', 'LAST-MODIFIED': 'x', VARY: 'Accept' })).toEqual([
      ['etag', '"a"'],
      ['VARY', 'Accept'],
    ])
  })
})

describe('fieldsToDrop', () => {
  it('names what describes the content, and nothing else', () => {
    expect(fieldsToDrop(Object.keys(all))).toEqual([
      'Content-Encoding',
      'Content-Language',
      'Content-Length',
      'Content-Type',
      'Last-Modified',
    ])
  })

  it('leaves Last-Modified where there is no ETag', () => {
    expect(fieldsToDrop(['last-modified', 'content-range'])).toEqual(['content-range'])
  })
})
