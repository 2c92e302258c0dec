import { escapeHtml } from '@http-semantics/problem'
import type { Language } from '../language.ts'
import { renderEntry, searchable, type Entry, type RenderedEntry } from './entry.ts'
import { iisEntries } from './iis-entries.ts'
import { methodEntries } from './method-entries.ts'
import { statusEntries } from './status-entries.ts'
import { vendorEntries } from './vendor-entries.ts'
import { words } from './words.ts'

/** A part of the page under a heading: entries, or further parts. */
export interface Part {
  readonly id: string
  readonly heading: string
  readonly lead?: string
  readonly entries: readonly RenderedEntry[]
  readonly parts: readonly Part[]
}

const classes = [
  'informational',
  'successful',
  'redirection',
  'client-error',
  'server-error',
] as const

/** The parts of the page that can be searched. */
export function catalogueParts(language: Language): readonly Part[] {
  const say = words[language]
  const render = (entries: readonly Entry[]): Pick<Part, 'entries' | 'parts'> => ({
    entries: entries.map(renderEntry),
    parts: [],
  })
  return [
    {
      id: 'statuses',
      heading: say.statuses,
      entries: [],
      parts: classes.map((group) => ({
        id: group,
        heading: say.classes[group],
        ...render(statusEntries(language, group)),
      })),
    },
    {
      id: 'vendors',
      heading: say.vendors,
      lead: say.vendorsLead,
      ...render(vendorEntries(language)),
    },
    { id: 'iis', heading: say.iis, lead: say.iisLead, ...render(iisEntries(language)) },
    {
      id: 'methods',
      heading: say.methods,
      lead: say.methodsLead,
      ...render(methodEntries(language)),
    },
  ]
}

/** All entries of parts, those of parts in them as well. */
export const entriesOf = (parts: readonly Part[]): readonly RenderedEntry[] =>
  parts.flatMap((part) => [...part.entries, ...entriesOf(part.parts)])

/** The entries that have every word of a query. */
export function find(parts: readonly Part[], query: string): ReadonlySet<RenderedEntry> {
  const wanted = searchable(query).split(/\s+/)
  return new Set(
    entriesOf(parts).filter((entry) => wanted.every((word) => entry.words.includes(word))),
  )
}

/** The anchors of what a search hides: entries that were not found, and parts that have none left. */
export const hiddenIds = (
  parts: readonly Part[],
  found: ReadonlySet<RenderedEntry>,
): readonly string[] =>
  parts.flatMap((part) => [
    ...(isEmpty(part, found) ? [part.id] : []),
    ...part.entries.filter((entry) => !found.has(entry)).map(({ id }) => id),
    ...hiddenIds(part.parts, found),
  ])

const isEmpty = (part: Part, found: ReadonlySet<RenderedEntry>): boolean =>
  !entriesOf([part]).some((entry) => found.has(entry))

/**
 * Parts as HTML. What was not found is there as well, hidden, so that a script can show it again.
 *
 * @param found - The entries to show; one alone is open.
 * @param level - That of the headings.
 */
export function renderParts(
  parts: readonly Part[],
  found: ReadonlySet<RenderedEntry>,
  level: 2 | 3 = 2,
): string {
  return parts
    .map((part) => {
      const { id, heading, lead, entries } = part
      return `<section id="${id}"${isEmpty(part, found) ? ' hidden' : ''}>
<h${level}>${escapeHtml(heading)}</h${level}>
${lead === undefined ? '' : `<p>${escapeHtml(lead)}</p>\n`}${entries.map((entry) => renderOne(entry, found)).join('\n')}${renderParts(part.parts, found, 3)}
</section>`
    })
    .join('\n')
}

function renderOne(entry: RenderedEntry, found: ReadonlySet<RenderedEntry>): string {
  if (!found.has(entry)) return `<details hidden${entry.rest}`
  return `<details${found.size === 1 ? ' open' : ''}${entry.rest}`
}
