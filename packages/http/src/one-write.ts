import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { held } from './slots.ts'

/** By what a response of HTTP/1 hands on what goes to its connection. */
type Send = (
  this: ServerResponse,
  data: unknown,
  encoding: unknown,
  callback: unknown,
  size?: unknown,
) => boolean

interface SendingResponse extends ServerResponse {
  /** A member of Node's responses that its documentation leaves out (decision 020). */
  _send?: Send
  /** `undefined`: nothing is held; `null`: what comes next will be. */
  [held]?: unknown
}

/**
 * Whether Node ends an answer by an empty write of its own, behind the content, to learn when that is out. The
 * connection then gets a list of two, which takes a microsecond more than one text. Newer versions, of 24 and 26, do it by one write.
 */
export const endsByTwoWrites: boolean = findWrites() === 'x, '

function findWrites(): string {
  const probe: SendingResponse = new ServerResponse(new IncomingMessage(new Socket()))
  if (typeof probe._send !== 'function') return ''
  const sent: unknown[] = []
  probe._send = (data, encoding) => {
    sent.push(encoding === 'latin1' ? data : 'something else')
    return true
  }
  try {
    probe.setHeader('Content-Length', 1).end('x', 'latin1')
  } catch {
    // Somebody has put another `end` in place of Node's, which wants a connection.
    return ''
  }
  return sent.join(', ')
}

const isBytes = (data: unknown): boolean => data instanceof Uint8Array

/** Has responses hold their content between {@link hold} and {@link letGo}, and hand it on with the empty write. */
export function gatherWrites(prototype: SendingResponse): void {
  if (!endsByTwoWrites) return
  // What an app has in place of Node's class is called as it is by then.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it inherits from a class of Node
  const base = Object.getPrototypeOf(prototype) as Required<SendingResponse>
  const send: Send = function (this: SendingResponse, data, encoding, callback, size) {
    const content = this[held]
    // Chunked content is several writes of Node's own.
    if (content === undefined || this.chunkedEncoding) {
      return base._send.call(this, data, encoding, callback, size)
    }
    const isFirst = content === null && data !== ''
    // For bytes the encoding is of no account; other texts are of an answer that Node failed to begin.
    if (isFirst && (encoding === 'latin1' || isBytes(data))) {
      this[held] = data
      return true
    }
    letGo(this)
    return base._send.call(this, content ?? data, encoding, callback)
  }
  prototype._send = send
}

/**
 * Has a response hold what Node's own `end` hands on.
 *
 * @returns `false` where it cannot, or need not.
 */
export function hold(response: SendingResponse): boolean {
  if (!endsByTwoWrites || !(held in response)) return false
  response[held] = null
  return true
}

/** Has a response hold nothing more. */
export function letGo(response: SendingResponse): void {
  response[held] = undefined
}
