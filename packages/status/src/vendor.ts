import type { Localized } from './localized.ts'
import { assertStatusCode } from './range.ts'
import type { StatusCode } from './registry.ts'
import { vendorTable } from './vendor-table.ts'

export type { Localized } from './localized.ts'

type Table = typeof vendorTable

/** A vendor with status codes of its own; `informal` is for those that nobody owns. */
export type Vendor = keyof Table

/** The codes of one vendor, such as `VendorStatusCode<'nginx'>`; without an argument, of any. */
export type VendorStatusCode<V extends Vendor = Vendor> = {
  [Key in V]: Extract<keyof Table[Key]['statuses'], number>
}[V]

/** A code as one vendor uses it. */
export interface VendorStatus {
  /** Who uses it. */
  readonly vendor: Vendor
  /** Name of the vendor, for people. */
  readonly vendorTitle: string
  /** The code, which may mean something else with another vendor, or in the registry. */
  readonly code: number
  /** Name as a constant, such as `ClientClosedRequest`; unique within a vendor. */
  readonly name: string
  /** Name for people, such as `Client Closed Request`. */
  readonly phrase: string
  /** What it means with this vendor. */
  readonly meaning: Localized
  /** The registered code that comes nearest to it. */
  readonly nearest: StatusCode
}

/** A row of the table without its vendor and code. */
interface Row extends Localized {
  readonly name: string
  readonly phrase: string
  readonly nearest: StatusCode
}

/** What the table holds of one vendor. */
interface Entry {
  readonly title: string
  readonly statuses: Readonly<Record<number, Row>>
}

/**
 * Is this the name of a vendor in the table?
 *
 * @example
 * isVendor('nginx') // => true
 * isVendor('iana') // => false
 */
export function isVendor(name: string): name is Vendor {
  return Object.hasOwn(vendorTable, name)
}

function statusesOf(vendor: Vendor): VendorStatus[] {
  const { title, statuses }: Entry = vendorTable[vendor]
  return Object.entries(statuses).map(([code, row]) => ({
    vendor,
    vendorTitle: title,
    code: Number(code),
    name: row.name,
    phrase: row.phrase,
    meaning: { en: row.en, 'zh-TW': row['zh-TW'] },
    nearest: row.nearest,
  }))
}

/**
 * The unofficial status codes of all vendors, vendor by vendor and ascending by code.
 *
 * @example
 * vendorStatusList.filter(({ vendor }) => vendor === 'esri').map(({ code }) => code) // => [498, 499]
 */
export const vendorStatusList: readonly VendorStatus[] = Object.freeze(
  Object.keys(vendorTable).filter(isVendor).flatMap(statusesOf),
)

/**
 * What a code means with one vendor, or `undefined` if the vendor has no such code.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @example
 * findVendorStatus('nginx', 499).phrase // => 'Client Closed Request'
 * findVendorStatus('esri', 499).phrase // => 'Token Required'
 * findVendorStatus('nginx', 404) // => undefined
 */
export function findVendorStatus<V extends Vendor>(
  vendor: V,
  code: VendorStatusCode<V>,
): VendorStatus
export function findVendorStatus(vendor: string, code: number): VendorStatus | undefined
export function findVendorStatus(vendor: string, code: number): VendorStatus | undefined {
  return vendorStatuses(code).find((status) => status.vendor === vendor)
}

/**
 * Everything a code means with any vendor, in the order of `vendorStatusList`; empty if none uses it.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @example
 * vendorStatuses(499).map(({ vendor }) => vendor) // => ['nginx', 'esri']
 * vendorStatuses(404) // => []
 */
export function vendorStatuses(code: number): readonly VendorStatus[] {
  assertStatusCode(code)
  return vendorStatusList.filter((status) => status.code === code)
}
