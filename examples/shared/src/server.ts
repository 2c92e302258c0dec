import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import type { Credentials } from './tls.ts'

/** Where a server is to listen, and how. */
export interface Address {
  readonly port: number
  readonly host: string
  /** With a key and a certificate it speaks HTTPS. */
  readonly tls?: Credentials | undefined
}

/**
 * A server that does not listen yet.
 *
 * @param handler - The app.
 * @param address - Whether it is to speak HTTPS.
 * @param http2 - Whether the app can do HTTP/2, which clients speak over TLS only.
 */
export function createServer(handler: RequestListener, { tls }: Address, http2: boolean): Server {
  if (tls === undefined) return createHttpServer(handler)
  if (!http2) return createHttpsServer(tls, handler)
  const server = createSecureServer({ ...tls, allowHTTP1: true })
  // To an app, the requests of both versions look alike; so does the server.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (server as unknown as Server).on('request', handler)
}

/** Lets a server listen; resolves once it does. */
export async function listen(server: Server, { port, host }: Address): Promise<Server> {
  server.listen(port, host)
  await once(server, 'listening')
  return server
}
