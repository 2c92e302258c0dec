import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { parse as parseYaml } from 'yaml'
import { readBaseline } from './baseline.ts'
import { check } from './check.ts'
import { help } from './help.ts'
import type { CheckOptions } from './options.ts'
import { reportJson } from './reporters/json.ts'
import { reportSarif } from './reporters/sarif.ts'
import { reportTerminal } from './reporters/terminal.ts'
import { levels } from './rule.ts'
import { rules } from './rules/index.ts'
import { meantBy } from './spelling.ts'
import { UnreachableError } from './wire/connect.ts'

/** What the command line runs in: so that tests need no process. */
export interface Surroundings {
  /** Takes the report. */
  readonly out: (text: string) => void
  /** Takes progress and errors. */
  readonly error: (text: string) => void
  /** Whether the report goes to a terminal, and progress may be shown and overwritten. */
  readonly isTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

const string = { type: 'string' } as const
const several = { type: 'string', multiple: true } as const
const boolean = { type: 'boolean' } as const

const options = {
  path: several,
  openapi: string,
  'no-links': boolean,
  'max-paths': string,
  only: several,
  skip: several,
  level: string,
  baseline: string,
  format: string,
  all: boolean,
  list: boolean,
  'allow-writes': boolean,
  insecure: boolean,
  timeout: string,
  connections: string,
  delay: string,
  'no-color': boolean,
  help: { type: 'boolean', short: 'h' },
} as const

/** A mistake in the command line, in one sentence. */
class UsageError extends Error {}

const words = (values: readonly string[] = []): string[] =>
  values
    .flatMap((value) => value.split(','))
    .map((word) => word.trim())
    .filter((word, _, all) => word !== '' || all.length === 1)

function number(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d+$/.test(value)) throw new UsageError(`--${name} must be a whole number, got '${value}'`)
  return Number(value)
}

function oneOf<T extends string>(name: string, value: string, all: readonly T[]): T {
  const found = all.find((candidate) => candidate === value)
  if (found !== undefined) return found
  const meant = meantBy(value, all)
  throw new UsageError(
    `--${name} must be ${all.join(', ')}, got '${value}'${meant === undefined ? '' : `; did you mean '${meant}'?`}`,
  )
}

async function read(name: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new UsageError(`--${name}: the file '${file}' cannot be read`)
  }
}

const formats = ['terminal', 'json', 'sarif'] as const

/**
 * Runs the command line.
 *
 * @param words - What comes behind the command's name.
 * @returns The exit code: 0 for passed, 1 for not, 2 where nothing could be checked.
 */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await attempt(args, surroundings)
  } catch (error) {
    const isExpected =
      error instanceof UsageError || error instanceof UnreachableError || error instanceof TypeError
    if (!isExpected) throw error
    const isUsage = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    const sentence = (isUsage ? usage(error.message) : error.message) ?? ''
    surroundings.error(
      `${sentence
        .replace(/^check\(\): /, '')
        .replace(/[^?]$/, '$&.')
        .replace(/\.\.$/, '.')}${isUsage ? ' See --help.' : ''}\n`,
    )
    return 2
  }
}

/** The first sentence of what the parser of arguments says, with the option that was meant. */
function usage(message: string): string | undefined {
  const sentence = message.split(/\.? To specify|\n/)[0]
  const [, word] = /^Unknown option '--([^']+)'/.exec(message) ?? []
  const meant = word === undefined ? undefined : meantBy(word, Object.keys(options))
  return meant === undefined ? sentence : `${sentence}; did you mean '--${meant}'?`
}

async function attempt(
  args: readonly string[],
  { out, error, isTerminal, env, signal }: Surroundings,
): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  if (values.help === true) {
    out(help)
    return 0
  }
  if (values.list === true) {
    out(
      rules
        .map(
          ({ id, level, sentence, reference }) =>
            `${id.padEnd(36)} ${level.padEnd(9)} ${sentence} (${reference.text})\n`,
        )
        .join(''),
    )
    return 0
  }
  const [url, ...more] = positionals
  if (url === undefined)
    throw new UsageError(
      'which server? Give its URL, like http://127.0.0.1:3000/; --help tells more',
    )
  if (more.length > 0)
    throw new UsageError(`one URL at a time, please: '${more.join("', '")}' is too much`)
  const format = oneOf('format', values.format ?? 'terminal', formats)
  const given: { -readonly [K in keyof CheckOptions]: CheckOptions[K] | undefined } = {
    paths: values.path,
    links: values['no-links'] !== true,
    maxPaths: number('max-paths', values['max-paths']),
    only: words(values.only),
    skip: words(values.skip),
    level: oneOf('level', values.level ?? 'must', levels),
    allowWrites: values['allow-writes'] === true,
    insecure: values.insecure === true,
    timeout: number('timeout', values.timeout),
    connections: number('connections', values.connections),
    delay: number('delay', values.delay),
    signal,
  }
  if (values.openapi !== undefined)
    given.openapi = document(await read('openapi', values.openapi), values.openapi)
  if (values.baseline !== undefined)
    given.baseline = readBaseline(await read('baseline', values.baseline), values.baseline)
  if (isTerminal && format === 'terminal') {
    given.onProgress = (done, total, id) => error(`\r\u001B[K${done} of ${total} rules: ${id}`)
  }
  const report = await check(
    url,
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  )
  if (given.onProgress !== undefined) error('\r\u001B[K')
  const isPlain = values['no-color'] === true || Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb'
  if (format === 'json') out(reportJson(report))
  else if (format === 'sarif') out(reportSarif(report))
  else out(reportTerminal(report, { colour: isTerminal && !isPlain, all: values.all === true }))
  if (!report.complete) return 130
  return report.passed ? 0 : 1
}

/** Reads an OpenAPI document, which may be JSON or YAML: JSON is YAML as well. */
function document(text: string, file: string): unknown {
  try {
    return parseYaml(text)
  } catch {
    throw new UsageError(`--openapi: the file '${file}' is neither JSON nor YAML`)
  }
}
