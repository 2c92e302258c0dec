import { show } from '@http-semantics/http'
import type { FastifyInstance } from 'fastify'

/** Apps that have a plugin of this package, by their server. */
const installed = new WeakSet<object>()

/**
 * Takes an app for a plugin; there can be one, and only in a place where it sees the whole app.
 *
 * @param options - What the plugin was registered with.
 * @throws Error with a sentence that says what to move.
 */
export function claim(fastify: FastifyInstance, options: object): void {
  if (installed.has(fastify.server)) {
    throw new Error('http-semantics is registered twice on this app: remove the second one.')
  }
  checkPlace(fastify, options)
  // Of the printed tree, lines with methods are routes. `@fastify/cors` may come first: its one route
  // is no resource.
  const earlier = fastify
    .printRoutes()
    .split('\n')
    .filter((line) => / \([A-Z]/.test(line) && !line.endsWith(' * (OPTIONS)'))
  if (earlier.length > 0) {
    throw new Error(
      'http-semantics is registered after routes it then cannot see: write `await app.register(httpSemantics)` before the first route.',
    )
  }
  installed.add(fastify.server)
}

/**
 * Refuses a place that is not the whole app.
 *
 * @param options - What the plugin was registered with.
 * @throws Error with a sentence that says what to move.
 */
export function checkPlace(fastify: FastifyInstance, options: object): void {
  const prefix = 'prefix' in options ? options.prefix : fastify.prefix
  if (Object.getPrototypeOf(fastify) !== Object.prototype || prefix !== '') {
    throw new Error(
      `http-semantics is registered inside another plugin${prefix === '' ? '' : ` or under ${show(prefix)}`}, but decides for the whole app: register it on the app itself, without a prefix.`,
    )
  }
}
