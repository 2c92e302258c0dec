export { httpSemantics, methodGuard, type HttpSemanticsOptions } from './semantics.ts'
export { earlyHints, negotiate, sendContent } from './content.ts'
export { conditional, preconditions } from './preconditions.ts'
export { securityHeaders } from './security-headers.ts'
export { session } from './session.ts'
export {
  clearSiteData,
  createNegotiation,
  fromFlaskConfig,
  fromPrefixedEnv,
  queryLocations,
  retryAfter,
  type AcceptedContent,
  type AppSession,
  type ConditionalOptions,
  type ContentSource,
  type FlaskSettings,
  type Link,
  type MethodGuardOptions,
  type Negotiation,
  type NegotiationOptions,
  type PreconditionsOptions,
  type QueryLocations,
  type RangedContent,
  type ResourceDeclaration,
  type ResourceDeclarations,
  type ResourceState,
  type SecurityHeadersOptions,
  type SecurityOptions,
  type SessionData,
  type SessionOptions,
  type Variant,
} from '@http-semantics/http'
