import {
  directiveHints,
  directiveRegistry,
  sandboxTokens,
  type ContentSecurityPolicyDirectives,
  type DirectiveEntry,
} from './directives.ts'
import { show } from '@http-semantics/options'
import { checkKeys, listOf, oneOf } from './options.ts'
import { checkSource, isFixedNonce, nonce } from './source.ts'

/** An option of the CSP: `scriptSrc`. */
type Directive = keyof ContentSecurityPolicyDirectives

/** A policy: the words of each directive, in the order of the field. */
export type Directives = ReadonlyMap<Directive, readonly string[]>

const directives = Object.keys(directiveRegistry)
const isDirective = (key: string): key is Directive => Object.hasOwn(directiveRegistry, key)
const none = "'none'"

/** The entries of a source list. */
function checkSources(option: string, value: unknown, { kind }: DirectiveEntry): readonly string[] {
  const list = listOf(option, value, `["'self'", 'https://cdn.example']`).map((source) => {
    checkSource(option, source, kind === 'code' ? 'code' : 'locations')
    return source
  })
  if (list.length > 1 && list.includes(none)) {
    throw new TypeError(
      `${option}: ${show(none)} is ignored beside other sources; leave out it or them`,
    )
  }
  return list
}

const refuseEmpty = (option: string, list: readonly unknown[], instead: string): void => {
  if (list.length === 0) {
    throw new TypeError(`${option}: [] says nothing; write ${instead}, or false to leave it out`)
  }
}

function checkTrustedTypes(option: string, value: unknown): readonly string[] {
  const list = listOf(option, value, "['default', 'dompurify']").map((entry) => {
    if (
      typeof entry !== 'string' ||
      !/^(?:\*|'none'|'allow-duplicates'|[\w\-#=/@.%]+)$/.test(entry)
    ) {
      throw new TypeError(
        `${option}: ${show(entry)} is no name of a policy (letters, digits and -#=_/@.%), nor "'none'", "'allow-duplicates'" or '*'`,
      )
    }
    if (entry === 'none' || entry === 'allow-duplicates') {
      throw new TypeError(`${option}: ${show(entry)} needs its quotes; write "'${entry}'"`)
    }
    return entry
  })
  refuseEmpty(option, list, `["'none'"]`)
  if (list.length > 1 && list.includes(none)) {
    throw new TypeError(
      `${option}: ${show(none)} is ignored beside other entries; leave out it or them`,
    )
  }
  return list
}

function checkUrls(option: string, value: unknown): readonly string[] {
  const list = listOf(option, value, "['/csp-reports']").map((entry) => {
    if (typeof entry !== 'string' || !/^[!-~]+$/.test(entry) || /[;,]/.test(entry)) {
      throw new TypeError(
        `${option}: ${show(entry)} is no URL without spaces, ';' and ','; encode them (%20, %3B, %2C)`,
      )
    }
    if (!URL.canParse(entry, 'https://host.example')) {
      throw new TypeError(`${option}: ${show(entry)} is no URL; write one like '/csp-reports'`)
    }
    return entry
  })
  refuseEmpty(option, list, "['/csp-reports']")
  return list
}

/** The words of a directive that is given as a value; `undefined` for one that is to be left out. */
function wordsOf(
  option: string,
  value: unknown,
  entry: DirectiveEntry,
): readonly string[] | undefined {
  if (value === false) return undefined
  switch (entry.kind) {
    case 'code':
    case 'locations': {
      const list = checkSources(option, value, entry)
      refuseEmpty(option, list, `["'none'"]`)
      return list
    }
    case 'sandbox':
      if (value === true) return []
      return listOf(option, value, "['allow-forms']").map((token) =>
        oneOf(option, token, sandboxTokens),
      )
    case 'trusted-types-for': {
      const list = listOf(option, value, `["'script'"]`)
      refuseEmpty(option, list, `["'script'"]`)
      return list.map((sink) => oneOf(option, sink, ["'script'"]))
    }
    case 'trusted-types':
      return checkTrustedTypes(option, value)
    case 'webrtc':
      return [oneOf(option, value, ["'allow'", "'block'"])]
    case 'endpoint':
      if (typeof value === 'string') return [value]
      throw new TypeError(`${option} must be the name of an endpoint, got ${show(value)}`)
    case 'urls':
      return checkUrls(option, value)
    case 'flag':
      if (value === true) return []
      throw new TypeError(`${option} must be true or false, got ${show(value)}`)
  }
}

/** The list that browsers go by: that of the directive, or of the first that is there instead of it. */
function effective(policy: Directives, directive: Directive): readonly string[] | undefined {
  const { fallback = [] } = directiveRegistry[directive]
  const found = [directive, ...fallback].find((candidate) => policy.has(candidate))
  return found === undefined ? undefined : policy.get(found)
}

/**
 * A policy with directives put in, changed and taken out.
 *
 * @param option - What the directives are an option of.
 * @param base - The policy before.
 * @param given - As the user gave them.
 * @param enforced - The policy a function's list comes from where `base` has none.
 * @throws TypeError naming directive and value, and what to write.
 */
export function mergeDirectives(
  option: string,
  base: Directives,
  given: unknown,
  enforced: Directives = base,
): Directives {
  checkKeys(option, given, { what: 'directive', keys: directives, hints: directiveHints })
  const policy = new Map(base)
  const entries = Object.entries(given).flatMap(([key, value]) =>
    value !== undefined && isDirective(key) ? [{ key, value, path: `${option}.${key}` }] : [],
  )
  for (const { key, value, path } of entries) {
    if (typeof value === 'function') continue
    const words = wordsOf(path, value, directiveRegistry[key])
    if (words === undefined) policy.delete(key)
    else policy.set(key, words)
  }
  for (const { key, value, path } of entries) {
    if (typeof value !== 'function') continue
    const entry = directiveRegistry[key]
    if (entry.kind !== 'code' && entry.kind !== 'locations') {
      throw new TypeError(`${path}: a function extends source lists only; give the value`)
    }
    const known = effective(policy, key) ?? effective(enforced, key) ?? []
    // A list of places may be taken from one that speaks of code too.
    const sources = known.filter((source) => source !== none && fits(source, entry))
    const extended: unknown = value(Object.freeze(sources))
    // What a function adds may be there already, by the preset or the app.
    const list = checkSources(
      path,
      Array.isArray(extended) ? [...new Set<unknown>(extended)] : extended,
      entry,
    )
    policy.set(key, list.length === 0 ? [none] : list)
  }
  return policy
}

/** Whether a source may stand in a directive. */
function fits(source: string, { kind }: DirectiveEntry): boolean {
  return kind === 'code' || !source.startsWith("'") || source === "'self'"
}

const codeDirectives = ['scriptSrc', 'scriptSrcElem', 'scriptSrcAttr'] as const

/**
 * Refuses scripts that anybody can put in, unless that is wanted.
 *
 * @throws TypeError naming directive and source.
 */
export function checkUnsafe(option: string, policy: Directives, allowUnsafe: boolean): void {
  if (allowUnsafe) return
  // Without script-src, scripts go by default-src.
  const looked = policy.has('scriptSrc')
    ? codeDirectives
    : (['defaultSrc', ...codeDirectives] as const)
  for (const directive of looked) {
    for (const source of policy.get(directive) ?? []) {
      if (source !== "'unsafe-inline'" && source !== "'unsafe-eval'" && !isFixedNonce(source))
        continue
      throw new TypeError(
        `${option}.${directive}: ${show(source)} lets an injected script run; ` +
          `use the exported \`nonce\` or hashSource(), or say allowUnsafe: true`,
      )
    }
  }
}

/** What stands for the nonce while a field's value is put together; no source can hold it. */
const mark = '\0'

/** The value of the field, with `mark` or nothing where nonces go. */
function write(policy: Directives, isSecure: boolean, inPlace: string | undefined): string {
  const written: string[] = []
  for (const [directive, words] of policy) {
    if (directive === 'upgradeInsecureRequests' && !isSecure) continue
    const kept = words.flatMap((word) => {
      if (word !== nonce) return [word]
      return inPlace === undefined ? [] : [`'nonce-${inPlace}'`]
    })
    // A list of nothing but a nonce allows nothing without one.
    if (kept.length === 0 && words.length > 0) kept.push(none)
    written.push([directiveRegistry[directive].name, ...kept].join(' '))
  }
  return written.join(';')
}

/** A policy as the value of its field. */
export interface WrittenPolicy {
  /** Without nonces; `''` where there is nothing to say. */
  readonly value: string
  /** What is around the nonces; a single piece where there are none. */
  readonly pieces: readonly string[]
}

/** Writes a policy as the value of its field. */
export const writePolicy = (policy: Directives, isSecure: boolean): WrittenPolicy => ({
  value: write(policy, isSecure, undefined),
  pieces: write(policy, isSecure, mark).split(mark),
})
