export { clearSiteData, type SiteDataType } from './clear.ts'
export {
  CrossOriginProtection,
  type CrossOriginProtectionOptions,
  type WriteRequest,
} from './cross-origin.ts'
export type {
  ContentSecurityPolicyDirectives,
  SandboxToken,
  SourceList,
  TrustedTypesEntry,
} from './directives.ts'
export type { ExtraField } from './extra.ts'
export type { FrameOptions } from './frame.ts'
export {
  securityHeaderOptionNames,
  type EmbedderPolicy,
  type OpenerPolicy,
  type Preset,
  type ReferrerPolicy,
  type ResourcePolicy,
  type SecurityHeadersOptions,
} from './headers.ts'
export type { IntegrityPolicy } from './integrity.ts'
export { createNonce, hashSource } from './nonce.ts'
export type { Allowlist, PermissionsFeature, PermissionsPolicy } from './permissions.ts'
export { createSecurityPolicy, SecurityPolicy, type Field } from './policy.ts'
export {
  httpsRedirectModes,
  redirectToHttps,
  type HttpsRedirect,
  type Redirect,
  type RedirectQuestion,
} from './redirect.ts'
export type { Reported, ReportingEndpoints } from './reporting.ts'
export { nonce, type HashAlgorithm, type Location, type Source } from './source.ts'
export type { StrictTransportSecurity } from './transport.ts'
