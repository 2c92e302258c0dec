import { expect, it } from 'vitest'
import * as http from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(http).toSorted()).toEqual([
    'Admission',
    'AnswerSupervisor',
    'MethodGuard',
    'RequestRules',
    'SecurityLayer',
    'SecuritySupervisor',
    'answerOptionNames',
    'attachTo',
    'checkKeys',
    'endHeadEarly',
    'errorAnswer',
    'hasEndedEarly',
    'malformedTarget',
    'nonceOf',
    'pathOf',
    'prepareBare',
    'prepareError',
    'readAnswerOptions',
    'readSecurityOptions',
    'requestOptionNames',
    'rules',
    'securityOptionNames',
    'show',
    'statusOf',
    'supervise',
    'supervisePrototype',
    'violationChannel',
  ])
})
