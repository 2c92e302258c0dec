import {
  nonceOf,
  SecurityLayer,
  PartialSupervisor,
  supervise,
  type SecurityHeadersOptions,
} from '@http-semantics/http'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkPlace } from './installation.ts'
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
 * @throws TypeError for a wrong option, naming it and the right spelling; Error when it is registered
 * inside another plugin.
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
    checkPlace(fastify, options)
    const enter = secureAll(fastify, new SecurityLayer(options))
    fastify.addHook('onRequest', (request, reply, done) => {
      supervise(reply.raw, partialSupervisor, request)
      enter(reply.raw)
      done()
    })
  },
  { fastify: '5.x', name: '@http-semantics/fastify/security-headers' },
)

/** The layers of an app by its server, in the order of registration. */
const layersOf = new WeakMap<object, SecurityLayer[]>()

/**
 * What has an answer enter all layers of an app that it has not entered yet. Hooks need it for requests
 * that come past the app's server: by `inject()`, and by the further servers of `localhost`.
 */
export function enterLayers({ server }: FastifyInstance): (response: ServerResponse) => void {
  const layers = layersOf.get(server) ?? []
  layersOf.set(server, layers)
  return (response) => {
    for (const layer of layers) layer.enterOnce(response)
  }
}

/**
 * Has every answer of an app enter a layer, and those of its routes the layer of the route.
 *
 * @returns What {@link enterLayers} does.
 */
export function secureAll(
  fastify: FastifyInstance,
  layer: SecurityLayer,
): (response: ServerResponse) => void {
  const enter = enterLayers(fastify)
  layersOf.get(fastify.server)?.push(layer)
  wrapRequests(fastify.server, (request, response) => {
    supervise(response, rawSupervisor, request)
    enter(response)
    return true
  })
  if (!fastify.hasReplyDecorator('cspNonce')) prepareRoutes(fastify)
  return enter
}

/** Has replies tell their nonce, and answers of routes enter the layer of the route. */
function prepareRoutes(fastify: FastifyInstance): void {
  fastify.decorateReply('cspNonce', {
    getter() {
      return nonceOf(this.raw)
    },
  })
  fastify.addHook('onRoute', (route) => {
    const { securityHeaders: options, onRequest = [] } = route
    if (options === undefined) return
    const own = new SecurityLayer(options, layersOf.get(fastify.server))
    route.onRequest = [
      (_request, reply, done) => {
        own.enter(reply.raw)
        done()
      },
      ...[onRequest].flat(),
    ]
  })
}
