import { createNegotiation, type Variant } from '@http-semantics/preconditions'
import { escapeHtml } from '@http-semantics/problem'
import { words } from './explorer/words.ts'
import { languages, type Language } from './language.ts'
import { renderPage } from './page.ts'

/** A representation of a resource, to be written once it is chosen. */
interface Representation extends Variant {
  readonly write: () => string
}

/** The representations of one resource, as `negotiate()` of the adapters chooses between them. */
export type Representations = ReturnType<typeof createNegotiation<Representation>>

/** The forms of one resource: each makes the content of its media type. */
export interface Forms {
  readonly html: (language: Language) => { readonly title: string; readonly body: string }
  readonly json: () => unknown
  readonly text: (language: Language) => string
}

/**
 * The representations of a resource: each form in each language, but for JSON, which has all of them.
 *
 * @param forms - What there is.
 */
export function represent({ html, json, text }: Forms): Representations {
  const pages = languages.map((language) => ({
    type: 'text/html; charset=utf-8',
    language,
    write: () => page(language, html(language)),
  }))
  const data = { type: 'application/json', write: () => JSON.stringify(json()) }
  const texts = languages.map((language) => ({
    type: 'text/plain; charset=utf-8',
    language,
    write: () => text(language),
  }))
  return createNegotiation<Representation>([...pages, data, ...texts])
}

const page = (language: Language, { title, body }: ReturnType<Forms['html']>): string =>
  renderPage({
    language,
    title,
    body: `<main class="single">
<h1>${escapeHtml(title)}</h1>
${body}
<p><a href="/?lang=${language}">${escapeHtml(words[language].home)}</a></p>
</main>`,
  })
