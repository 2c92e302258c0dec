import { expect, it } from 'vitest'
import * as methods from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(methods).toSorted()).toEqual([
    'Method',
    'acceptFields',
    'completeMethods',
    'decideMethod',
    'findMethod',
    'formatAllow',
    'isIdempotent',
    'isMethodToken',
    'isSafe',
    'methodRegistry',
    'refusedMethods',
    'serverMethods',
  ])
})
