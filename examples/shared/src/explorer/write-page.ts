import { escapeHtml } from '@http-semantics/problem'
import { languages, type Language } from '../language.ts'
import { renderPage } from '../page.ts'
import { appSections } from './app-sections.ts'
import { catalogueParts, entriesOf, find, hiddenIds, renderParts, type Part } from './part.ts'
import { fill, words } from './words.ts'

/** The longest query that is looked for. */
export const longestQuery = 100

const names: Readonly<Record<Language, string>> = { en: 'English', 'zh-TW': '繁體中文' }

/** All that one language has of the page, made once. */
interface Edition {
  readonly parts: readonly Part[]
  readonly rest: string
}

const editions: Readonly<Record<Language, Edition>> = {
  en: { parts: catalogueParts('en'), rest: appSections('en') },
  'zh-TW': { parts: catalogueParts('zh-TW'), rest: appSections('zh-TW') },
}

/**
 * The explorer page as HTML.
 *
 * @param query - What is searched for. Default: nothing, which shows all.
 */
export function writePage(language: Language, query = ''): string {
  const { parts, rest } = editions[language]
  const say = words[language]
  const all = entriesOf(parts)
  const found = query === '' ? new Set(all) : find(parts, query)
  const links = languages.map((other) => {
    const search = new URLSearchParams({ lang: other, ...(query !== '' && { q: query }) })
    const current = other === language ? ' aria-current="true"' : ''
    return `<a href="/?${escapeHtml(String(search))}" lang="${other}" hreflang="${other}"${current}>${names[other]}</a>`
  })
  const body = `<a class="skip" href="#content">${escapeHtml(say.skip)}</a>
<header>
<p class="brand">http-semantics</p>
<nav aria-label="${escapeHtml(say.language)}">${links.join(' ')}</nav>
</header>
<div class="columns">
<nav class="contents" aria-label="${escapeHtml(say.contents)}">
<ul>
${contents(parts, language)}
</ul>
</nav>
<main id="content" tabindex="-1">
<h1>${escapeHtml(say.title)}</h1>
<p class="lead">${escapeHtml(say.lead)}</p>
<form id="search" role="search" action="/">
<input type="hidden" name="lang" value="${language}">
<label for="q">${escapeHtml(say.search)}</label>
<div><input type="search" id="q" name="q" value="${escapeHtml(query)}" maxlength="${longestQuery}" autocomplete="off" spellcheck="false" aria-describedby="hint"><button>${escapeHtml(say.search)}</button></div>
<p id="hint">${escapeHtml(say.searchHint)}</p>
</form>
<p class="found"><span id="found" role="status" data-all="${escapeHtml(say.all)}" data-some="${escapeHtml(say.some)}" data-none="${escapeHtml(say.none)}">${escapeHtml(count(found.size, all.length, language))}</span> <a id="clear" href="/?lang=${language}"${query === '' ? ' hidden' : ''}>${escapeHtml(say.clear)}</a></p>
<form id="ask" action="/explorer/head" data-real="${escapeHtml(say.real)}" data-came="${escapeHtml(say.came)}" data-failed="${escapeHtml(say.failed)}"></form>
<p id="said" class="unseen" role="status"></p>
<div id="catalogue">
${renderParts(parts, found)}
</div>
${rest}
</main>
</div>
<footer><p>${escapeHtml(say.json)}</p></footer>`
  const head = '<script type="module" src="/explorer/explorer.js"></script>\n'
  const hidden = new Set(hiddenIds(parts, found))
  return renderPage({
    language,
    title: say.title,
    head,
    body: hidden.size === 0 ? body : linkWhole(body, hidden, language),
  })
}

/** Has links to what the search hides lead to the page that shows all. */
const linkWhole = (body: string, hidden: ReadonlySet<string>, language: Language): string =>
  body.replaceAll(/ href="#([^"]+)"/g, (attribute: string, id: string) =>
    hidden.has(id) ? ` href="/?lang=${language}#${id}"` : attribute,
  )

function contents(parts: readonly Part[], language: Language): string {
  const say = words[language]
  const sections = [
    ['matrix', say.matrix],
    ['resources', say.resources],
    ['fields', say.fields],
    ['set-cookie', say.cookie],
  ] as const
  const item = ({ id, heading, parts: inner }: Part): string =>
    `<li><a href="#${id}">${escapeHtml(heading)}</a>${inner.length > 0 ? `<ul>${inner.map(item).join('')}</ul>` : ''}</li>`
  return [
    ...parts.map(item),
    ...sections.map(([id, heading]) => `<li><a href="#${id}">${escapeHtml(heading)}</a></li>`),
  ].join('\n')
}

function count(found: number, all: number, language: Language): string {
  const { all: everything, some, none } = words[language]
  if (found === all) return fill(everything, all)
  return found === 0 ? none : fill(some, found, all)
}
