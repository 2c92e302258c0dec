import {
  applyPreconditions,
  readConditionalOptions,
  readPreconditionsOptions,
  withState,
  type ConditionalOptions,
  type PreconditionsOptions,
  type ResourceState,
} from '@http-semantics/http'
import type { Context, Middleware } from 'koa'

/**
 * Judges the preconditions of a request in its handler, before anything changes
 * ([RFC 9110 section 13](https://www.rfc-editor.org/rfc/rfc9110.html#section-13)). Ask it after whatever else
 * would refuse the request (404, 403, 415), and after the content was read; then write at once, without an
 * `await` in between, or another request gets there first.
 *
 * An answer to GET, HEAD or QUERY gets `ETag` and `Last-Modified` of the state, unless they are set. A 304
 * has the fields that were set before this call, so set `Cache-Control` and `Vary` ahead of it.
 *
 * @param ctx - The context of the request.
 * @param state - What the target resource is like now: `exists`, `etag`, `lastModified`. `undefined`: it does
 * not exist.
 * @param options - `require: true` answers 428 to a PUT, PATCH or DELETE without a precondition.
 * @returns Whether to go on. `false`, only for GET, HEAD and QUERY: the answer is a 304, and the handler is
 * to return.
 * @throws 412 where a precondition fails, 428 where it lacks, both as `http-errors`; TypeError for a wrong
 * state or option.
 *
 * @example
 * ```ts no-run
 * import { preconditions } from '@http-semantics/koa'
 * import { Router } from '@koa/router'
 *
 * const router = new Router()
 * let note = { exists: true, etag: '"v1"', text: 'hello' }
 * router.get('/note', (ctx) => {
 *   if (!preconditions(ctx, note)) return
 *   ctx.body = note.text
 * })
 * router.put('/note', async (ctx) => {
 *   const text = await readText(ctx.req)
 *   preconditions(ctx, note, { require: true })
 *   note = { exists: true, etag: `"${crypto.randomUUID()}"`, text }
 *   ctx.set('ETag', note.etag)
 *   ctx.body = note.text
 * })
 * ```
 */
export function preconditions(
  ctx: Context,
  state: ResourceState | undefined,
  options?: PreconditionsOptions,
): boolean {
  return judge(ctx, state, readPreconditionsOptions(options))
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
 * import { conditional } from '@http-semantics/koa'
 * import { Router } from '@koa/router'
 *
 * const router = new Router()
 * const notes = new Map([['1', { exists: true, etag: '"v1"' }]])
 * const checked = conditional({ getState: (ctx) => notes.get(ctx.params['id']), require: true })
 * router.delete('/notes/:id', checked, (ctx) => {
 *   ctx.status = 204
 * })
 * ```
 */
export function conditional(options: ConditionalOptions<Context>): Middleware {
  const { getState, isRequired } = readConditionalOptions(options)
  return (ctx, next) =>
    withState(getState, ctx, (state) => (judge(ctx, state, isRequired) ? next() : undefined))
}

function judge(ctx: Context, state: ResourceState | undefined, isRequired: boolean): boolean {
  const goesOn = applyPreconditions(ctx, ctx.res, state, isRequired)
  if (!goesOn) {
    ctx.body = null
    ctx.status = 304
  }
  return goesOn
}
