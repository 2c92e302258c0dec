import type { ServerResponse } from 'node:http'
import type { Field } from '@http-semantics/methods'
import {
  createNonce,
  createSecurityPolicy,
  type SecurityHeadersOptions,
  type SecurityPolicy,
} from '@http-semantics/security-headers'
import type { TransportHost } from './head-section.ts'
import type { Supervisor } from './supervision.ts'

/** The policy of one answer, and its nonce where the policy uses one. */
interface Secured {
  readonly policy: SecurityPolicy
  readonly nonce: string | undefined
}

const secured: unique symbol = Symbol('http-semantics.secured')

interface SecuredResponse extends ServerResponse {
  [secured]: Secured
}

const isSecured = (response: ServerResponse): response is SecuredResponse => secured in response

/**
 * One set of security header fields at work: the policy of an app, or what some of its routes have
 * different. Which of the two it is shows with each response, since a policy may be there already.
 */
export class SecurityLayer {
  readonly #options: SecurityHeadersOptions
  readonly #policy: SecurityPolicy
  /** This layer on top of others. */
  readonly #extended = new WeakMap<SecurityPolicy, SecurityPolicy>()

  /** @throws TypeError for a wrong option, naming it and the right spelling. */
  constructor(options: SecurityHeadersOptions = {}) {
    this.#options = options
    this.#policy = createSecurityPolicy(options)
  }

  /** The fields of an answer that no response stands for: to a request the parser could not read. */
  fields(isSecure: boolean): readonly Field[] {
    const { cacheControl, usesNonce } = this.#policy
    const fields = this.#policy.fields(isSecure, usesNonce ? createNonce() : undefined)
    return cacheControl === undefined ? fields : [...fields, ['Cache-Control', cacheControl]]
  }

  /**
   * Has an answer get these fields as it leaves, or, where it has a policy already, what this layer
   * changes in that.
   *
   * @returns The nonce for the inline scripts of this answer, `undefined` where the policy has none.
   * @throws TypeError where the layer contradicts the policy.
   */
  enter(response: ServerResponse): string | undefined {
    const earlier = isSecured(response) ? response[secured] : undefined
    const policy = earlier === undefined ? this.#policy : this.#on(earlier.policy)
    const nonce = earlier?.nonce ?? (policy.usesNonce ? createNonce() : undefined)
    Object.assign(response, { [secured]: { policy, nonce } satisfies Secured })
    return nonce
  }

  /** This layer on top of another policy, computed once for each. */
  #on(base: SecurityPolicy): SecurityPolicy {
    let policy = this.#extended.get(base)
    if (policy === undefined) {
      policy = base.extend(this.#options)
      this.#extended.set(base, policy)
    }
    return policy
  }
}

/** The nonce for the inline scripts of an answer, `undefined` where its policy has none. */
export const nonceOf = (response: ServerResponse): string | undefined =>
  isSecured(response) ? response[secured].nonce : undefined

/** The policy that frameworks put on pages of their own, weaker than any of ours: it may be framed. */
const pagePolicy = "default-src 'none'"

/**
 * Sets the security header fields of an answer that is about to leave. Those that its handler has set
 * stay as they are.
 *
 * @param response - The response; one that entered no {@link SecurityLayer} stays as it is.
 * @param host - Knows whether the client is on https.
 * @param context - What the framework has for the request.
 */
export function secure<Context>(
  response: ServerResponse,
  host: TransportHost<Context>,
  context: Context,
): void {
  if (!isSecured(response)) return
  const { policy, nonce } = response[secured]
  for (const name of policy.removed) response.removeHeader(name)
  if (response.getHeader('content-security-policy') === pagePolicy && response.statusCode >= 300) {
    response.removeHeader('content-security-policy')
  }
  for (const [name, value] of policy.fields(host.isSecure(context), nonce)) {
    if (!response.hasHeader(name)) response.setHeader(name, value)
  }
  const { cacheControl } = policy
  if (cacheControl !== undefined && !response.hasHeader('cache-control')) {
    response.setHeader('Cache-Control', cacheControl)
  }
}

/** Looks at the answers of an app that takes the security header fields and nothing else. */
export class SecuritySupervisor<Context> implements Supervisor<Context> {
  /** Every other supervisor does the same, and more. */
  readonly isPartial = true
  readonly #host: TransportHost<Context>

  constructor(host: TransportHost<Context>) {
    this.#host = host
  }

  begin(response: ServerResponse, _content: unknown, context: Context): undefined {
    secure(response, this.#host, context)
  }
}
