import {
  CrossOriginProtection,
  type CrossOriginProtectionOptions,
  type SecurityHeadersOptions,
} from '@http-semantics/security-headers'
import { show } from '@http-semantics/options'
import { SecurityLayer } from './security.ts'

/** Options about what browsers may do with an app. */
export interface SecurityOptions {
  /** The security header fields of every answer. Default: the preset `default`; `false`: none. */
  readonly securityHeaders?: SecurityHeadersOptions | false | undefined
  /**
   * Refuses with 403 what a page of another origin has a browser send with an unsafe method. Default:
   * `true` where there are sessions, else `false`.
   */
  readonly crossOriginProtection?: CrossOriginProtectionOptions | boolean | undefined
  /**
   * Sends clients of plain http to https by 308, which keeps method and content; on the standard port.
   * Default: `false`.
   */
  readonly httpsRedirect?: boolean | undefined
}

/** The names of {@link SecurityOptions}. */
export const securityOptionNames = [
  'securityHeaders',
  'crossOriginProtection',
  'httpsRedirect',
] as const

/** {@link SecurityOptions}, checked and complete. */
export interface SecuritySettings {
  readonly layer: SecurityLayer | undefined
  readonly crossOrigin: CrossOriginProtection | undefined
  readonly httpsRedirect: boolean
}

/**
 * Reads the options about security.
 *
 * @throws TypeError for a wrong option, naming it and the right spelling.
 */
export function readSecurityOptions(
  options: SecurityOptions & { readonly session?: unknown },
): SecuritySettings {
  const {
    session,
    securityHeaders = {},
    crossOriginProtection = session !== undefined,
    httpsRedirect = false,
  } = options
  return {
    layer: securityHeaders === false ? undefined : new SecurityLayer(securityHeaders),
    crossOrigin: readCrossOrigin(crossOriginProtection),
    httpsRedirect: readRedirect(httpsRedirect),
  }
}

function readCrossOrigin(option: unknown): CrossOriginProtection | undefined {
  if (option === false) return undefined
  if (option === true) return new CrossOriginProtection()
  if (typeof option === 'object' && option !== null) return new CrossOriginProtection(option)
  throw new TypeError(`crossOriginProtection must be true, false or options, got ${show(option)}`)
}

function readRedirect(option: unknown): boolean {
  if (typeof option === 'boolean') return option
  throw new TypeError(`httpsRedirect must be true or false, got ${show(option)}`)
}
