export { httpSemantics, methodGuard, type HttpSemanticsOptions } from './semantics.ts'
export { securityHeaders } from './security-headers.ts'
export {
  type MethodGuardOptions,
  type ResourceDeclarations,
  type SecurityHeadersOptions,
  type SecurityOptions,
} from '@http-semantics/http'
