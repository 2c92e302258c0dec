import { escapeHtml } from '@http-semantics/problem'
import { statusInfo } from '@http-semantics/status'
import { findIisSubStatus, iisSubStatuses } from '@http-semantics/status/iis'
import type { Language } from '../language.ts'
import { rich, type Entry } from './entry.ts'
import { nearestOf, sending } from './nearest.ts'
import { words } from './words.ts'

/** The entries of the sub-statuses of IIS. */
export const iisEntries = (language: Language): readonly Entry[] =>
  iisSubStatuses.map((id) => {
    const { code, meanings, cause, fix, nearest } = findIisSubStatus(id)
    const say = words[language]
    const statusLine = `HTTP/1.1 ${code} ${statusInfo(code).phrase ?? ''}`
    return {
      id: `iis-${id}`,
      tone: String(code).charAt(0),
      code: id,
      title: meanings[0][language],
      note: meanings.map(({ module }) => say.modules[module]).join(' · '),
      // The first one is the title.
      meaning: meanings
        .slice(1)
        .map((meaning) => `${say.modules[meaning.module]}: ${meaning[language]}`),
      facts: [
        ...(cause === undefined ? [] : [`${escapeHtml(say.cause)} ${rich(cause[language])}`]),
        ...(fix === undefined ? [] : [`${escapeHtml(say.fix)} ${rich(fix[language])}`]),
        nearestOf(nearest, say),
      ],
      example: { label: say.wire, text: statusLine },
      ...sending(nearest, say),
      links: [{ href: `/status/${id}`, text: say.permalink }],
    }
  })
