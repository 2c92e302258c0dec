import {
  applyPreconditions,
  readConditionalOptions,
  readPreconditionsOptions,
  withState,
  type ConditionalOptions,
  type ConditionalRequest,
  type PreconditionsOptions,
  type ResourceState,
} from '@http-semantics/http'
import type { Request, RequestHandler } from 'express'
import type { ServerResponse } from 'node:http'

/** A request as Express hands it to a handler, whatever its parameters. */
type RequestWithResponse = ConditionalRequest & { readonly res?: ServerResponse | undefined }

/**
 * Judges the preconditions of a request in its handler, before anything changes
 * ([RFC 9110 section 13](https://www.rfc-editor.org/rfc/rfc9110.html#section-13)). Ask it after whatever else
 * would refuse the request (404, 403, 415), and after the content was read; then write at once, without an
 * `await` in between, or another request gets there first.
 *
 * An answer to GET, HEAD or QUERY gets `ETag` and `Last-Modified` of the state, unless they are set. A 304
 * has the fields that were set before this call, so set `Cache-Control` and `Vary` ahead of it.
 *
 * @param request - The request.
 * @param state - What the target resource is like now: `exists`, `etag`, `lastModified`. `undefined`: it does
 * not exist.
 * @param options - `require: true` answers 428 to a PUT, PATCH or DELETE without a precondition.
 * @returns Whether to go on. `false`, only for GET, HEAD and QUERY: the request has been answered with 304.
 * @throws 412 where a precondition fails, 428 where it lacks, both as `http-errors`; TypeError for a wrong
 * state or option.
 *
 * @example
 * ```ts no-run
 * import { preconditions } from '@http-semantics/express'
 * import express from 'express'
 *
 * const app = express()
 * let note = { exists: true, etag: '"v1"', text: 'hello' }
 * app.get('/note', (request, response) => {
 *   if (!preconditions(request, note)) return
 *   response.json(note.text)
 * })
 * app.put('/note', express.text(), (request, response) => {
 *   preconditions(request, note, { require: true })
 *   note = { exists: true, etag: `"${crypto.randomUUID()}"`, text: request.body }
 *   response.set('ETag', note.etag).json(note.text)
 * })
 * ```
 */
export function preconditions(
  request: RequestWithResponse,
  state: ResourceState | undefined,
  options?: PreconditionsOptions,
): boolean {
  return judge(request, state, readPreconditionsOptions(options))
}

/**
 * The preconditions of a route as a middleware, for a state that can be loaded ahead of the handler. What
 * {@link preconditions} says holds here, too: put it behind whatever reads the content. Where the loader or
 * the handler waits, compare once more in the write itself, such as `UPDATE … WHERE version = 7`.
 *
 * @param options - `getState` finds out the state of the target resource of a request, at once or by a
 * promise; `require` as for {@link preconditions}.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import { conditional } from '@http-semantics/express'
 * import express from 'express'
 *
 * const app = express()
 * const notes = new Map([['1', { exists: true, etag: '"v1"' }]])
 * const checked = conditional({
 *   getState: (request) => notes.get(String(request.params['id'])),
 *   require: true,
 * })
 * app.put('/notes/:id', express.text(), checked, (request, response) => response.sendStatus(204))
 * ```
 */
export function conditional(options: ConditionalOptions<Request>): RequestHandler {
  const { getState, isRequired } = readConditionalOptions(options)
  return (request, _response, next) =>
    withState(getState, request, (state) => {
      if (judge(request, state, isRequired)) next()
    })
}

function judge(
  request: RequestWithResponse,
  state: ResourceState | undefined,
  isRequired: boolean,
): boolean {
  const { res: response } = request
  if (response === undefined) {
    throw new TypeError('preconditions(): request must be one that Express handed to a handler')
  }
  const goesOn = applyPreconditions(request, response, state, isRequired)
  if (!goesOn) response.end()
  return goesOn
}
