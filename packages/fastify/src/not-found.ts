import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Answers a request, or hands it on. */
type Judge = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void

/** One hook or several, as `setNotFoundHandler` takes them. */
type Hooks = Readonly<Record<string, unknown>>

type SetNotFoundHandler = (
  this: FastifyInstance,
  hooks?: unknown,
  handler?: unknown,
) => FastifyInstance

/**
 * Has a judge see the requests that no route takes, ahead of what parses their content, and those that a handler
 * leaves by `reply.callNotFound()`, also where the app or one of its plugins has a page of its own for them. The
 * app's own hooks come first, as Fastify has it.
 *
 * They are hooks of that page: those of an app run for every request, at 0.2 µs and more each (decision 020).
 */
export function judgeUnrouted(fastify: FastifyInstance, judge: Judge): void {
  const preParsing = (
    request: FastifyRequest,
    reply: FastifyReply,
    _payload: unknown,
    done: (error?: Error) => void,
  ): void => judge(request, reply, done)
  // The types leave out that all hooks of a route are taken.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { setNotFoundHandler } = fastify as { setNotFoundHandler: SetNotFoundHandler }
  const set: SetNotFoundHandler = function (first, second) {
    const [hooks, handler] = typeof first === 'function' ? [{}, first] : [first ?? {}, second]
    return setNotFoundHandler.call(
      this,
      addHooks(hooks, { preParsing, preHandler: judge }),
      handler,
    )
  }
  try {
    // Fastify's own page gets them, too.
    set.call(fastify)
    Object.assign(fastify, { setNotFoundHandler: set })
  } catch {
    // The app has set its page before.
    fastify.addHook('preParsing', (request, reply, payload, done) => {
      if (request.is404) preParsing(request, reply, payload, done)
      else done()
    })
    fastify.addHook('preHandler', (request, reply, done) => {
      if (request.is404) judge(request, reply, done)
      else done()
    })
  }
}

/** Adds hooks ahead of those that are there. */
function addHooks(hooks: object, added: Hooks): Hooks {
  const all: Record<string, unknown> = { ...hooks }
  for (const [name, hook] of Object.entries(added)) all[name] = [hook, all[name] ?? []].flat()
  return all
}
