import { directiveRegistry, type ContentSecurityPolicyDirectives } from './directives.ts'
import type { ExtraField } from './extra.ts'
import type { FrameOptions } from './frame.ts'
import type { IntegrityPolicy } from './integrity.ts'
import type { PermissionsPolicy } from './permissions.ts'
import type { Reported, ReportingEndpoints } from './reporting.ts'
import type { StrictTransportSecurity } from './transport.ts'

/** The values of `Cross-Origin-Opener-Policy` in [HTML](https://html.spec.whatwg.org/multipage/browsers.html#the-headers). */
export const coopPolicies = [
  'same-origin',
  'same-origin-allow-popups',
  'noopener-allow-popups',
  'unsafe-none',
] as const
export type OpenerPolicy = (typeof coopPolicies)[number]

/** The values of `Cross-Origin-Embedder-Policy` in [HTML](https://html.spec.whatwg.org/multipage/browsers.html#coep). */
export const coepPolicies = ['require-corp', 'credentialless', 'unsafe-none'] as const
export type EmbedderPolicy = (typeof coepPolicies)[number]

/** The values of `Cross-Origin-Resource-Policy` in [Fetch](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header). */
export const corpPolicies = ['same-origin', 'same-site', 'cross-origin'] as const
export type ResourcePolicy = (typeof corpPolicies)[number]

/** The values of `Referrer-Policy` in [its specification](https://www.w3.org/TR/referrer-policy/#referrer-policies). */
export const referrerPolicies = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
] as const
export type ReferrerPolicy = (typeof referrerPolicies)[number]

/** The names of the presets. */
export const presetNames = ['default', 'compatible', 'strict', 'api', 'helmet'] as const

/** The set of values that the options start from. */
export type Preset = (typeof presetNames)[number]

/**
 * What {@link createSecurityPolicy} takes. An option that is not given stays as the preset has it, and
 * `false` leaves its field out. What has members of its own (directives, features, endpoints, further
 * fields) is merged member by member.
 */
export interface SecurityHeadersOptions {
  /** What the options start from; `'default'` if not given. */
  readonly preset?: Preset | undefined
  /** `Content-Security-Policy`. */
  readonly contentSecurityPolicy?: false | ContentSecurityPolicyDirectives | undefined
  /** `Content-Security-Policy-Report-Only`: only what is given, no preset has one. */
  readonly contentSecurityPolicyReportOnly?: false | ContentSecurityPolicyDirectives | undefined
  /** `Strict-Transport-Security`, sent only over https. */
  readonly strictTransportSecurity?: false | StrictTransportSecurity | undefined
  /** `X-Frame-Options`; `frameAncestors` of the CSP follows it, and it follows that. */
  readonly frameOptions?: false | FrameOptions | undefined
  /** `X-Content-Type-Options`. */
  readonly contentTypeOptions?: false | 'nosniff' | undefined
  /** `Referrer-Policy`; of a list, browsers take the last value that they know. */
  readonly referrerPolicy?: false | ReferrerPolicy | readonly ReferrerPolicy[] | undefined
  /** `Cross-Origin-Opener-Policy`. */
  readonly crossOriginOpenerPolicy?: false | OpenerPolicy | Reported<OpenerPolicy> | undefined
  /** `Cross-Origin-Opener-Policy-Report-Only`: browsers report, and let it be. */
  readonly crossOriginOpenerPolicyReportOnly?:
    | false
    | OpenerPolicy
    | Reported<OpenerPolicy>
    | undefined
  /** `Cross-Origin-Embedder-Policy`. */
  readonly crossOriginEmbedderPolicy?: false | EmbedderPolicy | Reported<EmbedderPolicy> | undefined
  /** `Cross-Origin-Embedder-Policy-Report-Only`: browsers report, and let it be. */
  readonly crossOriginEmbedderPolicyReportOnly?:
    | false
    | EmbedderPolicy
    | Reported<EmbedderPolicy>
    | undefined
  /** `Cross-Origin-Resource-Policy`. */
  readonly crossOriginResourcePolicy?: false | ResourcePolicy | undefined
  /** `Permissions-Policy`. */
  readonly permissionsPolicy?: false | PermissionsPolicy | undefined
  /** `Reporting-Endpoints`, to which the `reportTo` of the others refer by name. */
  readonly reportingEndpoints?: false | ReportingEndpoints | undefined
  /** `Integrity-Policy`. */
  readonly integrityPolicy?: false | IntegrityPolicy | undefined
  /** `Integrity-Policy-Report-Only`: browsers report, and let it be. */
  readonly integrityPolicyReportOnly?: false | IntegrityPolicy | undefined
  /** `Origin-Agent-Cluster: ?1`. */
  readonly originAgentCluster?: boolean | undefined
  /** `Cache-Control` for the answers that have none. */
  readonly cacheControl?: false | string | undefined
  /** Further fields, as they are: `[['Document-Policy', 'document-write=?0']]`. */
  readonly extra?: false | readonly ExtraField[] | undefined
  /**
   * Lets `'unsafe-inline'`, `'unsafe-eval'` and nonces that are the same for all answers stand in
   * `scriptSrc` and what becomes of it.
   */
  readonly allowUnsafe?: boolean | undefined
}

/** The names of the options, for those who hand them on. */
export const securityHeaderOptionNames: readonly (keyof SecurityHeadersOptions)[] = [
  'preset',
  'contentSecurityPolicy',
  'contentSecurityPolicyReportOnly',
  'strictTransportSecurity',
  'frameOptions',
  'contentTypeOptions',
  'referrerPolicy',
  'crossOriginOpenerPolicy',
  'crossOriginOpenerPolicyReportOnly',
  'crossOriginEmbedderPolicy',
  'crossOriginEmbedderPolicyReportOnly',
  'crossOriginResourcePolicy',
  'permissionsPolicy',
  'reportingEndpoints',
  'integrityPolicy',
  'integrityPolicyReportOnly',
  'originAgentCluster',
  'cacheControl',
  'extra',
  'allowUnsafe',
]

/** What to write instead of helmet's options, and of directives in the wrong place. */
export const optionHints: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.keys(directiveRegistry).map((directive) => [
      directive,
      'it is a directive; write it into contentSecurityPolicy',
    ]),
  ),
  hsts: "did you mean 'strictTransportSecurity'?",
  frameguard: "did you mean 'frameOptions'?",
  xFrameOptions: "did you mean 'frameOptions'?",
  noSniff: "did you mean 'contentTypeOptions'?",
  xContentTypeOptions: "did you mean 'contentTypeOptions'?",
  dnsPrefetchControl: "write extra: [['X-DNS-Prefetch-Control', 'off']]",
  xDnsPrefetchControl: "write extra: [['X-DNS-Prefetch-Control', 'off']]",
  permittedCrossDomainPolicies: "write extra: [['X-Permitted-Cross-Domain-Policies', 'none']]",
  xPermittedCrossDomainPolicies: "write extra: [['X-Permitted-Cross-Domain-Policies', 'none']]",
  hidePoweredBy: 'X-Powered-By is always taken off',
  xPoweredBy: 'X-Powered-By is always taken off',
  xssFilter: 'X-XSS-Protection is never sent',
  xXssProtection: 'X-XSS-Protection is never sent',
  ieNoOpen: 'X-Download-Options is never sent',
  xDownloadOptions: 'X-Download-Options is never sent',
  expectCt: 'Expect-CT is never sent',
  featurePolicy: "did you mean 'permissionsPolicy'?",
  csp: "did you mean 'contentSecurityPolicy'?",
}
