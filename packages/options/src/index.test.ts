import { expect, it } from 'vitest'
import * as options from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(options).toSorted()).toEqual(['checkKeys', 'edits', 'nearest', 'show'])
})
