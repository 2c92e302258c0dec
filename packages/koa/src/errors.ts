import { hasEndedEarly, prepareError } from '@http-semantics/http'
import type Application from 'koa'
import type { Context } from 'koa'
import { inspect } from 'node:util'

/**
 * Answers errors of an app with problem details, in place of Koa's plain text: the header fields that
 * were set so far stay, which Koa drops, and so do the security headers among them. The app's
 * `error` event is emitted as Koa does it. An app that brings its own `app.context.onerror` keeps it.
 */
export function answerErrors(app: Application): void {
  if (!Object.hasOwn(app.context, 'onerror')) Object.assign(app.context, { onerror })
}

function onerror(this: Context, thrown: unknown): void {
  // Koa calls this at the end of every answer, mostly without an error.
  if (thrown === null || thrown === undefined) return
  // An answer that is complete needs no other.
  if (hasEndedEarly(this.res)) return
  const error: unknown = isMissingFile(thrown) ? Object.assign(thrown, { status: 404 }) : thrown
  tell(error, this)
  if (this.headerSent) {
    // The answer cannot be completed; cutting it keeps anybody from taking the rest for the whole.
    if (!this.res.writableFinished) this.res.destroy()
    return
  }
  // HTTP/2 calls the stream of HEAD ended from its beginning, and Koa would leave the client waiting.
  if (this.res.writableEnded || (!this.writable && this.method !== 'HEAD')) return
  this.res.end(prepareError(error, this.req, this.res))
  // A parser that gives up pauses the request, and what is left of it would keep the connection from
  // the next one. What nobody began to read is dropped by Node.
  if (this.req.readableFlowing === false && this.req.listenerCount('data') === 0) this.req.resume()
}

/** Emits the app's `error` event, as Koa does it. */
export function tell(error: unknown, ctx: Context): void {
  try {
    const told = error instanceof Error ? error : new Error(`Thrown: ${inspect(error)}`)
    ctx.app.emit('error', told, ctx)
  } catch (failure) {
    // Whoever is told of errors must not become one: the client still gets its answer.
    console.error(failure)
  }
}

/**
 * Gives an error for anything thrown: Koa takes `null` and `undefined` for no error, and leaves the
 * client waiting.
 */
export function toError(thrown: unknown): unknown {
  return thrown ?? new Error(`Thrown: ${String(thrown)}`)
}

/** A file that is not there, as `koa-send` and `fs` report it. */
const isMissingFile = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
