import { IncomingMessage, ServerResponse, type Server } from 'node:http'
import { requestSessions, secured, supervision } from './slots.ts'

/**
 * A class of requests with room for what this package keeps there. To an object that has got another
 * prototype, as Express gives all requests and responses, V8 takes a microsecond and more to add a
 * property.
 */
const roomyRequest = (Base: typeof IncomingMessage): typeof IncomingMessage =>
  class extends Base {
    static override readonly name = Base.name;
    [requestSessions]: unknown = undefined
  }

/** The same of responses. */
const roomyResponse = (Base: typeof ServerResponse): typeof ServerResponse =>
  class<Request extends IncomingMessage> extends Base<Request> {
    static override readonly name = Base.name;
    [supervision]: unknown = undefined;
    [secured]: unknown = undefined
  }

/**
 * Has a server make its requests and responses of such classes, as the options `IncomingMessage` and
 * `ServerResponse` of `createServer` do it. Where Node keeps those elsewhere than it did, and on a server
 * of HTTP/2, nothing happens: room is then made when it is needed (decision 020).
 */
export function prepareMessages(server: Server): void {
  for (const key of Object.getOwnPropertySymbols(server)) {
    const Base: unknown = Reflect.get(server, key)
    if (isClassOf(Base, IncomingMessage)) Reflect.set(server, key, roomyRequest(Base))
    else if (isClassOf(Base, ServerResponse)) Reflect.set(server, key, roomyResponse(Base))
  }
}

/** Whether a value is a class, or one that inherits from it. */
const isClassOf = <Class extends { readonly prototype: object }>(
  value: unknown,
  ancestor: Class,
): value is Class =>
  typeof value === 'function' &&
  (Object.is(value, ancestor) || Object.prototype.isPrototypeOf.call(ancestor, value))
