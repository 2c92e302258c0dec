import { readFileSync } from 'node:fs'
import { deflate } from 'pako'
import { describe, expect, it } from 'vitest'
import { CookieCodec, type CodecOptions, type Opened } from './codec.ts'
import type { KeyDerivation, SignatureDigest } from './signer.ts'
import { decodeValue, encodeValue, formatSession } from './tagged-json.ts'
import { Float, Markup, Tuple, Uuid } from './values.ts'

/** A value in the notation of the recording, which tells all types of Python apart. */
type Neutral =
  | { t: 'null' }
  | { t: 'bool'; v: boolean }
  | { t: 'int' | 'str' | 'uuid' | 'markup'; v: string }
  | { t: 'float'; ieee754: string }
  | { t: 'bytes'; hex: string }
  | { t: 'datetime'; epoch_ms: number }
  | { t: 'list' | 'tuple'; v: Neutral[] }
  | { t: 'dict'; v: [string, Neutral][] }

/** A cookie that Flask 3.1.1 wrote or was shown, recorded with its clock replaced. */
interface Vector {
  readonly id: string
  readonly note: string
  readonly keys_oldest_first: readonly ({ utf8: string } | { hex: string })[]
  readonly salt: string
  readonly key_derivation: KeyDerivation
  readonly digest: SignatureDigest
  readonly signed_at: number
  readonly verify_at: number
  readonly max_age: number
  readonly cookie: string
  readonly expected:
    | { readonly status: 'ok'; readonly value: Neutral }
    | { readonly status: 'empty' | 'server-error' }
  readonly encode?: 'exact' | 'exact-json' | 'decode-only'
  readonly json: string
}

const vectors = readFileSync(new URL('../test-data/flask-cookies.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector)

/** What Flask reads and we do not, on purpose. */
const refused: Readonly<Record<string, readonly [Opened, string]>> = {
  'sig-sibling-1': [
    { status: 'bad', reason: 'signature' },
    'a signature has one spelling: decisions/011-strict-base64-in-signatures.md',
  ],
  'sig-sibling-2': [{ status: 'bad', reason: 'signature' }, 'likewise'],
  'sig-padding': [{ status: 'bad', reason: 'signature' }, 'likewise'],
  'sig-junk-4': [{ status: 'bad', reason: 'signature' }, 'likewise'],
  'trailing-space': [
    { status: 'bad', reason: 'signature' },
    'who reads the Cookie field takes spaces away',
  ],
  quoted: [{ status: 'bad', reason: 'signature' }, 'who reads the Cookie field takes quotes away'],
  'odd-json-pairs': [
    { status: 'undecodable', reason: 'json' },
    'a list is no session; Flask writes none, dict() happens to take it',
  ],
  'odd-tag-top-tuple': [{ status: 'undecodable', reason: 'json' }, 'likewise, for a tuple'],
  'odd-tag-tuple-str': [
    { status: 'undecodable', reason: 'json' },
    'a tuple is written as a list; tuple() happens to take text',
  ],
  'odd-tag-markup-int': [
    { status: 'undecodable', reason: 'json' },
    'Markup is written as text; Markup() happens to take numbers',
  ],
}

const named = vectors.map((vector) => [`${vector.id} ${vector.note}`, vector] as const)
const written = named.filter(([, { encode }]) => encode?.startsWith('exact'))

const codecFor = (vector: Vector, options: Partial<CodecOptions> = {}): CookieCodec =>
  new CookieCodec({
    keys: vector.keys_oldest_first.map((key) =>
      'utf8' in key ? Buffer.from(key.utf8) : Buffer.from(key.hex, 'hex'),
    ),
    salt: vector.salt,
    keyDerivation: vector.key_derivation,
    digest: vector.digest,
    maxAge: vector.max_age,
    clockSkew: 0,
    ...options,
  })

function toNeutral(value: unknown): Neutral {
  if (value === null) return { t: 'null' }
  if (typeof value === 'boolean') return { t: 'bool', v: value }
  if (typeof value === 'string') return { t: 'str', v: value }
  if (typeof value === 'bigint') return { t: 'int', v: String(value) }
  if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) {
    return { t: 'int', v: String(value) }
  }
  if (typeof value === 'number' || value instanceof Float) {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(Number(value))
    return { t: 'float', ieee754: bytes.toString('hex') }
  }
  if (value instanceof Tuple) return { t: 'tuple', v: Array.from(value, toNeutral) }
  if (Array.isArray(value)) return { t: 'list', v: value.map(toNeutral) }
  if (value instanceof Uint8Array) return { t: 'bytes', hex: Buffer.from(value).toString('hex') }
  if (value instanceof Markup) return { t: 'markup', v: value.html }
  if (value instanceof Uuid) return { t: 'uuid', v: String(value) }
  if (value instanceof Date) return { t: 'datetime', epoch_ms: value.getTime() }
  return sorted(Object.entries(value as object).map(([key, item]) => [key, toNeutral(item)]))
}

/** The order of keys is that of JavaScript or that of Python; it means nothing. */
const sorted = (pairs: [string, Neutral][]): Neutral => ({
  t: 'dict',
  v: pairs.toSorted(([left], [right]) => (left < right ? -1 : 1)),
})

/** A recorded value without what only Python can tell. */
function normalise(value: Neutral): Neutral {
  switch (value.t) {
    case 'float':
      return { t: 'float', ieee754: value.ieee754 }
    case 'datetime':
      return { t: 'datetime', epoch_ms: value.epoch_ms }
    case 'list':
    case 'tuple':
      return { t: value.t, v: value.v.map(normalise) }
    case 'dict':
      return sorted(value.v.map(([key, item]) => [key, normalise(item)]))
    default:
      return value
  }
}

const decodeAll = (entries: ReadonlyMap<string, string>): Neutral =>
  sorted(Array.from(entries, ([key, text]) => [key, toNeutral(decodeValue(text))]))

describe('the cookies recorded from Flask', () => {
  it('are all here', () => {
    expect(vectors).toHaveLength(117)
    expect(written.length).toBeGreaterThan(40)
    const ids = vectors.map(({ id }) => id)
    expect(Object.keys(refused).filter((id) => !ids.includes(id))).toEqual([])
  })

  it.each(named.filter(([, { id }]) => !(id in refused)))('%s', (_, vector) => {
    const opened = codecFor(vector).open(vector.cookie, vector.verify_at)
    const { expected } = vector
    if (expected.status === 'ok') {
      if (opened.status !== 'ok') expect.fail(JSON.stringify(opened))
      expect(decodeAll(opened.entries)).toEqual(normalise(expected.value))
      expect(opened.signedAt).toBe(vector.signed_at)
    } else {
      expect(opened.status).toBe(expected.status === 'empty' ? 'bad' : 'undecodable')
    }
  })

  it.each(Object.entries(refused))('%s is refused on purpose', (id, [answer]) => {
    const vector = vectors.find((vector) => vector.id === id)
    expect(vector?.expected.status).toBe('ok')
    expect(vector && codecFor(vector).open(vector.cookie, vector.verify_at)).toEqual(answer)
  })

  it.each(written)('%s, written again, is the same JSON text', (_, vector) => {
    const opened = codecFor(vector).open(vector.cookie, vector.verify_at)
    if (opened.status !== 'ok') expect.fail(JSON.stringify(opened))
    expect(formatSession(opened.entries)).toBe(vector.json)
    const values = Array.from(opened.entries, ([key, text]) => [
      key,
      encodeValue(decodeValue(text)),
    ])
    expect(formatSession(new Map(values as [string, string][]))).toBe(vector.json)
  })

  it.each(written)('%s, written with the deflate of pako, is the same cookie', (_, vector) => {
    expect(codecFor(vector, { deflate }).seal(vector.json, vector.signed_at)).toBe(vector.cookie)
  })

  it.each(written)('%s, written with the deflate of Node, reads the same', (_, vector) => {
    const codec = codecFor(vector)
    const cookie = codec.seal(vector.json, vector.signed_at)
    expect(codec.open(cookie, vector.signed_at)).toEqual(
      codec.open(vector.cookie, vector.signed_at),
    )
    if (vector.encode === 'exact') expect(cookie).toBe(vector.cookie)
  })

  it('one second from the future are read with the default skew of clocks', () => {
    const vector = vectors.find(({ id }) => id === 'age-minus-1')
    const codec = vector && codecFor(vector, { clockSkew: undefined })
    expect(codec?.open(vector?.cookie ?? '', vector?.verify_at ?? 0).status).toBe('ok')
  })
})
