import type { Socket } from 'node:net'
import { open, requestText, type WireRequest } from './wire.ts'

/** What a soak looks at of an answer. */
export interface KeptAnswer {
  readonly status: number
  /** The status line and the header fields, as sent. */
  readonly head: string
}

/** The value of a field, as sent; empty without one. */
export function fieldOf({ head }: KeptAnswer, name: string): string {
  const start = head.toLowerCase().indexOf(`\r\n${name.toLowerCase()}:`)
  if (start === -1) return ''
  const end = head.indexOf('\r\n', start + 2)
  return head.slice(start + name.length + 3, end === -1 ? undefined : end).trim()
}

/**
 * A client for very many requests, one after the other: it keeps its connection as long as the server
 * does, reads of the content only how long it is, and leaves interim answers out.
 */
export class KeptClient {
  readonly #port: number
  #socket: Socket | undefined
  #came = ''
  #wake: () => void = () => undefined

  constructor(port: number) {
    this.#port = port
  }

  /** Sends a request and reads its answer. @throws Error when the server closes before it is whole */
  async send(request: WireRequest): Promise<KeptAnswer> {
    const fields = { Connection: 'keep-alive', ...request.fields }
    const socket = await this.#connect()
    socket.write(requestText({ ...request, fields }), 'latin1')
    for (;;) {
      const answer = this.#take(request.method, socket.readableEnded || socket.closed)
      if (answer !== undefined) return this.#leave(answer)
      if (socket.closed) {
        const { method, target } = request
        throw new Error(`Closed in ${method} ${target}, having sent ${this.#came.slice(0, 300)}`)
      }
      // oxlint-disable-next-line no-await-in-loop
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
    this.#came = ''
  }

  async #connect(): Promise<Socket> {
    if (this.#socket !== undefined && !this.#socket.closed) return this.#socket
    const socket = await open(this.#port)
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      this.#came += text
      this.#wake()
    })
    socket.on('error', () => undefined)
    for (const event of ['end', 'close']) socket.on(event, () => this.#wake())
    this.#came = ''
    this.#socket = socket
    return socket
  }

  /** Leaves a connection that the server ends with this answer. */
  #leave(answer: KeptAnswer): KeptAnswer {
    if (fieldOf(answer, 'Connection').toLowerCase().includes('close')) this.close()
    return answer
  }

  #take(method: string, isOver: boolean): KeptAnswer | undefined {
    const end = this.#came.indexOf('\r\n\r\n')
    if (end === -1) return undefined
    const answer = { status: Number(this.#came.slice(9, 12)), head: this.#came.slice(0, end) }
    const content = end + 4
    if (answer.status < 200 && answer.status !== 101) {
      this.#came = this.#came.slice(content)
      return this.#take(method, isOver)
    }
    const length = this.#contentLength(answer, method, content, isOver)
    if (this.#came.length < content + length) return undefined
    this.#came = this.#came.slice(content + length)
    return answer
  }

  /** RFC 9112 section 6.3; `Infinity` while it cannot be told. */
  #contentLength(answer: KeptAnswer, method: string, start: number, isOver: boolean): number {
    if (method === 'HEAD' || answer.status === 204 || answer.status === 304) return 0
    if (fieldOf(answer, 'Transfer-Encoding') === 'chunked') {
      const last = this.#came.indexOf('0\r\n\r\n', start)
      return last === -1 ? Infinity : last + 5 - start
    }
    const length = fieldOf(answer, 'Content-Length')
    if (length !== '') return Number(length)
    return isOver ? this.#came.length - start : Infinity
  }
}
