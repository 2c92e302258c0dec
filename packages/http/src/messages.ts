import { IncomingMessage, ServerResponse, type Server } from 'node:http'
import { requestSessions, secured, supervision } from './slots.ts'

/**
 * A class of requests with room for what this package keeps there. To an object that has got another
 * prototype, as Express gives all requests and responses, V8 takes a microsecond and more to add a
 * property.
 */
const roomyRequest = once(
  (Base: typeof IncomingMessage): typeof IncomingMessage =>
    class extends Base {
      static override readonly name = Base.name;
      [requestSessions]: unknown = undefined
    },
)

/** The same of responses. */
const roomyResponse = once(
  (Base: typeof ServerResponse): typeof ServerResponse =>
    class<Request extends IncomingMessage> extends Base<Request> {
      static override readonly name = Base.name;
      [supervision]: unknown = undefined;
      [secured]: unknown = undefined
    },
)

/** Makes one class of each, so that the servers of an app may share it. */
function once<Class extends object>(make: (Base: Class) => Class): (Base: Class) => Class {
  const classes = new WeakMap<Class, Class>()
  return (Base) => {
    const found = classes.get(Base) ?? make(Base)
    classes.set(Base, found)
    // It has room already.
    classes.set(found, found)
    return found
  }
}

/**
 * Has a server make its requests and responses of such classes, as the options `IncomingMessage` and
 * `ServerResponse` of `createServer` do it. Where Node keeps those elsewhere than it did, and on a server
 * of HTTP/2, nothing happens: room is then made when it is needed (decision 020).
 */
export function prepareMessages(server: Server): void {
  const { request, response } = slotsOf(server)
  if (request !== undefined) Reflect.set(server, request.key, roomyRequest(request.Class))
  if (response !== undefined) Reflect.set(server, response.key, roomyResponse(response.Class))
}

/** What the requests and the responses of an app inherit from. */
export interface MessagePrototypes {
  readonly request: object
  readonly response: object
}

/** Prototypes of an app, and the server that makes its messages with them. */
export interface MadeMessages extends MessagePrototypes {
  /** Has the server make messages as it did before. */
  readonly release: () => void
}

/**
 * Has a server make its messages with what an app would put in place of their prototypes anyway. To an
 * object with another prototype than it was made with, V8 adds each property by a hidden class of its
 * own: nothing that was learned of one request holds for the next, and whatever touches it takes several
 * times as long, in Node and in the framework, too (decision 021).
 *
 * @param server - One that makes messages for this app alone.
 * @param given - What the messages of the app inherit from so far.
 * @returns What they are to inherit from now on, which inherits from that; `undefined` where the server
 * does not tell its classes.
 */
export function makeMessages(server: Server, given: MessagePrototypes): MadeMessages | undefined {
  const { request, response } = slotsOf(server)
  if (request === undefined || response === undefined) return undefined
  const Request = inherit(roomyRequest(request.Class), extendRequest, given.request)
  const Response = inherit(roomyResponse(response.Class), extendResponse, given.response)
  Reflect.set(server, request.key, Request)
  Reflect.set(server, response.key, Response)
  return {
    request: Request.prototype,
    response: Response.prototype,
    release: () => {
      Reflect.set(server, request.key, request.Class)
      Reflect.set(server, response.key, response.Class)
    },
  }
}

/** The classes that were made, by their prototypes, and of what. */
const made = new WeakMap<object, { readonly Base: object; readonly Made: object }>()

/**
 * A class that makes what another one does, with what inherits from a prototype.
 *
 * @param extend - Makes a class that extends it.
 */
function inherit<Class extends { readonly prototype: object }>(
  Base: Class,
  extend: (Base: Class) => Class,
  prototype: object,
): Class {
  const earlier = made.get(prototype)
  // The app has another server already.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was made of that
  if (earlier?.Base === Base) return earlier.Made as Class
  const Made = extend(Base)
  Reflect.deleteProperty(Made.prototype, 'constructor')
  Object.setPrototypeOf(Made.prototype, prototype)
  made.set(Made.prototype, { Base, Made })
  return Made
}

const extendRequest = (Base: typeof IncomingMessage): typeof IncomingMessage =>
  class extends Base {
    static override readonly name = Base.name
  }

const extendResponse = (Base: typeof ServerResponse): typeof ServerResponse =>
  class<Request extends IncomingMessage> extends Base<Request> {
    static override readonly name = Base.name
  }

/** Where a server has the classes of its messages. */
interface Slot<Class> {
  readonly key: symbol
  readonly Class: Class
}

function slotsOf(server: Server): {
  readonly request: Slot<typeof IncomingMessage> | undefined
  readonly response: Slot<typeof ServerResponse> | undefined
} {
  let request: Slot<typeof IncomingMessage> | undefined
  let response: Slot<typeof ServerResponse> | undefined
  for (const key of Object.getOwnPropertySymbols(server)) {
    const Class: unknown = Reflect.get(server, key)
    if (isClassOf(Class, IncomingMessage)) request = { key, Class }
    else if (isClassOf(Class, ServerResponse)) response = { key, Class }
  }
  return { request, response }
}

/** Whether a value is a class, or one that inherits from it. */
const isClassOf = <Class extends { readonly prototype: object }>(
  value: unknown,
  ancestor: Class,
): value is Class =>
  typeof value === 'function' &&
  (Object.is(value, ancestor) || Object.prototype.isPrototypeOf.call(ancestor, value))
