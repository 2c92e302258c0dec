import createError from 'http-errors'

/** An answer that breaks a rule, for a handler to give. */
export interface RawAnswer {
  readonly status: number
  readonly content: string
}

const content = 'content that must not be here'

const cases: ReadonlyMap<string, RawAnswer> = new Map([
  ['201', { status: 201, content: '' }],
  ['401', { status: 401, content: '' }],
  ['405', { status: 405, content: '' }],
  ['407', { status: 407, content: '' }],
  ['416', { status: 416, content: '' }],
  ['426', { status: 426, content: '' }],
  ['204-content', { status: 204, content }],
  ['205-content', { status: 205, content }],
  ['304-content', { status: 304, content }],
  ['100-final', { status: 100, content }],
])

/** The wrong answer that the path names. @throws 404 */
export function rawAnswer(name: string): RawAnswer {
  const found = cases.get(name)
  if (found === undefined) throw createError(404, `There is ${[...cases.keys()].join(', ')}`)
  return found
}
