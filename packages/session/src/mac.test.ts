import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Mac } from './mac.ts'
import { Sessions } from './sessions.ts'
import type { SignatureDigest } from './signer.ts'

const digests: readonly SignatureDigest[] = ['sha1', 'sha256', 'sha512']

const expected = (digest: SignatureDigest, key: Uint8Array, text: string): string =>
  createHmac(digest, key).update(text).digest('base64url')

describe('the code of a text', () => {
  it('is that of RFC 2202, test case 2', () => {
    const mac = new Mac('sha1', Buffer.from('Jefe'))
    const bytes = Buffer.from(mac.of('what do ya want for nothing?'), 'base64url')
    expect(bytes.toString('hex')).toBe('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79')
  })

  it('is that of createHmac, for keys and texts of any length', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(
        fc.constantFrom(...digests),
        fc.uint8Array({ maxLength: 200, minLength: 1 }),
        fc.array(text, { minLength: 1, maxLength: 5 }),
        (digest, key, texts) => {
          const mac = new Mac(digest, key)
          expect(texts.map((one) => mac.of(one))).toEqual(
            texts.map((one) => expected(digest, key, one)),
          )
        },
      ),
    )
  })

  it.each(digests)('is that of createHmac with %s at the limits of what has room', (digest) => {
    for (const length of [19, 20, 63, 64, 65, 127, 128, 129]) {
      const key = Buffer.alloc(length, 'k')
      const mac = new Mac(digest, key)
      for (const text of ['a', 'é', '\u{1F600}', '\uD800']) {
        for (const size of [0, 1, 682, 683, 1365, 1366, 4096, 65_536]) {
          const long = text.repeat(size)
          expect(mac.of(long)).toBe(expected(digest, key, long))
        }
      }
    }
  })
})

describe('a session', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('takes one to be read, however often, and none where nobody touches it', () => {
    const sessions = new Sessions({
      secretKey: 'correct horse battery staple',
      secretKeyFallbacks: ['a former key'],
    })
    const first = sessions.open({ cookie: undefined, isSecure: true })
    first.session['user'] = 'ada'
    const [cookie] = first.finish({ cacheControl: undefined }).setCookie[0]?.split(';') ?? []

    const of = vi.spyOn(Mac.prototype, 'of')
    const open = sessions.open({ cookie, isSecure: true })
    open.finish({ cacheControl: undefined })
    expect(of).toHaveBeenCalledTimes(0)

    const touched = sessions.open({ cookie, isSecure: true })
    expect([touched.session['user'], touched.session['user']]).toEqual(['ada', 'ada'])
    touched.finish({ cacheControl: undefined })
    expect(of).toHaveBeenCalledTimes(1)
  })
})
