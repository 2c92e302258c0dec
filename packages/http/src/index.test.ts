import { expect, it } from 'vitest'
import * as http from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(http).toSorted()).toEqual([
    'AnswerSupervisor',
    'MethodGuard',
    'RequestRules',
    'answerOptionNames',
    'attachTo',
    'awaitsContinue',
    'checkKeys',
    'endHeadEarly',
    'errorAnswer',
    'judgeAhead',
    'malformedTarget',
    'pathOf',
    'prepareError',
    'prepareOptions',
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
