import { isSafe, methodRegistry } from '@http-semantics/methods'
import { statuses } from '@http-semantics/status'
import { paths } from './paths.ts'

/** A request that the explorer page can send: its first words, and the JSON it carries. */
interface Question {
  readonly method: string
  readonly target: string
  readonly content?: string
}

/** What asks for the fields of the page itself. */
export const pageQuestion = 'HEAD /'

/** What sets a cookie. */
export const cookieQuestion = 'POST /login'

/** What asks for an answer of this status; `undefined` where no handler can give one. */
export function statusQuestion(code: number): string | undefined {
  return code === 103 || code >= 200 ? `GET /respond/${code}` : undefined
}

/** What tries a method on a note. */
export const methodQuestion = (method: string): string => `${method} /notes/1`

/** What asks which methods a path has. */
export const pathQuestion = (path: string): string => `OPTIONS ${path}`

/** Whether the request that begins so has a safe method, and may be asked for by GET. */
export const isSafeQuestion = (line: string): boolean => isSafe(line.split(' ', 1)[0] ?? '')

const login: Question = {
  method: 'POST',
  target: '/login',
  content: JSON.stringify({ user: 'ada', remember: true }),
}

/** All requests that the explorer sends, by how they begin. There is no way to have it send others. */
export const questions: ReadonlyMap<string, Question> = new Map([
  ...[
    pageQuestion,
    ...statuses.flatMap(({ code }) => statusQuestion(code) ?? []),
    ...methodRegistry.map(({ name }) => methodQuestion(name)),
    ...paths.map(({ example }) => pathQuestion(example)),
  ].map((line): [string, Question] => {
    const [method = '', target = ''] = line.split(' ')
    return [line, { method, target }]
  }),
  [cookieQuestion, login],
])
