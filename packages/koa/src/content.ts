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
import type { Context } from 'koa'
import { Readable } from 'node:stream'

/**
 * Chooses a representation by what the client accepts
 * ([RFC 9110 section 12.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.1)), and sets what
 * describes it: `Content-Type`, `Content-Language`, and the request fields it depends on in `Vary`, to
 * those that are there.
 *
 * @param ctx - The context of the request.
 * @param negotiation - The choice, as `createNegotiation()` prepares it.
 * @returns The variant to send.
 * @throws A 406 that lists the variants, as an `http-errors` object.
 *
 * @example
 * ```ts no-run
 * import { createNegotiation, negotiate } from '@http-semantics/koa'
 * import Koa from 'koa'
 *
 * const greeting = createNegotiation([
 *   { type: 'text/plain', write: () => 'hello' },
 *   { type: 'application/json', write: () => '"hello"' },
 * ])
 * const app = new Koa()
 * app.use((ctx) => {
 *   ctx.body = negotiate(ctx, greeting).write()
 * })
 * ```
 */
export function negotiate<V extends Variant>(ctx: Context, negotiation: Negotiation<V>): V {
  return chooseVariant(negotiation, ctx.headers, ctx.res)
}

/**
 * Sends a representation, or the parts of it that a `Range` asks for
 * ([RFC 9110 section 14](https://www.rfc-editor.org/rfc/rfc9110.html#section-14)): 206 with one range or
 * several, 200 with all of it, 416 for bytes that are not there; or what its preconditions ask for, 304 or
 * 412. The status, the validators, the type
 * and the length are set; whatever else the response has stays.
 *
 * @param ctx - The context of the request.
 * @param ranged - The representation: see {@link RangedContent}.
 * @throws A 412 or 416 as an `http-errors` object; a TypeError for a wrong representation; what the source
 * throws.
 *
 * @example
 * ```ts no-run
 * import { sendContent } from '@http-semantics/koa'
 * import Koa from 'koa'
 * import { createReadStream, statSync } from 'node:fs'
 *
 * const app = new Koa()
 * app.use((ctx) => {
 *   const { size, mtime } = statSync('film.mp4')
 *   const content = { length: size, read: (range) => createReadStream('film.mp4', range) }
 *   sendContent(ctx, { content, type: 'video/mp4', lastModified: mtime })
 * })
 * ```
 */
export function sendContent(ctx: Context, ranged: RangedContent): void {
  const { status, fields, content } = selectContent(ctx.req, ranged)
  if (content !== undefined) ctx.body = toBody(content)
  // Koa sets a type and a length with the content.
  ctx.status = status
  if (status === 304) {
    // What was negotiated ahead of it describes content that does not come.
    prepareBare({ status, fields }, ctx.res)
    return
  }
  for (const [name, value] of fields) ctx.set(name, value)
}

/** Koa takes a `Uint8Array` for JSON. */
const toBody = (content: Uint8Array | Readable): Buffer | Readable =>
  content instanceof Readable
    ? content
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength)

/**
 * Sends a 103 (Early Hints) ahead of the answer
 * ([RFC 8297](https://www.rfc-editor.org/rfc/rfc8297.html)), so that the client can fetch what it will
 * need while the answer is being made. Clients of HTTP/1.0 get none.
 *
 * @param ctx - The context of the request, before anything of its answer is sent.
 * @param links - What the client will need.
 * @throws TypeError for a link that cannot be written.
 *
 * @example
 * ```ts no-run
 * import { earlyHints } from '@http-semantics/koa'
 * import Koa from 'koa'
 *
 * const app = new Koa()
 * app.use((ctx) => {
 *   earlyHints(ctx, [{ target: '/style.css', rel: 'preload', parameters: { as: 'style' } }])
 *   ctx.body = '…'
 * })
 * ```
 */
export function earlyHints(ctx: Context, links: readonly Link[]): void {
  sendEarlyHints(ctx.res, links)
}
