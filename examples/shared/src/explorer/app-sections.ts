import { escapeHtml } from '@http-semantics/problem'
import type { Language } from '../language.ts'
import { resources } from '../resources.ts'
import { rich, sendButton } from './entry.ts'
import {
  cookieAttributes,
  policyDirectives,
  securityFields,
  type FieldText,
} from './field-texts.ts'
import { paths } from './paths.ts'
import { cookieQuestion, pageQuestion, pathQuestion } from './questions.ts'
import { fill, words, type Words } from './words.ts'

/** The parts of the page about the running app, under the catalogue; none of them can be searched. */
export function appSections(language: Language): string {
  const say = words[language]
  return [matrix(say), accepted(say), security(language, say), cookie(language, say)].join('\n')
}

/** A table that a script completes by what the server answers. */
function matrix(say: Words): string {
  const rows = paths.map(({ pattern, example }) => {
    const question = pathQuestion(example)
    return `<tr data-path="${escapeHtml(example)}"><th scope="row"><code>${escapeHtml(pattern)}</code></th><td>${sendButton({ question, label: question })}</td></tr>`
  })
  return `<section id="matrix">
<h2 id="matrix-heading">${escapeHtml(say.matrix)}</h2>
<p>${escapeHtml(say.matrixLead)}</p>
<div class="scroll" role="region" aria-labelledby="matrix-heading" tabindex="0">
<table data-has="${escapeHtml(say.has)}" data-lacks="${escapeHtml(say.lacks)}">
<thead><tr><th scope="col">${escapeHtml(say.path)}</th><th scope="col">${escapeHtml(say.ask)}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>
</section>`
}

function accepted(say: Words): string {
  const rows = Object.entries(resources).map(([path, { accept }]) => {
    const types = Object.entries(accept).map(
      ([name, taken]) => `${name.toUpperCase()}: ${taken.join(', ')}`,
    )
    return `<div><dt><code>${escapeHtml(path)}</code></dt>\n<dd>${escapeHtml(types.join('; '))}</dd></div>`
  })
  return `<section id="resources">
<h2>${escapeHtml(say.resources)}</h2>
<dl>
${rows.join('\n')}
</dl>
</section>`
}

function security(language: Language, say: Words): string {
  return `<section id="fields">
<h2>${escapeHtml(say.fields)}</h2>
<p>${escapeHtml(say.fieldsLead)}</p>
<p class="more">${sendButton({ question: pageQuestion, label: fill(say.send, pageQuestion) })}</p>
${list(securityFields, 'field', language)}
<h3>${escapeHtml(say.directives)}</h3>
${list(policyDirectives, 'directive', language)}
</section>`
}

function cookie(language: Language, say: Words): string {
  return `<section id="set-cookie">
<h2>${escapeHtml(say.cookie)}</h2>
<p>${escapeHtml(say.cookieLead)}</p>
<p class="more">${sendButton({ question: cookieQuestion, label: fill(say.send, cookieQuestion) })}</p>
${list(cookieAttributes, 'attribute', language)}
</section>`
}

/** What fields mean, each with a place for what the server says in it. */
function list(texts: readonly FieldText[], kind: string, language: Language): string {
  const { now, absent } = words[language]
  const rows = texts.map(
    ({ name, link, [language]: meaning }) =>
      `<div><dt><a href="${escapeHtml(link)}"><code>${escapeHtml(name)}</code></a></dt><dd>${rich(meaning)}</dd><dd class="now" hidden>${escapeHtml(now)} <code data-${kind}="${escapeHtml(name)}"></code></dd></div>`,
  )
  return `<dl data-absent="${escapeHtml(absent)}">
${rows.join('\n')}
</dl>`
}
