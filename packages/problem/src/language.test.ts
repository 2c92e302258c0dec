import { describe, expect, expectTypeOf, it } from 'vitest'
import { chooseLanguage, type Language, type LocalizedText } from './language.ts'

describe('chooseLanguage', () => {
  it.each<[string | undefined, Language]>([
    [undefined, 'en'],
    ['', 'en'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['EN-us', 'en'],
    ['de', 'en'],
    ['*', 'en'],
    ['zh', 'zh-TW'],
    ['zh-TW', 'zh-TW'],
    ['ZH-tw', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['zh-Hant-HK', 'zh-TW'],
    ['zh-CN', 'zh-TW'],
    ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', 'zh-TW'],
    ['en-US,en;q=0.9,zh-TW;q=0.8,zh;q=0.7', 'en'],
    ['en;q=0.5, zh;q=0.6', 'zh-TW'],
    ['de, fr;q=0.9, zh;q=0.1', 'zh-TW'],
    ['zh;q=0', 'en'],
    ['zh;q=0, en', 'en'],
    ['en;q=0, zh', 'zh-TW'],
    ['*, zh;q=0.5', 'en'],
    ['en;q=0, *', 'zh-TW'],
    ['*;q=0.1, zh', 'zh-TW'],
    ['*;q=0', 'en'],
    // Other languages whose tags only begin alike.
    ['enm, zh', 'zh-TW'],
    ['zha, en', 'en'],
    ['%%%', 'en'],
    ['zh;q=nonsense', 'en'],
    ['toString', 'en'],
  ])('gives to %s: %s', (acceptLanguage, language) => {
    expect(chooseLanguage(acceptLanguage)).toBe(language)
  })

  it('needs English of a text, and takes no language it does not have', () => {
    expectTypeOf<{ en: string }>().toExtend<LocalizedText>()
    expectTypeOf<{ en: string; 'zh-TW': string }>().toExtend<LocalizedText>()
    expectTypeOf<{ 'zh-TW': string }>().not.toExtend<LocalizedText>()
  })
})
