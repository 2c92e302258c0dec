/** A number as it stands in a table. */
export const round = (value, digits = 2) => value.toFixed(digits)

/** A number with its smallest and largest. */
export const range = ({ median, min, max }, digits = 2) =>
  `${round(median, digits)} (${round(min, digits)} to ${round(max, digits)})`

/** A whole number with commas between the thousands. */
export const whole = (value) => Math.round(value).toLocaleString('en')

/**
 * A table in Markdown, aligned as the formatter has it.
 *
 * @param head - The names of the columns; those that begin with `>` stand right.
 * @param rows - Texts.
 */
export function table(head, rows) {
  const isRight = head.map((name) => name.startsWith('>'))
  const lines = [head.map((name) => name.replace(/^>/, '')), ...rows]
  const widths = head.map((_, column) => Math.max(3, ...lines.map((line) => line[column].length)))
  const pad = (cell, column) =>
    isRight[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])
  const dashes = widths.map((width, column) =>
    isRight[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  const [names, ...others] = lines.map((line) => line.map(pad))
  return [names, dashes, ...others].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
