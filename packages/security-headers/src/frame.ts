import type { Directives } from './csp.ts'
import { show } from '@http-semantics/options'
import { oneOf } from './options.ts'

/** `X-Frame-Options`. */
export type FrameOptions = 'DENY' | 'SAMEORIGIN'

/** The two ways to say who may show a page in a frame. */
export interface Framing {
  readonly frameOptions: FrameOptions | undefined
  readonly csp: Directives | undefined
}

/** What `frame-ancestors` says in the words of `X-Frame-Options`; `undefined` where that has no word. */
function inOldWords(ancestors: readonly string[]): FrameOptions | undefined {
  const [first, ...others] = ancestors
  if (others.length > 0) return undefined
  if (first === "'none'") return 'DENY'
  return first === "'self'" ? 'SAMEORIGIN' : undefined
}

const inNewWords = { DENY: "'none'", SAMEORIGIN: "'self'" } as const

/**
 * The option `frameOptions`.
 *
 * @throws TypeError naming the value and what to write.
 */
export function checkFrameOptions(option: string, value: unknown): FrameOptions {
  if (typeof value === 'string' && /^allow-from/i.test(value)) {
    throw new TypeError(
      `${option}: ${show(value)} is read by no browser; list the origin in contentSecurityPolicy.frameAncestors`,
    )
  }
  return oneOf(option, value, ['DENY', 'SAMEORIGIN'])
}

/**
 * Keeps the two in step: what is given decides, the other follows. Sources that `X-Frame-Options`
 * has no word for take the field away, since browsers that read it would show the page nowhere.
 * `false` for one of them takes away that one only.
 *
 * @param framing - The two, as they were given or stay.
 * @param given - Which of them the user gave.
 * @throws TypeError where both are given and contradict each other.
 */
export function keepInStep(
  { frameOptions, csp }: Framing,
  given: { readonly frameOptions: boolean; readonly frameAncestors: boolean },
): Framing {
  const ancestors = csp?.get('frameAncestors')
  if (given.frameAncestors && ancestors !== undefined) {
    const word = inOldWords(ancestors)
    if (!given.frameOptions || frameOptions === undefined) {
      return { frameOptions: given.frameOptions ? undefined : word, csp }
    }
    if (word === frameOptions) return { frameOptions, csp }
    throw new TypeError(
      `frameOptions: '${frameOptions}' contradicts contentSecurityPolicy.frameAncestors: ` +
        `${show(ancestors)}; ${word === undefined ? 'leave frameOptions out' : `write '${word}', or leave one of them out`}`,
    )
  }
  if (
    given.frameOptions &&
    !given.frameAncestors &&
    frameOptions !== undefined &&
    csp !== undefined
  ) {
    return {
      frameOptions,
      csp: new Map(csp).set('frameAncestors', [inNewWords[frameOptions]]),
    }
  }
  return { frameOptions, csp }
}
