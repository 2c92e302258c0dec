import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { Mac } from './mac.ts'

/** How the signing key is made of the secret and the salt, in the words of itsdangerous. */
export type KeyDerivation = 'hmac' | 'concat' | 'django-concat' | 'none'

/** The hash function of the signature. */
export type SignatureDigest = 'sha1' | 'sha256' | 'sha512'

/** What a signer is made of. */
export interface SignerOptions {
  /** The secrets, oldest first. The last one signs; all are read. */
  readonly keys: readonly Uint8Array[]
  /** What tells this use of the secret from others. Default: `cookie-session`, Flask's. */
  readonly salt?: string | undefined
  /** Default: `hmac`, Flask's. */
  readonly keyDerivation?: KeyDerivation | undefined
  /** Default: `sha1`, Flask's. HMAC does not need what SHA-1 has lost. */
  readonly digest?: SignatureDigest | undefined
}

/** Signs texts as the `Signer` of itsdangerous does. Keys are derived once, at construction. */
export class Signer {
  /** Newest first: that is the order in which they are tried. */
  readonly #macs: readonly Mac[]
  readonly #newest: Mac
  /** Room for the two signatures that are compared; all have one length. */
  readonly #given: Buffer
  readonly #right: Buffer

  /** @throws TypeError without a key, and for an empty one. */
  constructor({
    keys,
    salt = 'cookie-session',
    keyDerivation = 'hmac',
    digest = 'sha1',
  }: SignerOptions) {
    this.#macs = keys
      .map((key) => new Mac(digest, deriveKey(key, salt, keyDerivation, digest)))
      .toReversed()
    const [newest] = this.#macs
    if (newest === undefined) throw new TypeError('keys: there must be one')
    this.#newest = newest
    this.#given = Buffer.from(newest.of(''), encoding)
    this.#right = Buffer.from(this.#given)
  }

  /** The signature of a text with the newest key, in base64url. */
  sign(text: string): string {
    return this.#newest.of(text)
  }

  /**
   * Finds the key that signed a text.
   *
   * @returns 0 for the newest key, 1 for the one before it, and so on; -1 if no key did. A signature
   * counts in its one canonical spelling alone, see decisions/011-strict-base64-in-signatures.md.
   */
  find(text: string, signature: string): number {
    if (signature.length * unit !== this.#given.length) return -1
    this.#given.write(signature, encoding)
    return this.#macs.findIndex((mac) => {
      this.#right.write(mac.of(text), encoding)
      return timingSafeEqual(this.#given, this.#right)
    })
  }
}

/** Keeps texts apart, and their lengths equal; Latin-1 would take U+0141 for A. */
const encoding = 'utf16le'
const unit = 2

function deriveKey(
  key: Uint8Array,
  salt: string,
  keyDerivation: KeyDerivation,
  digest: SignatureDigest,
): Uint8Array {
  if (key.length === 0) throw new TypeError('keys: a key must not be empty')
  return derivations[keyDerivation](key, salt, digest)
}

const derivations: Readonly<
  Record<KeyDerivation, (key: Uint8Array, salt: string, digest: SignatureDigest) => Uint8Array>
> = {
  hmac: (key, salt, digest) => createHmac(digest, key).update(salt).digest(),
  concat: (key, salt, digest) => createHash(digest).update(salt).update(key).digest(),
  'django-concat': (key, salt, digest) =>
    createHash(digest).update(salt).update('signer').update(key).digest(),
  none: (key) => key,
}

/** A time as itsdangerous writes it: whole seconds since 1970, big-endian, no zeros in front. */
export function formatTimestamp(seconds: number): string {
  const hex = Math.max(0, Math.floor(seconds)).toString(16)
  return seconds < 1
    ? ''
    : Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url')
}

/** The seconds that a timestamp tells, undefined if it is longer than 8 bytes. */
export function parseTimestamp(text: string): number | undefined {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length > 8) return undefined
  let seconds = 0
  for (const byte of bytes) seconds = seconds * 256 + byte
  return seconds
}
