/**
 * The number of single-letter edits between two words: letters put in, taken out or changed.
 *
 * @example
 * edits('knwon', 'known') // => 2
 */
export function edits(left: string, right: string): number {
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

/**
 * The candidate a misspelt word most likely stands for: a third of its letters may be wrong, or two.
 *
 * @param word - As somebody wrote it; case does not count.
 * @returns The first of the nearest; `undefined` where none is near.
 *
 * @example
 * nearest('ignoreRoute', ['known', 'ignoreRoutes']) // => 'ignoreRoutes'
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({
      candidate,
      count: edits(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .toSorted((left, right) => left.count - right.count)
  return best !== undefined && best.count <= Math.max(2, word.length / 3)
    ? best.candidate
    : undefined
}
