import {
  nonceOf,
  SecurityLayer,
  PartialSupervisor,
  supervise,
  type SecurityHeadersOptions,
} from '@http-semantics/http'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { IncomingMessage } from 'node:http'
import { partialSupervisor } from './partial.ts'
import { wrapRequests } from './requests.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** The nonce for inline scripts, where the policy of this answer uses one. */
    readonly cspNonce: string | undefined
  }
  interface RouteShorthandOptions {
    /** What this route has different: single fields and directives, while all others stay. */
    securityHeaders?: SecurityHeadersOptions
  }
}

/** Before Fastify has seen a request nobody knows of its proxies. */
const rawSupervisor = new PartialSupervisor<IncomingMessage>({
  isSecure: ({ socket }) => 'encrypted' in socket,
  report: (error) => console.error(error),
})

/**
 * The security header fields alone, on every answer of an app, also where Fastify runs no hooks. Routes
 * have their own option `securityHeaders` for what they have different. Inline scripts find their nonce
 * in `reply.cspNonce`.
 *
 * @throws TypeError for a wrong option, naming it and the right spelling.
 *
 * @example
 * ```ts no-run
 * import { securityHeaders } from '@http-semantics/fastify'
 * import Fastify from 'fastify'
 *
 * const app = Fastify()
 * await app.register(securityHeaders, { referrerPolicy: 'same-origin' })
 * // A page that others may frame.
 * const frameAncestors = ['https://partner.example'] as const
 * app.get(
 *   '/widget',
 *   { securityHeaders: { contentSecurityPolicy: { frameAncestors } } },
 *   async () => 'hello',
 * )
 * ```
 */
export const securityHeaders: FastifyPluginAsync<SecurityHeadersOptions> = fastifyPlugin(
  async (fastify: FastifyInstance, options: SecurityHeadersOptions) => {
    secureAll(fastify, new SecurityLayer(options))
    fastify.addHook('onRequest', (request, reply, done) => {
      supervise(reply.raw, partialSupervisor, request)
      done()
    })
  },
  { fastify: '5.x', name: '@http-semantics/fastify/security-headers' },
)

/** Has every answer of an app enter a layer, and those of its routes the layer of the route. */
export function secureAll(fastify: FastifyInstance, layer: SecurityLayer): void {
  wrapRequests(fastify.server, (request, response) => {
    supervise(response, rawSupervisor, request)
    layer.enter(response)
    return true
  })
  if (fastify.hasReplyDecorator('cspNonce')) return
  fastify.decorateReply('cspNonce', {
    getter() {
      return nonceOf(this.raw)
    },
  })
  fastify.addHook('onRoute', (route) => {
    const { securityHeaders: options, onRequest = [] } = route
    if (options === undefined) return
    const own = new SecurityLayer(options)
    route.onRequest = [
      (_request, reply, done) => {
        own.enter(reply.raw)
        done()
      },
      ...[onRequest].flat(),
    ]
  })
}
