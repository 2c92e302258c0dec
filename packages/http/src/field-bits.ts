/**
 * A bit for every field that somebody asks for on each answer: what an answer has is then looked up once,
 * and each question is a comparison of numbers.
 */
const bits = new Map<string, number>()

/** The bits of those that are asked for alone. */
const singles = new Map<string, number>()

let used = 0

function take(): number {
  if (used === 31) throw new Error('There are more questions about fields than a number has bits')
  used += 1
  return 1 << (used - 1)
}

/**
 * Asks for fields.
 *
 * @param names - Their names in lower case.
 * @param group - A bit that they have in common, from {@link createGroup}. Default: each has its own.
 * @returns Their bits.
 */
export function askFor(names: Iterable<string>, group?: number): number {
  let mask = 0
  for (const name of names) {
    const known = bits.get(name) ?? 0
    const own = group ?? singles.get(name) ?? take()
    if (group === undefined) singles.set(name, own)
    bits.set(name, known | own)
    mask |= own
  }
  return mask
}

/** A bit for fields of which it only matters whether there is any of them. */
export const createGroup: () => number = take

/** Any field with several lines. */
export const severalLines: number = createGroup()

/** The bits of all fields of an answer, by name in lower case. */
export function bitsOf(
  fields: Readonly<Record<string, readonly [name: string, value: unknown]>>,
): number {
  let present = 0
  for (const name in fields) {
    present |= bits.get(name) ?? 0
    if (Array.isArray(fields[name]?.[1])) present |= severalLines
  }
  return present
}
