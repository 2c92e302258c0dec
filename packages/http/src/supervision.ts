import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { prepareError, prepareOptions } from './answer.ts'
import type { Verdict } from './guard.ts'
import { earlyChunk, endEarly } from './head.ts'

/** Who looks at every answer of an app as it begins. */
export interface Supervisor<Context> {
  /**
   * Called once for every answer, just before its header section leaves.
   *
   * @param response - The response; its status and fields may be changed.
   * @param chunk - The first of the content, where it comes together with the header section.
   * @param context - What the framework has for this request.
   * @returns What to answer instead, or `undefined`.
   */
  begin(response: ServerResponse, chunk: unknown, context: Context): Verdict
}

/** The methods of a response by which its header section leaves. */
export interface ResponseMethods {
  readonly writeHead: ServerResponse['writeHead']
  readonly write: ServerResponse['write']
  readonly end: ServerResponse['end']
  readonly flushHeaders: ServerResponse['flushHeaders']
}

interface Supervision extends ResponseMethods {
  readonly supervisor: Supervisor<unknown>
  readonly context: unknown
  readonly sources: Readable[]
  begun: boolean
}

const supervision = Symbol('http-semantics.supervision')

interface SupervisedResponse extends ServerResponse {
  [supervision]: Supervision
}

/** Statuses whose answers end with the header section (1xx never get here). */
const bareStatuses: ReadonlySet<number> = new Set([204, 205, 304])

/**
 * Has the supervisor look at the answer, the first time.
 *
 * @returns Whether from now on the response has other methods, to be called in place of these:
 * its content is cut, or the answer was replaced.
 */
function begin(response: SupervisedResponse, chunk: unknown): boolean {
  const state = response[supervision]
  if (state.begun) return false
  state.begun = true
  const { supervisor, context, sources } = state
  const verdict = supervisor.begin(response, chunk ?? earlyChunk(response), context)
  if (verdict === undefined) {
    return bareStatuses.has(response.statusCode) && endEarly(response, { sources })
  }
  if (verdict instanceof Error) {
    Reflect.apply(state.end, response, [prepareError(verdict, response.req, response)])
  } else {
    prepareOptions(verdict, response)
    Reflect.apply(state.end, response, [])
  }
  endEarly(response, { sources, ended: true })
  return true
}

function writeHead(this: SupervisedResponse, ...parameters: unknown[]): SupervisedResponse {
  if (this[supervision].begun) {
    // Node calls this, too, when content comes first.
    Reflect.apply(this[supervision].writeHead, this, parameters)
    return this
  }
  takeHead(this, parameters)
  begin(this, undefined)
  // An answer that was replaced is out already.
  if (!this.headersSent) Reflect.apply(this[supervision].writeHead, this, [this.statusCode])
  return this
}

/** Puts what was given to `writeHead` onto the response, where the rules can see it. */
function takeHead(response: ServerResponse, [status, ...rest]: unknown[]): void {
  if (typeof status === 'number') response.statusCode = status
  const [message] = rest
  if (typeof message === 'string') response.statusMessage = message
  const fields = rest.at(-1)
  if (typeof fields !== 'object' || fields === null) return
  const pairs: [unknown, unknown][] = !Array.isArray(fields)
    ? Object.entries(fields)
    : Array.isArray(fields[0])
      ? fields
      : Array.from({ length: fields.length / 2 }, (_, index) => [
          fields[2 * index],
          fields[2 * index + 1],
        ])
  const seen = new Set<string>()
  for (const [name, value] of pairs) {
    if (value === undefined) continue
    const key = String(name).toLowerCase()
    // Lists of names and values may have a name twice: the lines add up.
    const before = seen.has(key) ? [response.getHeader(key) ?? []].flat().map(String) : []
    seen.add(key)
    const lines = Array.isArray(value) ? value.map(String) : [String(value)]
    const all = [...before, ...lines]
    response.setHeader(String(name), all.length === 1 ? (all[0] ?? '') : all)
  }
}

function flushHeaders(this: SupervisedResponse): void {
  if (begin(this, undefined)) this.flushHeaders()
  else Reflect.apply(this[supervision].flushHeaders, this, [])
}

function write(this: SupervisedResponse, ...parameters: unknown[]): unknown {
  return begin(this, parameters[0])
    ? Reflect.apply(this.write, this, parameters)
    : Reflect.apply(this[supervision].write, this, parameters)
}

function end(this: SupervisedResponse, ...parameters: unknown[]): unknown {
  const [chunk] = parameters
  return begin(this, typeof chunk === 'function' ? undefined : chunk)
    ? Reflect.apply(this.end, this, parameters)
    : Reflect.apply(this[supervision].end, this, parameters)
}

function onPipe(this: SupervisedResponse, source: Readable): void {
  this[supervision].sources.push(source)
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
 * @param below - The methods to call in the end. Default: those the response has now.
 */
export function supervise<Context>(
  response: ServerResponse,
  supervisor: Supervisor<Context>,
  context: Context,
  below: ResponseMethods = response,
): void {
  if (supervision in response) return
  const state: Supervision = {
    supervisor,
    context,
    writeHead: below.writeHead,
    write: below.write,
    end: below.end,
    flushHeaders: below.flushHeaders,
    sources: [],
    begun: false,
  }
  Object.assign(response, { [supervision]: state, writeHead, write, end, flushHeaders })
  response.on('pipe', onPipe)
}

/**
 * Has a supervisor look at all answers that get their methods from one prototype, also those of
 * requests that a middleware ahead of ours answered. Each is supervised as it begins.
 *
 * @param prototype - What the responses of an app inherit from, such as Express' `app.response`.
 * @param contextOf - What the framework has for the request of a response.
 * @returns Supervises a response from now on, for those that do reach our middleware.
 */
export function supervisePrototype<Context>(
  prototype: ServerResponse,
  supervisor: Supervisor<Context>,
  contextOf: (response: ServerResponse) => Context,
): (response: ServerResponse) => void {
  const { writeHead, write, end, flushHeaders } = prototype
  const below: ResponseMethods = { writeHead, write, end, flushHeaders }
  const start = (response: ServerResponse): void =>
    supervise(response, supervisor, contextOf(response), below)
  for (const name of ['writeHead', 'write', 'end', 'flushHeaders'] as const) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: ServerResponse, ...parameters: unknown[]): unknown {
        start(this)
        return Reflect.apply(this[name], this, parameters)
      },
    })
  }
  return start
}
