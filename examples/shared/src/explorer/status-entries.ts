import { escapeHtml } from '@http-semantics/problem'
import { statuses, type FieldDuty, type RegisteredStatusInfo } from '@http-semantics/status'
import { texts as english } from '@http-semantics/status/en'
import { texts as chinese } from '@http-semantics/status/zh-TW'
import type { Language } from '../language.ts'
import { exampleAnswer } from '../respond.ts'
import { link, type Entry } from './entry.ts'
import { statusQuestion } from './questions.ts'
import { fill, words, type Words } from './words.ts'

/** The entries of the registered statuses of one class. */
export const statusEntries = (
  language: Language,
  group: RegisteredStatusInfo['class'],
): readonly Entry[] =>
  statuses.filter((info) => info.class === group).map((info) => statusEntry(info, language))

function statusEntry(info: RegisteredStatusInfo, language: Language): Entry {
  const { code, phrase, name } = info
  const texts = language === 'en' ? english : chinese
  const { title, description } = texts[code]
  const say = words[language]
  const question = statusQuestion(code)
  return {
    id: `status-${code}`,
    tone: String(code).charAt(0),
    code: String(code),
    title: language === 'en' ? title : `${title} ${phrase}`,
    note: `Status.${name}`,
    meaning: question === undefined ? [description, say.interim] : [description],
    facts: factsOf(info, say),
    example: { label: say.example, text: exampleAnswer(code) },
    button: question === undefined ? undefined : { question, label: fill(say.send, code) },
    links: [
      { href: `/status/${code}`, text: say.permalink },
      { href: info.link, text: info.reference },
    ],
  }
}

/** What a status asks of an answer, as HTML. */
function factsOf(info: RegisteredStatusInfo, say: Words): readonly string[] {
  const { state, oldPhrases, content, cacheable, final } = info
  const sentences = [
    say.states[state],
    oldPhrases.length > 0 ? fill(say.formerly, oldPhrases.join(', ')) : '',
    final && content === 'never' ? say.noContent : '',
    final ? say.cacheable[cacheable] : '',
  ]
  return [
    ...together(info.fields).map((duties) => dutyOf(duties, say)),
    ...sentences.filter((sentence) => sentence !== '').map(escapeHtml),
  ]
}

/** Duties that differ in nothing but the field, together. */
function together(duties: readonly FieldDuty[]): readonly FieldDuty[][] {
  const groups = new Map<string, FieldDuty[]>()
  for (const duty of duties) {
    const key = `${duty.level} ${duty.when} ${duty.reference}`
    groups.set(key, [...(groups.get(key) ?? []), duty])
  }
  return [...groups.values()]
}

function dutyOf(duties: readonly FieldDuty[], say: Words): string {
  const [first] = duties
  if (first === undefined) return ''
  const { level, when, reference, link: href } = first
  const fields = duties.map(({ field }) => `<code>${escapeHtml(field)}</code>`).join(', ')
  const condition = escapeHtml(say.conditions[when])
  const sentence = fill(say.duty, `<strong>${say.levels[level]}</strong>`, fields, condition)
  return `${sentence} (${link({ href, text: reference })})`
}
