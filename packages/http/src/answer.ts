import type { IncomingMessage } from 'node:http'
import { fieldsOf, representProblem, toProblem } from '@http-semantics/problem'
import { reasonPhrase } from '@http-semantics/status'
import type { OptionsAnswer } from './guard.ts'

/** The fields that describe content, and are wrong once the content is replaced. */
const contentFields = [
  'Content-Type',
  'Content-Length',
  'Content-Encoding',
  'Content-Language',
  'Content-Range',
  'Content-Disposition',
  'Content-Location',
  'Content-MD5',
  'Transfer-Encoding',
  'ETag',
  'Last-Modified',
  'Expires',
]

/** An answer as status, fields and content, ready for any way of sending it. */
export interface Answer {
  readonly status: number
  /** The reason phrase of RFC 9110, where Node still has an older one. */
  readonly reason: string
  readonly fields: Readonly<Record<string, string | string[]>>
  readonly content: string
}

/** The header section of a response: a `ServerResponse`, or what a framework has in its place. */
export interface ResponseHead {
  statusCode: number
  statusMessage: string
  getHeader(name: string): unknown
  setHeader(name: string, value: string | string[]): unknown
  removeHeader(name: string): unknown
}

/**
 * The answer to an error: problem details in the media type the client prefers, with the fields the
 * error brings along.
 *
 * @param error - Anything thrown.
 * @param accept - The request's `Accept` field.
 * @param fallback - The status for an error that asks for none, 400 to 599. Default: 500.
 */
export function errorAnswer(error: unknown, accept: string | undefined, fallback = 500): Answer {
  const problem = toProblem(error, fallback)
  const { type, content } = representProblem(problem, accept)
  return {
    status: problem.status,
    reason: reasonPhrase(problem.status) ?? '',
    fields: {
      ...fieldsOf(error),
      'Content-Type': type,
      'Content-Length': String(Buffer.byteLength(content)),
    },
    content,
  }
}

/**
 * Puts the answer to an error in place of whatever a handler had begun, up to the content.
 *
 * @param error - Anything thrown.
 * @param request - The request.
 * @param response - Its response, whose header section has not been sent.
 * @param fallback - The status for an error that asks for none, 400 to 599. Default: 500.
 * @returns The content to end the response with.
 */
export function prepareError(
  error: unknown,
  request: Pick<IncomingMessage, 'headers'>,
  response: ResponseHead,
  fallback = 500,
): string {
  const { status, reason, fields, content } = errorAnswer(error, request.headers.accept, fallback)
  clearContent(response)
  response.statusCode = status
  response.statusMessage = reason
  for (const [name, value] of Object.entries(fields)) response.setHeader(name, value)
  appendVary(response, 'Accept')
  return content
}

/**
 * Puts the answer to OPTIONS in place of whatever a router had begun. It has no content.
 *
 * @param answer - The guard's answer.
 * @param response - The response, whose header section has not been sent.
 */
export function prepareOptions(answer: OptionsAnswer, response: ResponseHead): void {
  clearContent(response)
  response.statusCode = answer.status
  // A status message set for another status must not go out with this one.
  response.statusMessage = reasonPhrase(answer.status)
  for (const [name, value] of answer.fields) response.setHeader(name, value)
}

/** Removes the fields that describe content, and leave to store it: only `no-store` stays. */
function clearContent(response: ResponseHead): void {
  for (const name of contentFields) response.removeHeader(name)
  if (!/\bno-store\b/i.test(String(response.getHeader('Cache-Control')))) {
    response.removeHeader('Cache-Control')
  }
}

/** Adds a name to `Vary` unless it is there ([RFC 9110 section 12.5.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.5)). */
function appendVary(response: ResponseHead, name: string): void {
  const value = response.getHeader('Vary')
  const present = [value]
    .flat()
    .filter((text) => typeof text === 'string')
    .join(', ')
  const names = present.split(',').map((text) => text.trim().toLowerCase())
  if (names.includes('*') || names.includes(name.toLowerCase())) return
  response.setHeader('Vary', present === '' ? name : `${present}, ${name}`)
}
