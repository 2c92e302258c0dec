import { writePolicy } from './csp.ts'
import { presetNames, type Preset, type SecurityHeadersOptions } from './headers.ts'
import { isNonce } from './nonce.ts'
import { show } from '@http-semantics/options'
import { isRecord, oneOf } from './options.ts'
import { writePermissions } from './permissions.ts'
import { presets } from './presets.ts'
import { writeEndpoints, writeReported } from './reporting.ts'
import { mergeSettings, noSettings, type Settings } from './settings.ts'
import { writeTransport } from './transport.ts'

/** One header field: name and value. */
export type Field = readonly [name: string, value: string]

/** A field whose value holds nonces. */
interface NonceField {
  readonly index: number
  readonly name: string
  /** What is around the nonces. */
  readonly pieces: readonly string[]
}

/** The fields of one scheme. */
interface WrittenFields {
  /** All of them, without nonces. */
  readonly fields: readonly Field[]
  readonly withNonce: readonly NonceField[]
}

function writeFields(settings: Settings, isSecure: boolean): WrittenFields {
  const fields: Field[] = []
  const withNonce: NonceField[] = []
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') fields.push([name, value])
  }
  const policies = [
    ['Content-Security-Policy', settings.csp],
    ['Content-Security-Policy-Report-Only', settings.cspReportOnly],
  ] as const
  for (const [name, policy] of policies) {
    if (policy === undefined) continue
    const { value, pieces } = writePolicy(policy, isSecure)
    if (pieces.length > 1) withNonce.push({ index: fields.length, name, pieces })
    add(name, value)
  }
  const written = <Kept>(
    kept: Kept | undefined,
    write: (kept: Kept) => string,
  ): string | undefined => (kept === undefined ? undefined : write(kept))
  add('Cross-Origin-Embedder-Policy', written(settings.embedder, writeReported))
  add(
    'Cross-Origin-Embedder-Policy-Report-Only',
    written(settings.embedderReportOnly, writeReported),
  )
  add('Cross-Origin-Opener-Policy', written(settings.opener, writeReported))
  add('Cross-Origin-Opener-Policy-Report-Only', written(settings.openerReportOnly, writeReported))
  add('Cross-Origin-Resource-Policy', settings.resource)
  add('Integrity-Policy', settings.integrity?.value)
  add('Integrity-Policy-Report-Only', settings.integrityReportOnly?.value)
  add('Origin-Agent-Cluster', settings.originAgentCluster ? '?1' : undefined)
  add('Permissions-Policy', written(settings.permissions, writePermissions))
  add('Referrer-Policy', settings.referrerPolicy)
  add('Reporting-Endpoints', written(settings.endpoints, writeEndpoints))
  if (isSecure) add('Strict-Transport-Security', written(settings.transport, writeTransport))
  add('X-Content-Type-Options', settings.contentTypeOptions)
  add('X-Frame-Options', settings.frameOptions)
  fields.push(...settings.extra.values())
  return { fields: Object.freeze(fields.map((field) => Object.freeze(field))), withNonce }
}

const removed: readonly string[] = Object.freeze(['server', 'x-powered-by'])

/** The security header fields of an app or a route, computed once. {@link createSecurityPolicy} makes it. */
export class SecurityPolicy {
  /** Whether answers need a nonce, made by `createNonce()` for each. */
  readonly usesNonce: boolean
  /** Whether `Content-Security-Policy` is among the fields. */
  readonly hasContentSecurityPolicy: boolean
  /** The names of fields to take off every answer, in lower case: those that frameworks set to name themselves. */
  readonly removed: readonly string[] = removed
  /** `Cache-Control` for the answers that have none. */
  readonly cacheControl: string | undefined
  readonly #settings: Settings
  readonly #secure: WrittenFields
  readonly #plain: WrittenFields

  /** @internal */
  constructor(settings: Settings) {
    this.#settings = settings
    this.#secure = writeFields(settings, true)
    this.#plain = writeFields(settings, false)
    this.usesNonce = this.#secure.withNonce.length > 0
    this.hasContentSecurityPolicy = settings.csp !== undefined && settings.csp.size > 0
    this.cacheControl = settings.cacheControl
  }

  /**
   * The fields of an answer, but `Cache-Control`.
   *
   * @param isSecure - Whether the request came over https. Over plain http there is no
   * `Strict-Transport-Security` and no `upgrade-insecure-requests`.
   * @param nonce - That of this answer. Without it, an answer that no page is (one to a malformed
   * request, say) has the policy without nonces, which is stricter.
   * @returns The same list each time, unless the policy uses the nonce.
   * @throws TypeError if the nonce is no base64 of 128 bits or more.
   */
  fields(isSecure: boolean, nonce?: string): readonly Field[] {
    const { fields, withNonce } = isSecure ? this.#secure : this.#plain
    if (nonce === undefined || withNonce.length === 0) return fields
    checkNonce(nonce)
    const own = [...fields]
    for (const { index, name, pieces } of withNonce) own[index] = [name, pieces.join(nonce)]
    return own
  }

  /**
   * Those of the fields that hold the nonce, and so are another for each answer; all others stay.
   *
   * @throws TypeError if the nonce is no base64 of 128 bits or more.
   */
  nonceFields(isSecure: boolean, nonce: string): readonly Field[] {
    checkNonce(nonce)
    const { withNonce } = isSecure ? this.#secure : this.#plain
    return withNonce.map(({ name, pieces }) => [name, pieces.join(nonce)])
  }

  /**
   * A policy that differs from this one in the options given, field by field and directive by
   * directive: for a route. This one stays as it is. With a `preset`, that is what it starts from.
   *
   * @throws TypeError as {@link createSecurityPolicy} does.
   */
  extend(options: SecurityHeadersOptions): SecurityPolicy {
    return new SecurityPolicy(resolve(this.#settings, options))
  }
}

function checkNonce(nonce: string): void {
  if (isNonce(nonce)) return
  throw new TypeError(`nonce: ${show(nonce)} is no nonce; createNonce() makes one`)
}

const presetSettings = new Map<Preset, Settings>()

/** The settings of a preset, made once. */
function settingsOf(preset: Preset): Settings {
  const known = presetSettings.get(preset)
  if (known !== undefined) return known
  const settings = mergeSettings(noSettings, presets[preset])
  presetSettings.set(preset, settings)
  return settings
}

function resolve(base: Settings, options: SecurityHeadersOptions): Settings {
  const preset = isRecord(options) ? options.preset : undefined
  const start = preset === undefined ? base : settingsOf(oneOf('preset', preset, presetNames))
  return mergeSettings(start, options)
}

/**
 * Checks the options, and computes the header fields.
 *
 * @param options - What differs from the preset, `default` if none is named.
 * @throws TypeError for an unknown option or directive, an unquoted keyword, `'none'` beside other
 * sources, an empty nonce, `;`, `,` or a line break in a source, a duplicate source, `preload` with
 * less than a year or without subdomains, a `maxAge` that is no whole number from 0, `ALLOW-FROM`,
 * `frameOptions` that contradict `frameAncestors`, `'unsafe-inline'` or `'unsafe-eval'` for scripts
 * without `allowUnsafe: true`, and an endpoint that is not there. The message names option and
 * value, and what to write.
 *
 * @example
 * ```ts
 * import { createSecurityPolicy } from '@http-semantics/security-headers'
 *
 * const policy = createSecurityPolicy({ preset: 'api', strictTransportSecurity: { maxAge: 0 } })
 * policy.fields(true)
 * // => [
 * //   ['Content-Security-Policy', "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'"],
 * //   ['Cross-Origin-Opener-Policy', 'same-origin'],
 * //   ['Cross-Origin-Resource-Policy', 'same-origin'],
 * //   ['Referrer-Policy', 'no-referrer'],
 * //   ['Strict-Transport-Security', 'max-age=0; includeSubDomains'],
 * //   ['X-Content-Type-Options', 'nosniff'],
 * //   ['X-Frame-Options', 'DENY'],
 * // ]
 * policy.cacheControl // => 'no-store, max-age=0'
 * ```
 */
export function createSecurityPolicy(options: SecurityHeadersOptions = {}): SecurityPolicy {
  return new SecurityPolicy(resolve(settingsOf('default'), options))
}
