const escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** What documentation shows as printed, with `…` for anything, as a pattern for the whole. */
const patternOf = (shown: string): RegExp =>
  new RegExp(`^${shown.split('…').map(escape).join('.*')}$`, 's')

/** What is printed, with the ends of lines and the time of day out of it. */
const plain = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(/^Date: .*$/gm, 'Date: now')
    .trimEnd()

/**
 * What a program printed, and what documentation shows of it: equal where the latter is true. `…` in
 * it stands for anything, and every `Date` is right.
 */
export function comparable(printed: string, shown: string): { printed: string; shown: string } {
  const both = { printed: plain(printed), shown: plain(shown) }
  return patternOf(both.shown).test(both.printed) ? { ...both, printed: both.shown } : both
}
