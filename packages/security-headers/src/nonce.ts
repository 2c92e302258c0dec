import { createHash, randomBytes } from 'node:crypto'
import type { HashAlgorithm } from './source.ts'

/** At least 128 bits in base64, as {@link createNonce} makes them. */
const wellMade = /^[A-Za-z0-9+/\-_]{22,}={0,2}$/

/** Whether a text can stand in `'nonce-…'`, and is long enough not to be guessed. */
export const isNonce = (text: string): boolean => wellMade.test(text)

/**
 * A nonce for one answer: 128 random bits of `crypto.randomBytes`, in base64.
 *
 * [CSP section 7.1](https://www.w3.org/TR/CSP3/#security-nonces)
 *
 * @example
 * createNonce().length // => 24
 * createNonce() === createNonce() // => false
 */
export function createNonce(): string {
  return randomBytes(16).toString('base64')
}

/**
 * The source that allows one inline script or style: the hash of what is between its tags, to the byte.
 *
 * [CSP section 2.3.1](https://www.w3.org/TR/CSP3/#grammardef-hash-source)
 *
 * @param content - A text is hashed in UTF-8.
 * @param algorithm - `sha256` unless told.
 * @returns The source with its quotes.
 *
 * @example
 * hashSource("alert('Hello, world.');") // => "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
 */
export function hashSource(
  content: string | Uint8Array,
  algorithm: HashAlgorithm = 'sha256',
): `'${HashAlgorithm}-${string}'` {
  return `'${algorithm}-${createHash(algorithm).update(content).digest('base64')}'`
}
