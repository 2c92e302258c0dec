import type { Report } from '../report.ts'

/** JSON text; the control characters that JSON allows are escaped as well, as it may end up on a terminal. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, undefined, 2).replaceAll(
    /[\x7f-\x9f]/g,
    (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`,
  )}\n`

/** A report as JSON text; `--baseline` takes it. */
export const reportJson = (report: Report): string => jsonText(report)
