/** How many letters have to be put in, taken out, changed or swapped with their neighbour. */
function distance(left: string, right: string): number {
  let before: number[] = []
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const isSame = left[i - 1] === right[j - 1]
      const isSwapped = left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      )
    }
    before = row
    row = next
  }
  return row[right.length] ?? 0
}

/** The word of a list that is meant by a misspelt one; `undefined` where none is near. */
export function meantBy(word: string, all: readonly string[]): string | undefined {
  const edits = all.map((candidate) => distance(word.toLowerCase(), candidate.toLowerCase()))
  const least = Math.min(...edits)
  return least <= Math.ceil(word.length / 4) ? all[edits.indexOf(least)] : undefined
}
