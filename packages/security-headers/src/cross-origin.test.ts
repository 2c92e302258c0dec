import { describe, expect, it } from 'vitest'
import { CrossOriginProtection } from './cross-origin.ts'

const request = {
  method: 'POST',
  path: '/',
  secFetchSite: undefined,
  origin: undefined,
  host: 'a.example',
}
const cross = { ...request, secFetchSite: 'cross-site', origin: 'https://b.example' }
const plain = new CrossOriginProtection()

// The rows of Go's TestCrossOriginProtectionSecFetchSite and the like, by sense.
describe('CrossOriginProtection', () => {
  it.each([
    ['same-origin', { secFetchSite: 'same-origin' }],
    ['typed in', { secFetchSite: 'none' }],
    ['same-origin, whatever Origin says', { secFetchSite: 'same-origin', origin: 'null' }],
    ['of no browser', {}],
    ['with empty fields', { secFetchSite: '', origin: '' }],
    ['of an old browser, same origin', { origin: 'https://a.example' }],
    ['of an old browser, http to https', { origin: 'http://a.example' }],
    ['of an old browser with a port', { origin: 'https://a.example:8443', host: 'a.example:8443' }],
  ])('lets pass a POST %s', (_, more) => {
    expect(plain.judge({ ...request, ...more })).toBeUndefined()
  })

  it.each(['GET', 'HEAD', 'OPTIONS', 'QUERY'])('lets pass %s of any origin', (method) => {
    expect(plain.judge({ ...cross, method })).toBeUndefined()
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPPATCH', 'get', 'PURGE'])(
    'refuses %s of another origin',
    (method) => {
      expect(plain.judge({ ...cross, method })).toBe(
        `Sec-Fetch-Site says that this ${method} comes from another origin (cross-site)`,
      )
    },
  )

  it.each([
    ['of the same site', { secFetchSite: 'same-site' }, 'Sec-Fetch-Site says'],
    ['of a word to come', { secFetchSite: 'whatever' }, 'Sec-Fetch-Site says'],
    [
      'that says cross-site with the right Origin',
      { secFetchSite: 'cross-site', origin: 'https://a.example' },
      'Sec-Fetch-Site says',
    ],
    [
      'of an old browser',
      { origin: 'https://b.example' },
      'Origin (https://b.example) is not the Host of this POST (a.example)',
    ],
    ['of an opaque origin', { origin: 'null' }, 'Origin (null) is not'],
    [
      'of another port',
      { origin: 'https://a.example:8443' },
      'Origin (https://a.example:8443) is not',
    ],
    [
      'of a host that ends alike',
      { origin: 'https://x.a.example' },
      'Origin (https://x.a.example) is not',
    ],
    ['without Host', { origin: 'https://a.example', host: undefined }, '(none)'],
    ['of nothing, to nothing', { origin: 'https://', host: undefined }, '(none)'],
  ])('refuses a POST %s', (_, more, sentence) => {
    expect(plain.judge({ ...request, ...more })).toContain(sentence)
  })

  it('lets trusted origins write, by Origin to the letter', () => {
    const trusting = new CrossOriginProtection({
      trustedOrigins: ['https://b.example', 'https://c.example:8443', 'app://desktop'],
    })
    for (const origin of ['https://b.example', 'https://c.example:8443', 'app://desktop']) {
      expect(trusting.judge({ ...cross, origin })).toBeUndefined()
      expect(trusting.judge({ ...request, origin })).toBeUndefined()
    }
    for (const origin of [
      'https://c.example',
      'http://b.example',
      'https://b.example.evil',
      'null',
      undefined,
    ]) {
      expect(trusting.judge({ ...cross, origin })).toBeDefined()
    }
  })

  it.each([
    ['/hooks/', true],
    ['/hooks/a/b', true],
    ['/hooks/a?b=/../c', true],
    ['/exact', true],
    ['/exact?a', true],
    ['/hooks', false],
    ['/exact/', false],
    ['/exactly', false],
    ['/Hooks/', false],
    ['/hooks/../pay', false],
    ['/hooks/%2e%2E/pay', false],
    ['/hooks/./a', false],
    ['/hooks/..', false],
    ['/hooks//pay', false],
    [String.raw`/hooks/..\pay`, false],
    ['/hooks/..%2fpay', false],
    ['/hooks/..%5Cpay', false],
    ['/', false],
    ['', false],
  ])('bypasses at %s: %s', (path, bypassed) => {
    const bypassing = new CrossOriginProtection({ bypass: ['/hooks/', '/exact'] })
    expect(bypassing.judge({ ...cross, path }) === undefined).toBe(bypassed)
    expect(plain.judge({ ...cross, path })).toBeDefined()
  })

  it.each([
    [
      { trustedOrigin: [] },
      "crossOriginProtection: unknown option 'trustedOrigin'; did you mean 'trustedOrigins'?",
    ],
    [
      { trustedOrigins: 'https://b.example' },
      "crossOriginProtection.trustedOrigins must be a list like ['https://app.example'], got 'https://b.example'",
    ],
    [
      { trustedOrigins: ['https://b.example/'] },
      "crossOriginProtection.trustedOrigins: 'https://b.example/' is no origin; did you mean 'https://b.example'?",
    ],
    [
      { trustedOrigins: ['https://b.example?x'] },
      "crossOriginProtection.trustedOrigins: 'https://b.example?x' is no origin; did you mean 'https://b.example'?",
    ],
    [
      { trustedOrigins: ['https://B.example'] },
      "crossOriginProtection.trustedOrigins: 'https://B.example' is not as browsers send it; write 'https://b.example'",
    ],
    [
      { trustedOrigins: ['https://b.example:443'] },
      "crossOriginProtection.trustedOrigins: 'https://b.example:443' is not as browsers send it; write 'https://b.example'",
    ],
    [
      { trustedOrigins: ['b.example'] },
      "crossOriginProtection.trustedOrigins: 'b.example' is no origin; write one like 'https://app.example'",
    ],
    [
      { trustedOrigins: ['null'] },
      "crossOriginProtection.trustedOrigins: 'null' is no origin; write one like 'https://app.example'",
    ],
    [
      { trustedOrigins: ['*'] },
      "crossOriginProtection.trustedOrigins: '*' is no origin; write one like 'https://app.example'",
    ],
    [
      { trustedOrigins: ['https://*.b.example'] },
      "crossOriginProtection.trustedOrigins: 'https://*.b.example' is no origin; write one like 'https://app.example'",
    ],
    [
      { bypass: ['/hooks/*'] },
      "crossOriginProtection.bypass: '/hooks/*' is no path; write one like '/hooks/', with a '/' behind for all below it",
    ],
    [
      { bypass: ['/hooks/{name}'] },
      "crossOriginProtection.bypass: '/hooks/{name}' is no path; write one like '/hooks/', with a '/' behind for all below it",
    ],
    [
      { bypass: ['hooks'] },
      "crossOriginProtection.bypass: 'hooks' is no path; write one like '/hooks/', with a '/' behind for all below it",
    ],
    [
      { bypass: ['/hooks?a'] },
      "crossOriginProtection.bypass: '/hooks?a' is no path; write one like '/hooks/', with a '/' behind for all below it",
    ],
    [
      { bypass: ['/a/../b'] },
      "crossOriginProtection.bypass: '/a/../b' is no path; write one like '/hooks/', with a '/' behind for all below it",
    ],
    [{ bypass: ['/a', '/a'] }, "crossOriginProtection.bypass: '/a' is there twice; once is enough"],
  ])('refuses the options %j', (options, message) => {
    expect(() => new CrossOriginProtection(options as object)).toThrow(new TypeError(message))
  })
})
