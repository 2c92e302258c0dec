import { rfc, type Row } from '../rule.ts'
import { field, type Answer } from '../wire/answer.ts'
import { uriReference } from './grammar-parts.ts'

const isProblem = (answer: Answer): boolean =>
  /^application\/problem\+json\b/i.test(field(answer, 'content-type') ?? '') &&
  answer.content.length > 0 &&
  field(answer, 'content-encoding') === undefined

/** The members of a problem document; `undefined` where the content is no JSON object. */
function read(answer: Answer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(answer.content.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : undefined
  } catch {
    return undefined
  }
}

const when = 'an answer is application/problem+json'

/** A rule about one member of problem documents. */
const member = (
  name: string,
  section: string,
  sentence: string,
  isKept: (value: unknown, answer: Answer) => boolean,
): Row => ({
  id: `problem-${name}`,
  level: 'must',
  reference: rfc(9457, section),
  sentence,
  when: `${when} with ${name}`,
  judge: ({ answer }) => {
    const value = isProblem(answer) ? read(answer)?.[name] : undefined
    return value === undefined
      ? undefined
      : isKept(value, answer) || `It is ${JSON.stringify(value)}.`
  },
})

const isReference = (value: unknown): boolean =>
  typeof value === 'string' && uriReference(value) === true

/** What is in the content. */
export const contentRules: readonly Row[] = [
  {
    id: 'problem-json',
    level: 'must',
    reference: rfc(9457, '3'),
    sentence: 'A problem document is a JSON object.',
    when,
    judge: ({ answer }) =>
      isProblem(answer) ? read(answer) !== undefined || 'It is not.' : undefined,
  },
  member(
    'status',
    '3.1.2',
    'The status of a problem document is that of the answer.',
    (value, answer) => value === answer.status,
  ),
  member('type', '3.1.1', 'The type of a problem document is a URI reference.', isReference),
  member(
    'title',
    '3.1.3',
    'The title of a problem document is a string.',
    (value) => typeof value === 'string',
  ),
  member(
    'detail',
    '3.1.4',
    'The detail of a problem document is a string.',
    (value) => typeof value === 'string',
  ),
  member(
    'instance',
    '3.1.5',
    'The instance of a problem document is a URI reference.',
    isReference,
  ),
  {
    id: 'content-json',
    level: 'must',
    reference: rfc(8259, '2'),
    sentence: 'What is called application/json is JSON.',
    when: 'an answer is application/json',
    judge: ({ answer }) => {
      if (!/^application\/json\b/i.test(field(answer, 'content-type') ?? '')) return undefined
      if (answer.content.length === 0 || !answer.whole || answer.status === 206) return undefined
      if (field(answer, 'content-encoding') !== undefined) return undefined
      try {
        JSON.parse(answer.content.toString('utf8'))
        return true
      } catch (error) {
        return error instanceof Error ? error.message : 'It is not.'
      }
    },
  },
  {
    id: 'content-utf8',
    level: 'must',
    reference: rfc(9110, '8.3.2'),
    sentence: 'Text that is called UTF-8 is UTF-8.',
    when: 'an answer has charset=utf-8',
    judge: ({ answer }) => {
      if (!/;\s*charset="?utf-8\b/i.test(field(answer, 'content-type') ?? '')) return undefined
      if (answer.content.length === 0 || !answer.whole || answer.status === 206) return undefined
      if (field(answer, 'content-encoding') !== undefined) return undefined
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(answer.content)
        return true
      } catch {
        return 'It is not.'
      }
    },
  },
]
