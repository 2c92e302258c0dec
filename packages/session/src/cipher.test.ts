import { describe, expect, it } from 'vitest'
import { CookieCipher } from './cipher.ts'

const [older, newer] = [Buffer.from('older key'), Buffer.from('newer key')]
const content = Buffer.from('{"a":12}')

describe('CookieCipher', () => {
  it.each([
    [newer, 0],
    [older, 1],
  ])('opens what the key %s sealed, at %i', (key, index) => {
    const value = new CookieCipher({ keys: [key] }).seal(content, 1_700_000_000)
    const cipher = new CookieCipher({ keys: [older, newer] })
    expect(cipher.recognises(value)).toBe(true)
    expect(cipher.open(value)).toEqual({ bytes: content, signedAt: 1_700_000_000, key: index })
  })

  it('opens what this version wrote before', () => {
    const value =
      '~1.AhvBqYzVSzlk8KG7w_w-CCztbQi4j9zMYkSguQmPwCjTnnJwqQTJhI91TR3_yVyc0x5dNkH7QWCobCxiP-SzTg'
    expect(new CookieCipher({ keys: [newer] }).open(value)).toEqual({
      bytes: content,
      signedAt: 1_700_000_000,
      key: 0,
    })
  })

  it('seals nothing of nothing', () => {
    const cipher = new CookieCipher({ keys: [newer] })
    expect(cipher.open(cipher.seal(Buffer.alloc(0), 0))).toEqual({
      bytes: Buffer.alloc(0),
      signedAt: 0,
      key: 0,
    })
  })

  it.each<[string, (value: string) => string]>([
    ['cut short', (value) => value.slice(0, -1)],
    ['longer', (value) => `${value}A`],
    ['with padding', (value) => `${value}=`],
    [
      'with unused bits',
      (value) => value.slice(0, -1) + String.fromCharCode(value.charCodeAt(value.length - 1) + 1),
    ],
    ['in the alphabet of base64', (value) => value.replaceAll('-', '+').replaceAll('_', '/')],
    ['empty', () => '~1.'],
    ['of a later version', (value) => value.replace('~1', '~2')],
  ])('opens no value %s', (_, change) => {
    const cipher = new CookieCipher({ keys: [newer] })
    // Until one has both characters in which the alphabets differ.
    let value = ''
    while (!/-.*_/.test(value)) value = cipher.seal(content, 1_700_000_000)
    expect(cipher.open(value)).toBeDefined()
    const changed = change(value)
    expect(cipher.recognises(changed) ? cipher.open(changed) : undefined).toBeUndefined()
  })

  it('keeps salts apart', () => {
    const value = new CookieCipher({ keys: [newer], salt: 'a' }).seal(content, 0)
    expect(new CookieCipher({ keys: [newer], salt: 'b' }).open(value)).toBeUndefined()
  })

  it('refuses no key', () => {
    expect(() => new CookieCipher({ keys: [] })).toThrow(TypeError)
  })
})
