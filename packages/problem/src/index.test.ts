import { expect, it } from 'vitest'
import * as problem from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(problem).toSorted()).toEqual([
    'chooseLanguage',
    'defineProblem',
    'documentProblems',
    'escapeHtml',
    'fieldsOf',
    'representError',
    'representProblem',
    'statusOf',
    'toProblem',
  ])
})
