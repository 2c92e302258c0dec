import { statusOf } from './cases.mjs'

/**
 * Nobody is to be fast by doing less: throws where an answer is not what all stacks have to give.
 *
 * @param answer - The last one of the warm-up.
 * @param cell - Who gave it: `framework`, `stack`, and the case `one` that was asked for.
 */
export function checkAnswer(answer, { framework, stack, one }) {
  const { status, fields, content } = answer
  // Koa takes all fields off an answer to an error.
  const isBare =
    stack === 'bare' || (stack === 'peers' && framework === 'koa' && one.name === 'error')
  const text = content === '' ? undefined : 'text/plain; charset=utf-8'
  const type = one.content?.startsWith('[') ? 'application/json; charset=utf-8' : text
  const faults = [
    [status === statusOf(one, framework, stack), 'status'],
    [one.content === undefined || content === one.content, 'content'],
    [one.status !== 200 || type === undefined || isOfType(fields, type), 'Content-Type'],
    [isBare !== (fields.get('x-frame-options') === 'SAMEORIGIN'), 'X-Frame-Options'],
    // Express' own errors have these two, bare as it is.
    [isBare || fields.has('content-security-policy'), 'Content-Security-Policy'],
    [isBare || fields.get('x-content-type-options') === 'nosniff', 'X-Content-Type-Options'],
    [!fields.has('x-powered-by'), 'X-Powered-By'],
    [isBare || fields.has('set-cookie') === (one.writes === true), 'Set-Cookie'],
    [status !== 405 || fields.has('allow'), 'Allow'],
  ].flatMap(([isRight, what]) => (isRight ? [] : [what]))
  if (faults.length === 0) return
  const shown = [
    status,
    ...Array.from(fields, (line) => line.join(': ')),
    '',
    content.slice(0, 200),
  ]
  throw new Error(
    `${framework} ${stack} answers '${one.title}' with another ${faults.join(', ')}:\n${shown.join('\n')}`,
  )
}

const isOfType = (fields, type) => {
  const found = fields.get('content-type')?.toLowerCase()
  // Fastify leaves out the charset of JSON, which has but one (RFC 8259 section 8.1).
  return found === type || `${found}; charset=utf-8` === type
}
