import { statusCode as codeOf } from '@http-semantics/status'
import { isErrorStatus } from './error-status.ts'
import type { Language, LocalizedText } from './language.ts'
import { textsOf } from './texts.ts'

/**
 * Problem details ([RFC 9457 section 3](https://www.rfc-editor.org/rfc/rfc9457.html#section-3)).
 * A missing `type` means `about:blank`: the status says it all. Any further members are extensions.
 */
export interface Problem {
  /** A URI reference that names the kind of problem. */
  readonly type?: string
  /** A short summary of the kind of problem: for `about:blank` the reason phrase, or its translation. */
  readonly title: string
  /** The status code of the answer, 400 to 599. */
  readonly status: number
  /** What happened this time, only where the error says it may be shown. */
  readonly detail?: string
  /** A URI reference that names this one occurrence. */
  readonly instance?: string
  readonly [extension: string]: unknown
}

/**
 * What an error may carry as its `problem`, for clients to see. Any further members are extensions
 * ([RFC 9457 section 3.2](https://www.rfc-editor.org/rfc/rfc9457.html#section-3.2)).
 */
export interface ProblemMembers {
  /** A URI reference that names the kind of problem. */
  readonly type?: string | undefined
  /** A summary of that kind. Without a `type` it is not read: there the status says it all. */
  readonly title?: string | LocalizedText | undefined
  /** A URI reference that names this one occurrence. */
  readonly instance?: string | undefined
  readonly [extension: string]: unknown
}

/** The members of problem details that RFC 9457 defines; all others are extensions. */
export const standardMembers: ReadonlySet<string> = new Set([
  'type',
  'title',
  'status',
  'detail',
  'instance',
])

/** How {@link toProblem} reads an error. */
export interface ProblemOptions {
  /** The status for an error that asks for none, 400 to 599. Default: 500. */
  readonly fallback?: number | undefined
  /** The language of the title. Default: `en`. */
  readonly language?: Language | undefined
}

/** The members of an error that {@link toProblem} reads; `http-errors` made most of them the custom. */
interface ErrorLike {
  readonly status?: unknown
  readonly statusCode?: unknown
  readonly expose?: unknown
  readonly message?: unknown
  readonly headers?: unknown
  readonly problem?: unknown
}

const asErrorLike = (error: unknown): ErrorLike =>
  typeof error === 'object' && error !== null ? error : {}

/**
 * The status an error asks for.
 *
 * @param error - Anything thrown.
 * @param fallback - The status for an error that asks for none. Default: 500.
 * @returns Its `status` or `statusCode` where that is an integer from 400 to 599, else the fallback.
 */
export function statusOf(error: unknown, fallback = 500): number {
  const { status, statusCode } = asErrorLike(error)
  return [status, statusCode, fallback].find(isErrorStatus) ?? 500
}

/**
 * The header fields an error brings along, such as the `Allow` of a 405.
 *
 * @param error - Anything thrown.
 * @returns Its `headers`, those with text values, numbers or lists of texts; else none.
 */
export function fieldsOf(error: unknown): Record<string, string | string[]> {
  const { headers } = asErrorLike(error)
  const fields: Record<string, string | string[]> = {}
  if (typeof headers !== 'object' || headers === null) return fields
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') fields[name] = value
    else if (typeof value === 'number') fields[name] = String(value)
    else if (Array.isArray(value)) fields[name] = value.map(String)
  }
  return fields
}

const meantForClients = new WeakSet()

/** Lets the members show whatever the status of their error: they come from a definition. */
export function markAsMeantForClients(members: ProblemMembers): void {
  meantForClients.add(members)
}

/** The `problem` of an error, unless it may be somebody else's: clients of APIs keep answers so, too. */
function membersOf({ problem, expose }: ErrorLike): Readonly<Record<string, unknown>> {
  if (typeof problem !== 'object' || problem === null) return {}
  return expose === true || meantForClients.has(problem) ? { ...problem } : {}
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** A title, and its language: `undefined` for a mere text, of which nobody knows it. */
interface LocalTitle {
  readonly title: string
  readonly language: Language | undefined
}

/** A title in the language wanted, or else in English. */
function localize(title: unknown, wanted: Language): LocalTitle | undefined {
  if (isText(title)) return { title, language: undefined }
  if (typeof title !== 'object' || title === null) return undefined
  const texts: Readonly<Partial<Record<Language, unknown>>> = title
  for (const language of [wanted, 'en'] as const) {
    const text = texts[language]
    if (isText(text)) return { title: text, language }
  }
  return undefined
}

/**
 * The problem details of an error, and the language of their title, where that is known.
 *
 * @see {@link toProblem}
 */
export function readProblem(
  error: unknown,
  { fallback = 500, language = 'en' }: ProblemOptions,
): Pick<LocalTitle, 'language'> & { readonly problem: Problem } {
  const status = statusOf(error, fallback)
  const errorLike = asErrorLike(error)
  const { message, expose } = errorLike
  const { type, title, instance, ...others } = membersOf(errorLike)
  const isTyped = isText(type) && type !== 'about:blank'
  const titleIn = (wanted: Language): LocalTitle =>
    (isTyped ? localize(title, wanted) : undefined) ?? {
      title: textsOf(status, wanted).title,
      language: wanted,
    }
  const told = titleIn(language)
  const isTold =
    status < 500 &&
    expose === true &&
    isText(message) &&
    // A title, or a phrase of old such as `Payload Too Large`, says no more than the title does.
    message !== told.title &&
    message !== titleIn('en').title &&
    codeOf(message) !== status
  const problem: Problem = {
    ...(isTyped && { type }),
    title: told.title,
    status,
    ...(isTold && { detail: message }),
    ...(isText(instance) && { instance }),
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !standardMembers.has(name))),
  }
  return { problem, language: told.language }
}

/**
 * The problem details of an error. The message of a server error never shows, nor that of any
 * error that does not say `expose: true`.
 *
 * @param error - Anything thrown: an `http-errors` object, an `Error`, a string.
 * @param options - The status for an error that asks for none, and the language of the title.
 *
 * @example
 * ```ts
 * import { toProblem } from '@http-semantics/problem'
 *
 * toProblem({ status: 404, expose: true, message: 'No note 7' }) // => { title: 'Not Found', status: 404, detail: 'No note 7' }
 * toProblem({ status: 404 }, { language: 'zh-TW' }) // => { title: '找不到', status: 404 }
 * toProblem(new Error('secret')) // => { title: 'Internal Server Error', status: 500 }
 * ```
 */
export function toProblem(error: unknown, options: ProblemOptions = {}): Problem {
  return readProblem(error, options).problem
}
