import { hash } from 'node:crypto'
import type { SignatureDigest } from './signer.ts'

/** The block length of each hash function, in bytes. */
const blocks: Readonly<Record<SignatureDigest, number>> = { sha1: 64, sha256: 64, sha512: 128 }

/** For how many bytes of text there is room beforehand: as many as a browser keeps of a cookie. */
const room = 4096

/**
 * HMAC ([RFC 2104](https://www.rfc-editor.org/rfc/rfc2104.html)) of texts with one key. The two halves of
 * the key are made once, and a text takes two one-shot hashes: a third less than `createHmac`, which
 * makes a stream for each text.
 */
export class Mac {
  readonly #digest: SignatureDigest
  readonly #block: number
  /** The key with the inner padding, and behind it room for a text. */
  readonly #inner: Buffer
  /** The key with the outer padding, and behind it room for the inner hash. */
  readonly #outer: Buffer

  /** @param digest - The hash function. */
  constructor(digest: SignatureDigest, key: Uint8Array) {
    const block = blocks[digest]
    const short = key.length > block ? hash(digest, key, 'buffer') : key
    this.#digest = digest
    this.#block = block
    this.#inner = Buffer.alloc(block + room)
    this.#outer = Buffer.alloc(block + hash(digest, '', 'buffer').length)
    for (let index = 0; index < block; index += 1) {
      const byte = short[index] ?? 0
      this.#inner[index] = byte ^ 0x36
      this.#outer[index] = byte ^ 0x5c
    }
  }

  /** The code of a text, which is taken as UTF-8, in base64url. */
  of(text: string): string {
    this.#outer.write(hash(this.#digest, this.#withKey(text), 'binary'), this.#block, 'binary')
    return hash(this.#digest, this.#outer, 'base64url')
  }

  #withKey(text: string): Buffer {
    // A character has three bytes at most.
    if (text.length * 3 > room) {
      return Buffer.concat([this.#inner.subarray(0, this.#block), Buffer.from(text)])
    }
    const length = this.#inner.write(text, this.#block)
    return this.#inner.subarray(0, this.#block + length)
  }
}
