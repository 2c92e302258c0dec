import { validateHeaderName, validateHeaderValue, type IncomingMessage } from 'node:http'
import { notModifiedFields } from '@http-semantics/preconditions'
import { fieldsOf, representError, type Preferences } from '@http-semantics/problem'
import { reasonPhrase } from '@http-semantics/status'
import type { BareAnswer } from './guard.ts'

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
  'Content-Digest',
  'Repr-Digest',
  'Digest',
  'Transfer-Encoding',
  // Node throws at one beside a length.
  'Trailer',
  'ETag',
  'Last-Modified',
  'Expires',
]

/** Of {@link contentFields}, those that an error may bring along: they are about the resource. */
const errorFields: ReadonlySet<string> = new Set(['content-range', 'expires'])

/** The fields of an error that the answer to it cannot have: they describe some other content. */
const foreignFields: ReadonlySet<string> = new Set(
  contentFields.map((name) => name.toLowerCase()).filter((name) => !errorFields.has(name)),
)

/** An answer as status, fields and content, ready for any way of sending it. */
export interface Answer {
  readonly status: number
  /** The reason phrase of RFC 9110, where Node still has an older one; empty for a code without a meaning. */
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
  /** The request, which tells whether the version of HTTP has reason phrases. */
  readonly req: Pick<IncomingMessage, 'httpVersionMajor'>
}

/**
 * The answer to an error: problem details in the media type and the language the client prefers,
 * with the fields the error brings along. It varies by `Accept` and `Accept-Language`.
 *
 * @param error - Anything thrown.
 * @param preferences - The header fields of the request.
 * @param fallback - The status for an error that asks for none, 400 to 599. Default: 500.
 */
export function errorAnswer(
  error: unknown,
  preferences: Preferences | undefined,
  fallback = 500,
): Answer {
  try {
    return answerTo(error, preferences, fallback)
  } catch {
    // A getter that throws, a revoked proxy: the error itself cannot be read.
    return answerTo(undefined, preferences, 500)
  }
}

function answerTo(error: unknown, preferences: Preferences | undefined, fallback: number): Answer {
  const { status, type, language, content } = representError(error, preferences, fallback)
  const fields = Object.entries(fieldsOf(error)).filter(
    ([name, value]) => !foreignFields.has(name.toLowerCase()) && isValid(name, value),
  )
  return {
    status,
    reason: reasonOf(status),
    fields: {
      ...Object.fromEntries(fields),
      'Content-Type': type,
      ...(language !== undefined && { 'Content-Language': language }),
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
  const { status, reason, fields, content } = errorAnswer(error, request.headers, fallback)
  clearContent(response)
  setStatus(response, status, reason)
  for (const [name, value] of Object.entries(fields)) {
    if (name.toLowerCase() === 'vary') appendVary(response, [value].flat())
    else if (name.toLowerCase() === 'set-cookie') appendLines(response, name, [value].flat())
    else response.setHeader(name, value)
  }
  appendVary(response, ['Accept', 'Accept-Language'])
  // A cookie that a handler set before it failed is for one client.
  const isLimited = response.getHeader('Cache-Control') !== undefined
  if (!isLimited && linesOf(response, 'Set-Cookie').length > 0) {
    response.setHeader('Cache-Control', 'private')
  }
  return content
}

/**
 * Puts an answer without content in place of whatever a router or a handler had begun. A 304 keeps what
 * the 200 in its place would say to a cache.
 *
 * @param answer - The answer to OPTIONS, a redirect, or a 304.
 * @param response - The response, whose header section has not been sent.
 */
export function prepareBare(answer: BareAnswer, response: ResponseHead): void {
  if (answer.status === 304) clearMetadata(response)
  else clearContent(response)
  setStatus(response, answer.status, reasonOf(answer.status))
  for (const [name, value] of answer.fields) response.setHeader(name, value)
}

/** Removes the fields that describe content, and leave to store it. What forbids or limits that stays. */
function clearContent(response: ResponseHead): void {
  for (const name of contentFields) {
    // Node takes the removal of one that is not there for a wish to do without it.
    if (response.getHeader(name) !== undefined) response.removeHeader(name)
  }
  const cacheControl = linesOf(response, 'Cache-Control').join(', ')
  if (/\bno-store\b/i.test(cacheControl)) return
  const limits = ['private', 'no-cache'].filter((directive) =>
    cacheControl.split(',').some((part) => new RegExp(`^\\s*${directive}\\b`, 'i').test(part)),
  )
  if (limits.length > 0) response.setHeader('Cache-Control', limits.join(', '))
  else response.removeHeader('Cache-Control')
}

/**
 * Removes the fields that describe content, but for those that a 304 has
 * ([RFC 9110 section 15.4.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.5)).
 */
function clearMetadata(response: ResponseHead): void {
  const names = contentFields.filter((name) => response.getHeader(name) !== undefined)
  const kept = new Set(
    notModifiedFields(Object.fromEntries(names.map((name) => [name, '']))).map(([name]) => name),
  )
  for (const name of names) if (!kept.has(name)) response.removeHeader(name)
}

/** The reason phrase; none for codes without a meaning, where Node sends the one it has. */
function reasonOf(status: number): string {
  const phrase = reasonPhrase(status)
  return phrase === undefined || phrase === '(Unused)' ? '' : phrase
}

/** Sets the status, and its phrase: one that was set for another status must not go out with it. */
function setStatus(response: ResponseHead, status: number, reason: string): void {
  response.statusCode = status
  // HTTP/2 has no phrases (RFC 9113 section 8.3.2), and Node warns of one.
  if (response.req.httpVersionMajor < 2) response.statusMessage = reason
}

/** Whether Node takes a field: one that it throws at must not cost the whole answer. */
function isValid(name: string, value: string | string[]): boolean {
  try {
    validateHeaderName(name)
    for (const line of [value].flat()) validateHeaderValue(name, line)
    return true
  } catch {
    return false
  }
}

/** The lines of a field that a response has. */
const linesOf = (response: ResponseHead, name: string): string[] =>
  [response.getHeader(name)].flat().filter((line) => typeof line === 'string')

/** Adds lines to a field that may have several. */
function appendLines(response: ResponseHead, name: string, lines: readonly string[]): void {
  response.setHeader(name, [...linesOf(response, name), ...lines])
}

/** Adds names to `Vary` unless they are there ([RFC 9110 section 12.5.5](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.5)). */
function appendVary(response: ResponseHead, added: readonly string[]): void {
  const names: string[] = []
  for (const name of [...linesOf(response, 'Vary'), ...added].flatMap((line) => line.split(','))) {
    const trimmed = name.trim()
    const isKnown = names.some((known) => known.toLowerCase() === trimmed.toLowerCase())
    if (trimmed !== '' && !isKnown) names.push(trimmed)
  }
  response.setHeader('Vary', names.includes('*') ? '*' : names.join(', '))
}
