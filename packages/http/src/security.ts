import type { ServerResponse } from 'node:http'
import type { Field } from '@http-semantics/methods'
import {
  createNonce,
  createSecurityPolicy,
  type SecurityHeadersOptions,
  type SecurityPolicy,
} from '@http-semantics/security-headers'
import { FieldBlock } from './field-block.ts'
import type { HeadSection } from './head-section.ts'
import { LeadingLines } from './leading-lines.ts'
import { noteFields, ofSecurity } from './presence.ts'
import { isOwnOfNode } from './response-methods.ts'
import { secured, supervision } from './slots.ts'
import type { Supervision } from './supervised.ts'

/** The fields of one policy over one scheme, but those with a nonce. */
interface Blocks {
  readonly plain: FieldBlock
  readonly secure: FieldBlock
}

/** The policy of one answer, and its nonce where the policy uses one. */
interface Secured {
  readonly policy: SecurityPolicy
  readonly blocks: Blocks
  readonly nonce: string | undefined
  /** The layer that came last, and what was there before it. */
  readonly layer: SecurityLayer
  readonly below: Secured | undefined
  /** What its header section begins with, once it is about to leave; the second has the nonce. */
  block: FieldBlock | undefined
  nonceBlock: FieldBlock | undefined
  /** Whether it had no field that a policy is about. */
  isBare: boolean
}

interface SecuredResponse extends ServerResponse {
  [secured]?: Secured | undefined
  [supervision]?: Supervision | undefined
}

/**
 * One set of security header fields at work: the policy of an app, or what some of its routes have
 * different. Which of the two it is shows with each response, since a policy may be there already.
 */
export class SecurityLayer {
  readonly #options: SecurityHeadersOptions
  readonly #policy: SecurityPolicy
  readonly #blocks: Blocks
  /** This layer on top of others. */
  readonly #extended = new WeakMap<SecurityPolicy, SecurityPolicy>()

  /**
   * @param below - The layers that are known to come before this one, in their order.
   * @throws TypeError for a wrong option, naming it and the right spelling, also for one that
   * contradicts the layers below.
   */
  constructor(options: SecurityHeadersOptions = {}, below: readonly SecurityLayer[] = []) {
    this.#options = options
    const [first, ...others] = below
    this.#policy =
      first === undefined
        ? createSecurityPolicy(options)
        : this.#on(others.reduce((policy, layer) => layer.#on(policy), first.#policy))
    this.#blocks = blocksOf(this.#policy)
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
  enter(response: SecuredResponse): string | undefined {
    const earlier = response[secured]
    const policy = earlier === undefined ? this.#policy : this.#on(earlier.policy)
    const nonce = earlier?.nonce ?? (policy.usesNonce ? createNonce() : undefined)
    response[secured] = {
      policy,
      blocks: policy === this.#policy ? this.#blocks : blocksOf(policy),
      nonce,
      layer: this,
      below: earlier,
      block: undefined,
      nonceBlock: undefined,
      isBare: false,
    }
    return nonce
  }

  /** The same for an answer that may have entered this layer before, which then stays as it is. */
  enterOnce(response: SecuredResponse): void {
    let state = response[secured]
    while (state !== undefined && state.layer !== this) state = state.below
    if (state === undefined) this.enter(response)
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
export const nonceOf = (response: SecuredResponse): string | undefined => response[secured]?.nonce

/** What each policy has written. */
const written = new WeakMap<SecurityPolicy, Blocks>()

/** The fields of a policy that are the same for every answer, put into words once. */
function blocksOf(policy: SecurityPolicy): Blocks {
  let blocks = written.get(policy)
  if (blocks === undefined) {
    blocks = { plain: writeBlock(policy, false), secure: writeBlock(policy, true) }
    written.set(policy, blocks)
  }
  return blocks
}

function writeBlock(policy: SecurityPolicy, isSecure: boolean): FieldBlock {
  const fields = policy.fields(isSecure)
  const names = fields.map(([name]) => name.toLowerCase())
  noteFields([...names, ...policy.removed, 'content-security-policy'], ofSecurity)
  const changing = new Set(policy.nonceFields(isSecure, createNonce()).map(([name]) => name))
  return new FieldBlock(fields.filter(([name]) => !changing.has(name)))
}

/**
 * Whether an answer is a page of Express or its static files, an error or a redirect, which set just
 * these three fields: their policy is weaker than any of ours, since they may be framed.
 */
const isFrameworkPage = (head: HeadSection): boolean =>
  head.status >= 300 &&
  head.get('content-security-policy') === "default-src 'none'" &&
  head.get('x-content-type-options') === 'nosniff' &&
  head.get('content-type')?.startsWith('text/html') === true

/** Whether an answer has no field that a policy is about. */
const isBare = (head: HeadSection): boolean => (head.presence & ofSecurity) === 0

/**
 * Sees to the security header fields of an answer that is about to leave. Those that its handler has set
 * stay as they are.
 *
 * @param head - The header section; that of a response that entered no {@link SecurityLayer} stays as it is.
 */
export function secure(head: HeadSection): void {
  const response: SecuredResponse = head.response
  const state = response[secured]
  if (state === undefined) return
  const { policy, blocks, nonce } = state
  if (!isBare(head)) {
    for (const name of policy.removed) if (head.has(name)) head.remove(name)
    if (policy.hasContentSecurityPolicy && isFrameworkPage(head)) {
      head.remove('content-security-policy')
    }
  }
  const { cacheControl } = policy
  if (cacheControl !== undefined && !head.has('cache-control')) {
    head.set('Cache-Control', cacheControl)
  }
  const { isSecure } = head
  state.block = isSecure ? blocks.secure : blocks.plain
  state.nonceBlock =
    nonce === undefined ? undefined : new FieldBlock(policy.nonceFields(isSecure, nonce))
  state.isBare = false
  if (securityLines.lead(response)) return
  state.block.setMissing(response)
  state.nonceBlock?.setMissing(response)
  head.reread()
}

/** Has an answer of which all is said by now not be asked again for fields of its policy. */
export function settle(head: HeadSection): void {
  const response: SecuredResponse = head.response
  const state = response[secured]
  if (state !== undefined) state.isBare = isBare(head)
}

/** The lines of an answer whose header section is being written. */
const securityLines = new LeadingLines((response: SecuredResponse) => {
  const state = response[secured]
  if (state?.block === undefined) return ''
  const { block, nonceBlock, isBare: wasBare } = state
  // Whatever wraps the methods of a response may have set fields since.
  const isAsLeft = isOwnOfNode(response[supervision]?.below)
  if (wasBare && isAsLeft)
    return nonceBlock === undefined ? block.lines : block.lines + nonceBlock.lines
  return block.missingLines(response) + (nonceBlock?.missingLines(response) ?? '')
})
