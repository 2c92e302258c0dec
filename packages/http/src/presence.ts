import type { OutFields } from './out-fields.ts'

/**
 * What is known of fields by their names: a bit for each question that is asked about them. The fields of
 * an answer are looked up once, and each question is a comparison of numbers.
 */
const bits = new Map<string, number>()

/** Of any field with several lines. */
export const severalLines = 1

/** Of the fields that security policies are about. */
export const ofSecurity = 2

/** The first bit for a question of somebody else. */
export const firstFree = 4

/**
 * Has an answer with one of these fields have a bit.
 *
 * @param names - In lower case.
 */
export function noteFields(names: Iterable<string>, bit: number): void {
  for (const name of names) bits.set(name, (bits.get(name) ?? 0) | bit)
}

/** The bits that the fields of an answer have. */
export function presenceOf(fields: OutFields): number {
  let presence = 0
  for (const name in fields) {
    presence |= bits.get(name) ?? 0
    if (Array.isArray(fields[name]?.[1])) presence |= severalLines
  }
  return presence
}
