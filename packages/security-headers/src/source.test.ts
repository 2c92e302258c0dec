import { describe, expect, expectTypeOf, it } from 'vitest'
import { hashSource } from './nonce.ts'
import { checkSource, nonce, type Location, type Source } from './source.ts'

const good = [
  "'self'",
  "'none'",
  '*',
  'https:',
  'data:',
  'blob:',
  'wss:',
  'web+app:',
  'localhost',
  'localhost:3000',
  'a.example',
  'A.Example',
  '*.a.example',
  'https://a.example',
  'https://*.a.example:*',
  'https://a.example:8443/path/',
  'https://a.example/a%3Bb.js',
  'wss://a.example',
  'http://127.0.0.1:8080',
]

const goodForCode = [
  "'unsafe-inline'",
  "'unsafe-eval'",
  "'unsafe-hashes'",
  "'wasm-unsafe-eval'",
  "'strict-dynamic'",
  "'report-sample'",
  "'inline-speculation-rules'",
  "'trusted-types-eval'",
  nonce,
  "'nonce-abc+/=='",
  hashSource('x'),
  hashSource('x', 'sha384'),
  hashSource('x', 'sha512'),
]

describe('A source', () => {
  it.each(good)('may be %s anywhere', (source) => {
    for (const kind of ['code', 'locations'] as const) {
      expect(() => checkSource('x', source, kind)).not.toThrow()
    }
  })

  it.each(goodForCode)('may be %s where it speaks of code, and nowhere else', (source) => {
    expect(() => checkSource('x', source, 'code')).not.toThrow()
    expect(() => checkSource('imgSrc', source, 'locations')).toThrow(
      /^imgSrc: .* has no meaning here, browsers would ignore it; it belongs in scriptSrc or styleSrc$/,
    )
  })

  it.each([
    ['self', `needs its quotes; write "'self'"`],
    ['none', `needs its quotes; write "'none'"`],
    ['Self', `needs its quotes; write "'Self'"`],
    ['unsafe-inline', `needs its quotes; write "'unsafe-inline'"`],
    ['strict-dynamic', `needs its quotes; write "'strict-dynamic'"`],
    ['nonce-abc', `needs its quotes; write "'nonce-abc'"`],
    ['sha256-abc=', `needs its quotes; write "'sha256-abc='"`],
    ['data', "needs its colon; write 'data:'"],
    ['https', "needs its colon; write 'https:'"],
    ['blob', "needs its colon; write 'blob:'"],
    ["'SELF'", `is no keyword; did you mean "'self'"?`],
    ["'slef'", `is no keyword; did you mean "'self'"?`],
    ["'unsafe-inlin'", `is no keyword; did you mean "'unsafe-inline'"?`],
    ["'self", `is no keyword; did you mean "'self'"?`],
    ["'nonce-'", 'is an empty nonce; use the exported `nonce`'],
    ["'nonce-a b'", 'must be one word'],
    ["'nonce-ä'", 'must be one word'],
    ["'sha256-abc='", "is no sha256 digest in base64; hashSource(content, 'sha256') makes one"],
    ["'md5-abc='", 'is no keyword'],
    ['https://a.example;b', "holds ';' or ','"],
    ['https://a.example,b', "holds ';' or ','"],
    ["'self'; script-src *", "holds ';' or ','"],
    ['https://a.example\r\nSet-Cookie:a=b', 'must be one word'],
    ["'self' https://a.example", 'must be one word'],
    ['https://bücher.example', 'must be one word'],
    ['', 'must be one word'],
    [' ', 'must be one word'],
    ['\0', 'must be one word'],
    ['https://a.example/?q', 'is no source; write a scheme'],
    ['https://a.example/#f', 'is no source; write a scheme'],
    ['https://', 'is no source; write a scheme'],
    ['https://[::1]', 'is no source; write a scheme'],
    ['a*.example', 'is no source; write a scheme'],
    ['*.*.example', 'is no source; write a scheme'],
    ['/path', 'is no source; write a scheme'],
    ['"self"', 'is no source; write a scheme'],
    [7, 'is no source; write a text'],
    [undefined, 'is no source; write a text'],
    [Symbol('x'), 'is no source; write a text'],
  ])('is never %s', (source, message) => {
    expect(() => checkSource('scriptSrc', source, 'code')).toThrow(TypeError)
    expect(() => checkSource('scriptSrc', source, 'code')).toThrow(message)
    expect(() => checkSource('scriptSrc', source, 'code')).toThrow(/^scriptSrc: /)
  })

  it('is typed as literals', () => {
    expectTypeOf<"'self'">().toExtend<Source>()
    expectTypeOf<'self'>().not.toExtend<Source>()
    expectTypeOf<'https:'>().toExtend<Location>()
    expectTypeOf<'*.a.example'>().toExtend<Location>()
    expectTypeOf<typeof nonce>().toExtend<Source>()
    expectTypeOf<typeof nonce>().not.toExtend<Location>()
    expectTypeOf<"'unsafe-inline'">().not.toExtend<Location>()
    expectTypeOf<ReturnType<typeof hashSource>>().toExtend<Source>()
  })
})
