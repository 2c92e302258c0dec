import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server on a free port of 127.0.0.1 that is gone when the test ends. */
export async function listen(
  listener: RequestListener,
  options: ServerOptions = {},
): Promise<{ port: number; server: Server }> {
  const server = createServer(options, listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen')
  return { port: address.port, server }
}

/** A connected socket that is gone when the test ends. */
export async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  // A reset after the answer is the server's way to stop reading; what came before counts.
  socket.on('error', () => undefined)
  onTestFinished(() => {
    socket.destroy()
  })
  await once(socket, 'connect')
  return socket
}

/** All that a connection brings until the server closes it. */
export async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await new Promise((resolve) => socket.on('close', resolve))
  return Buffer.concat(chunks).toString('latin1')
}

/** Sends bytes on a connection of their own, and takes what comes until the server closes it. */
export async function exchange(port: number, bytes: string): Promise<string> {
  const socket = await open(port)
  socket.write(bytes, 'latin1')
  return readAll(socket)
}

/** One request after which the server closes the connection. */
export const last = (line: string, ...fields: string[]): string =>
  [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...fields, '', ''].join('\r\n')

/** One answer: status line, fields by name in lower case, content. */
export interface Answer {
  readonly line: string
  readonly fields: Readonly<Record<string, string>>
  readonly content: string
}

/** Reads the one answer that a connection brought. */
export function parse(raw: string): Answer {
  const [head = '', ...content] = raw.split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  return {
    line,
    fields: Object.fromEntries(
      fields.map((field) => {
        const colon = field.indexOf(':')
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
      }),
    ),
    content: content.join('\r\n\r\n'),
  }
}
