import { methodRegistry } from '@http-semantics/methods'
import { escapeHtml } from '@http-semantics/problem'
import { statuses } from '@http-semantics/status'
import { texts as english } from '@http-semantics/status/en'
import { iisSubStatuses } from '@http-semantics/status/iis'
import { texts as chinese } from '@http-semantics/status/zh-TW'
import { represent, type Language, type Representations } from './represent.ts'
import { resources } from './resources.ts'

const words = {
  en: {
    title: 'HTTP status codes',
    methods: 'Methods',
    iis: 'IIS sub-statuses',
    resources: 'What the resources take',
  },
  'zh-TW': {
    title: 'HTTP 狀態碼',
    methods: '請求方法',
    iis: 'IIS 子狀態碼',
    resources: '各資源接受的內容',
  },
} as const

function body(language: Language): string {
  const texts = language === 'en' ? english : chinese
  const rows = statuses.map(({ code, phrase }) => {
    const { title, description } = texts[code]
    const name = title === phrase ? phrase : `${phrase} ${title}`
    return `<dt><a href="/status/${code}">${code} ${escapeHtml(name)}</a></dt>\n<dd>${escapeHtml(description)}</dd>`
  })
  const methods = methodRegistry.map(({ name }) => `<code>${escapeHtml(name)}</code>`)
  const subStatuses = iisSubStatuses.map((id) => `<a href="/status/${id}">${id}</a>`)
  const accepted = Object.entries(resources).map(([path, { accept }]) => {
    const types = Object.entries(accept).map(
      ([name, list]) => `${name.toUpperCase()}: ${list.join(', ')}`,
    )
    return `<dt><code>${escapeHtml(path)}</code></dt>\n<dd>${escapeHtml(types.join('; '))}</dd>`
  })
  return `<dl>
${rows.join('\n')}
</dl>
<h2>${words[language].methods}</h2>
<p>${methods.join(' ')}</p>
<h2>${words[language].iis}</h2>
<p>${subStatuses.join(' ')}</p>
<h2>${words[language].resources}</h2>
<dl>
${accepted.join('\n')}
</dl>`
}

/** The page of all status codes and methods; the catalogue as JSON, with what the resources take. */
export const home: Representations = represent({
  html: (language) => ({ title: words[language].title, body: body(language) }),
  json: () => ({ statuses, methods: methodRegistry, iisSubStatuses, resources }),
})
