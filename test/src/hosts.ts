import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The frameworks, as tables of tests name them. */
export const frameworks = ['express', 'koa', 'fastify'] as const

/** One of the frameworks. */
export type Framework = (typeof frameworks)[number]

/** A server that listens, and how to stop it. */
export interface Host {
  readonly port: number
  readonly server: Server
  stop(): Promise<void>
}

/**
 * A host around a server that listens or is about to. Stopping it cuts its connections.
 *
 * @param server - What `listen` returned.
 */
export async function hostOf(server: Server): Promise<Host> {
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen')
  // A server of HTTP/2 has no closeAllConnections().
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  return {
    port: address.port,
    server,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
