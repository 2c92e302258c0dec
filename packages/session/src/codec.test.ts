import { deflateRawSync, deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CookieCodec, type CodecOptions, type Opened } from './codec.ts'
import { formatTimestamp, Signer } from './signer.ts'
import { encodeValue, formatSession } from './tagged-json.ts'

const key = Buffer.from('correct horse battery staple')
const formerKey = Buffer.from('former key of this app')
const now = 1_700_000_000

const codecOf = (options: Partial<CodecOptions> = {}): CookieCodec =>
  new CookieCodec({ keys: [key], maxAge: 2_678_400, ...options })

/** A well signed cookie with any payload. */
const signed = (payload: string, time: string = formatTimestamp(now)): string =>
  `${payload}.${time}.${new Signer({ keys: [key] }).sign(`${payload}.${time}`)}`

const base64 = (content: string | Uint8Array): string => Buffer.from(content).toString('base64url')

/** A session, its cookie, and the cookies' many characters. */
const long = formatSession(
  new Map([['cart', encodeValue(Array.from({ length: 40 }, (_, sku) => ({ sku, quantity: 1 })))]]),
)

describe('CookieCodec', () => {
  it.each<[string, Partial<CodecOptions>, string]>([
    ['signed', {}, '{"user_id":42}'],
    ['signed and compressed', {}, long],
    ['encrypted', { encrypt: true }, '{"user_id":42}'],
    ['encrypted, never compressed', { encrypt: true }, long],
    ['signed with SHA-512', { digest: 'sha512' }, '{"user_id":42}'],
  ])('reads what it wrote: %s', (_, options, text) => {
    const codec = codecOf(options)
    const opened = codec.open(codec.seal(text, now), now)
    if (opened.status !== 'ok') expect.fail(JSON.stringify(opened))
    expect(formatSession(opened.entries)).toBe(text)
    expect([opened.signedAt, opened.isCurrentKey]).toEqual([now - 5, true])
  })

  it.each<[string, Partial<CodecOptions>, Partial<CodecOptions>]>([
    ['with a former key', { keys: [formerKey] }, { keys: [formerKey, key] }],
    [
      'encrypted with a former key',
      { keys: [formerKey], encrypt: true },
      { keys: [formerKey, key], encrypt: true },
    ],
    ['signed alone, where cookies are encrypted', {}, { encrypt: true }],
    ['encrypted, where cookies are signed alone', { encrypt: true }, {}],
  ])('reads a cookie and tells that it is not as it would be now: %s', (_, before, after) => {
    const cookie = codecOf(before).seal('{"a":1}', now)
    expect(codecOf(after).open(cookie, now)).toMatchObject({ status: 'ok', isCurrentKey: false })
    expect(codecOf({ ...after, keys: [Buffer.from('another')] }).open(cookie, now)).toEqual({
      status: 'bad',
      reason: 'signature',
    })
  })

  it('shows nothing of an encrypted session, and no two cookies are alike', () => {
    const codec = codecOf({ encrypt: true })
    const [first, second] = [
      codec.seal('{"secret":"swordfish"}', now),
      codec.seal('{"secret":"swordfish"}', now),
    ]
    expect(first).not.toBe(second)
    expect(first).toMatch(/^~1\.[\w-]+$/)
    expect(Buffer.from(first.slice(3), 'base64url').includes('swordfish')).toBe(false)
  })

  it.each<[number, Partial<CodecOptions>, number]>([
    [5, {}, now - 5],
    [5, { encrypt: true }, now - 5],
    [0, { clockSkew: 0 }, now],
    [60, { clockSkew: 60 }, now - 60],
    [2, { maxAge: 20 }, now - 2],
    [0, { maxAge: 9 }, now],
    [0, { maxAge: -1 }, now],
  ])('dates a cookie %i seconds back with %o', (_, options, signedAt) => {
    const codec = codecOf(options)
    const opened = codecOf({ ...options, maxAge: 100 }).open(codec.seal('{}', now + 0.9), now)
    expect(opened).toMatchObject({ status: 'ok', signedAt })
  })

  it('writes no time before 1970', () => {
    expect(codecOf().open(codecOf().seal('{}', 2), 2)).toMatchObject({ signedAt: 0 })
  })

  it.each<[string, number, boolean, Opened['status'], string | undefined]>([
    ['as old as allowed', 100, false, 'ok', undefined],
    ['as old as allowed, encrypted', 100, true, 'ok', undefined],
    ['older', 101, false, 'bad', 'expired'],
    ['older, encrypted', 101, true, 'bad', 'expired'],
    ['from a future as far as allowed', -5, false, 'ok', undefined],
    ['from further in the future', -6, false, 'bad', 'future'],
    ['from further in the future, encrypted', -6, true, 'bad', 'future'],
  ])('judges a cookie %s', (_, age, encrypt, status, reason) => {
    const cookie = codecOf({ clockSkew: 0, encrypt }).seal('{}', now)
    const opened = codecOf({ maxAge: 100 }).open(cookie, now + age)
    expect(opened.status).toBe(status)
    expect('reason' in opened ? opened.reason : undefined).toBe(reason)
  })

  it.each<[string, string, Opened]>([
    ['nothing', '', { status: 'bad', reason: 'form' }],
    ['a dot', '.', { status: 'bad', reason: 'form' }],
    ['no time', 'e30.x', { status: 'bad', reason: 'form' }],
    [
      'a time of nine bytes',
      signed('e30', base64('x'.repeat(9))),
      { status: 'bad', reason: 'form' },
    ],
    ['two dots', '..', { status: 'bad', reason: 'signature' }],
    ['only the prefix of encryption', '~1.', { status: 'bad', reason: 'signature' }],
    ['100 kB', 'x.'.repeat(50_000), { status: 'bad', reason: 'too-long' }],
    ['64 KiB', '.'.repeat(65_536), { status: 'bad', reason: 'signature' }],
    ['an empty payload', signed(''), { status: 'undecodable', reason: 'json' }],
    [
      'text that is no UTF-8',
      signed(base64(Buffer.from('7b2261223a22ff227d', 'hex'))),
      { status: 'undecodable', reason: 'utf-8' },
    ],
    [
      'surrogates in UTF-8',
      signed(base64(Buffer.from('7b2261223a22eda080227d', 'hex'))),
      { status: 'undecodable', reason: 'utf-8' },
    ],
    ['a byte order mark', signed(base64('\ufeff{}')), { status: 'undecodable', reason: 'json' }],
    ['a number', signed(base64('5')), { status: 'undecodable', reason: 'json' }],
    ['a wrong tag', signed(base64('{"a":{" d":5}}')), { status: 'undecodable', reason: 'json' }],
    [
      '100,000 levels',
      signed(`.${base64(deflateSync('['.repeat(100_000)))}`),
      { status: 'undecodable', reason: 'json' },
    ],
    [
      'a stream without header',
      signed(`.${base64(deflateRawSync('{}'))}`),
      { status: 'undecodable', reason: 'zlib' },
    ],
    [
      'a stream cut short',
      signed(`.${base64(deflateSync('{"a":1}').subarray(0, -1))}`),
      { status: 'undecodable', reason: 'zlib' },
    ],
  ])('finds %s', (_, cookie, opened) => {
    expect(codecOf().open(cookie, now)).toEqual(opened)
  })

  it.each<[string, string, number, Opened['status']]>([
    ['plain, at the limit', base64(`{}${' '.repeat(98)}`), 100, 'ok'],
    ['plain, over it', base64(`{}${' '.repeat(99)}`), 100, 'undecodable'],
    ['compressed, at the limit', `.${base64(deflateSync(`{}${' '.repeat(98)}`))}`, 100, 'ok'],
    ['compressed, over it', `.${base64(deflateSync(`{}${' '.repeat(99)}`))}`, 100, 'undecodable'],
    ['a bomb of 8 MB', `.${base64(deflateSync(' '.repeat(8_000_000)))}`, 1_048_576, 'undecodable'],
  ])('reads no more content than allowed: %s', (_, payload, maxContentSize, status) => {
    const opened = codecOf({ maxContentSize }).open(signed(payload), now)
    expect(opened.status).toBe(status)
    if (status !== 'ok') expect(opened).toHaveProperty('reason', 'too-large')
  })

  it('inflates nothing that is not signed', () => {
    const bomb = signed(`.${base64(deflateSync(' '.repeat(8_000_000)))}`)
    const start = performance.now()
    for (let round = 0; round < 100; round += 1) codecOf().open(`${bomb.slice(0, -1)}!`, now)
    expect(performance.now() - start).toBeLessThan(500)
  })

  it.each([
    ['content over the limit', { maxContentSize: 5 }, '{"a":1}'],
    ['a cookie over any limit', { encrypt: true }, `{"a":"${'x'.repeat(50_000)}"}`],
  ])('does not write %s', (_, options, text) => {
    expect(() => codecOf(options).seal(text, now)).toThrow(RangeError)
  })

  it.each<[string, Partial<CodecOptions>]>([
    ['keys', { keys: [] }],
    ['keys', { keys: [Buffer.alloc(0)] }],
    ['maxAge', { maxAge: 1.5 }],
    ['maxAge', { maxAge: Number.NaN }],
    ['clockSkew', { clockSkew: -1 }],
    ['clockSkew', { clockSkew: 0.5 }],
    ['maxContentSize', { maxContentSize: 0 }],
  ])('refuses wrong %s', (name, options) => {
    expect(() => codecOf(options)).toThrow(TypeError)
    expect(() => codecOf(options)).toThrow(name)
  })
})

describe('a cookie', () => {
  it.each<[string, Partial<CodecOptions>, string]>([
    ['signed', {}, '{"user_id":42}'],
    ['compressed', {}, long],
    ['encrypted', { encrypt: true }, '{"user_id":42}'],
  ])('with one flipped bit anywhere is refused: %s', (_, options, text) => {
    const codec = codecOf(options)
    const cookie = codec.seal(text, now)
    expect(codec.open(cookie, now).status).toBe('ok')
    for (let index = 0; index < cookie.length; index += 1) {
      for (let bit = 1; bit < 0x1_00_00; bit *= 2) {
        const flipped = String.fromCharCode(cookie.charCodeAt(index) ^ bit)
        const { status } = codec.open(
          cookie.slice(0, index) + flipped + cookie.slice(index + 1),
          now,
        )
        if (status !== 'bad') expect.fail(`bit ${bit} of character ${index}: ${status}`)
      }
    }
  })

  const total = Number(process.env['SOAK'] ?? (process.env['MODE'] === 'soak' ? 100_000 : 5000))
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

  it(`of garbage is bad, ${total} times, and costs little (SEED=${seed})`, () => {
    const codec = codecOf({ keys: [formerKey, key] })
    const good = [{}, { encrypt: true }].map((options) => codecOf(options).seal(long, now))
    const character = fc.constantFrom(...Array.from('.~1eyJ_-=!" \u0000\u00ff\u0141\ud800'))
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: character, maxLength: 40 }),
      fc.constantFrom('.', '..', '~1.', 'e30', 'ZVPxAA', '.eJw', 'A'.repeat(27), 'x'.repeat(5000)),
      fc
        .tuple(fc.constantFrom(...good), fc.nat(300), fc.nat(300))
        .map(([cookie, from, to]) => cookie.slice(from, to)),
    )
    const garbage = fc
      .array(piece, { maxLength: 6 })
      .map((pieces) => pieces.join(''))
      .filter((cookie) => !good.includes(cookie))
    let spent = 0
    fc.assert(
      fc.property(garbage, (cookie) => {
        const start = performance.now()
        const { status } = codec.open(cookie, now)
        spent += performance.now() - start
        expect(status).toBe('bad')
      }),
      { numRuns: total, seed },
    )
    expect(spent / total, 'milliseconds each').toBeLessThan(0.5)
  }, 120_000)
})
