export {
  httpSemantics,
  methodGuard,
  type HttpSemantics,
  type HttpSemanticsOptions,
} from './semantics.ts'
export { securityHeaders } from './security-headers.ts'
export { session } from './session.ts'
export {
  clearSiteData,
  fromFlaskConfig,
  fromPrefixedEnv,
  type AppSession,
  type FlaskSettings,
  type MethodGuardOptions,
  type ResourceDeclarations,
  type SecurityHeadersOptions,
  type SecurityOptions,
  type SessionData,
  type SessionOptions,
} from '@http-semantics/http'
