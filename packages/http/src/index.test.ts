import { expect, it } from 'vitest'
import * as http from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(http).toSorted()).toEqual([
    'MethodGuard',
    'attachTo',
    'checkKeys',
    'endHeadEarly',
    'errorAnswer',
    'malformedTarget',
    'pathOf',
    'prepareError',
    'prepareOptions',
    'show',
    'statusOf',
  ])
})
