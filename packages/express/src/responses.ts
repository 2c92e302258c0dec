import { prepareError, prepareOptions, type MethodGuard } from '@http-semantics/http'
import type { Application, Response } from 'express'
import type { ExpressRoutes } from './routes.ts'

const judged = Symbol('http-semantics.judged')

interface JudgedResponse extends Response {
  /** `seen`: the guard has had its say; `replaced`: what the handler still writes is dropped. */
  [judged]?: 'seen' | 'replaced'
}

/** Marks an answer as one that the guard need not look at. */
export function markSeen(response: Response): void {
  const marked: JudgedResponse = response
  marked[judged] = 'seen'
}

/**
 * Looks at every answer of an app as it begins, by methods on `app.response`, the prototype that
 * Express gives its responses: no closure per request, and one comparison for most answers.
 *
 * - A 404 that no route gave (an `app.use` page at the end of the app) becomes the 405 or 501 it is.
 * - Express answers OPTIONS inside the first router that has a matching route, with that router's
 *   methods alone: the answer becomes the whole app's.
 * - Any other good answer to OPTIONS gets its `Allow`, and every 415 the media types taken.
 */
export function superviseResponses(
  app: Application,
  { guard, problems }: { readonly guard: MethodGuard; readonly problems: boolean },
  routes: ExpressRoutes,
): void {
  // The types of Express leave `app.response` out.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { response: prototype } = app as Application & { readonly response: JudgedResponse }
  // They are called on a response, never alone.
  // oxlint-disable-next-line typescript/unbound-method
  const { writeHead, write, end } = prototype

  function addFields(response: JudgedResponse, status: number): void {
    const { method, originalUrl } = response.req
    const fields =
      status === 415
        ? guard.acceptFields(originalUrl)
        : method === 'OPTIONS' && status < 300
          ? guard.optionsFields(originalUrl, routes)
          : []
    for (const [name, value] of fields) {
      if (!response.hasHeader(name)) response.setHeader(name, value)
    }
  }

  /** Puts the guard's answer in place of a handler's where that one is wrong. */
  function judge(response: JudgedResponse, chunk: unknown): 'seen' | 'replaced' {
    const { req: request } = response
    if (response.headersSent) return 'seen'
    if (response.statusCode === 404 && problems && !routes.hasHandled(request)) {
      return replace(response)
    }
    if (request.method === 'OPTIONS' && chunk !== undefined && chunk === response.get('Allow')) {
      return replace(response)
    }
    return 'seen'
  }

  function replace(response: JudgedResponse): 'seen' | 'replaced' {
    const { req: request } = response
    const verdict = guard.judge(request.method, request.originalUrl, routes)
    if (verdict === undefined) return 'seen'
    if (verdict instanceof Error) {
      Reflect.apply(end, response, [prepareError(verdict, request, response)])
    } else {
      prepareOptions(verdict, response)
      Reflect.apply(end, response, [])
    }
    return 'replaced'
  }

  Object.assign(prototype, {
    writeHead(this: JudgedResponse, ...parameters: [number, ...unknown[]]) {
      const [status] = parameters
      if (this.req.method === 'OPTIONS' || status === 415) addFields(this, status)
      return Reflect.apply(writeHead, this, parameters)
    },
    write(this: JudgedResponse, ...parameters: unknown[]) {
      this[judged] ??= judge(this, parameters[0])
      return this[judged] === 'replaced' ? false : Reflect.apply(write, this, parameters)
    },
    end(this: JudgedResponse, ...parameters: unknown[]) {
      this[judged] ??= judge(this, parameters[0])
      return this[judged] === 'replaced' ? this : Reflect.apply(end, this, parameters)
    },
  })
}
