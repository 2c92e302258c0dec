import { nearest, show } from '@http-semantics/options'

/** `did you mean 'x'?` where a candidate is near, else what there is. */
export function suggest(value: unknown, candidates: readonly string[], what: string): string {
  const meant = typeof value === 'string' ? nearest(value, candidates) : undefined
  return meant === undefined
    ? `${what} ${candidates.map((candidate) => show(candidate)).join(', ')}`
    : `did you mean ${show(meant)}?`
}

/** Whether a value is an object with keys of its own, and no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What {@link checkKeys} looks at. */
interface Keys {
  /** What a key is called in messages: `option`, `directive`. */
  readonly what: string
  readonly keys: readonly string[]
  /** What to write instead of keys that other packages have. */
  readonly hints?: Readonly<Record<string, string>>
}

/**
 * Refuses options that are no plain object or have a key nobody reads.
 *
 * @throws TypeError naming the option, the key and, where one is near, the right spelling.
 */
export function checkKeys(
  option: string,
  value: unknown,
  { what, keys, hints = {} }: Keys,
): asserts value is Record<string, unknown> {
  if (!isRecord(value)) {
    throw new TypeError(`${option} must be an object, got ${show(value)}`)
  }
  for (const key of Object.keys(value)) {
    if (keys.includes(key)) continue
    const hint = Object.hasOwn(hints, key) ? hints[key] : undefined
    throw new TypeError(
      `${option}: unknown ${what} ${show(key)}; ${hint ?? suggest(key, keys, `there are`)}`,
    )
  }
}

/**
 * The value, if it is one of the choices.
 *
 * @throws TypeError naming option and value, and the nearest choice or all.
 */
export function oneOf<Choice extends string>(
  option: string,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) {
    throw new TypeError(
      `${option}: ${show(value)} is not allowed; ${suggest(value, choices, 'write one of')}`,
    )
  }
  return found
}

/**
 * The value, if it is a list of which no entry is there twice.
 *
 * @throws TypeError naming option and value.
 */
export function listOf(option: string, value: unknown, example: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`${option} must be a list like ${example}, got ${show(value)}`)
  }
  const list: readonly unknown[] = value
  const twice = list.find((entry, index) => list.indexOf(entry) !== index)
  if (twice !== undefined) {
    throw new TypeError(`${option}: ${show(twice)} is there twice; once is enough`)
  }
  return list
}
