import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import type { SignerOptions } from './signer.ts'

/** What an encrypted cookie begins with: a version, after a character that base64url does not have. */
const prefix = '~1.'

const algorithm = 'aes-256-gcm'
const saltLength = 32
const keyLength = 32
const nonceLength = 12
const tagLength = 16
const timeLength = 8

/** An encrypted cookie's content. */
export interface Decrypted {
  readonly bytes: Buffer
  /** When it was made, in seconds since 1970. */
  readonly signedAt: number
  /** 0 for the newest key, 1 for the one before it, and so on. */
  readonly key: number
}

/**
 * Encrypts cookies with AES-256-GCM. Each has a key and a nonce of its own, made by HKDF
 * ([RFC 5869](https://www.rfc-editor.org/rfc/rfc5869.html)) with SHA-256 of the secret and a random
 * salt. The value is `~1.` and, in base64url, the salt, the encrypted time (8 bytes) and content, and
 * the tag. Nothing is compressed: the length would tell how much of what somebody else put into the
 * session is like the rest.
 */
export class CookieCipher {
  /** Newest first. */
  readonly #keys: readonly KeyObject[]
  readonly #newest: KeyObject
  readonly #info: string

  /** @throws TypeError without a key. */
  constructor({ keys, salt = 'cookie-session' }: Pick<SignerOptions, 'keys' | 'salt'>) {
    this.#keys = keys.map((key) => createSecretKey(key)).toReversed()
    const [newest] = this.#keys
    if (newest === undefined) throw new TypeError('keys: there must be one')
    this.#newest = newest
    this.#info = `@http-semantics/session ${prefix} ${salt}`
  }

  /** Whether a value looks like one that {@link CookieCipher.seal} made. */
  recognises(value: string): boolean {
    return value.startsWith(prefix)
  }

  seal(content: Uint8Array, signedAt: number): string {
    const salt = randomBytes(saltLength)
    const { key, nonce } = this.#derive(this.#newest, salt)
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength })
    const time = Buffer.alloc(timeLength)
    time.writeBigUInt64BE(BigInt(signedAt))
    const sealed = [salt, cipher.update(time), cipher.update(content), cipher.final()]
    return prefix + Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url')
  }

  /** @returns undefined if the value was not made with one of the keys, or was changed since. */
  open(value: string): Decrypted | undefined {
    const text = value.slice(prefix.length)
    const bytes = Buffer.from(text, 'base64url')
    // One spelling alone, as with signatures.
    if (bytes.length < saltLength + timeLength + tagLength) return undefined
    if (bytes.toString('base64url') !== text) return undefined
    for (const [index, secret] of this.#keys.entries()) {
      const plain = this.#decrypt(secret, bytes)
      if (plain === undefined) continue
      const signedAt = Number(plain.readBigUInt64BE())
      return { bytes: plain.subarray(timeLength), signedAt, key: index }
    }
    return undefined
  }

  #decrypt(secret: KeyObject, bytes: Buffer): Buffer | undefined {
    const { key, nonce } = this.#derive(secret, bytes.subarray(0, saltLength))
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength })
    decipher.setAuthTag(bytes.subarray(-tagLength))
    const plain = decipher.update(bytes.subarray(saltLength, -tagLength))
    try {
      decipher.final()
      return plain
    } catch {
      return undefined
    }
  }

  #derive(secret: KeyObject, salt: Buffer): { key: Buffer; nonce: Buffer } {
    const bytes = Buffer.from(hkdfSync('sha256', secret, salt, this.#info, keyLength + nonceLength))
    return { key: bytes.subarray(0, keyLength), nonce: bytes.subarray(keyLength) }
  }
}
