import type { ProblemDefinition } from './define.ts'
import { escapeHtml } from './escape.ts'
import { chooseLanguage, type Language } from './language.ts'
import { chooseForm, type Preferences, type ProblemRepresentation } from './represent.ts'

/** A list of problems as one media type, in one language. */
export interface ProblemDocument extends ProblemRepresentation {
  /** The value of `Content-Language`. */
  readonly language: Language
}

/** One kind of problem, in the language it is told in. */
interface Entry {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly language: Language
}

const headings: Readonly<Record<Language, string>> = { en: 'Problems', 'zh-TW': '問題類型' }

/**
 * The kinds of problems an app defines, as a document for people and programs: what there should be
 * at their `type`, says [RFC 9457 section 4](https://www.rfc-editor.org/rfc/rfc9457.html#section-4).
 * Types that differ in the fragment alone share one document; each is an anchor in it.
 *
 * @param definitions - What `defineProblem` returned.
 * @param preferences - The header fields of the request. The document varies by `Accept` and
 * `Accept-Language`.
 *
 * @example
 * ```ts
 * import { defineProblem, documentProblems } from '@http-semantics/problem'
 *
 * const taken = defineProblem({ type: '/problems#taken', status: 409, title: { en: 'Taken' } })
 * documentProblems([taken], { accept: 'application/json' }).content // => '{"problems":[{"type":"/problems#taken","title":"Taken","status":409}]}'
 * documentProblems([taken], { accept: 'text/plain' }).content // => 'Problems\n\n409 Taken\n/problems#taken\n'
 * ```
 */
export function documentProblems(
  definitions: readonly ProblemDefinition[],
  preferences: Preferences = {},
): ProblemDocument {
  const language = chooseLanguage(preferences['accept-language'])
  const entries = definitions.map(({ type, status, title }): Entry => {
    const text = title[language]
    return text === undefined
      ? { type, title: title.en, status, language: 'en' }
      : { type, title: text, status, language }
  })
  switch (chooseForm(preferences.accept)) {
    case 'json': {
      const problems = entries.map(({ type, title, status }) => ({ type, title, status }))
      return { type: 'application/json', language, content: JSON.stringify({ problems }) }
    }
    case 'html':
      return { type: 'text/html; charset=utf-8', language, content: html(entries, language) }
    case 'text': {
      const items = entries.map(({ type, title, status }) => `\n${status} ${title}\n${type}\n`)
      const content = `${headings[language]}\n${items.join('')}`
      return { type: 'text/plain; charset=utf-8', language, content }
    }
  }
}

const html = (entries: readonly Entry[], language: Language): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${headings[language]}</title>
<h1>${headings[language]}</h1>
<dl>
${entries.map((entry) => item(entry, language)).join('')}</dl>
</html>
`

function item({ type, title, status, language }: Entry, around: Language): string {
  const [, fragment = ''] = /#(.*)$/.exec(type) ?? []
  // Percent-encoded or not, browsers find an anchor by the decoded fragment.
  const id = fragment === '' ? '' : ` id="${escapeHtml(decode(fragment))}"`
  const lang = language === around ? '' : ` lang="${language}"`
  return `<dt${id}${lang}>${status} ${escapeHtml(title)}</dt>\n<dd><code>${escapeHtml(type)}</code></dd>\n`
}

/** A fragment decoded, unless its bytes are no UTF-8. */
function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
