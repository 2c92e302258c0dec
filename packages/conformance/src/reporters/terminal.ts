import type { Failure, Report, RuleResult } from '../report.ts'
import { areas, type Area } from '../rule.ts'

/** How a report looks on a terminal. */
export interface TerminalOptions {
  /** Whether to use colours. Default: `false`. */
  readonly colour?: boolean
  /** Whether to list the rules that were kept, and those that did not apply. Default: `false`. */
  readonly all?: boolean
}

const codes = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const

type Paint = (style: keyof typeof codes, text: string) => string

const words = { must: 'MUST', should: 'SHOULD', practice: 'good practice' } as const

/** Text in a line of a screen: what a server sent must not move the cursor, or worse. */
const plain = (text: string): string =>
  text.replaceAll(/\p{C}|\p{Zl}|\p{Zp}/gu, (letter) => {
    const code = letter.codePointAt(0) ?? 0
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })

/** Octets on a screen: line by line, with the control characters made visible. */
function visible(octets: string, most = 12): string[] {
  const shown = octets
    .replaceAll(
      // oxlint-disable-next-line no-control-regex -- those are what it makes visible
      /[\0-\x09\v\f\x0e-\x1f\x7f-\xff]|\r(?!\n)/g,
      (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
    .split(/\r?\n/)
    .map(plain)
    .map((line) => (line.length > 160 ? `${line.slice(0, 160)}… (${line.length})` : line))
  while (shown.at(-1) === '') shown.pop()
  return shown.length > most
    ? [...shown.slice(0, most), `… ${shown.length - most} more lines`]
    : shown
}

function failureLines({ explanation, sent, received }: Failure, paint: Paint): string[] {
  return [
    `      ${plain(explanation)}`,
    ...visible(sent).map((line) => paint('dim', `      > ${line}`)),
    ...(received === ''
      ? [paint('dim', '      < (nothing)')]
      : visible(received).map((line) => paint('dim', `      < ${line}`))),
  ]
}

function resultLines(result: RuleResult, { all = false }: TerminalOptions, paint: Paint): string[] {
  const { id, sentence, level, reference, outcome, failures, known, reason } = result
  if (outcome === 'held')
    return all ? [`  ${paint('green', '✓')} ${id}  ${paint('dim', sentence)}`] : []
  if (outcome === 'not applicable')
    return all ? [paint('dim', `  - ${id}  ${plain(reason ?? '')}`)] : []
  const colour = level === 'must' && !known ? 'red' : 'yellow'
  const [first] = failures
  const more = failures.length - 1
  return [
    `  ${paint(colour, '✗')} ${paint('bold', id)}  ${sentence}${known ? paint('dim', ' (in the baseline)') : ''}`,
    paint('dim', `      ${words[level]}, ${reference.text}: ${reference.link}`),
    ...(first === undefined ? [] : failureLines(first, paint)),
    ...(more > 0 ? [paint('dim', `      and ${more} more like it`)] : []),
    '',
  ]
}

const count = (results: readonly RuleResult[], outcome: RuleResult['outcome']): number =>
  results.filter((result) => result.outcome === outcome).length

function areaLines(
  area: Area,
  results: readonly RuleResult[],
  options: TerminalOptions,
  paint: Paint,
): string[] {
  const own = results.filter((result) => result.area === area)
  if (own.length === 0) return []
  const failed = count(own, 'failed')
  const summary = [
    `${count(own, 'held')} held`,
    ...(failed > 0 ? [paint('red', `${failed} failed`)] : []),
    ...(count(own, 'not applicable') > 0
      ? [paint('dim', `${count(own, 'not applicable')} not applicable`)]
      : []),
  ].join(', ')
  return [
    `${paint('bold', area.padEnd(16))} ${summary}`,
    ...own.flatMap((result) => resultLines(result, options, paint)),
  ]
}

/** A report for people: grouped by area, with what was sent and received for each failure. */
export function reportTerminal(report: Report, options: TerminalOptions = {}): string {
  const paint: Paint =
    options.colour === true
      ? (style, text) => `\u001B[${codes[style]}m${text}\u001B[0m`
      : (_style, text) => text
  const { counts, results, paths, exchanges, milliseconds } = report
  const failed = (['must', 'should', 'practice'] as const).flatMap((level) => {
    const number = results.filter(
      (result) => result.level === level && result.outcome === 'failed',
    ).length
    return number === 0 ? [] : [`${number} ${words[level]}`]
  })
  return [
    `${paint('bold', plain(report.url))} over ${report.protocols.join(' and ')}`,
    paint(
      'dim',
      `${paths.length} ${paths.length === 1 ? 'path' : 'paths'}: ${paths.slice(0, 6).map(plain).join(' ')}${paths.length > 6 ? ' …' : ''}`,
    ),
    '',
    ...areas.flatMap((area) => areaLines(area, results, options, paint)),
    '',
    [
      paint('green', `${counts.held} held`),
      counts.failed === 0
        ? '0 failed'
        : paint('red', `${counts.failed} failed (${failed.join(', ')})`),
      `${counts.notApplicable} not applicable`,
    ].join(', '),
    paint('dim', `${exchanges} exchanges in ${(milliseconds / 1000).toFixed(1)} s`),
    ...(report.unreached === 0
      ? []
      : [
          `${report.unreached} ${report.unreached === 1 ? 'connection' : 'connections'} failed on the way: what is not applicable may be so for that. Is the server still there?`,
        ]),
    ...(report.complete ? [] : ['Stopped before the end: this is what was found by then.']),
    '',
  ].join('\n')
}
