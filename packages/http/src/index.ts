export { Admission } from './admission.ts'
export { errorAnswer, prepareError, prepareBare, type Answer, type ResponseHead } from './answer.ts'
export {
  MethodGuard,
  type MethodGuardOptions,
  type BareAnswer,
  type RouteHost,
  type RouteReader,
  type Verdict,
} from './guard.ts'
export {
  answerOptionNames,
  AnswerSupervisor,
  readAnswerOptions,
  type AnswerHost,
  type AnswerOptions,
  type AnswerSettings,
} from './answers.ts'
export {
  applyPreconditions,
  readConditionalOptions,
  readPreconditionsOptions,
  withState,
  type ConditionalOptions,
  type ConditionalRequest,
  type PreconditionsOptions,
  type State,
} from './conditional.ts'
export type { FirstContent } from './content.ts'
export { entityTagOf, type EntityTags } from './entity-tags.ts'
export { endHeadEarly, hasEndedEarly } from './head.ts'
export {
  type HostedRequest,
  requestOptionNames,
  RequestRules,
  type RequestOptions,
} from './request-rules.ts'
export { createRefusal } from './refusal.ts'
export { type Rule } from './rule.ts'
export { rules } from './rules.ts'
export {
  readSecurityOptions,
  securityOptionNames,
  type SecurityOptions,
  type SecuritySettings,
} from './security-options.ts'
export { PartialSupervisor, type SupervisorHost } from './partial-supervisor.ts'
export { nonceOf, SecurityLayer } from './security.ts'
export {
  saveSession,
  SessionLayer,
  type AppSession,
  type SessionData,
  type SessionFieldsHead,
} from './session.ts'
export {
  fromFlaskConfig,
  fromPrefixedEnv,
  type FlaskSettings,
  type SessionOptions,
} from '@http-semantics/session'
export { supervise, supervisePrototype } from './supervise.ts'
export { violationChannel, type OnViolation, type Violation } from './violation.ts'
export { checkKeys, show } from '@http-semantics/options'
export { type ResourceDeclaration, type ResourceDeclarations } from './resources.ts'
export { type AcceptedContent } from './request-content.ts'
export { makeMessages, type MessagePrototypes } from './made-messages.ts'
export { attachTo, type AttachOptions } from './server.ts'
export { malformedTarget, pathOf } from './target.ts'
export { chooseVariant, type Negotiation, type NegotiationHeaders } from './variants.ts'
export {
  selectContent,
  type ContentSource,
  type RangedContent,
  type SelectedContent,
} from './ranged-content.ts'
export { sendEarlyHints } from './early-hints.ts'
export {
  createNegotiation,
  queryLocations,
  retryAfter,
  type Link,
  type NegotiationOptions,
  type QueryLocations,
  type Variant,
} from '@http-semantics/preconditions'
export type { ResourceState } from '@http-semantics/preconditions'
export { statusOf } from '@http-semantics/problem'
export { clearSiteData, type SecurityHeadersOptions } from '@http-semantics/security-headers'
