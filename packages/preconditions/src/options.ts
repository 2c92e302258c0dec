import { show } from '@http-semantics/options'

/**
 * Refuses options that are no plain object or have a key nobody reads.
 *
 * @param where - What the options belong to, for the message: `'selectRanges(): limits'`.
 * @param options - What the user gave.
 * @param keys - The keys that exist.
 * @throws TypeError naming the option and those there are.
 */
export function checkKeys(where: string, options: unknown, keys: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${where} must be an object, got ${show(options)}`)
  }
  for (const key of Object.keys(options)) {
    if (keys.includes(key)) continue
    throw new TypeError(`${where}: unknown option ${show(key)}; the options are ${keys.join(', ')}`)
  }
}
