export { httpSemantics, methodGuard, type HttpSemanticsOptions } from './semantics.ts'
export { earlyHints, negotiate, sendContent } from './content.ts'
export { securityHeaders } from './security-headers.ts'
export { session } from './session.ts'
export {
  clearSiteData,
  createNegotiation,
  fromFlaskConfig,
  fromPrefixedEnv,
  retryAfter,
  type AcceptedContent,
  type AppSession,
  type ContentSource,
  type FlaskSettings,
  type Link,
  type MethodGuardOptions,
  type Negotiation,
  type NegotiationOptions,
  type RangedContent,
  type ResourceDeclaration,
  type ResourceDeclarations,
  type SecurityHeadersOptions,
  type SecurityOptions,
  type SessionData,
  type SessionOptions,
  type Variant,
} from '@http-semantics/http'
