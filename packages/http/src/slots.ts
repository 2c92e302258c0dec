import type { IncomingMessage, ServerResponse } from 'node:http'

/** Where a response has how far it is, and who looks at it. */
export const supervision: unique symbol = Symbol('http-semantics.supervision')

/** Where a response has its security policy. */
export const secured: unique symbol = Symbol('http-semantics.secured')

/** Where a request has its sessions. */
export const requestSessions: unique symbol = Symbol('http-semantics.sessions')

/**
 * Makes room on a request and its response for what this package keeps there, ahead of a framework that
 * gives both another prototype, as Express does: to an object that has got one, V8 of Node 20 takes a
 * microsecond and more to add a property. Where it was not called, room is made when it is needed.
 */
export function reserveSlots(request: IncomingMessage, response: ServerResponse): void {
  Object.assign(response, { [supervision]: undefined, [secured]: undefined })
  Object.assign(request, { [requestSessions]: undefined })
}
