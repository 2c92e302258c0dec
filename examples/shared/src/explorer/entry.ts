import { escapeHtml } from '@http-semantics/problem'
import { isSafeQuestion } from './questions.ts'

/** An entry of the page: what opens and closes, is searched, and has a button. Texts are no HTML unless they say so. */
export interface Entry {
  /** Its anchor. */
  readonly id: string
  /** Which colour marks it: the first digit of a status, `m` for a method. */
  readonly tone: string
  /** What it is called by: `404`, `404.13`, `PATCH`. */
  readonly code: string
  /** What stands beside that; backticks mark code. */
  readonly title: string
  /** Where it belongs, at the end of the line. */
  readonly note: string
  /** What it means, in paragraphs; backticks mark code. */
  readonly meaning: readonly string[]
  /** What else there is to know, as HTML. */
  readonly facts: readonly string[]
  /** The header section of an example, and its content; with what it is called. */
  readonly example?: { readonly label: string; readonly text: string } | undefined
  /** The button: the request it sends, and what it says. */
  readonly button?: { readonly question: string; readonly label: string } | undefined
  /** Where to read on. */
  readonly links: readonly Link[]
}

/** A link of an entry. */
interface Link {
  readonly href: string
  readonly text: string
}

/** An entry as HTML, but for what the search changes, and the words it is found by. */
export interface RenderedEntry {
  readonly id: string
  readonly rest: string
  readonly words: string
}

/** A text in which backticks mark code, as HTML. */
export const rich = (text: string): string =>
  escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

export const link = ({ href, text }: Link): string =>
  `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`

/**
 * The button that sends a request; it works without scripts, as that of a form of the page. A method
 * that is not safe is sent by POST, since a GET must not ask for what is not.
 */
export function sendButton({ question, label }: NonNullable<Entry['button']>): string {
  const target = `/explorer/head?${String(new URLSearchParams({ of: question }))}`
  const way = isSafeQuestion(question)
    ? 'name="of"'
    : `formmethod="post" formaction="${escapeHtml(target)}"`
  return `<button form="ask" ${way} value="${escapeHtml(question)}">${escapeHtml(label)}</button>`
}

/** Text as the search compares it, which takes `４０４` for `404`. `search.js` does the same. */
export const searchable = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('`', '')

/** Makes the HTML of an entry, once. */
export function renderEntry(entry: Entry): RenderedEntry {
  const { id, tone, code, title, note, meaning, facts, example, button, links } = entry
  const lines = [
    ` class="t${tone}" id="${id}"><summary><b>${escapeHtml(code)}</b> <span>${rich(title)}</span> <small>${escapeHtml(note)}</small></summary>`,
    ...meaning.map((text) => `<p class="meaning">${rich(text)}</p>`),
    ...(facts.length > 0 ? [`<ul>${facts.map((fact) => `<li>${fact}</li>`).join('')}</ul>`] : []),
    ...(example === undefined
      ? []
      : [
          `<p class="label">${escapeHtml(example.label)}</p><pre>${escapeHtml(example.text)}</pre>`,
        ]),
    `<p class="more">${[...(button === undefined ? [] : [sendButton(button)]), ...links.map(link)].join(' ')}</p></details>`,
  ]
  return {
    id,
    rest: lines.join('\n'),
    words: searchable([code, title, note, ...meaning].join(' ')),
  }
}
