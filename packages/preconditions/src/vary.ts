import { token, trimBlanks } from './fields.ts'
import { show } from '@http-semantics/options'

const members = (value: string): string[] =>
  value
    .split(',')
    .map((member) => trimBlanks(member))
    .filter((member) => member !== '')

/**
 * Adds field names to a `Vary`
 * ([RFC 9110 section 12.5.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.5)). Each name is in it once,
 * whatever its case, in the spelling and place of its first; nothing that was there gets lost, and `*` stands for all.
 *
 * @param existing - The value so far, as Node's `res.getHeader('Vary')` gives it.
 * @param names - Names of request fields to add, or `'*'`.
 * @returns The new value; `''` where there is nothing in it.
 * @throws TypeError for a name that is none.
 *
 * @example
 * ```ts
 * import { mergeVary } from '@http-semantics/preconditions'
 *
 * mergeVary('Origin, accept', 'Accept', 'Accept-Language') // => 'Origin, accept, Accept-Language'
 * mergeVary('Origin', '*') // => '*'
 * ```
 */
export function mergeVary(
  existing: string | number | readonly string[] | undefined,
  ...names: readonly string[]
): string {
  for (const name of names) {
    if (typeof name !== 'string' || !token.test(name)) {
      throw new TypeError(
        `mergeVary(): each name must be a field name such as 'Accept', got ${show(name)}`,
      )
    }
  }
  const merged = new Map<string, string>()
  for (const name of [...members(String(existing ?? '')), ...names]) {
    const key = name.toLowerCase()
    if (!merged.has(key)) merged.set(key, name)
  }
  return merged.has('*') ? '*' : [...merged.values()].join(', ')
}
