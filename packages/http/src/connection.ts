import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { errorAnswer } from './answer.ts'
import type { SecurityLayer } from './security.ts'
import { createRefusal } from './refusal.ts'

/** How long a refused connection may go on sending before it is cut, in milliseconds. */
const lingerTime = 2000

/**
 * The socket of a connection, with what Node's own handler of parser errors reads, too: the answer
 * under way, and the request its parser is at. Neither is documented.
 */
export interface Connection extends Socket {
  readonly _httpMessage?: ServerResponse | null
  readonly parser?: { readonly incoming?: IncomingMessage | null } | null
}

/** The request whose content the parser has not read to its end. */
export function requestUnderWay({ parser }: Connection): IncomingMessage | undefined {
  const incoming = parser?.incoming
  return incoming === null || incoming?.complete === true ? undefined : incoming
}

/**
 * Calls back when the answers to all requests before have left a connection, and never where it is
 * closed by then: an answer must not overtake another
 * ([RFC 9112 section 9.3.2](https://www.rfc-editor.org/rfc/rfc9112.html#section-9.3.2)).
 */
export function whenAnswered(connection: Connection, callback: () => void): void {
  const { _httpMessage: answer } = connection
  if (answer === null || answer === undefined) callback()
  else answer.once('finish', () => whenAnswered(connection, callback))
}

/**
 * Answers a request that the parser could not read, in its turn, and closes the connection. The
 * answers before it are waited for; a request that has its answer gets no second one, and one whose
 * answer has begun is cut.
 */
export function refuse(
  connection: Connection,
  status: number,
  security: SecurityLayer | undefined,
): void {
  const broken = requestUnderWay(connection)
  const { _httpMessage: answer } = connection
  if (answer === null || answer === undefined) {
    // A request whose answer is out already has nothing more to be told.
    if (broken === undefined) sendError(connection, status, security)
    else linger(connection)
  } else if (answer.req === broken && !answer.headersSent) {
    sendError(connection, status, security)
  } else if (answer.req === broken && !answer.writableEnded) {
    connection.destroy()
  } else {
    answer.once('finish', () => refuse(connection, status, security))
  }
}

/** Writes an answer by hand, and closes the connection. */
function sendError(
  connection: Connection,
  code: number,
  security: SecurityLayer | undefined,
): void {
  if (!connection.writable) {
    // Somebody else has answered, or nobody can any more.
    linger(connection)
    return
  }
  const { status, reason, fields, content } = errorAnswer(createRefusal(code), undefined)
  const secured = security?.fields('encrypted' in connection) ?? []
  const lines = [...Object.entries(fields), ...secured].flatMap(([name, value]) =>
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
export function linger(connection: Socket): void {
  connection.end()
  connection.resume()
  // The client may read an answer as slowly as it likes; the time begins when it has all of it.
  if (connection.writableFinished) closeSoon(connection)
  else connection.once('finish', () => closeSoon(connection))
}

function closeSoon(connection: Socket): void {
  if (connection.destroyed) return
  const timer = setTimeout(() => connection.destroy(), lingerTime).unref()
  connection.once('close', () => clearTimeout(timer))
}
