import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { prepareFields } from './out-fields.ts'
import { methodsOf, type ResponseMethods } from './response-methods.ts'
import { supervision } from './slots.ts'
import {
  Supervision,
  type SupervisableResponse,
  type SupervisedResponse,
  type Supervisor,
} from './supervised.ts'
import { calling, forgetSource, noteSource, supervisedMethods, type Method } from './supervision.ts'
import { abort, isHttp2 } from './transport.ts'

type Name = keyof ResponseMethods

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- there are no others
const names = Object.keys(supervisedMethods) as readonly Name[]

/** The methods of one supervised response. */
const methods: Readonly<Record<Name, Method>> = {
  writeHead: methodOf('writeHead'),
  write: methodOf('write'),
  end: methodOf('end'),
  flushHeaders: methodOf('flushHeaders'),
  writeContinue: methodOf('writeContinue'),
  writeProcessing: methodOf('writeProcessing'),
  writeEarlyHints: methodOf('writeEarlyHints'),
}

function methodOf(name: Name): Method {
  const supervised = supervisedMethods[name]
  return function (this: ServerResponse, first, second, third) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whoever has the method is one
    const response = this as SupervisedResponse
    return supervised(response, response[supervision], first, second, third)
  }
}

/** Frameworks give up an answer by this, which HTTP/2 would take for its regular end. */
function destroy(this: ServerResponse): ServerResponse {
  if (!this.writableEnded) abort(this)
  return this
}

function adaptDestroy(response: ServerResponse): void {
  if (isHttp2(response)) Object.assign(response, { destroy })
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

function onPipe(this: SupervisedResponse, source: Readable): void {
  const state = this[supervision]
  if (state.sources === undefined) this.on('unpipe', onUnpipe)
  noteSource(this, state, source)
}

function onUnpipe(this: SupervisedResponse, source: Readable): void {
  forgetSource(this[supervision], source)
}

/** Gives a response methods of its own, and notes who supervises it. */
function own(response: SupervisableResponse, state: Supervision): void {
  // One by one: `Object.assign` takes eight times as long.
  const target: Record<Name, unknown> = response
  target.writeHead = methods.writeHead
  target.write = methods.write
  target.end = methods.end
  target.flushHeaders = methods.flushHeaders
  target.writeContinue = methods.writeContinue
  target.writeProcessing = methods.writeProcessing
  target.writeEarlyHints = methods.writeEarlyHints
  response[supervision] = state
  prepareFields(response)
  adaptDestroy(response)
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
  own(response, new Supervision(supervisor, context, methodsOf(response), methods.writeHead))
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
  const isBare = names.every((name) => !Object.hasOwn(prototype, name))
  // Methods that the prototype has of its own may call those of the shared one.
  const isShared = shared !== undefined && isBare
  const below = isShared ? followPrototype(shared) : methodsOf(prototype)
  if (!isShared) watchPipes(prototype, below)
  const note = (response: SupervisableResponse): Supervision => {
    const state = new Supervision(supervisor, contextOf(response), below, unwrapped)
    response[supervision] = state
    prepareFields(response)
    // As it is where a bridge brings requests of HTTP/2 to an app.
    if (response.req.httpVersionMajor >= 2) adaptDestroy(response)
    return state
  }
  lead(prototype, below, (response) => response[supervision] ?? note(response))
  // oxlint-disable-next-line typescript/unbound-method -- to compare with
  const { writeHead: unwrapped } = prototype
  return (response, isUnderWay = false) => {
    if (isSupervised(response)) {
      replaceSupervisor(response, supervisor, contextOf(response))
    } else if (isUnderWay && Object.hasOwn(response, 'writeHead')) {
      const wrapped = Object.entries(methodsOf(response)).filter(([name]) =>
        Object.hasOwn(response, name),
      )
      const all: ResponseMethods = Object.assign({ ...below }, Object.fromEntries(wrapped))
      own(response, new Supervision(supervisor, contextOf(response), all, methods.writeHead))
    } else {
      note(response)
    }
  }
}

/** A response of which the caller has seen that it is supervised. */
const supervised = (response: SupervisableResponse): SupervisedResponse =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  response as SupervisedResponse

/** What is called in the end by the methods that lead to supervision. */
const originalMethods = new WeakMap<object, unknown>()

/** The method that one of ours stands for on a prototype; any other value is what it is. */
export const originalOf = (value: unknown): unknown =>
  typeof value === 'function' ? (originalMethods.get(value) ?? value) : value

/** Puts a method in place of another. */
function define(
  prototype: ServerResponse,
  name: string,
  original: Method,
  value: (this: SupervisableResponse, ...parameters: unknown[]) => unknown,
): void {
  Object.defineProperty(prototype, name, { configurable: true, writable: true, value })
  originalMethods.set(value, original)
}

/**
 * Has the methods of a prototype lead to supervision.
 *
 * @param below - What they were; by these a response is known that is supervised by this prototype. Where a
 * partial supervisor came first, its methods stand on the response and call those of the prototype.
 * @param stateOf - How far a response is, where it is supervised.
 */
function lead(
  prototype: ServerResponse,
  below: ResponseMethods,
  stateOf: (response: SupervisableResponse) => Supervision | undefined,
): void {
  for (const name of names) {
    const original = calling(below[name])
    define(prototype, name, original, function (first, second, third) {
      const state = stateOf(this)
      if (state?.below !== below) return original.call(this, first, second, third)
      return supervisedMethods[name](supervised(this), state, first, second, third)
    })
  }
}

/**
 * Notes the sources of responses without a listener on each: to add one to a response that has got
 * another prototype takes longer than all the rules.
 *
 * @param below - How the responses are known that get their methods from the prototype.
 */
function watchPipes(prototype: ServerResponse, below: ResponseMethods): void {
  // oxlint-disable-next-line typescript/unbound-method -- called on the response
  const emit = calling(prototype.emit)
  define(prototype, 'emit', emit, function (name, ...parameters) {
    if (name === 'pipe' || name === 'unpipe') {
      const isOurs = this[supervision]?.below === below
      if (isOurs) Reflect.apply(name === 'pipe' ? onPipe : onUnpipe, this, parameters)
    }
    // Mostly there are none, and to hand on none is cheaper.
    return parameters.length === 0 ? emit.call(this, name) : emit.call(this, name, ...parameters)
  })
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
  watchPipes(shared, originals)
  lead(shared, originals, (response) => response[supervision])
  return originals
}
