import {
  chooseVariant,
  prepareBare,
  selectContent,
  sendEarlyHints,
  type Link,
  type Negotiation,
  type RangedContent,
  type Variant,
} from '@http-semantics/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { ReplyHead } from './reply-head.ts'

/**
 * Chooses a representation by what the client accepts
 * ([RFC 9110 section 12.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.1)), and sets what
 * describes it: `Content-Type`, `Content-Language`, and the request fields it depends on in `Vary`, to
 * those that are there.
 *
 * @param request - The request.
 * @param reply - Its reply.
 * @param negotiation - The choice, as `createNegotiation()` prepares it.
 * @returns The variant to send.
 * @throws A 406 that lists the variants, as an `http-errors` object.
 *
 * @example
 * ```ts no-run
 * import { createNegotiation, negotiate } from '@http-semantics/fastify'
 * import Fastify from 'fastify'
 *
 * const greeting = createNegotiation([
 *   { type: 'text/plain', write: () => 'hello' },
 *   { type: 'application/json', write: () => '"hello"' },
 * ])
 * const app = Fastify()
 * app.get('/', (request, reply) => reply.send(negotiate(request, reply, greeting).write()))
 * ```
 */
export function negotiate<V extends Variant>(
  request: FastifyRequest,
  reply: FastifyReply,
  negotiation: Negotiation<V>,
): V {
  return chooseVariant(negotiation, request.headers, new ReplyHead(reply))
}

/**
 * Sends a representation, or the parts of it that a `Range` asks for
 * ([RFC 9110 section 14](https://www.rfc-editor.org/rfc/rfc9110.html#section-14)): 206 with one range or
 * several, 200 with all of it, 416 for bytes that are not there; or what its preconditions ask for, 304 or
 * 412. The status, the validators, the type
 * and the length are set; whatever else the reply has stays.
 *
 * @param request - The request.
 * @param reply - Its reply.
 * @param ranged - The representation: see {@link RangedContent}.
 * @returns The reply.
 * @throws A 412 or 416 as an `http-errors` object; a TypeError for a wrong representation; what the source
 * throws.
 *
 * @example
 * ```ts no-run
 * import { sendContent } from '@http-semantics/fastify'
 * import Fastify from 'fastify'
 * import { createReadStream, statSync } from 'node:fs'
 *
 * const app = Fastify()
 * app.get('/film', (request, reply) => {
 *   const { size, mtime } = statSync('film.mp4')
 *   const content = { length: size, read: (range) => createReadStream('film.mp4', range) }
 *   return sendContent(request, reply, { content, type: 'video/mp4', lastModified: mtime })
 * })
 * ```
 */
export function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  ranged: RangedContent,
): FastifyReply {
  const { status, fields, content } = selectContent(request.raw, ranged)
  if (status === 304) {
    // What was negotiated ahead of it describes content that does not come.
    prepareBare({ status, fields }, new ReplyHead(reply))
    return reply.send()
  }
  reply.code(status)
  for (const [name, value] of fields) reply.header(name, value)
  // Fastify's own HEAD routes put the length of what they are given into the place of the true one,
  // unless it is a stream.
  return reply.send(status === 200 ? (content ?? Readable.from([])) : content)
}

/**
 * Sends a 103 (Early Hints) ahead of the answer
 * ([RFC 8297](https://www.rfc-editor.org/rfc/rfc8297.html)), so that the client can fetch what it will
 * need while the answer is being made. Clients of HTTP/1.0 get none.
 *
 * @param reply - The reply, before anything of it is sent.
 * @param links - What the client will need.
 * @throws TypeError for a link that cannot be written.
 *
 * @example
 * ```ts no-run
 * import { earlyHints } from '@http-semantics/fastify'
 * import Fastify from 'fastify'
 *
 * const app = Fastify()
 * app.get('/', async (request, reply) => {
 *   earlyHints(reply, [{ target: '/style.css', rel: 'preload', parameters: { as: 'style' } }])
 *   return '…'
 * })
 * ```
 */
export function earlyHints(reply: FastifyReply, links: readonly Link[]): void {
  sendEarlyHints(reply.raw, links)
}
