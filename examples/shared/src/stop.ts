import type { Server } from 'node:http'
import type { ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'

/** How long requests in flight may take once a server is told to stop, in milliseconds. */
const patience = 5000

/**
 * Watches a server from its start, so that it can be stopped.
 *
 * @param server - A server of any kind: HTTP/1.1, with or without TLS, HTTP/2, or both versions.
 * @returns Stops it: requests in flight are answered, HTTP/2 clients are told to send no more, and
 * what is left after five seconds is cut.
 */
export function prepareStop(server: Server): () => void {
  const sockets = new Set<Socket>()
  const sessions = new Set<ServerHttp2Session>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session)
    session.on('close', () => sessions.delete(session))
    // One that began before its server was told to stop.
    if (!server.listening) session.close()
  })
  // A connection that was busy when its server was told to stop closes with its answer.
  server.on('request', (_request, response) => {
    response.on('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections())
    })
  })
  return () => {
    server.close()
    server.closeIdleConnections()
    // GOAWAY; a session ends with the last of its answers.
    for (const session of sessions) session.close()
    // With all connections closed the process ends by itself, before the timer.
    setTimeout(() => {
      for (const socket of sockets) socket.destroy()
    }, patience).unref()
  }
}
