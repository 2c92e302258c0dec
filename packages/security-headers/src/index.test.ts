import { expect, it } from 'vitest'
import * as headers from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(headers).toSorted()).toEqual([
    'CrossOriginProtection',
    'SecurityPolicy',
    'clearSiteData',
    'createNonce',
    'createSecurityPolicy',
    'hashSource',
    'httpsRedirectModes',
    'nonce',
    'redirectToHttps',
    'securityHeaderOptionNames',
  ])
})
