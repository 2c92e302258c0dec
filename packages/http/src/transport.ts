import type { ServerResponse } from 'node:http'
import { constants, type Http2ServerResponse } from 'node:http2'

/** Whether a response is one of HTTP/2, whose compatible API is taken for that of HTTP/1. */
export const isHttp2 = (response: object): response is Http2ServerResponse =>
  'stream' in response && response.stream !== undefined

/**
 * Cuts an answer so that nobody takes what came for the whole. What was written before still leaves.
 *
 * On HTTP/2 the stream ends with an error: `destroy` alone says NO_ERROR, which means that all is well
 * ([RFC 9113 section 8.1](https://www.rfc-editor.org/rfc/rfc9113.html#section-8.1)).
 */
export function abort(response: ServerResponse): void {
  if (isHttp2(response)) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  else if (response.socket === null) response.destroy()
  else response.socket.destroySoon()
}
