import { escapeHtml } from '@http-semantics/problem'
import { treatedAs } from '@http-semantics/status'
import { vendorStatusList } from '@http-semantics/status/vendor'
import type { Language } from '../language.ts'
import type { Entry } from './entry.ts'
import { nearestOf, sending } from './nearest.ts'
import { fill, words } from './words.ts'

/** The entries of the codes that vendors made up. */
export const vendorEntries = (language: Language): readonly Entry[] =>
  vendorStatusList.map(({ vendor, vendorTitle, code, phrase, meaning, nearest }) => {
    const say = words[language]
    return {
      id: `${vendor}-${code}`,
      tone: String(treatedAs(code)).charAt(0),
      code: String(code),
      title: phrase,
      note: vendorTitle,
      meaning: [meaning[language]],
      facts: [escapeHtml(fill(say.treatedAs, treatedAs(code))), nearestOf(nearest, say)],
      example: { label: say.example, text: `HTTP/1.1 ${code} ${phrase}` },
      ...sending(nearest, say),
      links: [],
    }
  })
