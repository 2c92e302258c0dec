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
    if (content === undefined) return base._send.call(this, data, encoding, callback, size)
    // For bytes the encoding is of no account; other texts are of an answer that Node failed to begin.
    const isContent = data !== '' && (encoding === 'latin1' || isBytes(data))
    if (content === null && isContent) {
      this[held] = data
      return true
    }
    this[held] = undefined
    if (content !== null && data === '') return base._send.call(this, content, 'latin1', callback)
    // There is more to send before that: the parts of a chunk, or what somebody else writes meanwhile.
    if (content !== null) base._send.call(this, content, 'latin1', undefined)
    return base._send.call(this, data, encoding, callback, size)
  }
  prototype._send = send
}

/**
 * Has a response hold what Node's own `end` hands on.
 *
 * @returns `false` where it cannot, or need not, or does so already.
 */
export function hold(response: SendingResponse): boolean {
  if (!endsByTwoWrites || !(held in response) || response[held] !== undefined) return false
  response[held] = null
  return true
}

/** Has a response hold nothing more: where Node has thrown, what is held still goes on. */
export function letGo(response: SendingResponse): void {
  const { [held]: content } = response
  response[held] = undefined
  if (content !== undefined && content !== null) response._send?.(content, 'latin1', undefined)
}
