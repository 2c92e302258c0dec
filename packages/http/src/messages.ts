import { IncomingMessage, ServerResponse, type Server } from 'node:http'
import { tellFinished } from './finished.ts'
import { gatherWrites } from './one-write.ts'
import { finished, held, requestSessions, secured, supervision } from './slots.ts'

/**
 * A class of requests with room for what this package keeps there. To an object that has got another
 * prototype, as Express gives all requests and responses, V8 takes a microsecond and more to add a
 * property.
 */
export const roomyRequest: (Base: typeof IncomingMessage) => typeof IncomingMessage = once(
  (Base: typeof IncomingMessage): typeof IncomingMessage =>
    class extends Base {
      static override readonly name = Base.name;
      [requestSessions]: unknown = undefined
    },
)

/** The same of responses, which end by one write, and know who waits for their end. */
export const roomyResponse: (Base: typeof ServerResponse) => typeof ServerResponse = once(
  (Base: typeof ServerResponse): typeof ServerResponse => {
    const Response = class<Request extends IncomingMessage> extends Base<Request> {
      static override readonly name = Base.name;
      [supervision]: unknown = undefined;
      [secured]: unknown = undefined;
      [held]: unknown = undefined;
      [finished]: unknown = undefined
    }
    gatherWrites(Response.prototype)
    tellFinished(Response.prototype)
    return Response
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

/** Where a server has the classes of its messages. */
interface Slot<Class> {
  readonly key: symbol
  readonly Class: Class
}

/** Finds the classes of a server's messages; there are none on one of HTTP/2. */
export function slotsOf(server: Server): {
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
