import { validateHeaderValue, type ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { prepareError, prepareOptions } from './answer.ts'
import type { Verdict } from './guard.ts'
import { earlyChunk, earlyMethods, endEarly, endLate } from './head.ts'

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
  /**
   * Called when the answer was replaced, just before the header section of the new one leaves: the
   * fields that do not describe content are still those of the old one.
   *
   * @param verdict - What {@link begin} returned.
   */
  amend?(
    response: ServerResponse,
    chunk: unknown,
    context: Context,
    verdict: Exclude<Verdict, undefined>,
  ): void
}

/** The methods of a response by which its header section leaves. */
type ResponseMethods = Pick<ServerResponse, 'writeHead' | 'write' | 'end' | 'flushHeaders'>

/** How far an answer is, and who looks at it. */
class Supervision {
  readonly supervisor: Supervisor<unknown>
  readonly context: unknown
  /** The methods to call in the end. */
  readonly below: ResponseMethods
  /** `writeHead` while nobody has wrapped it. */
  readonly unwrapped: unknown
  readonly sources = new Set<Readable>()
  begun = false
  /** Whether whatever wraps `writeHead` is being asked for its fields. */
  isAsking = false
  /** Whether content goes nowhere: the status has none, or the answer was replaced. */
  isCut = false

  constructor(
    supervisor: Supervisor<unknown>,
    context: unknown,
    below: ResponseMethods,
    unwrapped: unknown,
  ) {
    this.supervisor = supervisor
    this.context = context
    this.below = below
    this.unwrapped = unwrapped
  }
}

const supervision = Symbol('http-semantics.supervision')

interface SupervisedResponse extends ServerResponse {
  [supervision]: Supervision
}

/** Statuses whose answers end with the header section (1xx never get here). */
const bareStatuses: ReadonlySet<number> = new Set([204, 205, 304])

/** Whether Node takes a status: where it does not, it throws before anything leaves. */
const isStatus = (code: number): boolean => Math.trunc(code) >= 100 && code < 1000

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
function begin(response: SupervisedResponse, chunk: unknown): void {
  const state = response[supervision]
  if (state.begun || response.headersSent || !isStatus(response.statusCode)) return
  state.begun = true
  const { supervisor, context, sources, below } = state
  const first = chunk ?? earlyChunk(response)
  const verdict = supervisor.begin(response, first, context)
  if (verdict === undefined) {
    if (bareStatuses.has(response.statusCode)) {
      // Of these, only a 205 is framed by a length.
      if (response.statusCode === 205) response.setHeader('Content-Length', '0')
      state.isCut = endEarly(response, { sources, below })
    }
    return
  }
  let content: string | undefined
  if (verdict instanceof Error) content = prepareError(verdict, response.req, response)
  else prepareOptions(verdict, response)
  supervisor.amend?.(response, content, context, verdict)
  // Whatever wraps it has been asked.
  Object.assign(response, { writeHead })
  Reflect.apply(below.end, response, content === undefined ? [] : [content])
  state.isCut = endEarly(response, { sources, below, ended: true })
}

/** The same, from a method that is not `writeHead`. */
function beginWithContent(response: SupervisedResponse, chunk: unknown): void {
  if (response[supervision].begun || response.headersSent) return
  askWrappers(response)
  begin(response, chunk)
}

function writeHead(this: SupervisedResponse, ...parameters: unknown[]): SupervisedResponse {
  const state = this[supervision]
  // Node calls this, too, when content comes first.
  if (state.begun || !takeHead(this, parameters)) {
    Reflect.apply(state.below.writeHead, this, parameters)
    return this
  }
  if (state.isAsking) return this
  begin(this, undefined)
  // An answer that was replaced is out already.
  if (!this.headersSent) Reflect.apply(state.below.writeHead, this, [this.statusCode])
  return this
}

/**
 * Puts what was given to `writeHead` onto the response, where the rules can see it.
 *
 * @returns `false` where Node throws for what was given.
 */
function takeHead(response: ServerResponse, [status, ...rest]: unknown[]): boolean {
  if (response.headersSent || !isStatus(Number(status))) return false
  const fields = rest.at(-1)
  if (Array.isArray(fields) && !Array.isArray(fields[0]) && fields.length % 2 === 1) return false
  response.statusCode = Math.trunc(Number(status))
  const [message] = rest
  if (typeof message === 'string') response.statusMessage = message
  if (typeof fields !== 'object' || fields === null) return true
  const seen = new Set<string>()
  for (const [name, value] of pairsOf(fields)) {
    const key = name.toLowerCase()
    // Lists of names and values may have a name twice: the lines add up.
    const before = seen.has(key) ? [response.getHeader(key) ?? []].flat().map(String) : []
    seen.add(key)
    const lines = Array.isArray(value) ? value.map(String) : [checkValue(name, value)]
    const all = [...before, ...lines]
    response.setHeader(name, all.length === 1 ? (all[0] ?? '') : all)
  }
  return true
}

/** The fields in each of the forms that `writeHead` takes: an object, a flat list, a list of pairs. */
function pairsOf(fields: object): [name: string, value: unknown][] {
  if (!Array.isArray(fields)) return Object.entries(fields)
  if (Array.isArray(fields[0])) {
    return fields.map(([name, value]: [unknown, unknown]) => [String(name), value])
  }
  return Array.from({ length: fields.length / 2 }, (_, index) => [
    String(fields[2 * index]),
    fields[2 * index + 1],
  ])
}

/** @throws TypeError for a value that is missing, as Node does. */
function checkValue(name: string, value: unknown): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whatever it is, Node checks it
  validateHeaderValue(name, value as string)
  return String(value)
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
    if (!response.headersSent) {
      state.begun = false
      if (state.isCut) endLate(response)
      state.isCut = false
    }
    throw error
  }
}

function flushHeaders(this: SupervisedResponse): void {
  beginWithContent(this, undefined)
  const { isCut, below } = this[supervision]
  if (isCut) call(this, earlyMethods.end, [])
  else call(this, below.flushHeaders, [])
}

function write(this: SupervisedResponse, ...parameters: unknown[]): unknown {
  beginWithContent(this, parameters[0])
  const { isCut, below } = this[supervision]
  return call(this, isCut ? earlyMethods.write : below.write, parameters)
}

function end(this: SupervisedResponse, ...parameters: unknown[]): unknown {
  const [chunk] = parameters
  beginWithContent(this, typeof chunk === 'function' ? undefined : chunk)
  const { isCut, below } = this[supervision]
  return call(this, isCut ? earlyMethods.end : below.end, parameters)
}

/**
 * Notes a source, to free it where its content goes nowhere, and to cut the connection where the
 * source closes halfway: with `pipe` alone the client would wait for the rest for ever.
 */
function onPipe(this: SupervisedResponse, source: Readable): void {
  const { sources } = this[supervision]
  sources.add(source)
  if (sources.size === 1) this.on('unpipe', onUnpipe)
  source.once('close', () => {
    // One that ended has been unpiped, or has ended the answer.
    if (sources.has(source) && this.headersSent && !this.writableEnded) this.destroy()
  })
}

function onUnpipe(this: SupervisedResponse, source: Readable): void {
  this[supervision].sources.delete(source)
}

const methods = { writeHead, write, end, flushHeaders }

/** The methods as they are now, to be called on the response alone. */
const methodsOf = (response: ResponseMethods): ResponseMethods => ({
  // oxlint-disable typescript/unbound-method
  writeHead: response.writeHead,
  write: response.write,
  end: response.end,
  flushHeaders: response.flushHeaders,
  // oxlint-enable typescript/unbound-method
})

/** Notes who supervises a response whose methods are ours, or are about to be. */
function note(response: ServerResponse, state: Supervision): void {
  Object.assign(response, { [supervision]: state })
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
  if (supervision in response) return
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
 * @returns Supervises a response from now on, for those that do reach our middleware. `isUnderWay`:
 * the response began before this call; what wraps its methods by now goes past those of the prototype.
 */
export function supervisePrototype<Context>(
  prototype: ServerResponse,
  supervisor: Supervisor<Context>,
  contextOf: (response: ServerResponse) => Context,
): (response: ServerResponse, isUnderWay?: boolean) => void {
  const below = methodsOf(prototype)
  const start = (response: ServerResponse, isUnderWay = false): void => {
    if (supervision in response) return
    const context = contextOf(response)
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
  for (const name of ['writeHead', 'write', 'end', 'flushHeaders'] as const) {
    const method = methods[name]
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: ServerResponse, ...parameters: unknown[]): unknown {
        start(this)
        return Reflect.apply(method, this, parameters)
      },
    })
  }
  const own = methodsOf(prototype)
  return start
}
