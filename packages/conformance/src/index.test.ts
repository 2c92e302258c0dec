import { expect, it } from 'vitest'
import * as conformance from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(conformance).toSorted()).toEqual([
    'UnreachableError',
    'check',
    'reportJson',
    'reportSarif',
    'reportTerminal',
    'rules',
  ])
})
