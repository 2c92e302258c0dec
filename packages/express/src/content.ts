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
import type { Request, Response } from 'express'
import { finished, Readable } from 'node:stream'

/**
 * Chooses a representation by what the client accepts
 * ([RFC 9110 section 12.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.1)), and sets what
 * describes it: `Content-Type`, `Content-Language`, and the request fields it depends on in `Vary`, to
 * those that are there.
 *
 * @param request - The request.
 * @param response - Its response.
 * @param negotiation - The choice, as `createNegotiation()` prepares it.
 * @returns The variant to send.
 * @throws A 406 that lists the variants, as an `http-errors` object.
 *
 * @example
 * ```ts no-run
 * import { createNegotiation, negotiate } from '@http-semantics/express'
 * import express from 'express'
 *
 * const greeting = createNegotiation([
 *   { type: 'text/plain', write: () => 'hello' },
 *   { type: 'application/json', write: () => '"hello"' },
 * ])
 * const app = express()
 * app.get('/', (request, response) => {
 *   response.send(negotiate(request, response, greeting).write())
 * })
 * ```
 */
export function negotiate<V extends Variant>(
  request: Request,
  response: Response,
  negotiation: Negotiation<V>,
): V {
  return chooseVariant(negotiation, request.headers, response)
}

/**
 * Sends a representation, or the parts of it that a `Range` asks for
 * ([RFC 9110 section 14](https://www.rfc-editor.org/rfc/rfc9110.html#section-14)): 206 with one range or
 * several, 200 with all of it, 416 for bytes that are not there; or what its preconditions ask for, 304 or
 * 412. The status, the validators, the type
 * and the length are set; whatever else the response has stays.
 *
 * @param request - The request.
 * @param response - Its response.
 * @param ranged - The representation: see {@link RangedContent}.
 * @returns When all is handed on, or the client is gone.
 * @throws A 412 or 416 as an `http-errors` object; a TypeError for a wrong representation; what the source
 * throws.
 *
 * @example
 * ```ts no-run
 * import { sendContent } from '@http-semantics/express'
 * import express from 'express'
 * import { createReadStream, statSync } from 'node:fs'
 *
 * const app = express()
 * app.get('/film', (request, response) => {
 *   const { size, mtime } = statSync('film.mp4')
 *   const content = { length: size, read: (range) => createReadStream('film.mp4', range) }
 *   return sendContent(request, response, { content, type: 'video/mp4', lastModified: mtime })
 * })
 * ```
 */
export async function sendContent(
  request: Request,
  response: Response,
  ranged: RangedContent,
): Promise<void> {
  const { status, fields, content } = selectContent(request, ranged)
  if (status === 304) {
    // What was negotiated ahead of it describes content that does not come.
    prepareBare({ status, fields }, response)
    response.end()
    return
  }
  response.status(status)
  // `compression` would take the bytes of a range for content of their own, under the same Content-Range.
  if (status === 206) Reflect.deleteProperty(request.headers, 'accept-encoding')
  for (const [name, value] of fields) response.setHeader(name, value)
  if (!(content instanceof Readable)) {
    response.end(content)
    return
  }
  await new Promise<void>((resolve, reject) => {
    content.once('error', reject)
    // Also where the client is gone already.
    finished(response, () => {
      content.destroy()
      resolve()
    })
    content.pipe(response)
  })
}

/**
 * Sends a 103 (Early Hints) ahead of the answer
 * ([RFC 8297](https://www.rfc-editor.org/rfc/rfc8297.html)), so that the client can fetch what it will
 * need while the answer is being made. Clients of HTTP/1.0 get none.
 *
 * @param response - The response, before anything of it is sent.
 * @param links - What the client will need.
 * @throws TypeError for a link that cannot be written.
 *
 * @example
 * ```ts no-run
 * import { earlyHints } from '@http-semantics/express'
 * import express from 'express'
 *
 * const app = express()
 * app.get('/', (request, response) => {
 *   earlyHints(response, [{ target: '/style.css', rel: 'preload', parameters: { as: 'style' } }])
 *   response.send('…')
 * })
 * ```
 */
export function earlyHints(response: Response, links: readonly Link[]): void {
  sendEarlyHints(response, links)
}
