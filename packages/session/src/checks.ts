import { inspect } from 'node:util'

/** The number of single-letter edits that make one word of another. */
export function edits(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 0; row < left.length; row++) {
    const current = [row + 1]
    for (let column = 0; column < right.length; column++) {
      const replaced = (above[column] ?? 0) + (left[row] === right[column] ? 0 : 1)
      current.push(Math.min(replaced, (current[column] ?? 0) + 1, (above[column + 1] ?? 0) + 1))
    }
    above = current
  }
  return above[right.length] ?? 0
}

/** The candidate that needs the fewest edits, and no more than `most`. */
function nearest(word: string, candidates: readonly string[], most: number): string | undefined {
  let best: string | undefined
  let fewest = most + 1
  for (const candidate of candidates) {
    const count = edits(word.toLowerCase(), candidate.toLowerCase())
    if (count < fewest) {
      fewest = count
      best = candidate
    }
  }
  return best
}

/**
 * Refuses options that are no plain object or have a key nobody reads.
 *
 * @throws TypeError naming the option and, where one is near, the right spelling.
 */
export function checkKeys(options: unknown, keys: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`session: options must be an object, got ${show(options)}`)
  }
  for (const key of Object.keys(options)) {
    if (keys.includes(key)) continue
    const meant = nearest(key, keys, Math.max(2, key.length / 3))
    throw new TypeError(
      `session: unknown option ${show(key)}; ${
        meant === undefined ? `the options are ${keys.join(', ')}` : `did you mean '${meant}'?`
      }`,
    )
  }
}

/** A value as an error message shows it: short, and on one line. */
export function show(value: unknown): string {
  const text = inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).replaceAll(
    /\s+/g,
    ' ',
  )
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
