import type { IncomingMessage, ServerResponse } from 'node:http'

/** The requests whose clients wait for 100 before they send content, and their responses. */
const waiting = new WeakMap<object, ServerResponse>()

/**
 * Whether the client of a request still waits for 100 (Continue), so that a refusal now saves it from
 * sending the content.
 */
export const awaitsContinue = (request: IncomingMessage): boolean => waiting.has(request)

/**
 * Sends 100 (Continue) when somebody first reads the content of a request, and not before: what
 * refuses the request by its header section alone does so before the content is sent
 * ([RFC 9110 section 10.1.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-10.1.1)).
 *
 * @param request - A request whose client waits.
 * @param response - Its response, of which nothing has been sent.
 */
export function continueWhenRead(request: IncomingMessage, response: ServerResponse): void {
  waiting.set(request, response)
  // All ways to read a stream come to this method.
  request._read = readFirst
}

function readFirst(this: IncomingMessage, size: number): void {
  const response = waiting.get(this)
  if (response !== undefined && !isDropped(this)) {
    forget(this)
    // Not where the answer has begun, nor where the client did not wait.
    if (!response.headersSent && this.readableLength === 0 && !this.complete) {
      response.writeContinue()
    }
  } else if (response !== undefined && !response.headersSent) {
    // What drops the content waits for its end, and answers then: Express' final handler, and
    // body-parser with its 413. There will be no content, so this is its end.
    process.nextTick(() => {
      if (waiting.has(this) && isDropped(this)) this.emit('end')
    })
  }
  const read: IncomingMessage['_read'] = Reflect.get(Object.getPrototypeOf(this), '_read')
  Reflect.apply(read, this, [size])
}

function forget(request: IncomingMessage): void {
  waiting.delete(request)
  Reflect.deleteProperty(request, '_read')
}

/** Whether content is read for nobody: `resume()` without a listener. */
const isDropped = (request: IncomingMessage): boolean =>
  request.readableFlowing === true &&
  request.listenerCount('data') === 0 &&
  request.listenerCount('readable') === 0
