import { METHODS, ServerResponse, type IncomingMessage, type Server } from 'node:http'
import type { Socket } from 'node:net'
import createError, { type HttpError } from 'http-errors'
import { errorAnswer } from './answer.ts'

/** How long a refused connection may go on sending before it is cut, in milliseconds. */
const lingerTime = 2000

/** A request line whose method is a token, as RFC 9112 section 3 has it. */
const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) [^\s]+ HTTP\/1\.[01]\r?\n/

/** What Node adds to the error of a request it could not parse. */
interface ParserError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
}

/** The socket of a connection; `_httpMessage` is the answer under way, undocumented but read by Node's own handler. */
interface Connection extends Socket {
  readonly _httpMessage?: { readonly _header?: string | null } | null
}

const attached = new WeakSet<object>()
const answered = new WeakSet<object>()

/**
 * Answers what Node shows only to the server and no framework sees: CONNECT goes to the app, which
 * refuses it with 405 (Node drops the connection), a method the parser does not know gets 501 (Node
 * says 400), and malformed requests get problem details.
 *
 * @param server - The server, before or after it listens. Doing it twice to one server is harmless.
 */
export function attachTo(server: Server): void {
  if (attached.has(server)) return
  attached.add(server)

  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    // An app that listens to CONNECT itself means to answer it.
    if (server.listenerCount('connect') === 1) passToApp(server, request, socket)
  })
  server.on('clientError', (error: ParserError, socket: Socket) => {
    refuse(socket, parserErrorToHttp(error))
  })
}

/** Lets the app answer CONNECT like any other request, with all the fields its answers have. */
function passToApp(server: Server, request: IncomingMessage, socket: Socket): void {
  // `host:port` names no resource of this server, and Express cannot route it; `*` is the server.
  if (request.url?.startsWith('/') !== true) request.url = '*'
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  response.on('finish', () => {
    response.detachSocket(socket)
    linger(socket)
  })
  socket.on('error', () => socket.destroy())
  server.emit('request', request, response)
}

/** The status Node's parser error deserves. */
function parserErrorToHttp(error: ParserError): HttpError {
  const [, method] = requestLine.exec(error.rawPacket?.toString('latin1') ?? '') ?? []
  if (method !== undefined && !METHODS.includes(method)) return createError(501)
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return createError(431)
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return createError(413)
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return createError(408)
    default:
      return createError(400)
  }
}

/** Writes an answer by hand and closes the connection, unless an answer is already under way. */
function refuse(connection: Connection, error: HttpError): void {
  if (answered.has(connection)) return
  answered.add(connection)
  connection.on('error', () => connection.destroy())
  if (!connection.writable || connection._httpMessage?._header) {
    connection.destroy()
    return
  }
  const { status, reason, fields, content } = errorAnswer(error, undefined)
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((line) => `${name}: ${line}`),
  )
  connection.write(
    [
      `HTTP/1.1 ${status} ${reason}`,
      `Date: ${new Date().toUTCString()}`,
      ...lines,
      'Connection: close',
      '',
      content,
    ].join('\r\n'),
  )
  linger(connection)
}

/**
 * Closes a connection so that its last answer arrives: what the client still sends is read and
 * dropped for a while, since closing at once would reset the connection and could take the answer
 * with it ([RFC 9112 section 9.6](https://www.rfc-editor.org/rfc/rfc9112.html#section-9.6)).
 */
function linger(connection: Socket): void {
  connection.end()
  connection.resume()
  const timer = setTimeout(() => connection.destroy(), lingerTime).unref()
  connection.on('close', () => clearTimeout(timer))
}
