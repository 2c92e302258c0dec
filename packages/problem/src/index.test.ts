import { expect, it } from 'vitest'
import * as problem from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(problem).toSorted()).toEqual([
    'escapeHtml',
    'fieldsOf',
    'representProblem',
    'statusOf',
    'toProblem',
  ])
})
