import { expect, it } from 'vitest'
import * as http from './index.ts'

it('exports exactly this', () => {
  expect(Object.keys(http).toSorted()).toEqual([
    'Admission',
    'AnswerSupervisor',
    'MethodGuard',
    'PartialSupervisor',
    'RequestRules',
    'SecurityLayer',
    'SessionLayer',
    'answerOptionNames',
    'attachTo',
    'checkKeys',
    'clearSiteData',
    'endHeadEarly',
    'errorAnswer',
    'fromFlaskConfig',
    'fromPrefixedEnv',
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
    'saveSession',
    'securityOptionNames',
    'show',
    'statusOf',
    'supervise',
    'supervisePrototype',
    'violationChannel',
  ])
})
