import type { IncomingMessage, Server, ServerResponse } from 'node:http'

type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** `listeners()` is typed as any functions at all. */
export const isListener = (listener: unknown): listener is Listener =>
  typeof listener === 'function'

/**
 * Sees each request ahead of Fastify, which answers some before any hook.
 *
 * @param see - Returns whether the request goes on to Fastify.
 */
export function wrapRequests(
  server: Server,
  see: (request: IncomingMessage, response: ServerResponse) => boolean,
): void {
  for (const listener of server.listeners('request').filter(isListener)) {
    server.off('request', listener)
    server.on('request', (request, response) => {
      if (see(request, response)) listener(request, response)
    })
  }
}
