import { reasonPhrase } from '@http-semantics/status'
import { describeStatus, type StatusDescription } from '@http-semantics/status/en'
import { describeStatus as describeInChinese } from '@http-semantics/status/zh-TW'
import type { Language } from './language.ts'

/**
 * What a client may be told of a status: in English, the title is the phrase of the registry. A code
 * without a meaning, 418 among them, is treated as the x00 of its class
 * ([RFC 9110 section 15](https://www.rfc-editor.org/rfc/rfc9110.html#section-15)).
 */
export function textsOf(status: number, language: Language): StatusDescription {
  const phrase = reasonPhrase(status)
  const hasMeaning = phrase !== undefined && phrase !== '(Unused)'
  const code = hasMeaning ? status : status < 500 ? 400 : 500
  return language === 'en' ? describeStatus(code) : describeInChinese(code)
}
