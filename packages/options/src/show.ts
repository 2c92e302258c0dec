import { inspect } from 'node:util'

/**
 * A value as an error message shows it: of 60 characters at most, and on one line.
 *
 * @example
 * show({ a: [1] }) // => '{ a: [ 1 ] }'
 */
export function show(value: unknown): string {
  // An error shows its stack, which is several lines however long they may be.
  const text = inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).replaceAll(
    /\s+/g,
    ' ',
  )
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
