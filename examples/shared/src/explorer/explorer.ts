import { methodRegistry } from '@http-semantics/methods'
import { createNegotiation, strongETag, type Variant } from '@http-semantics/preconditions'
import { statuses } from '@http-semantics/status'
import { iisSubStatuses } from '@http-semantics/status/iis'
import { vendorStatusList } from '@http-semantics/status/vendor'
import { languages, type Language } from '../language.ts'
import { resources } from '../resources.ts'
import { queryOf } from './query.ts'
import { longestQuery, writePage } from './write-page.ts'

/** What there is to send, and the tag that clients ask for it again by. */
interface Ready {
  readonly exists: true
  readonly content: Buffer
  readonly etag: string
}

/** A representation of the explorer; `read` makes it, where it is not made yet. */
interface Representation extends Variant {
  readonly read: () => Ready
}

type Representations = ReturnType<typeof createNegotiation<Representation>>

const ready = (text: string): Ready => {
  const content = Buffer.from(text)
  return { exists: true, content, etag: strongETag(content) }
}

const pages: Readonly<Record<Language, Ready>> = {
  en: ready(writePage('en')),
  'zh-TW': ready(writePage('zh-TW')),
}

const catalogue = ready(
  JSON.stringify({
    statuses,
    methods: methodRegistry,
    iisSubStatuses,
    vendorStatuses: vendorStatusList,
    resources,
  }),
)

const data: Representation = { type: 'application/json', read: () => catalogue }

/** The representations in some of the languages, of what a query finds. */
const choice = (chosen: readonly Language[], query: string): Representations =>
  createNegotiation<Representation>([
    ...chosen.map((language) => ({
      type: 'text/html; charset=utf-8',
      language,
      read: () => (query === '' ? pages[language] : ready(writePage(language, query))),
    })),
    data,
  ])

const inAnyLanguage = choice(languages, '')

/**
 * The explorer page: every status, method, IIS sub-status and vendor code, and what the running app says;
 * the catalogue as JSON, too.
 *
 * @param target - The target of the request: `lang` in its query chooses the language, otherwise the client
 * does by `Accept-Language`; `q` is searched for.
 */
export function explorer(target: string): Representations {
  const parameters = queryOf(target)
  if (parameters.size === 0) return inAnyLanguage
  const query = (parameters.get('q') ?? '').trim().slice(0, longestQuery)
  const named = languages.filter((language) => language === parameters.get('lang'))
  return choice(named.length > 0 ? named : languages, query)
}
