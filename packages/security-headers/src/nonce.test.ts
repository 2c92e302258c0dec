import { describe, expect, it } from 'vitest'
import { createNonce, hashSource, isNonce } from './nonce.ts'

describe('createNonce', () => {
  it('gives 128 bits in base64, and never the same', () => {
    const nonces = Array.from({ length: 1000 }, () => createNonce())
    expect(new Set(nonces).size).toBe(1000)
    for (const nonce of nonces) {
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
      expect(isNonce(nonce)).toBe(true)
    }
  })

  it.each([
    '',
    'short',
    "a'; script-src *",
    `${'a'.repeat(22)}\n`,
    ` ${'a'.repeat(22)}`,
    'ä'.repeat(30),
  ])('would never give %j', (text) => expect(isNonce(text)).toBe(false))
})

describe('hashSource', () => {
  // The example of CSP Level 2 section 4.2.5.
  it.each([
    ['sha256', "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"],
    ['sha384', "'sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO'"],
    [
      'sha512',
      "'sha512-Q2bFTOhEALkN8hOms2FKTDLy7eugP2zFZ1T8LCvX42Fp3WoNr3bjZSAHeOsHrbV1Fu9/A0EzCinRE7Af1ofPrw=='",
    ],
  ] as const)('hashes with %s', (algorithm, source) => {
    expect(hashSource("alert('Hello, world.');", algorithm)).toBe(source)
    expect(hashSource(Buffer.from("alert('Hello, world.');"), algorithm)).toBe(source)
  })

  it('takes sha256 unless told, and hashes texts in UTF-8', () => {
    expect(hashSource('ü')).toBe(hashSource(Buffer.from([0xc3, 0xbc]), 'sha256'))
  })
})
