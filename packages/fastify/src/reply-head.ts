import type { ResponseHead } from '@http-semantics/http'
import type { FastifyReply } from 'fastify'
import type { IncomingMessage } from 'node:http'

/** A reply as the response it will be: Fastify keeps status and fields to itself until it sends them. */
export class ReplyHead implements ResponseHead {
  readonly #reply: FastifyReply

  /** @param reply - A reply that has not been sent. */
  constructor(reply: FastifyReply) {
    this.#reply = reply
  }

  get req(): Pick<IncomingMessage, 'httpVersionMajor'> {
    return this.#reply.raw.req
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
