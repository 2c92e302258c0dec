import { listOf, oneOf } from './options.ts'
import { serializeString } from './structured.ts'

const siteDataTypes = [
  '*',
  'cache',
  'clientHints',
  'cookies',
  'executionContexts',
  'prefetchCache',
  'prerenderCache',
  'storage',
] as const

/** A kind of data that a browser keeps for a site; `'*'` is all. */
export type SiteDataType = (typeof siteDataTypes)[number]

/**
 * The value of `Clear-Site-Data`, for the answer to a logout. Browsers obey it over https only.
 *
 * [Clear Site Data section 3.1](https://www.w3.org/TR/clear-site-data/#header)
 *
 * @param types - What to clear; `cookies`, `storage` and `cache` if nothing is named, as OWASP advises.
 * @throws TypeError naming a type that does not exist or is there twice.
 *
 * @example
 * clearSiteData('cookies', 'storage') // => '"cookies", "storage"'
 * clearSiteData() // => '"cookies", "storage", "cache"'
 */
export function clearSiteData(...types: readonly SiteDataType[]): string {
  const list = listOf('clearSiteData', types, "'cookies'").map((type) =>
    oneOf('clearSiteData', type, siteDataTypes),
  )
  if (list.length > 1 && list.includes('*')) {
    throw new TypeError("clearSiteData: '*' is all there is; leave out the others")
  }
  return (list.length === 0 ? ['cookies', 'storage', 'cache'] : list)
    .map(serializeString)
    .join(', ')
}
