import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import {
  createCodingJudge,
  createContentJudge,
  createNegotiation,
  parseMediaType,
  type ContentDecision,
  type Field,
} from '@http-semantics/preconditions'
import type { HttpError } from 'http-errors'
import { isMethodToken } from '@http-semantics/methods'
import { show } from '@http-semantics/options'
import { notAcceptable } from './variants.ts'
import { createRefusal } from './refusal.ts'

/** Media types by request method, its name in lower case. */
export interface AcceptedContent {
  readonly post?: readonly string[] | undefined
  readonly put?: readonly string[] | undefined
  readonly patch?: readonly string[] | undefined
  readonly query?: readonly string[] | undefined
}

/** The names of {@link AcceptedContent}. */
export const contentMethods = ['post', 'put', 'patch', 'query'] as const

/** What a resource takes and gives, in media types and codings. */
export interface ContentDeclaration {
  /**
   * The media types of the content it takes, by method: `application/json`, `text/*`,
   * `application/*+json`. Other content gets 415 ahead of the handler, and `Accept-Post`,
   * `Accept-Patch` and `Accept-Query` tell of them. Default: whatever the handler takes.
   */
  readonly accept?: AcceptedContent | undefined
  /**
   * What content without a `Content-Type` gets: `400`, `415`, or `'take'`, which leaves it to the
   * handler. QUERY always gets 400. Default: `415`.
   */
  readonly withoutType?: 400 | 415 | 'take' | undefined
  /**
   * The content codings it takes besides none, such as `gzip`: content in others gets 415 with
   * `Accept-Encoding`. Default: whatever the handler takes.
   */
  readonly codings?: readonly string[] | undefined
  /**
   * The media types it answers GET, HEAD and QUERY with: a request that accepts none of them gets 406
   * ahead of the handler. Default: whatever the handler gives.
   */
  readonly produces?: readonly string[] | undefined
}

/** What of a request its content is judged by. */
export interface ContentRequest {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly hasContent: boolean
}

/** Says why a request is refused for its content, or for what it accepts. */
export type ContentJudge = (request: ContentRequest) => HttpError | undefined

/** Methods whose answers are representations. */
export const retrievals: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY'])

/** Methods whose content has a meaning, and DELETE, whose content some give one. */
const writers = ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']

/**
 * Whether a request has content
 * ([RFC 9112 section 6](https://www.rfc-editor.org/rfc/rfc9112.html#section-6)): a length above 0, or
 * a transfer coding; over HTTP/2 anything behind the header section.
 */
export function hasContent(request: IncomingMessage): boolean {
  const { headers } = request
  if (headers['transfer-encoding'] !== undefined) return true
  if (headers['content-length'] !== undefined) return Number(headers['content-length']) > 0
  // Only requests of HTTP/2 have a stream.
  const stream: unknown = Reflect.get(request, 'stream')
  if (typeof stream !== 'object' || stream === null) return false
  return Reflect.get(stream, 'endAfterHeaders') === false
}

/** The methods whose requests a declaration is held against. */
export function judgedMethods({ accept, codings, produces }: ContentDeclaration): string[] {
  const accepting = contentMethods.filter((name) => accept?.[name] !== undefined)
  return [
    ...accepting.map((name) => name.toUpperCase()),
    ...(codings === undefined ? [] : writers),
    ...(produces === undefined ? [] : retrievals),
  ]
}

/**
 * Prepares what requests to a resource are held against.
 *
 * @param where - The option, for messages: `resources['/notes']`.
 * @throws TypeError for what is no media type or coding.
 */
export function createJudge(where: string, declaration: ContentDeclaration): ContentJudge {
  const { accept = {}, withoutType, codings, produces } = declaration
  if (withoutType !== undefined && ![400, 415, 'take'].includes(withoutType)) {
    throw new TypeError(`${where}.withoutType must be 400, 415 or 'take', got ${show(withoutType)}`)
  }
  const byMethod = new Map(
    contentMethods.flatMap((name) => {
      const consumes = accept[name]
      if (consumes === undefined) return []
      checkRanges(`${where}.accept.${name}`, consumes)
      return [[name.toUpperCase(), createContentJudge({ consumes, withoutType })] as const]
    }),
  )
  const judgeCoding =
    codings === undefined ? undefined : createCodingJudge(checkCodings(where, codings))
  const choose =
    produces === undefined
      ? undefined
      : createNegotiation(checkTypes(where, produces).map((type) => ({ type })))

  return ({ method, headers, hasContent: isSent }) => {
    const judgeType = byMethod.get(method)
    if (judgeType !== undefined || method === 'QUERY') {
      const contentType = headers['content-type']
      const decision = (judgeType ?? judgeQuery)({ method, contentType, hasContent: isSent })
      const refused = refusalOf(decision, judgeType === undefined ? undefined : accept, method)
      if (refused !== undefined) return refused
      if (method === 'QUERY' && !isSent)
        return createRefusal(400, 'A QUERY is nothing without content')
    }
    if (judgeCoding !== undefined && isSent) {
      const decision = judgeCoding(headers['content-encoding'])
      if (decision.action === 'refuse') {
        const told = decision.fields.map(([, value]) => value).join(', ')
        return createRefusal(415, `Content codings taken: ${told}`, headersOf(decision.fields))
      }
    }
    if (choose !== undefined && retrievals.has(method)) {
      const outcome = choose({ accept: headers.accept })
      if (outcome.action === 'not-acceptable') return notAcceptable(outcome)
    }
    return undefined
  }
}

/** Every QUERY needs a type (RFC 10008 section 2), whatever it may be. */
const judgeQuery = createContentJudge({ consumes: ['*/*'] })

const headersOf = (fields: readonly Field[]): { headers: Record<string, string> } => ({
  headers: Object.fromEntries(fields),
})

function refusalOf(
  decision: ContentDecision,
  accept: AcceptedContent | undefined,
  method: string,
): HttpError | undefined {
  if (decision.action === 'proceed') return undefined
  const { status, reason } = decision
  // Of a resource that nobody declared it is not known what it takes: no 415, which would have to tell.
  const headers = headersOf(accept === undefined ? [] : decision.fields)
  if (reason === 'missing') return createRefusal(status, 'The content has no Content-Type', headers)
  if (reason === 'invalid' || accept === undefined) {
    const refused = accept === undefined ? 400 : status
    return createRefusal(refused, 'The Content-Type is no media type', headers)
  }
  const types = contentMethods.flatMap((name) =>
    name === method.toLowerCase() ? (accept[name] ?? []) : [],
  )
  return createRefusal(status, `Send ${types.join(' or ')}`, headers)
}

/** Checks media ranges that content may have. */
function checkRanges(option: string, ranges: readonly string[]): void {
  if (!Array.isArray(ranges)) {
    throw new TypeError(`${option} must be a list like ['application/json'], got ${show(ranges)}`)
  }
  for (const range of ranges) {
    if (typeof range === 'string' && parseMediaType(range) !== undefined) continue
    throw new TypeError(
      `${option}: ${show(range)} is no media range; write it like 'application/json'`,
    )
  }
}

/** Checks media types that content is to have: no ranges. */
function checkTypes(where: string, types: readonly string[]): readonly string[] {
  if (!Array.isArray(types) || types.length === 0) {
    throw new TypeError(
      `${where}.produces must be a list like ['application/json'], got ${show(types)}`,
    )
  }
  for (const type of types) {
    const parsed = typeof type === 'string' ? parseMediaType(type) : undefined
    if (parsed === undefined || parsed.essence.includes('*')) {
      throw new TypeError(
        `${where}.produces: ${show(type)} is no media type; write it like 'text/html'`,
      )
    }
  }
  return types
}

/** Checks codings: tokens, as in `Content-Encoding`. */
function checkCodings(where: string, codings: readonly string[]): readonly string[] {
  if (!Array.isArray(codings)) {
    throw new TypeError(`${where}.codings must be a list like ['gzip'], got ${show(codings)}`)
  }
  for (const coding of codings) {
    if (typeof coding === 'string' && coding !== '*' && isMethodToken(coding)) continue
    throw new TypeError(
      `${where}.codings: ${show(coding)} is no content coding; write it like 'gzip'`,
    )
  }
  return codings
}
