import { describe, expect, it } from 'vitest'
import { formatTimestamp, parseTimestamp, Signer } from './signer.ts'

const [oldest, older, newest] = ['oldest key', 'older key', 'newest key'].map((key) =>
  Buffer.from(key),
) as [Buffer, Buffer, Buffer]
const text = 'eyJhIjoxfQ.ZVPxAA'

describe('Signer', () => {
  it('signs with the last key', () => {
    const signature = new Signer({ keys: [newest] }).sign(text)
    expect(new Signer({ keys: [oldest, newest] }).sign(text)).toBe(signature)
    expect(signature).toHaveLength(27)
  })

  it.each([
    [newest, 0],
    [older, 1],
    [oldest, 2],
    [Buffer.from('another'), -1],
  ])('finds the key %s at %i', (key, index) => {
    const signature = new Signer({ keys: [key] }).sign(text)
    expect(new Signer({ keys: [oldest, older, newest] }).find(text, signature)).toBe(index)
  })

  it.each([
    ['other bits that do not count', (signature: string) => sibling(signature)],
    ['padding', (signature: string) => `${signature}=`],
    [
      'the alphabet of base64',
      (signature: string) => signature.replaceAll('-', '+').replaceAll('_', '/'),
    ],
    [
      'junk that Python skips',
      (signature: string) => `${signature.slice(0, 4)}!!!!${signature.slice(4)}`,
    ],
    [
      'a character with the low byte of the right one',
      (signature: string) =>
        String.fromCodePoint(signature.charCodeAt(0) + 0x100) + signature.slice(1),
    ],
    ['a space', (signature: string) => `${signature} `],
    ['nothing', () => ''],
  ])('refuses a signature with %s', (_, respell) => {
    const signer = new Signer({ keys: [newest] })
    // One that has both characters in which the alphabets differ.
    const [signed = '', signature = ''] =
      Array.from({ length: 1000 }, (_, index) => `${text}${index}`)
        .map((text) => [text, signer.sign(text)] as const)
        .find(([, signature]) => /-/.test(signature) && /_/.test(signature)) ?? []
    expect(signer.find(signed, signature)).toBe(0)
    expect(signer.find(signed, respell(signature))).toBe(-1)
  })

  it.each([
    ['no key', []],
    ['an empty key', [newest, Buffer.alloc(0)]],
  ])('refuses %s', (_, keys) => {
    expect(() => new Signer({ keys })).toThrow(TypeError)
  })

  it.each([
    [{ salt: 'another' }],
    [{ digest: 'sha256' }],
    [{ keyDerivation: 'concat' }],
    [{ keyDerivation: 'none' }],
  ] as const)('keeps signatures of %o apart', (options) => {
    const signature = new Signer({ keys: [newest] }).sign(text)
    expect(new Signer({ keys: [newest], ...options }).find(text, signature)).toBe(-1)
  })
})

/** The same bytes in base64, spelt with other unused bits. */
function sibling(signature: string): string {
  const other = String.fromCodePoint(signature.charCodeAt(26) + 1)
  const spelt = signature.slice(0, 26) + other
  expect(Buffer.from(spelt, 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
  return spelt
}

describe('timestamps', () => {
  it.each([
    [0, ''],
    [1, 'AQ'],
    [255, '_w'],
    [256, 'AQA'],
    [1_700_000_000, 'ZVPxAA'],
    [2 ** 32, 'AQAAAAA'],
  ])('%i ⇄ %j', (seconds, text) => {
    expect(formatTimestamp(seconds)).toBe(text)
    expect(parseTimestamp(text)).toBe(seconds)
  })

  it.each([
    ['AAAAAGVT8QA', 1_700_000_000],
    ['AQEBAQEBAQEB', undefined],
    ['!!!!', 0],
  ])('reads %s as %s', (text, seconds) => {
    expect(parseTimestamp(text)).toBe(seconds)
  })
})
