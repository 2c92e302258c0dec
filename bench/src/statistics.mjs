/**
 * The middle one of numbers, which no single outlier moves.
 *
 * @throws {RangeError} For no numbers at all.
 */
export function median(values) {
  if (values.length === 0) throw new RangeError('There is no median of nothing')
  const sorted = values.toSorted((left, right) => left - right)
  const upper = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2
}

/** Median, smallest and largest of numbers. */
export const spread = (values) => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
})

/**
 * How two things compare: the ratio of what both took in the same round, when the machine was as busy
 * for one as for the other.
 */
export const ratios = (over, under) => spread(over.map((value, round) => value / under[round]))
