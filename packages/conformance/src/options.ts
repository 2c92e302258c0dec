import { inspect } from 'node:util'
import { levels, type Level } from './rule.ts'

/** What a run looks at, and what bounds it. */
export interface CheckOptions {
  /** More paths to look at, such as `['/notes/1']`. */
  readonly paths?: readonly string[]
  /** An OpenAPI document, already read: the paths of its GET operations are looked at. */
  readonly openapi?: unknown
  /** Whether to follow links of the page to other paths of the server. Default: `true`. */
  readonly links?: boolean
  /** How many paths are looked at, at most. Default: 12. */
  readonly maxPaths?: number
  /** The ids or areas of the rules to check. Default: all. */
  readonly only?: readonly string[]
  /** The ids or areas of rules to leave out. */
  readonly skip?: readonly string[]
  /** The weakest level whose failure makes `passed` false. Default: `'must'`. */
  readonly level?: Level
  /** Ids of rules that are known to fail. */
  readonly baseline?: readonly string[]
  /** Send requests that may change something: POST, PUT, PATCH, DELETE. Default: `false`. */
  readonly allowWrites?: boolean
  /** Take certificates that nobody vouches for. Default: `false`. */
  readonly insecure?: boolean
  /** How long to wait for an answer, in milliseconds. Default: 5000. */
  readonly timeout?: number
  /** How long a server may take to close a connection it has to close, in milliseconds. Default: 500. */
  readonly grace?: number
  /** How many connections are open at a time. Default: 4. */
  readonly connections?: number
  /** How long to wait before each exchange, in milliseconds. Default: 0. */
  readonly delay?: number
  /** Stops the run; the report tells what was found by then. */
  readonly signal?: AbortSignal
  /** Told of each rule as it is done. */
  readonly onProgress?: (done: number, total: number, id: string) => void
}

const keys: Readonly<Record<keyof CheckOptions, string>> = {
  paths: 'strings',
  openapi: 'any',
  links: 'boolean',
  maxPaths: 'count',
  only: 'strings',
  skip: 'strings',
  level: 'level',
  baseline: 'strings',
  allowWrites: 'boolean',
  insecure: 'boolean',
  timeout: 'wait',
  grace: 'wait',
  connections: 'count',
  delay: 'delay',
  signal: 'any',
  onProgress: 'any',
}

/** What a timer can take. */
const longest = 2 ** 31 - 1

const kinds: Readonly<Record<string, readonly [is: (value: unknown) => boolean, what: string]>> = {
  any: [() => true, ''],
  boolean: [(value) => typeof value === 'boolean', 'true or false'],
  count: [(value) => Number.isSafeInteger(value) && Number(value) > 0, 'a whole number above 0'],
  delay: [
    (value) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= longest,
    `a whole number of milliseconds, 0 to ${longest}`,
  ],
  wait: [
    (value) => Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= longest,
    `a whole number of milliseconds, 1 to ${longest}`,
  ],
  level: [
    (value) => levels.some((level) => level === value),
    levels.map((level) => `'${level}'`).join(', '),
  ],
  strings: [
    (value) => Array.isArray(value) && value.every((entry) => typeof entry === 'string'),
    'a list of strings',
  ],
}

/**
 * Refuses options that nobody reads or that have a wrong value.
 *
 * @throws TypeError naming the option, the value, and what it may be.
 */
export function checkOptions(options: CheckOptions): void {
  for (const [key, value] of Object.entries(options)) {
    const kind = Object.entries(keys).find(([name]) => name === key)?.[1]
    if (kind === undefined) {
      throw new TypeError(
        `check(): unknown option '${key}'; the options are ${Object.keys(keys).join(', ')}`,
      )
    }
    const [is, what] = kinds[kind] ?? []
    if (value !== undefined && is !== undefined && !is(value)) {
      throw new TypeError(`check(): ${key} must be ${what}, got ${inspect(value, { depth: 0 })}`)
    }
  }
  for (const path of options.paths ?? []) {
    if (!/^\/(?!.*#)[!-~]*$/.test(path)) {
      throw new TypeError(
        `check(): paths must begin with '/' and have no spaces or '#', got '${path}'`,
      )
    }
  }
}
