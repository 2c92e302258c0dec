import { expect, it } from 'vitest'
import { clearSiteData, type SiteDataType } from './clear.ts'

it.each([
  [['cookies'], '"cookies"'],
  [['cache', 'clientHints', 'executionContexts'], '"cache", "clientHints", "executionContexts"'],
  [['prefetchCache', 'prerenderCache', 'storage'], '"prefetchCache", "prerenderCache", "storage"'],
  [['*'], '"*"'],
  [[], '"cookies", "storage", "cache"'],
] as const)('clears %j', (types, value) => {
  expect(clearSiteData(...types)).toBe(value)
})

it.each([
  [['cookie'], "clearSiteData: 'cookie' is not allowed; did you mean 'cookies'?"],
  [['"cookies"'], "clearSiteData: '\"cookies\"' is not allowed; did you mean 'cookies'?"],
  [['cookies', 'cookies'], "clearSiteData: 'cookies' is there twice; once is enough"],
  [['*', 'cookies'], "clearSiteData: '*' is all there is; leave out the others"],
])('refuses %j', (types, message) => {
  expect(() => clearSiteData(...(types as SiteDataType[]))).toThrow(new TypeError(message))
})
