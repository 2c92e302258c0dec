import type { Report } from '../report.ts'

/** A report as JSON text; `--baseline` takes it. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`
