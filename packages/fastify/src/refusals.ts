import { createRefusal, type MethodGuard, prepareError } from '@http-semantics/http'
import type { FastifyInstance } from 'fastify'
import type { HttpError } from 'http-errors'
import type { IncomingMessage } from 'node:http'
import { wrapRequests } from './requests.ts'
import type { FastifyRoutes } from './routes.ts'

/**
 * Fastify answers a malformed target before any hook, as it does a method it does not know, and routes
 * by the `Host` field: what is wrong with a request is answered before Fastify sees it.
 */
export function refuseRequests(
  { server }: FastifyInstance,
  guard: MethodGuard,
  judge: (request: IncomingMessage) => Error | undefined,
): void {
  wrapRequests(server, (request, response) => {
    const error = judge(request)
    if (error === undefined) return true
    const content = prepareError(error, request, response)
    const { method = '', url = '' } = request
    for (const [name, value] of guard.acceptFields(method, response.statusCode, url)) {
      if (!response.hasHeader(name)) response.setHeader(name, value)
    }
    response.end(content)
    return false
  })
}

/**
 * What is wrong with a request to the server as such, `*`, which Fastify's router takes for `/`: only
 * OPTIONS has it ([RFC 9112 section 3.2.4](https://www.rfc-editor.org/rfc/rfc9112.html#section-3.2.4)).
 */
export function judgeServer(
  guard: MethodGuard,
  request: IncomingMessage,
  routes: FastifyRoutes,
): HttpError | undefined {
  const { method = '', url = '' } = request
  if (url !== '*' || method === 'OPTIONS') return undefined
  const verdict = guard.judge(method, url, routes.for(request))
  return verdict instanceof Error ? verdict : createRefusal(404)
}
