import { inspect } from 'node:util'

/** The number of single-letter edits between two words. */
function distance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (const [row, letter] of Array.from(left).entries()) {
    const current = [row + 1]
    for (const [column, other] of Array.from(right).entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1)
      current.push(Math.min(replaced, (current[column] ?? 0) + 1, (previous[column + 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[right.length] ?? 0
}

/** The candidate a misspelt word most likely stands for, if any is near. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({
      candidate,
      edits: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .toSorted((left, right) => left.edits - right.edits)
  return best !== undefined && best.edits <= Math.max(2, word.length / 3)
    ? best.candidate
    : undefined
}

/**
 * Refuses options that are no plain object or have a key nobody reads.
 *
 * @param where - What the options belong to, for the message: `'httpSemantics()'`.
 * @param options - What the user gave.
 * @param keys - The keys that exist.
 * @throws TypeError naming the option and, where one is near, the right spelling.
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

/** A value as an error message shows it: short, and on one line. */
export function show(value: unknown): string {
  // An error shows its stack, which is several lines however long they may be.
  const text = inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).replaceAll(
    /\s+/g,
    ' ',
  )
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
