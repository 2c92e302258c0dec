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

/** The content of an answer that Node is about to end, and whether it has handed that on. */
interface Holding {
  readonly content: string | Uint8Array
  isHeld: boolean
}

interface SendingResponse extends ServerResponse {
  /** A member of Node's responses that its documentation leaves out (decision 020). */
  _send?: Send
  [held]?: Holding | undefined
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

/** Has responses hold their content between {@link hold} and {@link letGo}, and hand it on with the empty write. */
export function gatherWrites(prototype: ServerResponse): void {
  if (!endsByTwoWrites) return
  // What an app has in place of Node's class is called as it is by then.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it inherits from a class of Node
  const base = Object.getPrototypeOf(prototype) as Required<SendingResponse>
  const send: Send = function (this: SendingResponse, data, encoding, callback, size) {
    const { [held]: holding } = this
    if (holding?.isHeld === false && data === holding.content) {
      holding.isHeld = true
      return true
    }
    if (holding?.isHeld !== true) return base._send.call(this, data, encoding, callback, size)
    this[held] = undefined
    if (data === '') return base._send.call(this, holding.content, 'latin1', callback)
    // There is more to send before that: the end of a chunk, or what somebody else writes meanwhile.
    base._send.call(this, holding.content, 'latin1', undefined)
    return base._send.call(this, data, encoding, callback, size)
  }
  const sending: SendingResponse = prototype
  sending._send = send
}

/**
 * Has a response hold its content until Node, which is about to end it, hands on what comes behind.
 *
 * @param content - All that is left of it, as bytes or as text in Latin-1.
 * @returns `false` where it cannot, or need not, or does so already.
 */
export function hold(response: SendingResponse, content: string | Uint8Array): boolean {
  if (!endsByTwoWrites || content === '' || !(held in response)) return false
  if (response[held] !== undefined) return false
  response[held] = { content, isHeld: false }
  return true
}

/** Has a response hold nothing more: where Node has thrown, what is held still goes on. */
export function letGo(response: SendingResponse): void {
  const { [held]: holding } = response
  response[held] = undefined
  if (holding?.isHeld === true) response._send?.(holding.content, 'latin1', undefined)
}
