/** The languages the pages are written in; the first is for clients that ask for neither. */
export const languages = ['en', 'zh-TW'] as const

/** A language of the pages. */
export type Language = (typeof languages)[number]

/** A text in every language. */
export type Localized = Readonly<Record<Language, string>>
