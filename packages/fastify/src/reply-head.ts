import type { ResponseHead } from '@http-semantics/http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** A reply of any app, whatever its types of requests and answers, also over HTTP/2. */
export interface AnyReply {
  readonly request: { readonly method: string; readonly headers: IncomingHttpHeaders }
  readonly raw: { readonly req: Pick<IncomingMessage, 'httpVersionMajor'>; statusMessage: string }
  readonly statusCode: number
  code(status: number): unknown
  getHeader(name: string): unknown
  header(name: string, value: unknown): unknown
  removeHeader(name: string): unknown
  send(payload: never): unknown
}

/** A reply as the response it will be: Fastify keeps status and fields to itself until it sends them. */
export class ReplyHead implements ResponseHead {
  readonly #reply: AnyReply

  /** @param reply - A reply that has not been sent. */
  constructor(reply: AnyReply) {
    this.#reply = reply
  }

  get req(): Pick<IncomingMessage, 'httpVersionMajor'> {
    return this.#reply.raw.req
  }

  get statusCode(): number {
    return this.#reply.statusCode
  }

  set statusCode(status: number) {
    this.#reply.code(status)
  }

  set statusMessage(reason: string) {
    this.#reply.raw.statusMessage = reason
  }

  getHeader(name: string): unknown {
    return this.#reply.getHeader(name)
  }

  setHeader(name: string, value: string | string[]): void {
    // Fastify would add a `Set-Cookie` to those that are there.
    this.#reply.removeHeader(name)
    this.#reply.header(name, value)
  }

  removeHeader(name: string): void {
    this.#reply.removeHeader(name)
  }
}
