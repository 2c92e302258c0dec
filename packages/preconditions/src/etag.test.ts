import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareStrong,
  compareWeak,
  etagForCoding,
  formatETag,
  parseETag,
  parseETagList,
  strongETag,
  weaken,
  weakETag,
  type EntityTag,
} from './etag.ts'

// 10,000 cases each, always the same ones; what fails prints its seed and path.
const runs = { numRuns: 10_000, seed: 9110 }

/** `etagc` of RFC 9110 section 8.8.3, written down as the list of its characters. */
const allowed = Array.from({ length: 256 }, (_, code) => String.fromCodePoint(code)).filter(
  (character) => /[!#-~\u0080-\u00ff]/.test(character),
)
const etags = fc.record({
  weak: fc.boolean(),
  tag: fc.string({ unit: fc.constantFrom(...allowed, ',', ',', '\\') }),
})
const write = ({ weak, tag }: EntityTag): string => `${weak ? 'W/' : ''}"${tag}"`
const blanks = fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 3 })

describe('parseETag', () => {
  it.each([
    ['"xyzzy"', { weak: false, tag: 'xyzzy' }],
    ['W/"xyzzy"', { weak: true, tag: 'xyzzy' }],
    ['""', { weak: false, tag: '' }],
    ['"a,b"', { weak: false, tag: 'a,b' }],
    [String.raw`"a\"`, { weak: false, tag: 'a\\' }],
    ['"W/"', { weak: false, tag: 'W/' }],
    ['"\u00E9"', { weak: false, tag: '\u00E9' }],
  ])('reads %s', (text, etag) => {
    expect(parseETag(text)).toEqual(etag)
  })

  it.each([
    '',
    '"',
    'xyzzy',
    '"xyzzy',
    'xyzzy"',
    'w/"xyzzy"',
    'W"xyzzy"',
    'W/xyzzy',
    'W/ "x"',
    '*',
  ])('does not take %j for one', (text) => {
    expect(parseETag(text)).toBeUndefined()
  })

  it.each([
    '"a b"',
    '"a\tb"',
    '"a"b"',
    '"\u007F"',
    '"\u0000"',
    '"\u0100"',
    ' "a"',
    '"a" ',
    '"a", "b"',
  ])('does not take %j for one either', (text) => {
    expect(parseETag(text)).toBeUndefined()
  })

  it('reads all the grammar makes, and formatETag writes it again', () => {
    fc.assert(
      fc.property(etags, (etag) => {
        expect(parseETag(write(etag))).toEqual(etag)
        expect(formatETag(etag)).toBe(write(etag))
      }),
      runs,
    )
  })

  it('reads nothing the grammar does not make', () => {
    const grammar = /^(?:W\/)?"[!#-~\u0080-\u00FF]*"$/
    const near = fc.string({
      unit: fc.constantFrom('"', '"', 'W/', 'a', ',', ' ', '\u00E9', '\u0100'),
    })
    fc.assert(
      fc.property(near, (text) => {
        expect(parseETag(text) !== undefined).toBe(grammar.test(text))
      }),
      runs,
    )
  })
})

describe('parseETagList', () => {
  it.each([
    ['*', '*'],
    [' * ', '*'],
    ['', []],
    [' , ,, ', []],
    ['"a"', [{ weak: false, tag: 'a' }]],
    [
      ',"a" ,\t,W/"b",',
      [
        { weak: false, tag: 'a' },
        { weak: true, tag: 'b' },
      ],
    ],
    [
      '"a,b","c"',
      [
        { weak: false, tag: 'a,b' },
        { weak: false, tag: 'c' },
      ],
    ],
    ['"*"', [{ weak: false, tag: '*' }]],
  ])('reads %j', (text, list) => {
    expect(parseETagList(text)).toEqual(list)
  })

  it.each([
    '*, "a"',
    '"a", *',
    '*, *',
    '"a" "b"',
    '"a""b"',
    '"a", b',
    'a',
    '"a',
    '"a", "b',
    '\u00A0*',
  ])('does not take %j for one', (text) => {
    expect(parseETagList(text)).toBeUndefined()
  })

  it('reads all the grammar makes, however it is spaced', () => {
    const element = fc.tuple(blanks, fc.option(etags, { nil: undefined }), blanks)
    fc.assert(
      fc.property(fc.array(element, { maxLength: 8 }), (elements) => {
        const text = elements.map(([left, etag, right]) => left + (etag ? write(etag) : '') + right)
        expect(parseETagList(text.join(','))).toEqual(elements.flatMap(([, etag]) => etag ?? []))
      }),
      runs,
    )
  })

  it('reads nothing the grammar does not make', () => {
    const etag = '(?:W/)?"[!#-~\u0080-\u00FF]*"'
    const grammar = new RegExp(`^(?:[ \t]*\\*[ \t]*|[ \t,]*(?:${etag}[ \t]*(?:,[ \t,]*|$))*)$`)
    const near = fc.string({
      unit: fc.constantFrom('"a"', '"', 'W/', ',', ' ', '*', 'a'),
      maxLength: 12,
    })
    fc.assert(
      fc.property(near, (text) => {
        expect(parseETagList(text) !== undefined).toBe(grammar.test(text))
      }),
      runs,
    )
  })
})

// Table 3 of RFC 9110 section 8.8.3.2.
it.each([
  ['W/"1"', 'W/"1"', false, true],
  ['W/"1"', 'W/"2"', false, false],
  ['W/"1"', '"1"', false, true],
  ['"1"', '"1"', true, true],
])('compares %s and %s strongly as %s, weakly as %s', (left, right, strongly, weakly) => {
  const one = parseETag(left) ?? expect.unreachable()
  const other = parseETag(right) ?? expect.unreachable()
  expect([compareStrong(one, other), compareStrong(other, one)]).toEqual([strongly, strongly])
  expect([compareWeak(one, other), compareWeak(other, one)]).toEqual([weakly, weakly])
})

describe('strongETag', () => {
  it('is the same for a text and its bytes in UTF-8, and 29 characters long', () => {
    expect(strongETag('zwölf')).toBe(strongETag(Buffer.from('zwölf')))
    expect(strongETag('zwölf')).toHaveLength(29)
    expect(parseETag(strongETag(''))?.weak).toBe(false)
  })

  it('hashes the bytes of a view, not those of its buffer', () => {
    const bytes = new Uint8Array([1, 2, 3, 4])
    expect(strongETag(bytes.subarray(1, 3))).toBe(strongETag(new Uint8Array([2, 3])))
    expect(strongETag(bytes)).not.toBe(strongETag(bytes.subarray(1, 3)))
  })
})

describe('weakETag', () => {
  it.each([
    ['a text', 'v7', 'W/"v7"'],
    ['a number', 1.5, 'W/"1.5"'],
    ['a bigint', 2n ** 64n, 'W/"18446744073709551616"'],
    ['a time', new Date(1_700_000_000_123), 'W/"1700000000123"'],
  ])('takes %s', (_, version, etag) => {
    expect(weakETag(version)).toBe(etag)
  })

  it.each([
    ['a text with a quote', 'a"b'],
    ['a text with a blank', 'a b'],
    ['a text with a line break', 'a\r\nb'],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an invalid date', new Date(Number.NaN)],
    ['nothing', undefined as unknown as string],
    ['a list', ['v7'] as unknown as string],
  ])('throws on %s', (_, version) => {
    expect(() => weakETag(version)).toThrow(/^weakETag\(\): version must be a text/)
    expect(() => weakETag(version)).toThrow(TypeError)
  })
})

it('formatETag throws on a tag the grammar does not allow', () => {
  expect(() => formatETag({ weak: false, tag: 'a b' })).toThrow(
    "formatETag(): tag must be visible characters without quotes and blanks such as 'v7', got 'a b'",
  )
})

it.each([
  ['"v7"', 'W/"v7"'],
  ['W/"v7"', 'W/"v7"'],
])('weaken makes %s into %s', (etag, weak) => {
  expect(weaken(etag)).toBe(weak)
})

it.each([
  ['"v7"', 'gzip', '"v7-gzip"'],
  ['W/"v7"', 'BR', 'W/"v7-br"'],
  ['"v7"', 'identity', '"v7"'],
])('etagForCoding makes %s with %s into %s', (etag, coding, own) => {
  expect(etagForCoding(etag, coding)).toBe(own)
})

it.each([
  ['weaken', () => weaken('v7'), "weaken(): etag must be an entity tag such as '\"v7\"', got 'v7'"],
  ['etagForCoding', () => etagForCoding('v7', 'gzip'), 'etagForCoding(): etag must be'],
  [
    'etagForCoding, for the coding,',
    () => etagForCoding('"v7"', 'a b'),
    'formatETag(): tag must be',
  ],
])('%s throws on what is none', (_, act, message) => {
  expect(act).toThrow(message)
})
