import Negotiator from 'negotiator'

/** The languages problems are told in; the first is for clients that ask for neither. */
export const languages = ['en', 'zh-TW'] as const

/** A language of problems: English, or Traditional Chinese as written in Taiwan. */
export type Language = (typeof languages)[number]

/** A text in English, and in the other languages it is there in. */
export type LocalizedText = Readonly<Record<'en', string> & Partial<Record<Language, string>>>

/**
 * The language a client reads best ([RFC 9110 section 12.5.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.4)).
 * Whoever reads Chinese of any kind before English gets `zh-TW`.
 *
 * @param acceptLanguage - The request's `Accept-Language` field, `undefined` where it has none.
 *
 * @example
 * ```ts
 * import { chooseLanguage } from '@http-semantics/problem'
 *
 * chooseLanguage('de, zh-Hant;q=0.8, en;q=0.7') // => 'zh-TW'
 * chooseLanguage(undefined) // => 'en'
 * ```
 */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return 'en'
  const negotiator = new Negotiator({ headers: { 'accept-language': acceptLanguage } })
  const wanted = negotiator.languages().find((tag) => /^(?:\*|(?:en|zh)(?:-.*)?)$/i.test(tag))
  // `*` is whatever else is not refused.
  if (wanted === '*') return negotiator.languages([...languages])[0] === 'zh-TW' ? 'zh-TW' : 'en'
  return wanted !== undefined && /^zh/i.test(wanted) ? 'zh-TW' : 'en'
}
