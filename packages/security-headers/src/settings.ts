import { checkUnsafe, mergeDirectives, type Directives } from './csp.ts'
import { checkFieldValue, mergeExtra, type Extra } from './extra.ts'
import { checkFrameOptions, keepInStep, type FrameOptions } from './frame.ts'
import { checkIntegrity, type Integrity } from './integrity.ts'
import {
  coepPolicies,
  coopPolicies,
  corpPolicies,
  optionHints,
  referrerPolicies,
  securityHeaderOptionNames,
  type EmbedderPolicy,
  type OpenerPolicy,
  type ResourcePolicy,
  type SecurityHeadersOptions,
} from './headers.ts'
import { show } from '@http-semantics/options'
import { checkKeys, listOf, oneOf } from './options.ts'
import { mergePermissions, type Permissions } from './permissions.ts'
import {
  checkEndpoint,
  checkReported,
  mergeEndpoints,
  type Endpoints,
  type Reported,
} from './reporting.ts'
import { mergeTransport, type Transport } from './transport.ts'

/** Everything a policy says, checked; `undefined` for a field that is not sent. */
export interface Settings {
  readonly csp: Directives | undefined
  readonly cspReportOnly: Directives | undefined
  readonly transport: Transport | undefined
  readonly frameOptions: FrameOptions | undefined
  readonly contentTypeOptions: 'nosniff' | undefined
  readonly referrerPolicy: string | undefined
  readonly opener: Reported<OpenerPolicy> | undefined
  readonly openerReportOnly: Reported<OpenerPolicy> | undefined
  readonly embedder: Reported<EmbedderPolicy> | undefined
  readonly embedderReportOnly: Reported<EmbedderPolicy> | undefined
  readonly resource: ResourcePolicy | undefined
  readonly permissions: Permissions | undefined
  readonly endpoints: Endpoints | undefined
  readonly integrity: Integrity | undefined
  readonly integrityReportOnly: Integrity | undefined
  readonly originAgentCluster: boolean
  readonly cacheControl: string | undefined
  readonly extra: Extra
  readonly allowUnsafe: boolean
}

/** A policy that says nothing. */
export const noSettings: Settings = {
  csp: undefined,
  cspReportOnly: undefined,
  transport: undefined,
  frameOptions: undefined,
  contentTypeOptions: undefined,
  referrerPolicy: undefined,
  opener: undefined,
  openerReportOnly: undefined,
  embedder: undefined,
  embedderReportOnly: undefined,
  resource: undefined,
  permissions: undefined,
  endpoints: undefined,
  integrity: undefined,
  integrityReportOnly: undefined,
  originAgentCluster: false,
  cacheControl: undefined,
  extra: new Map(),
  allowUnsafe: false,
}

/** What stays, what is taken out, or what is given. */
const pick = <Kept, Given>(
  value: unknown,
  kept: Kept,
  check: (value: unknown) => Given,
): Kept | Given | undefined => {
  if (value === undefined) return kept
  return value === false ? undefined : check(value)
}

function checkReferrer(option: string, value: unknown): string {
  if (!Array.isArray(value)) return oneOf(option, value, referrerPolicies)
  const list = listOf(option, value, "['no-referrer', 'strict-origin']").map((policy) =>
    oneOf(option, policy, referrerPolicies),
  )
  if (list.length === 0) {
    throw new TypeError(`${option}: [] says nothing; write 'no-referrer', or false to leave it out`)
  }
  return list.join(',')
}

function checkFlag(option: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new TypeError(`${option} must be true or false, got ${show(value)}`)
}

const reportOnlyIgnores = ['sandbox', 'upgradeInsecureRequests'] as const

/** Refuses what only the whole shows: unsafe scripts, and endpoints that are not there. */
function checkWhole(settings: Settings): void {
  const { csp, cspReportOnly, opener, openerReportOnly, embedder, embedderReportOnly } = settings
  const endpoints: Endpoints = settings.endpoints ?? new Map()
  const policies = { contentSecurityPolicy: csp, contentSecurityPolicyReportOnly: cspReportOnly }
  for (const [option, policy] of Object.entries(policies)) {
    if (policy === undefined) continue
    checkUnsafe(option, policy, settings.allowUnsafe)
    for (const name of policy.get('reportTo') ?? []) {
      checkEndpoint(`${option}.reportTo`, name, endpoints)
    }
  }
  for (const directive of reportOnlyIgnores) {
    if (cspReportOnly?.has(directive) !== true) continue
    throw new TypeError(
      `contentSecurityPolicyReportOnly.${directive}: browsers ignore it where they only report; put it into contentSecurityPolicy`,
    )
  }
  const reported = {
    crossOriginOpenerPolicy: opener,
    crossOriginOpenerPolicyReportOnly: openerReportOnly,
    crossOriginEmbedderPolicy: embedder,
    crossOriginEmbedderPolicyReportOnly: embedderReportOnly,
  }
  for (const [option, policy] of Object.entries(reported)) {
    if (policy?.reportTo !== undefined) {
      checkEndpoint(`${option}.reportTo`, policy.reportTo, endpoints)
    }
  }
  const integrities = {
    integrityPolicy: settings.integrity,
    integrityPolicyReportOnly: settings.integrityReportOnly,
  }
  for (const [option, policy] of Object.entries(integrities)) {
    for (const name of policy?.endpoints ?? [])
      checkEndpoint(`${option}.endpoints`, name, endpoints)
  }
}

/**
 * Settings with options put in, each field and each directive for itself.
 *
 * @param base - What holds where the options say nothing.
 * @param options - As the user gave them; `preset` is the caller's.
 * @throws TypeError naming option and value, and what to write.
 */
export function mergeSettings(base: Settings, options: SecurityHeadersOptions): Settings {
  checkKeys('securityHeaders', options, {
    what: 'option',
    keys: securityHeaderOptionNames,
    hints: optionHints,
  })
  const given: SecurityHeadersOptions = options
  const ownCsp = pick(given.contentSecurityPolicy, base.csp, (value) =>
    mergeDirectives('contentSecurityPolicy', base.csp ?? new Map(), value),
  )
  const { frameOptions, csp } = keepInStep(
    {
      frameOptions: pick(given.frameOptions, base.frameOptions, (value) =>
        checkFrameOptions('frameOptions', value),
      ),
      csp: ownCsp,
    },
    {
      frameOptions: given.frameOptions !== undefined,
      frameAncestors:
        typeof given.contentSecurityPolicy === 'object' &&
        given.contentSecurityPolicy.frameAncestors !== undefined,
    },
  )
  const opener = (option: string, value: unknown): OpenerPolicy =>
    oneOf(option, value, coopPolicies)
  const embedder = (option: string, value: unknown): EmbedderPolicy =>
    oneOf(option, value, coepPolicies)
  const settings: Settings = {
    csp,
    cspReportOnly: pick(given.contentSecurityPolicyReportOnly, base.cspReportOnly, (value) =>
      mergeDirectives(
        'contentSecurityPolicyReportOnly',
        base.cspReportOnly ?? new Map(),
        value,
        csp,
      ),
    ),
    transport: pick(given.strictTransportSecurity, base.transport, (value) =>
      mergeTransport('strictTransportSecurity', base.transport, value),
    ),
    frameOptions,
    contentTypeOptions: pick(given.contentTypeOptions, base.contentTypeOptions, (value) =>
      oneOf('contentTypeOptions', value, ['nosniff']),
    ),
    referrerPolicy: pick(given.referrerPolicy, base.referrerPolicy, (value) =>
      checkReferrer('referrerPolicy', value),
    ),
    opener: pick(given.crossOriginOpenerPolicy, base.opener, (value) =>
      checkReported('crossOriginOpenerPolicy', value, opener),
    ),
    openerReportOnly: pick(
      given.crossOriginOpenerPolicyReportOnly,
      base.openerReportOnly,
      (value) => checkReported('crossOriginOpenerPolicyReportOnly', value, opener),
    ),
    embedder: pick(given.crossOriginEmbedderPolicy, base.embedder, (value) =>
      checkReported('crossOriginEmbedderPolicy', value, embedder),
    ),
    embedderReportOnly: pick(
      given.crossOriginEmbedderPolicyReportOnly,
      base.embedderReportOnly,
      (value) => checkReported('crossOriginEmbedderPolicyReportOnly', value, embedder),
    ),
    resource: pick(given.crossOriginResourcePolicy, base.resource, (value) =>
      oneOf('crossOriginResourcePolicy', value, corpPolicies),
    ),
    permissions: pick(given.permissionsPolicy, base.permissions, (value) =>
      mergePermissions('permissionsPolicy', base.permissions ?? new Map(), value),
    ),
    endpoints: pick(given.reportingEndpoints, base.endpoints, (value) =>
      mergeEndpoints('reportingEndpoints', base.endpoints ?? new Map(), value),
    ),
    integrity: pick(given.integrityPolicy, base.integrity, (value) =>
      checkIntegrity('integrityPolicy', value),
    ),
    integrityReportOnly: pick(given.integrityPolicyReportOnly, base.integrityReportOnly, (value) =>
      checkIntegrity('integrityPolicyReportOnly', value),
    ),
    originAgentCluster:
      given.originAgentCluster === undefined
        ? base.originAgentCluster
        : checkFlag('originAgentCluster', given.originAgentCluster),
    cacheControl: pick(given.cacheControl, base.cacheControl, (value) =>
      checkFieldValue('cacheControl', value),
    ),
    extra:
      pick(given.extra, base.extra, (value) => mergeExtra('extra', base.extra, value)) ?? new Map(),
    allowUnsafe:
      given.allowUnsafe === undefined
        ? base.allowUnsafe
        : checkFlag('allowUnsafe', given.allowUnsafe),
  }
  checkWhole(settings)
  return settings
}
