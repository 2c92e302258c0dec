/** Where a response has how far it is, and who looks at it. */
export const supervision: unique symbol = Symbol('http-semantics.supervision')

/** Where a response has its security policy. */
export const secured: unique symbol = Symbol('http-semantics.secured')

/** Where a request has its sessions. */
export const requestSessions: unique symbol = Symbol('http-semantics.sessions')

/** Where a response holds its content while Node ends it. */
export const held: unique symbol = Symbol('http-semantics.held')

/** Where a response has who is told that it is over. */
export const finished: unique symbol = Symbol('http-semantics.finished')
