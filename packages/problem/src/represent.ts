import Negotiator from 'negotiator'
import { escapeHtml } from './escape.ts'
import { chooseLanguage, type Language } from './language.ts'
import { readProblem, standardMembers, type Problem } from './problem.ts'
import { textsOf } from './texts.ts'

/** A problem as one media type. */
export interface ProblemRepresentation {
  /** The value of `Content-Type`. */
  readonly type: string
  /** The content. */
  readonly content: string
}

/** An error as an answer. */
export interface ErrorRepresentation extends ProblemRepresentation {
  /** The status code, 400 to 599. */
  readonly status: number
  /** The value of `Content-Language`; `undefined` where the error brings texts whose language it does not tell. */
  readonly language: Language | undefined
}

/** The header fields of a request that say which representation it would like. */
export interface Preferences {
  readonly accept?: string | undefined
  readonly 'accept-language'?: string | undefined
}

const problemJson = 'application/problem+json'

// With and without the parameter, since `text/html;charset=utf-8` in Accept does not match `text/html`.
const withCharset = (type: string): string[] => [type, `${type}; charset=utf-8`]
const jsonOrHtml = [problemJson, ...withCharset('application/json'), ...withCharset('text/html')]
const text = withCharset('text/plain')

/**
 * The media type for a problem: HTML where the client prefers it to JSON, text where it takes
 * neither, else `application/problem+json`. A client that accepts nothing of these gets JSON too,
 * rather than a 406 that would hide the problem.
 */
export function chooseForm(accept: string | undefined): 'json' | 'html' | 'text' {
  if (accept === undefined) return 'json'
  const negotiator = new Negotiator({ headers: { accept } })
  const [best] = negotiator.mediaTypes(jsonOrHtml)
  if (best !== undefined) return best.startsWith('text/html') ? 'html' : 'json'
  // A client that takes some other JSON (`application/ld+json`) is likely to read this one too.
  if (negotiator.mediaTypes().some((type) => type.toLowerCase().endsWith('+json'))) return 'json'
  return negotiator.mediaTypes(text).length > 0 ? 'text' : 'json'
}

/** What the status means, for people: nothing where a `type` says more than the status does. */
const descriptionOf = ({ type, status }: Problem, language: Language): string | undefined =>
  type === undefined ? textsOf(status, language).description : undefined

/** A paragraph; names in backticks become code. */
const paragraph = (content: string | undefined): string =>
  content === undefined ? '' : `<p>${content}</p>\n`

function html(problem: Problem, language: Language | undefined): string {
  const { status, title, detail } = problem
  const description = descriptionOf(problem, language ?? 'en')
  const heading = `${status} ${escapeHtml(title)}`
  return `<!doctype html>
<html${language === undefined ? '' : ` lang="${language}"`}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<h1>${heading}</h1>
${paragraph(detail && escapeHtml(detail))}${paragraph(description && withCode(escapeHtml(description)))}</html>
`
}

const withCode = (escaped: string): string => escaped.replaceAll(/`([^`]+)`/g, '<code>$1</code>')

function plain(problem: Problem, language: Language | undefined): string {
  const { status, title, detail } = problem
  const description = descriptionOf(problem, language ?? 'en')
  return `${status} ${title}${detail === undefined ? '' : `: ${detail}`}\n${
    description === undefined ? '' : `\n${description}\n`
  }`
}

/** The JSON of a problem. Extensions that have none (a `bigint`, a circle) must not cost the answer. */
function json(problem: Problem): string {
  // An extension named `toJSON` would stand for the whole document.
  const members = Object.entries(problem).filter(([name]) => name !== 'toJSON')
  try {
    return JSON.stringify(Object.fromEntries(members))
  } catch {
    return JSON.stringify(Object.fromEntries(members.filter(([name]) => standardMembers.has(name))))
  }
}

/**
 * A problem in the media type that a client prefers. HTML and text also say what the status means,
 * unless the problem has a `type`.
 *
 * @param problem - The problem details.
 * @param accept - The request's `Accept` field, `undefined` where it has none.
 * @param language - The language of the title. Default: `en`.
 *
 * @example
 * ```ts
 * import { representProblem } from '@http-semantics/problem'
 *
 * const problem = { title: 'Not Found', status: 404 }
 * representProblem(problem, '*' + '/*').content // => '{"title":"Not Found","status":404}'
 * representProblem(problem, 'text/plain').content.split('\n')[0] // => '404 Not Found'
 * ```
 */
export function representProblem(
  problem: Problem,
  accept: string | undefined,
  language: Language = 'en',
): ProblemRepresentation {
  return represent(problem, accept, language)
}

function represent(
  problem: Problem,
  accept: string | undefined,
  language: Language | undefined,
): ProblemRepresentation {
  switch (chooseForm(accept)) {
    case 'json':
      return { type: problemJson, content: json(problem) }
    case 'html':
      return { type: 'text/html; charset=utf-8', content: html(problem, language) }
    case 'text':
      return { type: 'text/plain; charset=utf-8', content: plain(problem, language) }
  }
}

/**
 * An error as the answer to a request: its problem details in the media type and the language that
 * the client prefers. The answer varies by `Accept` and `Accept-Language`.
 *
 * @param error - Anything thrown: an `http-errors` object, a defined problem, an `Error`, a string.
 * @param preferences - The header fields of the request.
 * @param fallback - The status for an error that asks for none, 400 to 599. Default: 500.
 *
 * @example
 * ```ts
 * import { representError } from '@http-semantics/problem'
 *
 * representError(new Error('secret'), { 'accept-language': 'zh-TW,zh;q=0.9' }) // => {
 * //   status: 500,
 * //   type: 'application/problem+json',
 * //   language: 'zh-TW',
 * //   content: '{"title":"伺服器內部錯誤","status":500}',
 * // }
 * ```
 */
export function representError(
  error: unknown,
  preferences: Preferences = {},
  fallback = 500,
): ErrorRepresentation {
  const wanted = chooseLanguage(preferences['accept-language'])
  const { problem, language } = readProblem(error, { fallback, language: wanted })
  return {
    status: problem.status,
    language,
    ...represent(problem, preferences.accept, language),
  }
}
