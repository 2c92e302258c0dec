import { expect, expectTypeOf, it } from 'vitest'
import { httpsRedirectModes, redirectToHttps, type HttpsRedirect } from './redirect.ts'

const request = {
  isSecure: false,
  host: 'a.example',
  target: '/x?y=z',
  upgradeInsecureRequests: undefined,
}

it.each([
  ['keeps path and query', {}, 'https://a.example/x?y=z'],
  ['drops the port', { host: 'a.example:8080' }, 'https://a.example/x?y=z'],
  ['drops an empty port', { host: 'a.example:' }, 'https://a.example/x?y=z'],
  ['keeps an IPv6 address', { host: '[::1]:80' }, 'https://[::1]/x?y=z'],
  [
    'stays on the host for two slashes',
    { target: '//b.example/' },
    'https://a.example//b.example/',
  ],
  ['takes bytes as they are', { target: '/\u00e4' }, 'https://a.example/\u00e4'],
])('%s', (_, more, location) => {
  expect(redirectToHttps('always', { ...request, ...more })).toEqual({
    status: 308,
    fields: [['Location', location]],
  })
})

it.each([
  ['a secure request', { isSecure: true }],
  ['a request without Host', { host: undefined }],
  ['an empty Host', { host: '' }],
  ['a Host with user information', { host: 'a@b.example' }],
  ['a Host with a path', { host: 'a.example/b' }],
  ['a Host with a line break', { host: 'a.example\r\nX: y' }],
  ['OPTIONS *', { target: '*' }],
  ['a whole URL', { target: 'http://a.example/' }],
  ['a target with a line break', { target: '/\r\nX: y' }],
  ['a target with a space', { target: '/a b' }],
])('leaves alone %s', (_, more) => {
  expect(redirectToHttps('always', { ...request, ...more })).toBeUndefined()
})

it('redirects when asked only who asks, and tells caches', () => {
  const asked = { ...request, upgradeInsecureRequests: '1' }
  expect(redirectToHttps('when-asked', asked)).toEqual({
    status: 308,
    fields: [
      ['Location', 'https://a.example/x?y=z'],
      ['Vary', 'Upgrade-Insecure-Requests'],
    ],
  })
  expect(redirectToHttps('when-asked', request)).toBeUndefined()
  expect(redirectToHttps('when-asked', { ...asked, upgradeInsecureRequests: '0' })).toBeUndefined()
  expect(redirectToHttps('when-asked', { ...asked, isSecure: true })).toBeUndefined()
})

it('lists its modes', () => {
  expect(httpsRedirectModes).toEqual(['always', 'when-asked'])
  expectTypeOf(httpsRedirectModes).toEqualTypeOf<readonly HttpsRedirect[]>()
})
