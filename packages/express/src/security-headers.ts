import { SecurityLayer, supervise, type SecurityHeadersOptions } from '@http-semantics/http'
import type { RequestHandler, Response } from 'express'
import { partialSupervisor } from './partial.ts'

/**
 * The security header fields alone, on every answer of an app; or, on a route of an app that has
 * them, what this route has different: single fields and directives, while all others stay.
 *
 * Inline scripts find their nonce in `response.locals.cspNonce`.
 *
 * @param options - See {@link SecurityHeadersOptions}.
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import { securityHeaders } from '@http-semantics/express'
 * import express from 'express'
 *
 * const app = express()
 * app.use(securityHeaders({ referrerPolicy: 'same-origin' }))
 * // A page that others may frame.
 * const framed = securityHeaders({
 *   contentSecurityPolicy: { frameAncestors: ['https://partner.example'] },
 * })
 * app.get('/widget', framed, (request, response) => response.send('hello'))
 * ```
 */
export function securityHeaders(options: SecurityHeadersOptions = {}): RequestHandler {
  const layer = new SecurityLayer(options)
  return (request, response, next) => {
    supervise(response, partialSupervisor, request)
    enter(layer, response)
    next()
  }
}

/** Puts a layer on a response, and its nonce where templates find it. */
export function enter(layer: SecurityLayer, response: Response): void {
  const nonce = layer.enter(response)
  if (nonce !== undefined) response.locals['cspNonce'] = nonce
}
