import { nearest } from './nearest.ts'
import { show } from './show.ts'

/**
 * Refuses options that are no plain object or have a key nobody reads.
 *
 * @param where - What the options belong to, for the message: `'httpSemantics()'`.
 * @param options - What the user gave.
 * @param keys - The keys that exist.
 * @throws TypeError naming the option and, where one is near, the right spelling.
 *
 * @example
 * checkKeys('methodGuard()', { known: [] }, ['known', 'refuse']) // => undefined
 */
export function checkKeys(where: string, options: unknown, keys: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${where}: options must be an object, got ${show(options)}`)
  }
  for (const key of Object.keys(options)) {
    if (keys.includes(key)) continue
    const meant = nearest(key, keys)
    throw new TypeError(
      `${where}: unknown option ${show(key)}; ${
        meant === undefined ? `the options are ${keys.join(', ')}` : `did you mean '${meant}'?`
      }`,
    )
  }
}
