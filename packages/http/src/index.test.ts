import { expect, it } from 'vitest'
import * as http from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(http).toSorted()).toEqual([
    'Admission',
    'AnswerSupervisor',
    'MethodGuard',
    'RequestRules',
    'answerOptionNames',
    'attachTo',
    'checkKeys',
    'endHeadEarly',
    'errorAnswer',
    'hasEndedEarly',
    'malformedTarget',
    'pathOf',
    'prepareError',
    'prepareBare',
    'readAnswerOptions',
    'requestOptionNames',
    'rules',
    'show',
    'statusOf',
    'supervise',
    'supervisePrototype',
    'violationChannel',
  ])
})
