import type { Area, Row, Rule } from '../rule.ts'
import { answerRules } from './answers.ts'
import { cachingRules } from './caching.ts'
import { connectionRules } from './connections.ts'
import { contentRules } from './content.ts'
import { cookieRules } from './cookie-rules.ts'
import { fieldRules } from './fields.ts'
import { framingRules } from './framing.ts'
import { grammarRules } from './grammar.ts'
import { hostRules } from './host.ts'
import { http2Rules } from './http2.ts'
import { methodRules } from './methods.ts'
import { negotiationRules } from './negotiation.ts'
import { preconditionRules } from './preconditions.ts'
import { queryRules } from './query.ts'
import { rangeRules } from './ranges.ts'
import { requestFieldRules } from './request-fields.ts'
import { requestRules } from './requests.ts'
import { securityRules } from './security.ts'
import { statusRules } from './statuses.ts'
import { writeRules } from './writes.ts'

const of = (area: Area, rows: readonly Row[]): readonly Rule[] =>
  rows.map((row) => ({ ...row, area }))

/** All rules, by area. */
export const rules: readonly Rule[] = [
  ...of('requests', requestRules),
  ...of('host', hostRules),
  ...of('request framing', [...framingRules, ...requestFieldRules]),
  ...of('connections', connectionRules),
  ...of('methods', [...methodRules, ...queryRules, ...writeRules]),
  ...of('answer framing', answerRules),
  ...of('statuses', statusRules),
  ...of('fields', fieldRules),
  ...of('field grammar', grammarRules),
  ...of('negotiation', negotiationRules),
  ...of('preconditions', preconditionRules),
  ...of('ranges', rangeRules),
  ...of('caching', cachingRules),
  ...of('cookies', cookieRules),
  ...of('security', securityRules),
  ...of('content', contentRules),
  ...of('HTTP/2', http2Rules),
]
