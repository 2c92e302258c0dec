import { inspect } from 'node:util'
import { type ErrorStatus, isErrorStatus } from './error-status.ts'
import { languages, type LocalizedText } from './language.ts'
import { markAsMeantForClients, standardMembers, type ProblemMembers } from './problem.ts'
import { isUriReference } from './uri.ts'

/** A kind of problem, as {@link defineProblem} takes it. */
export interface ProblemDefinition {
  /**
   * The URI reference that names this kind, for programs to recognise it. RFC 9457 recommends an
   * absolute one at which people find more: `https://example.com/problems/out-of-credit`.
   */
  readonly type: string
  /** The status code of its answers, 400 to 599. */
  readonly status: ErrorStatus
  /** A summary of the kind, the same at every occurrence: in English, and in `zh-TW` where you have it. */
  readonly title: LocalizedText
}

/** Members of a problem that RFC 9457 leaves to its kind. */
export type Extensions = Readonly<Record<string, unknown>>

/** An error that a definition made. It keeps the contract of `http-errors`. */
export interface ProblemError extends Error {
  readonly status: number
  readonly statusCode: number
  /** Whether clients may see the message: that of a client error. */
  readonly expose: boolean
  /** Header fields for the answer, such as `Retry-After`. */
  headers?: Readonly<Record<string, string | readonly string[]>>
  /** What clients see besides the status and the message. */
  readonly problem: ProblemMembers & Pick<ProblemDefinition, 'type' | 'title'>
}

/** Makes errors of one kind. */
export interface ProblemFactory<Members extends object> extends ProblemDefinition {
  /**
   * Takes the detail, and the members of this kind of problem, all of which clients see, whatever the
   * status. `instance` may be among them.
   *
   * @param detail - What happened this time. Clients see it, unless the status is that of a server
   * error: then it is for your log. Default: the English title.
   * @returns An error to be thrown.
   * @throws TypeError for an extension with the name of a standard member.
   */
  (
    ...[detail, extensions]: Partial<Members> extends Members
      ? [detail?: string, extensions?: Members]
      : [detail: string | undefined, extensions: Members]
  ): ProblemError
}

const keys = ['type', 'status', 'title'] as const

/**
 * Defines a kind of problem ([RFC 9457 section 4](https://www.rfc-editor.org/rfc/rfc9457.html#section-4)),
 * and gives a factory of errors for it.
 *
 * @param definition - See {@link ProblemDefinition}.
 * @throws TypeError for a wrong definition, naming what is wrong and what would be right.
 *
 * @example
 * ```ts
 * import { defineProblem, toProblem } from '@http-semantics/problem'
 *
 * const outOfCredit = defineProblem<{ balance: number }>({
 *   type: 'https://example.com/problems/out-of-credit',
 *   status: 403,
 *   title: { en: 'You do not have enough credit', 'zh-TW': '您的點數不足' },
 * })
 *
 * const error = outOfCredit('The book costs 50', { balance: 30 })
 * toProblem(error) // => {
 * //   type: 'https://example.com/problems/out-of-credit',
 * //   title: 'You do not have enough credit',
 * //   status: 403,
 * //   detail: 'The book costs 50',
 * //   balance: 30,
 * // }
 * ```
 */
export function defineProblem<Members extends object = Extensions>(
  definition: ProblemDefinition,
): ProblemFactory<Members> {
  const { type, status, title } = check(definition)
  const kind = { type, status, title: Object.freeze(title) }

  function create(detail?: string, extensions: object = {}): ProblemError {
    for (const name of Object.keys(extensions)) {
      if (name === 'instance' || !standardMembers.has(name)) continue
      throw new TypeError(
        `${type}: ${inspect(name)} is no extension, since RFC 9457 defines it: give ${
          name === 'detail' ? 'the detail as the first argument' : 'it to defineProblem()'
        }`,
      )
    }
    const problem = Object.freeze({ ...extensions, type, title: kind.title })
    markAsMeantForClients(problem)
    const members = { status, statusCode: status, expose: status < 500, problem }
    const error = Object.assign(new Error(detail ?? title.en), members)
    Error.captureStackTrace(error, create)
    return error
  }

  return Object.assign(create, kind)
}

function check(definition: unknown): ProblemDefinition {
  if (!isRecord(definition)) {
    throw new TypeError(`defineProblem(): must get an object, got ${inspect(definition)}`)
  }
  checkKeys('defineProblem()', definition, keys)
  const { type, status, title } = definition
  return { type: checkType(type), status: checkStatus(status), title: checkTitle(title) }
}

function checkType(type: unknown): string {
  if (type === 'about:blank') {
    throw new TypeError(
      "defineProblem(): type 'about:blank' is that of errors without a definition: throw one with the status alone",
    )
  }
  if (typeof type === 'string' && type !== '' && isUriReference(type)) return type
  const encoded =
    typeof type === 'string' ? encodeURI(type.trim().replaceAll(/\p{Surrogate}/gu, '')) : ''
  const meant =
    encoded !== '' && isUriReference(encoded) ? encoded : 'https://example.com/problems/my-problem'
  throw new TypeError(
    `defineProblem(): type must be a URI reference such as ${inspect(meant)}, got ${inspect(type)}`,
  )
}

function checkStatus(status: unknown): ErrorStatus {
  if (isErrorStatus(status)) return status
  throw new TypeError(
    `defineProblem(): status must be an integer from 400 to 599, got ${inspect(status)}`,
  )
}

function checkTitle(title: unknown): LocalizedText {
  if (!isRecord(title)) {
    throw new TypeError(
      `defineProblem(): title must be an object such as { en: ${inspect(
        typeof title === 'string' ? title : 'Out of credit',
      )} }, got ${inspect(title)}`,
    )
  }
  checkKeys('defineProblem(): title', title, languages)
  const { en, 'zh-TW': chinese } = title
  if (chinese === undefined) return { en: checkText('en', en) }
  return { en: checkText('en', en), 'zh-TW': checkText('zh-TW', chinese) }
}

function checkText(language: string, text: unknown): string {
  if (typeof text === 'string' && text.trim() !== '') return text
  throw new TypeError(
    `defineProblem(): title: ${inspect(language)} must be a text, got ${inspect(text)}`,
  )
}

function checkKeys(where: string, value: object, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue
    throw new TypeError(`${where}: unknown key ${inspect(key)}; the keys are ${known.join(', ')}`)
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
