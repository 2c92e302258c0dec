import createError from 'http-errors'
import type { IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { queryOf } from './query.ts'
import { isSafeQuestion, questions } from './questions.ts'

/** How long the answer may take, in milliseconds. */
const patience = 2000

/** The fields of the answer that shows a head. */
export const headFields = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Cache-Control': 'no-store',
} as const

/**
 * The header sections of a real answer, interim ones too, as they come over the wire: the server sends
 * itself the request that `of` in the query names, since `fetch` hides much of an answer from a page. What
 * may change something is sent for a POST alone, since GET is safe (RFC 9110 section 9.2.1).
 *
 * @param request - The request; asked is the server that it came to, at the very address.
 * @throws 404 for a request that the explorer page does not send, 405 for one with a method that is not safe by GET, 502 where no answer comes.
 */
export async function realHead({
  method: askedBy,
  url = '',
  headers,
  socket,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'socket'>): Promise<Buffer> {
  const line = queryOf(url).get('of') ?? ''
  const question = questions.get(line)
  if (question === undefined) throw createError(404, 'The explorer sends no such request')
  if (askedBy !== 'POST' && !isSafeQuestion(line)) {
    const fields = { headers: { Allow: 'POST, OPTIONS' } }
    throw createError(405, 'GET is safe, and this request is not: ask by POST', fields)
  }
  const { method, target, content } = question
  const lines = [
    `${method} ${target} HTTP/1.1`,
    // In HTTP/2 it has another name.
    `Host: ${headers.host ?? String(headers[':authority'])}`,
    'Connection: close',
    ...(content === undefined
      ? []
      : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`]),
  ]
  try {
    const connection = connectBack(socket)
    connection.write(`${lines.join('\r\n')}\r\n\r\n${content ?? ''}`, 'latin1')
    return Buffer.from(await readHead(connection))
  } catch (error) {
    throw createError(502, 'The server did not answer itself', { cause: error })
  }
}

/** A connection to the address that another one came to. */
function connectBack(socket: Socket): Socket {
  const { localAddress: host, localPort: port = 0 } = socket
  if (!(socket instanceof TLSSocket)) return connect({ host, port })
  // The certificate is its own, and need not be for this address.
  return connectTls({ host, port, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
}

/** Reads until the header section of the final answer has come. @throws Error where it does not */
async function readHead(connection: Socket): Promise<string> {
  connection.setTimeout(patience, () => connection.destroy(new Error('The time is up')))
  connection.setEncoding('latin1')
  let text = ''
  for await (const chunk of connection) {
    text += String(chunk)
    const [head] = finalHead.exec(text) ?? []
    if (head !== undefined) return head
  }
  throw new Error('The connection closed')
}

/** Any interim header sections, and the final one. */
const finalHead =
  /^(?:HTTP\/1\.1 1\d\d .*\r\n(?:.+\r\n)*\r\n)*HTTP\/1\.1 [2-9]\d\d .*\r\n(?:.+\r\n)*\r\n/
