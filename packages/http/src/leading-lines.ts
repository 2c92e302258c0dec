import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

/** By what a response of HTTP/1 puts its header section into words, once. */
type StoreHeader = (this: ServerResponse, statusLine: string, fields: unknown) => void

/** A member of Node's responses that its documentation leaves out (decision 012). */
interface StoringResponse extends ServerResponse {
  _storeHeader?: StoreHeader
}

/** That of Node, `undefined` where it has changed. */
export const nodeStore: StoreHeader | undefined = findStore()

function findStore(): StoreHeader | undefined {
  const probe: StoringResponse = new ServerResponse(new IncomingMessage(new Socket()))
  const { _storeHeader: store } = probe
  if (typeof store !== 'function') return undefined
  probe._storeHeader = function (statusLine, fields) {
    store.call(this, `${statusLine}X-First: 1\r\n`, fields)
  }
  try {
    probe.setHeader('X-Own', '2').writeHead(202)
  } catch {
    // Somebody has put another `writeHead` in place of Node's, which wants a connection.
    return undefined
  }
  const written: unknown = Reflect.get(probe, '_header')
  const wanted = 'HTTP/1.1 202 Accepted\r\nX-First: 1\r\nX-Own: 2\r\n'
  return typeof written === 'string' && written.startsWith(wanted) ? store : undefined
}

/**
 * Has header sections begin with field lines that are in words already. `setHeader` would check, keep and
 * write each of them again for every answer, which takes four times as long.
 */
export class LeadingLines {
  readonly #store: StoreHeader | undefined
  readonly #storeWithLines: StoreHeader

  /**
   * @param linesOf - Called as a header section is written: the lines that come first, each with its line
   * break.
   * @param store - Default: {@link nodeStore}.
   */
  constructor(
    linesOf: (response: ServerResponse) => string,
    store: StoreHeader | undefined = nodeStore,
  ) {
    this.#store = store
    this.#storeWithLines = function (statusLine, fields) {
      store?.call(this, statusLine + linesOf(this), fields)
    }
  }

  /**
   * Has the header section of a response begin with the lines.
   *
   * @returns `false` where it cannot: on HTTP/2, whose header section is no text, where somebody else writes it,
   * and where it goes into a test's memory, as with Fastify's `inject()`.
   */
  lead(response: StoringResponse): boolean {
    const { _storeHeader: store, socket } = response
    if (store === undefined || !(socket instanceof Socket)) return false
    if (store === this.#storeWithLines) return true
    if (store !== this.#store) return false
    response._storeHeader = this.#storeWithLines
    return true
  }
}
