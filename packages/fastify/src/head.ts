import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'

/**
 * Frees the content of an answer to HEAD and puts an empty stream in its place. Fastify would drain a
 * stream to its end, also one that has none, and refuses a `Response`.
 *
 * @param payload - What the handler sent.
 * @returns An empty stream for streams and responses; anything else as it is, since its length counts.
 */
export function dropContent(payload: unknown, reply: FastifyReply): unknown {
  if (payload instanceof Response) {
    reply.code(payload.status)
    for (const [name, value] of payload.headers) reply.header(name, value)
    cancel(payload.body)
    return Readable.from([])
  }
  if (payload instanceof ReadableStream) {
    cancel(payload)
    return Readable.from([])
  }
  if (payload instanceof Readable) {
    payload.destroy()
    return Readable.from([])
  }
  return payload
}

function cancel(stream: ReadableStream | null): void {
  stream?.cancel().catch(() => undefined)
}
