import { SecurityLayer, supervise, type SecurityHeadersOptions } from '@http-semantics/http'
import type { Context, Middleware } from 'koa'
import { partialSupervisor } from './partial.ts'

/**
 * The security header fields alone, on every answer of an app, thrown errors included; or, on a route
 * of an app that has them, what this route has different: single fields and directives, while all
 * others stay.
 *
 * Inline scripts find their nonce in `ctx.state.cspNonce`.
 *
 * @param options - See {@link SecurityHeadersOptions}.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import { securityHeaders } from '@http-semantics/koa'
 * import Koa from 'koa'
 *
 * const app = new Koa()
 * app.use(securityHeaders({ referrerPolicy: 'same-origin' }))
 * ```
 */
export function securityHeaders(options: SecurityHeadersOptions = {}): Middleware {
  const layer = new SecurityLayer(options)
  return (ctx, next) => {
    supervise(ctx.res, partialSupervisor, ctx)
    enter(layer, ctx)
    return next()
  }
}

/** Puts a layer on a response, and its nonce where templates find it. */
export function enter(layer: SecurityLayer, ctx: Context): void {
  const nonce = layer.enter(ctx.res)
  if (nonce !== undefined) ctx.state['cspNonce'] = nonce
}
