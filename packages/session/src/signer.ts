import {
  createHash,
  createHmac,
  createSecretKey,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'

/** How the signing key is made of the secret and the salt, in the words of itsdangerous. */
export type KeyDerivation = 'hmac' | 'concat' | 'django-concat' | 'none'

/** The hash function of the signature. */
export type SignatureDigest = 'sha1' | 'sha256' | 'sha512'

/** What a {@link Signer} is made of. */
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
  readonly #digest: SignatureDigest
  /** Newest first: that is the order in which they are tried. */
  readonly #keys: readonly KeyObject[]
  readonly #newest: KeyObject

  /** @throws TypeError without a key, and for an empty one. */
  constructor({
    keys,
    salt = 'cookie-session',
    keyDerivation = 'hmac',
    digest = 'sha1',
  }: SignerOptions) {
    this.#digest = digest
    this.#keys = keys.map((key) => deriveKey(key, salt, keyDerivation, digest)).toReversed()
    const [newest] = this.#keys
    if (newest === undefined) throw new TypeError('keys: there must be one')
    this.#newest = newest
  }

  /** The signature of a text with the newest key, in base64url. */
  sign(text: string): string {
    return this.#sign(text, this.#newest)
  }

  /**
   * Finds the key that signed a text.
   *
   * @returns 0 for the newest key, 1 for the one before it, and so on; -1 if no key did. A signature
   * counts in its one canonical spelling alone, see decisions/011-strict-base64-in-signatures.md.
   */
  find(text: string, signature: string): number {
    // UTF-8 keeps texts apart; Latin-1 would take U+0141 for A.
    const given = Buffer.from(signature)
    return this.#keys.findIndex((key) => {
      const right = Buffer.from(this.#sign(text, key))
      return given.length === right.length && timingSafeEqual(given, right)
    })
  }

  #sign(text: string, key: KeyObject): string {
    return createHmac(this.#digest, key).update(text).digest('base64url')
  }
}

function deriveKey(
  key: Uint8Array,
  salt: string,
  keyDerivation: KeyDerivation,
  digest: SignatureDigest,
): KeyObject {
  if (key.length === 0) throw new TypeError('keys: a key must not be empty')
  return createSecretKey(derivations[keyDerivation](key, salt, digest))
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
  return bytes.length > 8 ? undefined : bytes.reduce((seconds, byte) => seconds * 256 + byte, 0)
}
