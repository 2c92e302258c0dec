import { escapeHtml } from '@http-semantics/problem'
import createError from 'http-errors'
import Negotiator from 'negotiator'

/** The languages the pages are written in; the first is for clients that ask for neither. */
const languages = ['en', 'zh-TW'] as const

/** A language of the pages. */
export type Language = (typeof languages)[number]

/** A representation of a resource, ready to send. */
export interface Representation {
  readonly fields: Readonly<Record<string, string>>
  readonly content: string
}

/** What a request says of the representation it would like. */
export interface Preferences {
  readonly accept?: string | undefined
  readonly 'accept-language'?: string | undefined
}

/** The forms of one resource: each makes the content of its media type. */
export interface Forms {
  readonly html: (language: Language) => { readonly title: string; readonly body: string }
  readonly json: () => unknown
  readonly text?: (language: Language) => string
}

const mediaTypes = { html: 'text/html', json: 'application/json', text: 'text/plain' } as const

/**
 * The form of a resource that a client prefers, in the language it prefers.
 *
 * @param forms - What there is.
 * @param headers - The request's header fields.
 * @throws 406 where the client accepts none of the forms.
 */
export function represent(forms: Forms, headers: Preferences): Representation {
  const negotiator = new Negotiator({ headers: { ...headers } })
  const offered = Object.values(mediaTypes).filter((type) => type !== 'text/plain' || forms.text)
  const type = negotiator.mediaType([...offered])
  const language = chooseLanguage(negotiator)
  const vary = { Vary: 'Accept, Accept-Language', 'Content-Language': language }
  switch (type) {
    case mediaTypes.html: {
      const content = page(language, forms.html(language))
      return { fields: { 'Content-Type': 'text/html; charset=utf-8', ...vary }, content }
    }
    case mediaTypes.json: {
      const content = JSON.stringify(forms.json())
      return { fields: { 'Content-Type': 'application/json', Vary: 'Accept' }, content }
    }
    case mediaTypes.text: {
      const content = forms.text?.(language) ?? ''
      return { fields: { 'Content-Type': 'text/plain; charset=utf-8', ...vary }, content }
    }
    default:
      throw createError(406, `There is ${offered.join(', ')}`)
  }
}

/** `zh-TW` for any client that reads Chinese of any kind before English. */
function chooseLanguage(negotiator: Negotiator): Language {
  const wanted = negotiator
    .languages()
    .map((tag) => tag.toLowerCase())
    .find((tag) => tag === '*' || tag.startsWith('en') || tag.startsWith('zh'))
  return wanted?.startsWith('zh') === true ? 'zh-TW' : 'en'
}

const page = (language: Language, { title, body }: ReturnType<Forms['html']>): string =>
  `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</html>
`
