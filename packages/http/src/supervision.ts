import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import createError from 'http-errors'
import { prepareBare, prepareError } from './answer.ts'
import { byteLength, declaredLength, unseen, type FirstContent } from './content.ts'
import type { Verdict } from './guard.ts'
import { callbackOf, earlyContent, earlyMethods, endEarly, endLate } from './head.ts'
import { interimMethods } from './interim.ts'
import { outFieldsOf } from './out-fields.ts'
import { hold, letGo } from './one-write.ts'
import { isOwnOfNode } from './response-methods.ts'
import type { SupervisedMethods, SupervisedResponse, Supervision } from './supervised.ts'
import { abort } from './transport.ts'
import { isStatus, takeHead } from './write-head.ts'

/** Statuses whose answers end with the header section (1xx never get here). */
const bareStatuses: ReadonlySet<number> = new Set([204, 205, 304])

/** A method of a response, of the type that its callers here have. */
export type Method = (this: ServerResponse, ...parameters: unknown[]) => unknown

/** Has a method take what its caller was given. */
export const calling = (method: (...parameters: never[]) => unknown): Method =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- they check what they are given
  method as Method

/**
 * Has whatever wraps `writeHead`, such as `on-headers`, set its fields before the rules look at them.
 * Each is called once: Node's own call then goes past them.
 */
function askWrappers(response: SupervisedResponse, state: Supervision): void {
  if (response.writeHead === state.unwrapped) return
  state.isAsking = true
  try {
    response.writeHead(response.statusCode)
  } finally {
    state.isAsking = false
  }
  Object.assign(response, { writeHead: state.unwrapped })
}

/** Has the supervisor look at the answer, the first time. Nothing of it has left. */
function begin(response: SupervisedResponse, state: Supervision, content: FirstContent): void {
  const { statusCode } = response
  const status = Math.trunc(statusCode)
  if (!isStatus(status)) return
  // Node takes a text, or a fraction, for the number in it.
  if (statusCode !== status) response.statusCode = status
  state.begun = true
  const { supervisor, context } = state
  const first = content.chunk === undefined ? (earlyContent(response) ?? content) : content
  const verdict = supervisor.begin(response, first, context)
  if (verdict !== undefined) {
    replace(response, state, verdict)
  } else if (bareStatuses.has(status)) {
    // Of these, only a 205 is framed by a length.
    if (status === 205) response.setHeader('Content-Length', '0')
    state.isCut = endEarly(response, { sources: state.sources, below: state.below })
  }
}

/** Answers something else, and has what the handler still writes go nowhere. */
function replace(
  response: SupervisedResponse,
  state: Supervision,
  verdict: Exclude<Verdict, undefined>,
): void {
  const { supervisor, context, below } = state
  state.begun = true
  // What its handler still writes was meant for another answer.
  state.isTold = true
  let chunk: string | undefined
  if (verdict instanceof Error) chunk = prepareError(verdict, response.req, response)
  else prepareBare(verdict, response)
  supervisor.amend?.(response, { chunk, isWhole: true }, context, verdict)
  // Whatever wraps it has been asked.
  Object.assign(response, { writeHead: state.unwrapped })
  calling(below.end).call(response, chunk)
  state.isCut = endEarly(response, { sources: state.sources, below, ended: true })
}

/** The same, from a method that is not `writeHead`. */
function beginWithContent(
  response: SupervisedResponse,
  state: Supervision,
  content: FirstContent,
): void {
  if (state.begun || response.headersSent) return
  // One that does so while it is asked.
  if (!state.isAsking) askWrappers(response, state)
  // A wrapper may have sent it all.
  if (!state.begun && !response.headersSent) begin(response, state, content)
}

/**
 * Calls a method of the response. Where Node throws for what it was to send, nothing has left, and
 * the answer to that error begins anew.
 */
function call(
  response: SupervisedResponse,
  state: Supervision,
  method: (this: never, ...parameters: never[]) => unknown,
  first?: unknown,
  second?: unknown,
  third?: unknown,
): unknown {
  try {
    return calling(method).call(response, first, second, third)
  } catch (error) {
    if (response.headersSent) throw error
    state.begun = false
    if (state.isCut) endLate(response)
    state.isCut = false
    if (!state.hasFailed) {
      state.hasFailed = true
      throw error
    }
    // The answer to the first error fails for what is left of that answer.
    for (const name of response.getHeaderNames()) response.removeHeader(name)
    replace(response, state, createError(500))
    return undefined
  }
}

const utf8: readonly unknown[] = [undefined, null, '', 'utf8', 'utf-8']

/**
 * Whether the header section of an answer is in Latin-1. With a length Node makes text of the bytes in a
 * Content-Disposition, and has to write that as UTF-8.
 */
const isLatin1 = (response: ServerResponse): boolean =>
  outFieldsOf(response)['content-disposition'] === undefined

/**
 * Calls Node's `write` or `end`. A text goes there as what leaves the header section in Latin-1: Node writes one that
 * comes with a text in the encoding of that, so the bytes of a field would depend on the content. As Latin-1,
 * ASCII is cheaper to write, too (decision 020).
 */
function send(
  response: SupervisedResponse,
  state: Supervision,
  method: (this: never, ...parameters: never[]) => unknown,
  chunk: unknown,
  encoding: unknown,
  callback: unknown,
): unknown {
  if (typeof encoding === 'function') {
    return send(response, state, method, chunk, undefined, encoding)
  }
  if (chunk instanceof Uint8Array) return sendBytes(response, state, method, chunk, callback)
  const isText = typeof chunk === 'string' && utf8.includes(encoding)
  if (!isText || !isOwnOfNode(state.below) || !isLatin1(response)) {
    return call(response, state, method, chunk, encoding, callback)
  }
  // With as many bytes as characters it is ASCII.
  return Buffer.byteLength(chunk) === chunk.length
    ? handOn(response, state, method, chunk, 'latin1', callback)
    : sendBytes(response, state, method, Buffer.from(chunk), callback)
}

/**
 * The same for bytes. Where an answer waits for those before it, and an interim one waits with it, Node puts the
 * header section ahead of that if bytes come with it, and the interim answer where the content should be; not if a
 * text does.
 */
function sendBytes(
  response: SupervisedResponse,
  state: Supervision,
  method: (this: never, ...parameters: never[]) => unknown,
  bytes: Uint8Array,
  callback: unknown,
): unknown {
  if (response.socket !== null || response.writableLength === 0) {
    return handOn(response, state, method, bytes, undefined, callback)
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return handOn(response, state, method, text, 'latin1', callback)
}

/** Calls Node's `write`, or its `end`, of which the content then leaves by one write. */
function handOn(
  response: SupervisedResponse,
  state: Supervision,
  method: (this: never, ...parameters: never[]) => unknown,
  content: string | Uint8Array,
  encoding: 'latin1' | undefined,
  callback: unknown,
): unknown {
  const { below } = state
  if (method !== below.end || !isOwnOfNode(below) || !hold(response, content)) {
    return call(response, state, method, content, encoding, callback)
  }
  try {
    return call(response, state, method, content, encoding, callback)
  } finally {
    letGo(response)
  }
}

/** Counts content, and returns how much is still to come. */
function count(
  response: SupervisedResponse,
  state: Supervision,
  chunk: unknown,
  encoding: unknown,
): number {
  state.left ??= declaredLength(response)
  if (state.left !== Infinity) state.left -= byteLength(chunk, encoding)
  return state.left
}

/** Tells once of content that comes behind the header section of an answer that has none. */
function tellOfContent(response: SupervisedResponse, state: Supervision, chunk: unknown): void {
  if (state.isTold || !bareStatuses.has(response.statusCode)) return
  if (byteLength(chunk, undefined) === 0) return
  state.isTold = true
  state.supervisor.tell?.(response, state.context)
}

/**
 * Gives an answer up whose content has another length than its header section said.
 *
 * @param parameters - Those of `write` or `end`, of which one may be a callback.
 */
function cut(
  response: SupervisedResponse,
  { supervisor, context, below }: Supervision,
  ...parameters: readonly unknown[]
): void {
  supervisor.tell?.(response, context)
  // With the header section alone, too, the client sees that something lacks.
  Reflect.apply(below.flushHeaders, response, [])
  abort(response)
  const callback = callbackOf(...parameters)
  if (callback !== undefined) process.nextTick(callback)
}

/** What the methods of a supervised response do. */
export const supervisedMethods: SupervisedMethods = {
  writeHead(response, state, status, message, fields) {
    // Node calls this, too, when content comes first.
    if (state.begun || !takeHead(response, status, message, fields)) {
      calling(state.below.writeHead).call(response, status, message, fields)
    } else {
      if (state.isAsking) return response
      begin(response, state, unseen)
      // An answer that was replaced is out already.
      if (response.headersSent) return response
      call(response, state, state.below.writeHead, response.statusCode)
    }
    return response
  },

  write(response, state, chunk, encoding, callback) {
    beginWithContent(response, state, { chunk, encoding, isWhole: false })
    if (state.isCut) {
      tellOfContent(response, state, chunk)
      return call(response, state, earlyMethods.write, chunk, encoding, callback)
    }
    if (count(response, state, chunk, encoding) >= 0) {
      return send(response, state, state.below.write, chunk, encoding, callback)
    }
    cut(response, state, encoding, callback)
    return false
  },

  end(response, state, chunk, encoding, callback) {
    if (state.begun && state.isCut) {
      tellOfContent(response, state, chunk)
    } else if (state.begun) {
      const left = count(response, state, chunk, encoding)
      if (left !== 0 && left !== Infinity) {
        // What is too short is worth sending; the client sees that something lacks.
        if (left > 0 && chunk !== undefined) {
          send(response, state, state.below.write, chunk, encoding, undefined)
        }
        cut(response, state, chunk, encoding, callback)
        return response
      }
    } else {
      beginWithContent(response, state, { chunk, encoding, isWhole: true })
    }
    // On HTTP/2, Node's `end` calls `write`.
    state.left = Infinity
    return state.isCut
      ? call(response, state, earlyMethods.end, chunk, encoding, callback)
      : send(response, state, state.below.end, chunk, encoding, callback)
  },

  flushHeaders(response, state) {
    beginWithContent(response, state, unseen)
    return call(response, state, state.isCut ? earlyMethods.end : state.below.flushHeaders)
  },

  ...interimMethods,
}

/**
 * Notes a source, to free it where its content goes nowhere, and to answer where it closes early:
 * with `pipe` alone the client would wait for the rest for ever.
 */
export function noteSource(
  response: SupervisedResponse,
  state: Supervision,
  source: Readable,
): void {
  state.sources ??= new Set()
  state.sources.add(source)
  const others = source.listenerCount('close')
  source.once('close', () => {
    const isWatched = others + source.listenerCount('close') > 0
    const isBegun = response.headersSent
    // Whoever watches the source may end the answer another way.
    setImmediate(() => giveUp(response, state, source, { isWatched, isBegun }))
  })
}

/** Answers where the only source of an answer has closed, and nothing has come in its place. */
function giveUp(
  response: SupervisedResponse,
  state: Supervision,
  source: Readable,
  { isWatched, isBegun }: { readonly isWatched: boolean; readonly isBegun: boolean },
): void {
  const { sources } = state
  // One that ended has been unpiped, or has ended the answer; of several, another goes on.
  if (sources?.delete(source) !== true || sources.size > 0 || response.writableEnded) return
  // A session, or compression, may hold the end of the answer back.
  if (source.readableEnded) return
  if (isBegun) abort(response)
  else if (response.headersSent || isWatched || source.errored !== null) return
  else replace(response, state, createError(500))
}

/** Forgets a source that has been unpiped. */
export function forgetSource({ sources }: Supervision, source: Readable): void {
  sources?.delete(source)
}
