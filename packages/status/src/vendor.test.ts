import { describe, expect, expectTypeOf, it } from 'vitest'

import { isRegistered } from './index.ts'
import {
  findVendorStatus,
  isVendor,
  vendorStatuses,
  vendorStatusList,
  type VendorStatus,
  type VendorStatusCode,
} from './vendor.ts'

/** Who uses which codes, written down apart from the table. */
const codes = {
  nginx: [444, 494, 495, 496, 497, 499],
  cloudflare: [520, 521, 522, 523, 524, 525, 526, 527, 530],
  'aws-elb': [460, 463, 464, 561],
  microsoft: [440, 449, 450, 451],
  twitter: [420],
  spring: [420],
  laravel: [419],
  shopify: [430, 530, 540, 783],
  esri: [498, 499],
  apache: [509],
  pantheon: [530],
  qualys: [529],
  squid: [600, 601],
  linkedin: [999],
  informal: [218, 598, 599],
}

describe('the vendor table', () => {
  it('has the codes of each vendor', () => {
    const found = Object.keys(codes).map((vendor) => [
      vendor,
      vendorStatusList.filter((status) => status.vendor === vendor).map(({ code }) => code),
    ])
    expect(Object.fromEntries(found)).toEqual(codes)
    expect(vendorStatusList).toHaveLength(Object.values(codes).flat().length)
  })

  it('names a code once per vendor', () => {
    const names = vendorStatusList.map(({ vendor, name }) => `${vendor} ${name}`)
    expect(new Set(names).size).toBe(names.length)
    expect(vendorStatusList.filter(({ name }) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([])
  })

  it('uses a registered code only where a vendor gave it another meaning', () => {
    const clashes = vendorStatusList.filter(({ code }) => isRegistered(code))
    expect(clashes.map(({ vendor, code }) => [vendor, code])).toEqual([['microsoft', 451]])
  })

  it('compares each to a registered code that may be sent', () => {
    for (const { nearest } of vendorStatusList) expect(isRegistered(nearest)).toBe(true)
  })
})

describe('findVendorStatus', () => {
  it('tells the vendors apart that use the same code', () => {
    expect(findVendorStatus('nginx', 499).name).toBe('ClientClosedRequest')
    expect(findVendorStatus('esri', 499).name).toBe('TokenRequired')
  })

  it.each([
    ['nginx', 404],
    ['iana', 404],
    ['nobody', 499],
    ['constructor', 499],
  ])('has no answer for %s and %i', (vendor, code) => {
    expect(findVendorStatus(vendor, code)).toBeUndefined()
    expect(isVendor(vendor)).toBe(vendor === 'nginx')
  })

  it('finds every row', () => {
    for (const status of vendorStatusList) {
      const { vendor, code }: { vendor: string; code: number } = status
      expect(findVendorStatus(vendor, code)).toBe(status)
    }
  })

  it('is sure of a pair it knows, and not of others', () => {
    expectTypeOf(findVendorStatus('nginx', 499)).toEqualTypeOf<VendorStatus>()
    expectTypeOf(findVendorStatus('nginx', 404)).toEqualTypeOf<VendorStatus | undefined>()
    expectTypeOf<VendorStatusCode<'esri'>>().toEqualTypeOf<498 | 499>()
  })
})

describe('vendorStatuses', () => {
  it.each([
    [499, ['nginx', 'esri']],
    [530, ['cloudflare', 'shopify', 'pantheon']],
    [420, ['twitter', 'spring']],
    [404, []],
    [999, ['linkedin']],
  ])('says who uses %i', (code, vendors) => {
    expect(vendorStatuses(code).map(({ vendor }) => vendor)).toEqual(vendors)
  })

  it('refuses 000, which a load balancer may log but which is no status code', () => {
    expect(() => vendorStatuses(0)).toThrow(RangeError)
    expect(() => findVendorStatus('aws-elb', 0)).toThrow(RangeError)
  })
})
