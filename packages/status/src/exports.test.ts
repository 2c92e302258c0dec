import { describe, expect, it } from 'vitest'

import * as codes from './codes.ts'
import * as en from './en.ts'
import * as iis from './iis.ts'
import * as index from './index.ts'
import * as vendor from './vendor.ts'
import * as zh from './zh-TW.ts'

describe('the exports', () => {
  it.each([
    [
      '.',
      index,
      [
        'Status',
        'assertStatusCode',
        'isClientError',
        'isError',
        'isInformational',
        'isRedirect',
        'isRedirection',
        'isRegistered',
        'isServerError',
        'isSuccessful',
        'reasonPhrase',
        'statusClass',
        'statusCode',
        'statusCodes',
        'statusInfo',
        'statusName',
        'statuses',
        'treatedAs',
      ],
    ],
    ['./codes', codes, Object.keys(index.Status).toSorted()],
    ['./en', en, ['classTexts', 'describeStatus', 'texts']],
    ['./zh-TW', zh, ['classTexts', 'describeStatus', 'texts']],
    ['./vendor', vendor, ['findVendorStatus', 'isVendor', 'vendorStatusList', 'vendorStatuses']],
    ['./iis', iis, ['findIisSubStatus', 'iisSubStatuses', 'isIisSubStatus', 'parseIisSubStatus']],
  ])('of %s are these', (_, module, names) => {
    expect(Object.keys(module).toSorted()).toEqual(names)
  })
})
