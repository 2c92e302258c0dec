import { show } from '@http-semantics/options'
import { checkKeys, listOf, oneOf } from './options.ts'
import { serializeDictionary, serializeInnerList } from './structured.ts'

/**
 * What has to have `integrity` to be loaded.
 *
 * [Subresource Integrity section 3.8](https://www.w3.org/TR/SRI/#integrity-policy-section)
 */
export interface IntegrityPolicy {
  readonly blockedDestinations: readonly ('script' | 'style')[]
  /** Where the metadata may be. Browsers take `inline`, the attribute, if nothing is given. */
  readonly sources?: readonly 'inline'[] | undefined
  /** Names of `reportingEndpoints`. */
  readonly endpoints?: readonly string[] | undefined
}

/** What the user gave, checked but for the endpoints. */
export interface Integrity {
  readonly endpoints: readonly string[]
  /** The value of the field. */
  readonly value: string
}

/**
 * The value of `Integrity-Policy` and of its report-only form.
 *
 * @throws TypeError naming option and value, and what to write.
 */
export function checkIntegrity(option: string, given: unknown): Integrity {
  checkKeys(option, given, {
    what: 'option',
    keys: ['blockedDestinations', 'sources', 'endpoints'],
  })
  const { blockedDestinations, sources = [], endpoints = [] } = given
  const path = `${option}.blockedDestinations`
  const blocked = listOf(path, blockedDestinations, "['script']").map((destination) =>
    oneOf(path, destination, ['script', 'style']),
  )
  if (blocked.length === 0) {
    throw new TypeError(`${path}: [] blocks nothing; write ['script'], or ${option}: false`)
  }
  const places = listOf(`${option}.sources`, sources, "['inline']").map((source) =>
    oneOf(`${option}.sources`, source, ['inline']),
  )
  const names = listOf(`${option}.endpoints`, endpoints, "['default']").map((name) => {
    if (typeof name === 'string') return name
    throw new TypeError(`${option}.endpoints: ${show(name)} is no name of an endpoint`)
  })
  const members = [
    ['blocked-destinations', blocked],
    ['sources', places],
    ['endpoints', names],
  ] as const
  return {
    endpoints: names,
    value: serializeDictionary(
      members
        .filter(([, items]) => items.length > 0)
        .map(([key, items]) => [key, serializeInnerList(items)]),
    ),
  }
}
