import { escapeHtml } from '@http-semantics/problem'
import { isRegistered, statusInfo, type StatusInfo } from '@http-semantics/status'
import { describeStatus as describeInEnglish } from '@http-semantics/status/en'
import { findIisSubStatus, type IisStatus } from '@http-semantics/status/iis'
import { describeStatus as describeInChinese } from '@http-semantics/status/zh-TW'
import createError from 'http-errors'
import { link, rich } from './explorer/entry.ts'
import { words } from './explorer/words.ts'
import type { Language } from './language.ts'
import { represent, type Forms, type Representations } from './represent.ts'

/**
 * The catalogue's entry for a status code (`404`) or an IIS sub-status (`404.11`).
 *
 * @param id - As it stands in the path.
 * @throws 404 for what the catalogue does not have.
 */
export function statusPage(id: string): Representations {
  const forms = iisForms(findIisSubStatus(id)) ?? statusForms(id)
  if (forms === undefined) throw createError(404, 'The catalogue has no such status')
  return represent(forms)
}

function statusForms(id: string): Forms | undefined {
  const code = Number(id)
  if (!/^[1-9]\d\d$/.test(id) || !isRegistered(code)) return undefined
  const info: StatusInfo = statusInfo(code)
  const texts = { en: describeInEnglish(code), 'zh-TW': describeInChinese(code) }
  const heading = (language: Language): string =>
    language === 'en'
      ? `${code} ${info.phrase ?? ''}`
      : `${code} ${info.phrase ?? ''} ${texts[language].title}`
  return {
    html: (language) => ({
      title: heading(language),
      body: `<p>${rich(texts[language].description)}</p>
<p>${link({ href: info.link, text: info.reference })}</p>`,
    }),
    json: () => ({ ...info, texts }),
    text: (language) => `${heading(language)}\n${texts[language].description}\n${info.link}\n`,
  }
}

function iisForms(status: IisStatus | undefined): Forms | undefined {
  if (status === undefined) return undefined
  const { code, subStatus, meanings, cause, fix, nearest } = status
  const sentences = (language: Language): string[] =>
    [...meanings, cause, fix].flatMap((text) => (text === undefined ? [] : [text[language]]))
  const title = `IIS ${code}.${subStatus}`
  return {
    html: (language) => ({
      title,
      body: `${sentences(language)
        .map((sentence) => `<p>${rich(sentence)}</p>`)
        .join('\n')}
<p>${escapeHtml(words[language].nearest)} ${link({ href: `/status/${nearest}`, text: `${nearest} ${statusInfo(nearest).phrase}` })}</p>`,
    }),
    json: () => status,
    text: (language) => `${title}\n${sentences(language).join('\n')}\n`,
  }
}
