import { representError } from '@http-semantics/problem'
import finalhandler from 'finalhandler'
import createError from 'http-errors'
import { IncomingMessage, ServerResponse } from 'node:http'

const error = createError(404, 'There is no such note')

/** A request and its response, which goes nowhere. */
function exchange(accept) {
  const request = new IncomingMessage(null)
  request.method = 'GET'
  request.headers = { accept, 'accept-language': 'en' }
  return { request, response: new ServerResponse(request) }
}

function ours(accept) {
  const { request, response } = exchange(accept)
  const { status, type, language, content } = representError(error, request.headers)
  response.statusCode = status
  response.setHeader('Content-Type', type)
  response.setHeader('Content-Language', language)
  response.setHeader('Content-Length', Buffer.byteLength(content))
  response.end(content)
}

function theirs(accept) {
  const { request, response } = exchange(accept)
  finalhandler(request, response, { env: 'production' })(error)
}

/** Errors as answers. Those of all three frameworks are compared on their servers, by the case `error`. */
export const groups = () => [
  {
    name: 'error',
    title: 'An error as an answer, onto a response without a socket',
    entries: {
      '@http-semantics/problem, JSON': () => ours('application/json'),
      '@http-semantics/problem, HTML': () => ours('text/html,*/*;q=0.8'),
      'finalhandler (Express), HTML': () => theirs('text/html,*/*;q=0.8'),
    },
  },
]
