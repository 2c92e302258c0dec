import { describe, expect, expectTypeOf, it } from 'vitest'

import {
  findIisSubStatus,
  iisSubStatuses,
  isIisSubStatus,
  parseIisSubStatus,
  type IisStatus,
  type IisSubStatus,
} from './iis.ts'
import { isError, isRegistered } from './index.ts'

/** The sub-statuses of each code, written down apart from the table; `[1, 11]` is 1 to 11. */
const expected: readonly (readonly [code: number, ...spans: (readonly [number, number])[]])[] = [
  [400, [1, 11], [601, 606]],
  [401, [1, 5], [501, 504]],
  [403, [1, 22], [501, 504]],
  [404, [0, 20], [501, 504]],
  [405, [0, 0]],
  [406, [0, 0]],
  [412, [0, 0]],
  [413, [0, 0]],
  [500, [0, 0], [11, 13], [15, 15], [19, 19], [21, 24], [50, 53], [100, 100]],
  [502, [1, 7]],
  [503, [0, 0], [2, 4]],
]

describe('the IIS table', () => {
  it('has the 107 sub-statuses of IIS 7.0 to 10, in order', () => {
    const keys = expected.flatMap(([code, ...spans]) =>
      spans.flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, index) => `${code}.${first + index}`),
      ),
    )
    expect(keys).toHaveLength(107)
    expect(iisSubStatuses).toEqual(keys)
  })

  it('has two meanings only where Application Request Routing changed them', () => {
    const two = iisSubStatuses.filter((status) => findIisSubStatus(status).meanings.length > 1)
    expect(two).toEqual(['502.2', '502.3', '502.4'])
    for (const status of two) {
      const modules = findIisSubStatus(status).meanings.map(({ module }) => module)
      expect(modules.at(-1)).toBe('arr-3.0.1916')
      expect(new Set(modules).size).toBe(2)
    }
  })

  it('compares each to a registered error', () => {
    for (const status of iisSubStatuses) {
      const { code, nearest } = findIisSubStatus(status)
      expect(isRegistered(code) && isError(code)).toBe(true)
      expect(isRegistered(nearest) && isError(nearest)).toBe(true)
    }
  })

  it.each([
    ['404.6', 405],
    ['404.10', 431],
    ['404.13', 413],
    ['404.14', 414],
    ['404.15', 414],
    ['403.4', 426],
    ['401.501', 429],
    ['404.502', 429],
    ['403.503', 403],
    ['500.19', 500],
  ] as const)('takes %s to be nearest to %i', (status, nearest) => {
    expect(findIisSubStatus(status).nearest).toBe(nearest)
  })

  it('has cause and fix, always together, for those people meet', () => {
    const known = iisSubStatuses.map((status) => ({ status, ...findIisSubStatus(status) }))
    expect(known.filter(({ cause, fix }) => (cause === undefined) !== (fix === undefined))).toEqual(
      [],
    )
    expect(known.filter(({ cause }) => cause !== undefined).map(({ status }) => status)).toEqual([
      '401.1',
      '401.2',
      '401.3',
      '403.4',
      '403.14',
      '404.2',
      '404.3',
      '404.4',
      '404.6',
      '404.7',
      '404.8',
      '404.11',
      '404.12',
      '404.13',
      '404.14',
      '404.15',
      '404.17',
      '500.19',
      '500.21',
      '500.22',
      '500.52',
      '502.3',
      '503.0',
    ])
  })
})

describe('findIisSubStatus', () => {
  it('takes the text and the two numbers alike', () => {
    for (const status of iisSubStatuses) {
      const found = findIisSubStatus(status)
      expect(`${found.code}.${found.subStatus}`).toBe(status)
      expect(findIisSubStatus(found.code, found.subStatus)).toEqual(found)
    }
  })

  it.each(['404.99', '404', '404.', '404.011', '999.1', '', 'constructor'])(
    'does not know %j',
    (status) => {
      expect(findIisSubStatus(status)).toBeUndefined()
      expect(isIisSubStatus(status)).toBe(false)
    },
  )

  it('does not take 404.1 as a number, since that is 404.10 as well', () => {
    // @ts-expect-error a number needs the other one
    expect(findIisSubStatus(404.1)).toBeUndefined()
    expect(findIisSubStatus(404, 1)).not.toEqual(findIisSubStatus(404, 10))
  })

  it('is sure of what it knows, and not of others', () => {
    expectTypeOf(findIisSubStatus('404.11')).toEqualTypeOf<IisStatus>()
    expectTypeOf(findIisSubStatus('404.99')).toEqualTypeOf<IisStatus | undefined>()
    expectTypeOf(findIisSubStatus(404, 11)).toEqualTypeOf<IisStatus | undefined>()
    expectTypeOf<'404.99'>().not.toExtend<IisSubStatus>()
  })
})

describe('parseIisSubStatus', () => {
  it.each([
    ['404.11', { code: 404, subStatus: 11 }],
    ['404.0', { code: 404, subStatus: 0 }],
    ['404.99', { code: 404, subStatus: 99 }],
    ['200.0', { code: 200, subStatus: 0 }],
  ])('takes %s apart, known or not', (text, parts) => {
    expect(parseIisSubStatus(text)).toEqual(parts)
  })

  it.each([
    '404',
    '404.',
    '.11',
    '404.01',
    '404.1.1',
    '4040.1',
    '604.1',
    '404,1',
    ' 404.1',
    '404.-1',
    '',
  ])('does not accept %j', (text) => {
    expect(parseIisSubStatus(text)).toBeUndefined()
  })
})
