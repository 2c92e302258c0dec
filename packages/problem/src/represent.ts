import Negotiator from 'negotiator'
import { escapeHtml } from './escape.ts'
import type { Problem } from './problem.ts'

/** A problem as one media type. */
export interface ProblemRepresentation {
  /** The value of `Content-Type`. */
  readonly type: string
  /** The content. */
  readonly content: string
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
function choose(accept: string | undefined): 'json' | 'html' | 'text' {
  if (accept === undefined) return 'json'
  const negotiator = new Negotiator({ headers: { accept } })
  const [best] = negotiator.mediaTypes(jsonOrHtml)
  if (best !== undefined) return best.startsWith('text/html') ? 'html' : 'json'
  // A client that takes some other JSON (`application/ld+json`) is likely to read this one too.
  if (negotiator.mediaTypes().some((type) => type.toLowerCase().endsWith('+json'))) return 'json'
  return negotiator.mediaTypes(text).length > 0 ? 'text' : 'json'
}

const html = ({ status, title, detail }: Problem): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${status} ${escapeHtml(title)}</title>
<h1>${status} ${escapeHtml(title)}</h1>
${detail === undefined ? '' : `<p>${escapeHtml(detail)}</p>\n`}</html>
`

/**
 * A problem in the media type that a client prefers.
 *
 * @param problem - The problem details.
 * @param accept - The request's `Accept` field, `undefined` where it has none.
 *
 * @example
 * ```ts
 * import { representProblem } from '@http-semantics/problem'
 *
 * representProblem({ title: 'Not Found', status: 404 }, '*' + '/*').type // => 'application/problem+json'
 * representProblem({ title: 'Not Found', status: 404 }, 'text/plain').content // => '404 Not Found\n'
 * ```
 */
export function representProblem(
  problem: Problem,
  accept: string | undefined,
): ProblemRepresentation {
  switch (choose(accept)) {
    case 'json':
      return { type: problemJson, content: JSON.stringify(problem) }
    case 'html':
      return { type: 'text/html; charset=utf-8', content: html(problem) }
    case 'text': {
      const { status, title, detail } = problem
      return {
        type: 'text/plain; charset=utf-8',
        content: `${status} ${title}${detail === undefined ? '' : `: ${detail}`}\n`,
      }
    }
  }
}
