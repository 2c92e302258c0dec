import { escapeHtml } from '@http-semantics/problem'
import { statusInfo } from '@http-semantics/status'
import { link, type Entry } from './entry.ts'
import { statusQuestion } from './questions.ts'
import { fill, type Words } from './words.ts'

/** Where the registered status is that says most nearly the same, as HTML. */
export function nearestOf(code: number, say: Words): string {
  const href = `#status-${code}`
  const text = `${code} ${statusInfo(code).phrase ?? ''}`
  return `${escapeHtml(say.nearest)} ${link({ href, text })}`
}

/** The button that sends the registered status that says most nearly the same. */
export function sending(code: number, say: Words): Pick<Entry, 'button'> {
  const question = statusQuestion(code)
  return question === undefined ? {} : { button: { question, label: fill(say.send, code) } }
}
