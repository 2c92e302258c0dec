import { escapeHtml } from '@http-semantics/problem'
import { methodRegistry } from '@http-semantics/methods'
import type { Language } from '../language.ts'
import type { Entry } from './entry.ts'
import { methodTexts } from './method-texts.ts'
import { methodQuestion } from './questions.ts'
import { fill, words } from './words.ts'

/** The entries of the registered methods. */
export const methodEntries = (language: Language): readonly Entry[] =>
  methodRegistry.map(({ name, safe, idempotent, cacheable, requestContent, reference }) => {
    const say = words[language]
    const question = methodQuestion(name)
    const nature = [...(safe ? [say.safe] : []), ...(idempotent ? [say.idempotent] : [])]
    return {
      id: `method-${name}`,
      tone: 'm',
      code: name,
      title: methodTexts[name][language],
      note: nature.join(' · '),
      meaning: [],
      facts: [
        ...(nature.length === 0 ? [say.neither] : []),
        say.requestContent[requestContent],
        say.methodCacheable[cacheable],
      ].map(escapeHtml),
      button: { question, label: fill(say.send, question) },
      links: [{ href: linkOf(reference), text: reference }],
    }
  })

/** Where to read `RFC 9110 section 9.3.1`. */
const linkOf = (reference: string): string =>
  reference.replace(
    /^RFC (\d+) section (.+)$/,
    'https://www.rfc-editor.org/rfc/rfc$1.html#section-$2',
  )
