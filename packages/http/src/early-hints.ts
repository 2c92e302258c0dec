import type { ServerResponse } from 'node:http'
import { linkValue, type Link } from '@http-semantics/preconditions'

/**
 * Sends a 103 (Early Hints) ahead of the answer
 * ([RFC 8297](https://www.rfc-editor.org/rfc/rfc8297.html)). Nothing happens without links, once the
 * answer has begun, and for a client of HTTP/1.0, which does not know 1xx at all
 * ([RFC 9110 section 15.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.2)).
 *
 * @param response - The response, over HTTP/1.1 or HTTP/2.
 * @param links - What the client will need.
 * @throws TypeError for a link that cannot be written.
 */
export function sendEarlyHints(response: ServerResponse, links: readonly Link[]): void {
  const link = links.map(linkValue)
  const { httpVersionMajor, httpVersionMinor } = response.req
  const knowsInterim = httpVersionMajor > 1 || httpVersionMinor > 0
  if (link.length === 0 || response.headersSent || !knowsInterim) return
  response.writeEarlyHints({ link })
}
