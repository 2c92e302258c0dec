/** A text in both languages. */
export interface Localized {
  /** English. */
  readonly en: string
  /** Traditional Chinese as written in Taiwan. */
  readonly 'zh-TW': string
}
