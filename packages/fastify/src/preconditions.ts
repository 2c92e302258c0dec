import {
  applyPreconditions,
  readConditionalOptions,
  readPreconditionsOptions,
  withState,
  type ConditionalOptions,
  type PreconditionsOptions,
  type ResourceState,
} from '@http-semantics/http'
import type { FastifyRequest } from 'fastify'
import { ReplyHead, type AnyReply } from './reply-head.ts'

/**
 * Judges the preconditions of a request in its handler, before anything changes
 * ([RFC 9110 section 13](https://www.rfc-editor.org/rfc/rfc9110.html#section-13)). Ask it after whatever else
 * would refuse the request (404, 403, 415); then write at once, without an `await` in between, or another
 * request gets there first.
 *
 * An answer to GET, HEAD or QUERY gets `ETag` and `Last-Modified` of the state, unless they are set. A 304
 * has the fields that were set before this call, so set `Cache-Control` and `Vary` ahead of it.
 *
 * @param reply - The reply to the request.
 * @param state - What the target resource is like now: `exists`, `etag`, `lastModified`. `undefined`: it does
 * not exist.
 * @param options - `require: true` answers 428 to a PUT, PATCH or DELETE without a precondition.
 * @returns Whether to go on. `false`, only for GET, HEAD and QUERY: the reply has been sent with 304, and is
 * what the handler returns.
 * @throws 412 where a precondition fails, 428 where it lacks, both as `http-errors`; TypeError for a wrong
 * state or option.
 *
 * @example
 * ```ts no-run
 * import { preconditions } from '@http-semantics/fastify'
 * import Fastify from 'fastify'
 *
 * const app = Fastify()
 * let note = { exists: true, etag: '"v1"', text: 'hello' }
 * app.get('/note', (request, reply) => (preconditions(reply, note) ? note.text : reply))
 * app.put<{ Body: string }>('/note', (request, reply) => {
 *   preconditions(reply, note, { require: true })
 *   note = { exists: true, etag: `"${crypto.randomUUID()}"`, text: request.body }
 *   reply.header('ETag', note.etag)
 *   return note.text
 * })
 * ```
 */
export function preconditions(
  reply: AnyReply,
  state: ResourceState | undefined,
  options?: PreconditionsOptions,
): boolean {
  return judge(reply, state, readPreconditionsOptions(options))
}

/**
 * The preconditions of a route as a `preHandler`, for a state that can be loaded ahead of the handler. Where
 * the loader or the handler waits, compare once more in the write itself, such as
 * `UPDATE … WHERE version = 7`.
 *
 * @param options - `getState` finds out the state of the target resource of a request, at once or by a
 * promise; `require` as for {@link preconditions}.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import { conditional } from '@http-semantics/fastify'
 * import Fastify from 'fastify'
 *
 * const app = Fastify()
 * const note = { exists: true, etag: '"v1"' }
 * const preHandler = conditional({ getState: () => note, require: true })
 * app.delete('/note', { preHandler }, (request, reply) => reply.code(204).send())
 * ```
 */
export function conditional<Request = FastifyRequest>(
  options: ConditionalOptions<Request>,
): (request: Request, reply: AnyReply, done: (error?: Error) => void) => void {
  const { getState, isRequired } = readConditionalOptions(options)
  return (request, reply, done) => {
    // What throws at once is Fastify's to catch, as is what comes after `done`.
    const judged = withState(getState, request, (state) => judge(reply, state, isRequired))
    if (judged === true) done()
    // oxlint-disable-next-line promise/no-callback-in-promise -- a promise instead would be a second way on
    else if (typeof judged === 'object') judged.then((goesOn) => goesOn && done(), done)
  }
}

function judge(reply: AnyReply, state: ResourceState | undefined, isRequired: boolean): boolean {
  const goesOn = applyPreconditions(reply.request, new ReplyHead(reply), state, isRequired)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing, whatever the type of its answers
  if (!goesOn) reply.send(undefined as never)
  return goesOn
}
