import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import createError from 'http-errors'
import { prepareBare, prepareError } from './answer.ts'
import { byteLength, declaredLength, unseen, type FirstContent } from './content.ts'
import type { Verdict } from './guard.ts'
import { callbackOf, earlyContent, earlyMethods, endEarly, endLate } from './head.ts'
import { interimMethods } from './interim.ts'
import { supervision } from './slots.ts'
import {
  Supervision,
  type ResponseMethods,
  type SupervisableResponse,
  type SupervisedResponse,
  type Supervisor,
} from './supervised.ts'
import { abort, isHttp2 } from './transport.ts'
import { isStatus, takeHead } from './write-head.ts'

/** Statuses whose answers end with the header section (1xx never get here). */
const bareStatuses: ReadonlySet<number> = new Set([204, 205, 304])

/**
 * Has whatever wraps `writeHead`, such as `on-headers`, set its fields before the rules look at them.
 * Each is called once: Node's own call then goes past them.
 */
function askWrappers(response: SupervisedResponse): void {
  const state = response[supervision]
  if (response.writeHead === state.unwrapped) return
  state.isAsking = true
  try {
    response.writeHead(response.statusCode)
  } finally {
    state.isAsking = false
  }
  Object.assign(response, { writeHead })
}

/** Has the supervisor look at the answer, the first time. */
function begin(response: SupervisedResponse, content: FirstContent): void {
  const state = response[supervision]
  const status = Math.trunc(response.statusCode)
  if (state.begun || response.headersSent || !isStatus(status)) return
  // Node takes a text, or a fraction, for the number in it.
  if (response.statusCode !== status) response.statusCode = status
  state.begun = true
  const { supervisor, context, sources, below } = state
  const first = content.chunk === undefined ? (earlyContent(response) ?? content) : content
  const verdict = supervisor.begin(response, first, context)
  if (verdict !== undefined) {
    replace(response, verdict)
  } else if (bareStatuses.has(response.statusCode)) {
    // Of these, only a 205 is framed by a length.
    if (response.statusCode === 205) response.setHeader('Content-Length', '0')
    state.isCut = endEarly(response, { sources, below })
  }
}

/** Answers something else, and has what the handler still writes go nowhere. */
function replace(response: SupervisedResponse, verdict: Exclude<Verdict, undefined>): void {
  const state = response[supervision]
  const { supervisor, context, sources, below } = state
  state.begun = true
  // What its handler still writes was meant for another answer.
  state.isTold = true
  let chunk: string | undefined
  if (verdict instanceof Error) chunk = prepareError(verdict, response.req, response)
  else prepareBare(verdict, response)
  supervisor.amend?.(response, { chunk, isWhole: true }, context, verdict)
  // Whatever wraps it has been asked.
  Object.assign(response, { writeHead })
  Reflect.apply(below.end, response, chunk === undefined ? [] : [chunk])
  state.isCut = endEarly(response, { sources, below, ended: true })
}

/** The same, from a method that is not `writeHead`. */
function beginWithContent(response: SupervisedResponse, content: FirstContent): void {
  const state = response[supervision]
  if (state.begun || response.headersSent) {
    // A wrapper of `writeHead` that sends the header section before it returns.
    if (response.headersSent) state.supervisor.written?.(response)
    return
  }
  // One that does so while it is asked.
  if (!state.isAsking) askWrappers(response)
  begin(response, content)
}

function writeHead(this: SupervisedResponse, ...parameters: unknown[]): SupervisedResponse {
  const state = this[supervision]
  // Node calls this, too, when content comes first.
  if (state.begun || !takeHead(this, parameters)) {
    Reflect.apply(state.below.writeHead, this, parameters)
  } else {
    if (state.isAsking) return this
    begin(this, unseen)
    // An answer that was replaced is out already.
    if (this.headersSent) return this
    call(this, state.below.writeHead, [this.statusCode])
  }
  state.supervisor.written?.(this)
  return this
}

/**
 * Calls a method of the response. Where Node throws for what it was to send, nothing has left, and
 * the answer to that error begins anew.
 */
function call(
  response: SupervisedResponse,
  method: (this: never, ...parameters: never[]) => unknown,
  parameters: readonly unknown[],
): unknown {
  try {
    return Reflect.apply(method, response, parameters)
  } catch (error) {
    const state = response[supervision]
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
    replace(response, createError(500))
    return undefined
  }
}

function flushHeaders(this: SupervisedResponse): void {
  beginWithContent(this, unseen)
  const { isCut, below } = this[supervision]
  if (isCut) call(this, earlyMethods.end, [])
  else call(this, below.flushHeaders, [])
}

function write(this: SupervisedResponse, ...parameters: unknown[]): unknown {
  const [chunk, encoding] = parameters
  beginWithContent(this, { chunk, encoding, isWhole: false })
  const state = this[supervision]
  if (state.isCut) {
    tellOfContent(this, chunk)
    return call(this, earlyMethods.write, parameters)
  }
  if (count(this, chunk, encoding) >= 0) return call(this, state.below.write, parameters)
  cut(this, parameters)
  return false
}

function end(this: SupervisedResponse, ...parameters: unknown[]): unknown {
  const [chunk, encoding] = parameters
  const state = this[supervision]
  if (state.begun && state.isCut) {
    tellOfContent(this, chunk)
  } else if (state.begun) {
    const left = count(this, chunk, encoding)
    if (left !== 0 && left !== Infinity) {
      // What is too short is worth sending; the client sees that something lacks.
      if (left > 0 && chunk !== undefined) call(this, state.below.write, parameters.slice(0, 2))
      cut(this, parameters)
      return this
    }
  } else {
    beginWithContent(this, { chunk, encoding, isWhole: true })
  }
  // On HTTP/2, Node's `end` calls `write`.
  state.left = Infinity
  return call(this, state.isCut ? earlyMethods.end : state.below.end, parameters)
}

/** Counts content, and returns how much is still to come. */
function count(response: SupervisedResponse, chunk: unknown, encoding: unknown): number {
  const state = response[supervision]
  state.left ??= declaredLength(response)
  if (state.left !== Infinity) state.left -= byteLength(chunk, encoding)
  return state.left
}

/** Tells once of content that comes behind the header section of an answer that has none. */
function tellOfContent(response: SupervisedResponse, chunk: unknown): void {
  const state = response[supervision]
  if (state.isTold || !bareStatuses.has(response.statusCode)) return
  if (byteLength(chunk, undefined) === 0) return
  state.isTold = true
  state.supervisor.tell?.(response, state.context)
}

/** Gives an answer up whose content has another length than its header section said. */
function cut(response: SupervisedResponse, parameters: readonly unknown[]): void {
  const { supervisor, context, below } = response[supervision]
  supervisor.tell?.(response, context)
  // With the header section alone, too, the client sees that something lacks.
  Reflect.apply(below.flushHeaders, response, [])
  abort(response)
  const callback = callbackOf(...parameters)
  if (callback !== undefined) process.nextTick(callback)
}

/**
 * Notes a source, to free it where its content goes nowhere, and to answer where it closes early:
 * with `pipe` alone the client would wait for the rest for ever.
 */
function onPipe(this: SupervisedResponse, source: Readable): void {
  const state = this[supervision]
  state.sources.add(source)
  if (!state.isPiped) this.on('unpipe', onUnpipe)
  state.isPiped = true
  const others = source.listenerCount('close')
  source.once('close', () => {
    const isWatched = others + source.listenerCount('close') > 0
    const isBegun = this.headersSent
    // Whoever watches the source may end the answer another way.
    setImmediate(() => giveUp(this, source, { isWatched, isBegun }))
  })
}

/** Answers where the only source of an answer has closed, and nothing has come in its place. */
function giveUp(
  response: SupervisedResponse,
  source: Readable,
  { isWatched, isBegun }: { readonly isWatched: boolean; readonly isBegun: boolean },
): void {
  const { sources } = response[supervision]
  // One that ended has been unpiped, or has ended the answer; of several, another goes on.
  if (!sources.delete(source) || sources.size > 0 || response.writableEnded) return
  // A session, or compression, may hold the end of the answer back.
  if (source.readableEnded) return
  if (isBegun) abort(response)
  else if (response.headersSent || isWatched || source.errored !== null) return
  else replace(response, createError(500))
}

function onUnpipe(this: SupervisedResponse, source: Readable): void {
  this[supervision].sources.delete(source)
}

const methods = {
  writeHead,
  write,
  end,
  flushHeaders,
  ...interimMethods,
}

/** The methods as they are now, to be called on the response alone. */
const methodsOf = (response: ResponseMethods): ResponseMethods => ({
  // oxlint-disable typescript/unbound-method
  writeHead: response.writeHead,
  write: response.write,
  end: response.end,
  flushHeaders: response.flushHeaders,
  writeContinue: response.writeContinue,
  writeProcessing: response.writeProcessing,
  writeEarlyHints: response.writeEarlyHints,
  // oxlint-enable typescript/unbound-method
})

/** Frameworks give up an answer by this, which HTTP/2 would take for its regular end. */
function destroy(this: ServerResponse): ServerResponse {
  if (!this.writableEnded) abort(this)
  return this
}

const isSupervised = (response: SupervisableResponse): response is SupervisedResponse =>
  response[supervision] !== undefined

/** Has another supervisor go on where a partial one began. */
function replaceSupervisor<Context>(
  { [supervision]: state }: SupervisedResponse,
  supervisor: Supervisor<Context>,
  context: Context,
): void {
  if (state.begun || state.supervisor.isPartial !== true) return
  state.supervisor = supervisor
  state.context = context
}

/** Notes who supervises a response whose methods are ours, or are about to be. */
function note(response: SupervisableResponse, state: Supervision): void {
  response[supervision] = state
  if (isHttp2(response)) Object.assign(response, { destroy })
  response.on('pipe', onPipe)
}

/**
 * Has a supervisor look at an answer as it begins, and replaces or cuts it as the supervisor says:
 * whatever produced it, a handler, an error page, a static middleware or a stream.
 *
 * The functions are shared by all responses, and stand on the response itself, so that whatever
 * wrapped its methods before stays below, and whatever wraps them later stays above.
 *
 * @param response - A response of which nothing has been sent.
 * @param supervisor - Who looks at it.
 * @param context - What the framework has for this request, handed to the supervisor.
 */
export function supervise<Context>(
  response: ServerResponse,
  supervisor: Supervisor<Context>,
  context: Context,
): void {
  if (isSupervised(response)) return replaceSupervisor(response, supervisor, context)
  const below = methodsOf(response)
  Object.assign(response, methods)
  note(response, new Supervision(supervisor, context, below, writeHead))
}

/**
 * Has a supervisor look at all answers that get their methods from one prototype, also those of
 * requests that a middleware ahead of ours answered. Whatever wraps the methods of a response stays
 * above.
 *
 * @param prototype - What the responses of an app inherit from, such as Express' `app.response`.
 * @param contextOf - What the framework has for the request of a response.
 * @param shared - What such prototypes inherit from, such as `express.response`. With it, a response
 * stays supervised where another app that a handler calls, for another host, say, puts a prototype of
 * its own in place. Other responses are not touched.
 * @returns Supervises a response from now on, for those that do reach our middleware. `isUnderWay`:
 * the response began before this call; what wraps its methods by now goes past those of the prototype.
 */
export function supervisePrototype<Context>(
  prototype: ServerResponse,
  supervisor: Supervisor<Context>,
  contextOf: (response: ServerResponse) => Context,
  shared?: ServerResponse,
): (response: ServerResponse, isUnderWay?: boolean) => void {
  const isBare = Object.keys(methods).every((name) => !Object.hasOwn(prototype, name))
  // Methods that the prototype has of its own may call those of the shared one.
  const below = shared !== undefined && isBare ? followPrototype(shared) : methodsOf(prototype)
  const start = (response: ServerResponse, isUnderWay = false): void => {
    const context = contextOf(response)
    if (isSupervised(response)) return replaceSupervisor(response, supervisor, context)
    if (isUnderWay && Object.hasOwn(response, 'writeHead')) {
      const wrapped = Object.entries(methodsOf(response)).filter(([name]) =>
        Object.hasOwn(response, name),
      )
      const all: ResponseMethods = Object.assign({ ...below }, Object.fromEntries(wrapped))
      Object.assign(response, methods)
      note(response, new Supervision(supervisor, context, all, methods.writeHead))
    } else {
      note(response, new Supervision(supervisor, context, below, own.writeHead))
    }
  }
  for (const [name, method] of Object.entries(methods)) {
    const [, original = method] = Object.entries(below).find(([key]) => key === name) ?? []
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: ServerResponse, ...parameters: unknown[]): unknown {
        start(this)
        // Where a partial supervisor came first, its methods stand on the response and call these.
        const isOurs = !isSupervised(this) || this[supervision].below === below
        return Reflect.apply(isOurs ? method : original, this, parameters)
      },
    })
  }
  const own = methodsOf(prototype)
  return start
}

/** The methods that {@link followPrototype} put others in place of. */
const originalsOf = new WeakMap<object, ResponseMethods>()

/**
 * Has a prototype that many apps share lead to supervision, for the responses that are supervised by
 * the prototype of their own app.
 *
 * @returns The methods of a response without supervision.
 */
function followPrototype(shared: ServerResponse): ResponseMethods {
  const earlier = originalsOf.get(shared)
  if (earlier !== undefined) return earlier
  const originals = methodsOf(shared)
  originalsOf.set(shared, originals)
  for (const [name, original] of Object.entries(originals)) {
    const method: unknown = Reflect.get(methods, name)
    if (typeof method !== 'function') continue
    Object.defineProperty(shared, name, {
      configurable: true,
      writable: true,
      value(this: ServerResponse, ...parameters: unknown[]): unknown {
        const isOurs = isSupervised(this) && this[supervision].below === originals
        return Reflect.apply(isOurs ? method : original, this, parameters)
      },
    })
  }
  return originals
}
