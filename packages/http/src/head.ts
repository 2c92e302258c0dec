import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { byteLength, type FirstContent } from './content.ts'

type Callback = (error?: Error | null) => void

/** The methods of a response that {@link endEarly} stands in for, and what it has to remember. */
interface EarlyEnd {
  readonly writeHead: ServerResponse['writeHead']
  readonly end: ServerResponse['end']
  readonly sources: Set<Readable>
  /** The content that did not go out: the rules for the header section look at it. */
  content: FirstContent | undefined
  ended: boolean
  /** Whether a writer was told to stop waiting. */
  released: boolean
}

const earlyEnd: unique symbol = Symbol('http-semantics.earlyEnd')

interface EarlyEndingResponse extends ServerResponse {
  [earlyEnd]: EarlyEnd
}

const isEarly = (response: ServerResponse): response is EarlyEndingResponse => earlyEnd in response

/** What a writer is told that goes on after the answer has ended. */
const afterEnd = (): Error =>
  Object.assign(new Error('This answer has no content, or has ended'), {
    code: 'ERR_STREAM_WRITE_AFTER_END',
  })

/** The callback among the parameters of `write` or `end`. */
export const callbackOf = (...candidates: unknown[]): Callback | undefined =>
  candidates.find((candidate): candidate is Callback => typeof candidate === 'function')

const ignore = (): void => undefined

function free(response: EarlyEndingResponse, source: Readable): void {
  source.unpipe(response)
  // The request itself shares the socket with the answer: it is read to its end, not destroyed.
  if (source === (response.req as IncomingMessage | undefined)) source.resume()
  else if (response.writableFinished || response.destroyed) source.destroy()
  else {
    // `pipe` has it flow as soon as this returns, to nobody, and one without end would leave no time for
    // anything else. It does not flow where somebody means to read it.
    source.on('readable', ignore)
    // Whoever sees it fail while the answer waits for others before it would give up that answer.
    response.once('close', () => source.destroy())
  }
}

function finish(response: EarlyEndingResponse, callback?: Callback): void {
  const state = response[earlyEnd]
  if (state.ended) {
    if (callback !== undefined) process.nextTick(callback)
    return
  }
  // What has no content has no trailers, and Node throws where they are announced without chunks.
  if (!response.headersSent) response.removeHeader('Trailer')
  state.ended = true
  try {
    Reflect.apply(state.end, response, callback === undefined ? [] : [callback])
  } catch (error) {
    // Nothing has left: the answer to this error is the first.
    if (!response.headersSent) state.ended = false
    throw error
  }
  for (const source of state.sources) free(response, source)
  state.sources.clear()
}

const isEmpty = (chunk: unknown): boolean =>
  (typeof chunk === 'string' || chunk instanceof Uint8Array) && chunk.length === 0

// Shared by all responses: an answer to HEAD costs no closure but the listener for pipes.

function writeHead(this: EarlyEndingResponse, ...parameters: unknown[]): EarlyEndingResponse {
  Reflect.apply(this[earlyEnd].writeHead, this, parameters)
  finish(this)
  return this
}

function flushHeaders(this: EarlyEndingResponse): void {
  finish(this)
}

/**
 * `false` tells a writer to wait for a drain; `true` would let it spin. Most writers stop waiting when
 * the response closes, but a `pipeline` from an iterable waits for a drain for ever, and its iterable
 * stays open: it is told once, by a drain that brings an error.
 */
function write(this: EarlyEndingResponse, chunk: unknown, ...rest: unknown[]): boolean {
  const callback = callbackOf(...rest)
  if (!this[earlyEnd].ended && isEmpty(chunk)) {
    // Sessions hold the end of an answer back by a write of nothing, until they are stored.
    if (callback !== undefined) process.nextTick(callback)
    return true
  }
  if (this[earlyEnd].ended) {
    if (callback !== undefined) process.nextTick(callback, afterEnd())
  } else {
    const [encoding] = rest
    this[earlyEnd].content = { chunk, encoding, isWhole: false }
    finish(this, callback)
  }
  if (!this[earlyEnd].released) {
    this[earlyEnd].released = true
    process.nextTick(() => this.emit('drain', afterEnd()))
  }
  return false
}

function end(this: EarlyEndingResponse, chunk?: unknown, ...rest: unknown[]): EarlyEndingResponse {
  const [encoding] = rest
  if (!this.headersSent && !this[earlyEnd].ended) {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
      setLength(this, byteLength(chunk, encoding))
      this[earlyEnd].content = { chunk, encoding, isWhole: true }
    }
  }
  finish(this, callbackOf(chunk, ...rest))
  return this
}

/** Gives the answer the Content-Length that the same answer to GET would have. */
function setLength(response: ServerResponse, length: number): void {
  const { statusCode } = response
  const hasContent = statusCode >= 200 && statusCode !== 204 && statusCode !== 304
  if (
    hasContent &&
    !response.hasHeader('Content-Length') &&
    !response.hasHeader('Transfer-Encoding')
  ) {
    response.setHeader('Content-Length', length)
  }
}

/** The content that an answer to HEAD began with, which does not go out. */
export function earlyContent(response: ServerResponse): FirstContent | undefined {
  return isEarly(response) ? response[earlyEnd].content : undefined
}

/**
 * Whether an answer has ended ahead of its content. A `pipeline` into it fails then, which is how its
 * source is freed, and no error of the handler's.
 */
export function hasEndedEarly(response: ServerResponse): boolean {
  return isEarly(response) && response[earlyEnd].ended
}

/** What {@link endEarly} may be told. */
export interface EarlyEndOptions {
  /** Streams that are piped into the response already. */
  readonly sources?: Iterable<Readable> | undefined
  /** Whether the answer has ended, so that only what its handler still writes is dropped. */
  readonly ended?: boolean
  /**
   * The methods that {@link earlyMethods} call in the end, for a response whose own methods call those.
   * Default: the response gets them in place of its own.
   */
  readonly below?: Pick<ServerResponse, 'writeHead' | 'end'>
}

/** The methods of a response that ends early, for those who call them from their own. */
export const earlyMethods: { readonly write: typeof write; readonly end: typeof end } = {
  write,
  end,
}

/**
 * Makes an answer end at its first content, and frees what the content would have come from.
 *
 * Streams piped into the response are unpiped and destroyed; a `pipeline` sees
 * `ERR_STREAM_PREMATURE_CLOSE`. Later writes return `false` and go nowhere.
 *
 * @param response - The response.
 * @returns `false` where it ends early already.
 */
export function endEarly(
  response: ServerResponse,
  { sources = [], ended = false, below }: EarlyEndOptions = {},
): boolean {
  if (earlyEnd in response) return false
  // They are called on the response, never alone.
  // oxlint-disable-next-line typescript/unbound-method
  const { writeHead: originalWriteHead, end: originalEnd } = below ?? response
  const state: EarlyEnd = {
    writeHead: originalWriteHead,
    end: originalEnd,
    sources: new Set(sources),
    content: undefined,
    ended,
    released: false,
  }
  const early = Object.assign(response, { [earlyEnd]: state })
  if (below === undefined) Object.assign(early, { writeHead, flushHeaders, write, end })
  response.on('pipe', (source: Readable) => {
    if (state.ended) free(early, source)
    else state.sources.add(source)
  })
  if (ended) for (const source of Array.from(sources)) free(early, source)
  return true
}

/** Takes {@link endEarly} back, for a response that another answer is to begin on. */
export function endLate(response: ServerResponse): void {
  Reflect.deleteProperty(response, earlyEnd)
}

/**
 * Makes the answer to a HEAD request end at its first content: a handler written for GET, also one
 * that streams without end, then answers HEAD at once with the same fields
 * ([RFC 9110 section 9.3.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.2)). Its `Range` is
 * taken off the request: it has a meaning for GET alone
 * ([section 14.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-14.2)), and those who send files
 * answer it all the same.
 *
 * @param response - The response to a HEAD request, before anything is written.
 */
export function endHeadEarly(response: ServerResponse): void {
  Reflect.deleteProperty(response.req.headers, 'range')
  endEarly(response)
}
