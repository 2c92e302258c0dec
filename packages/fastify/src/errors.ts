import { prepareError } from '@http-semantics/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import createError, { type HttpError } from 'http-errors'
import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { ReplyHead } from './reply-head.ts'

/** The replies that {@link answerError} gave an answer, and whether `onSend` hooks have seen it. */
const answered = new WeakMap<FastifyReply, { isSeen: boolean }>()

/** The answers whose `onSend` hooks failed at the answer to an error, too. */
const abandoned = new WeakSet<ServerResponse>()

/**
 * Notes that `onSend` hooks are about to see an answer. What comes after the answer to an error is
 * Fastify's last resort, which no error handler sees: JSON with the message of the error.
 */
export function noteAnswer(reply: FastifyReply): void {
  const answer = answered.get(reply)
  if (answer?.isSeen === true) abandoned.add(reply.raw)
  else if (answer !== undefined) answer.isSeen = true
}

/** The error to answer in place of Fastify's last resort; `undefined` for any other answer. */
export const lastResort = (response: ServerResponse): HttpError | undefined =>
  response.statusCode >= 400 && abandoned.has(response)
    ? createError(response.statusCode)
    : undefined

/**
 * Answers errors of an app with problem details, in place of Fastify's JSON. Server errors go to the
 * log as errors, those that clients may know as information.
 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const fallback = reply.statusCode >= 400 ? reply.statusCode : 500
  const content = prepareError(exposeFastifyError(error), request, new ReplyHead(reply), fallback)
  const message = error instanceof Error ? error.message : `Thrown: ${inspect(error)}`
  if (reply.statusCode >= 500 && memberOf(error, 'expose') !== true)
    reply.log.error({ req: request, res: reply, err: error }, message)
  else reply.log.info({ res: reply, err: error }, message)
  answered.set(reply, { isSeen: false })
  // As bytes, since Fastify adds a charset to JSON that is text, which JSON does not have.
  reply.send(Buffer.from(content))
}

/** A member of whatever was thrown. */
const memberOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined

/**
 * Has an error of Fastify itself, or of a plugin, say that it may be shown: unlike those of
 * `http-errors` they cannot say so, but their messages are written for clients, and Fastify shows
 * them. One of a schema brings along what it found, and where. An error of the server, or one with
 * `expose: false`, stays silent all the same.
 */
function exposeFastifyError(error: unknown): unknown {
  const code = memberOf(error, 'code')
  const isFastifys = typeof code === 'string' && code.startsWith('FST_')
  if (!(error instanceof Error) || !isFastifys || memberOf(error, 'expose') === false) return error
  const { message } = error
  const errors = validationErrors(error)
  const problem = memberOf(error, 'problem') ?? (errors.length > 0 ? { errors } : undefined)
  const [status, statusCode, headers] = ['status', 'statusCode', 'headers'].map((name) =>
    memberOf(error, name),
  )
  return { status, statusCode, headers, message, expose: true, problem }
}

/** One thing that a schema does not allow, in the members that RFC 9457 section 3 shows for it. */
interface ValidationError {
  readonly detail: string
  /** Which part of the request it is in, unless that is the content. */
  readonly in?: string
  /** Where in that part: a JSON pointer as a URI fragment (RFC 6901 section 6). */
  readonly pointer: string
}

function validationErrors(error: Error): ValidationError[] {
  const found = memberOf(error, 'validation')
  const context = memberOf(error, 'validationContext')
  if (!Array.isArray(found)) return []
  return found.flatMap((entry: unknown) => {
    const detail = memberOf(entry, 'message')
    const path = memberOf(entry, 'instancePath')
    if (typeof detail !== 'string' || typeof path !== 'string') return []
    const part = typeof context === 'string' && context !== 'body' ? { in: context } : {}
    return [{ detail, ...part, pointer: `#${toFragment(path)}` }]
  })
}

/** A text as a URI fragment. Half a surrogate pair, which a client may send, has no encoding. */
const toFragment = (text: string): string =>
  encodeURI(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('#', '%23')
