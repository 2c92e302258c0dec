import { directiveOf, listOf, type HeadSection } from './head-section.ts'
import type { Rule } from './rule.ts'

/** Fields with one value, which is no list. */
const singletons = [
  'Age',
  'Content-Disposition',
  'Content-Length',
  'Content-Location',
  'Content-Range',
  'Content-Type',
  'Date',
  'ETag',
  'Expires',
  'Last-Modified',
  'Location',
  'Retry-After',
  'Server',
  'Strict-Transport-Security',
]

const singletonKeys = singletons.map((name) => name.toLowerCase())

// Names to look up are in lower case: that is what Node keeps, and any other costs a copy.

/** Fields about the connection, which HTTP/2 does not have; Node throws for each of them. */
const connectionFields = [
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]

/** Statuses whose answers have no content. */
const bareStatuses: ReadonlySet<number> = new Set([204, 205, 304])

/** Cache directives that let a cache share an answer. */
const sharing = ['public', 's-maxage']

/** Statuses that a cache may store without being told (RFC 9110 section 15.1). */
const storableStatuses: ReadonlySet<number> = new Set([
  200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501,
])

/** Methods whose answers a cache may store without being told. */
const storableMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY'])

/** Whether a cache may store the answer, and none is told to keep it to one client. */
function isPublic(head: HeadSection): boolean {
  const given = head.cacheDirectives
  if (sharing.some((directive) => given.includes(directive))) return true
  if (given.includes('private') || given.includes('no-store')) return false
  const isTold = given.includes('max-age') || head.has('expires')
  return isTold || (storableStatuses.has(head.status) && storableMethods.has(head.method))
}

/** What answers of all statuses have to keep. */
export const fieldRules: readonly Rule[] = [
  {
    id: 'connection-fields',
    reference: 'RFC 9113 section 8.2.2',
    level: 'MUST',
    sentence: 'HTTP/2 has no fields about the connection.',
    isBroken: (head) => head.isHttp2 && head.hasAny(connectionFields),
    repair: (head) => head.removeAll(connectionFields),
  },
  {
    id: 'singleton',
    reference: 'RFC 9110 section 5.3',
    level: 'MUST',
    sentence: 'A field whose value is no list has one line.',
    isBroken: (head) => singletonKeys.some((name) => head.lines(name) !== undefined),
    repair: (head) => {
      for (const name of singletons) {
        // What was said last stands.
        const last = head.lines(name)?.at(-1)
        if (last !== undefined) head.set(name, last)
      }
    },
  },
  {
    id: 'two-lengths',
    reference: 'RFC 9112 section 6.2',
    level: 'MUST',
    sentence: 'No Content-Length beside Transfer-Encoding.',
    isBroken: (head) => head.has('transfer-encoding') && head.has('content-length'),
    repair: (head) => head.remove('content-length'),
  },
  {
    id: 'coding-to-http-1.0',
    reference: 'RFC 9112 section 6.1',
    level: 'MUST',
    sentence: 'No Transfer-Encoding to a client of HTTP/1.0.',
    isBroken: (head) => head.has('transfer-encoding') && head.isHttp10,
    repair: (head) => head.remove('transfer-encoding'),
  },
  {
    id: 'last-coding',
    reference: 'RFC 9112 section 6.1',
    level: 'MUST',
    sentence: 'The last transfer coding is chunked: nothing else tells where the content ends.',
    isBroken: (head) =>
      head.has('transfer-encoding') && listOf(head.get('transfer-encoding')).at(-1) !== 'chunked',
    repair: (head) => {
      const codings = listOf(head.get('transfer-encoding')).filter(
        (coding) => coding !== 'identity' && coding !== 'chunked',
      )
      head.set('Transfer-Encoding', [...codings, 'chunked'].join(', '))
    },
  },
  {
    id: 'upgrade-option',
    reference: 'RFC 9110 section 7.8',
    level: 'MUST',
    sentence: 'An answer with Upgrade names it in Connection.',
    isBroken: (head) => head.has('upgrade') && !head.hasOption('upgrade'),
    repair: (head) => head.addOption('upgrade'),
  },
  {
    id: 'close',
    reference: 'RFC 9112 section 9.6',
    level: 'MUST',
    sentence: 'A connection is not kept for a client that says close, or is of HTTP/1.0.',
    // Node says and does it, unless a handler sets the field.
    isBroken: (head) => head.has('connection') && head.isLast && !head.hasOption('close'),
    repair: (head) => head.addOption('close'),
  },
  {
    id: 'date',
    reference: 'RFC 9110 section 6.6.1',
    level: 'MUST',
    sentence: 'Every answer but 1xx and 5xx has a Date.',
    isBroken: (head) => !head.response.sendDate && head.status < 500 && !head.has('date'),
    repair: ({ response }) => {
      response.sendDate = true
    },
  },
  {
    id: 'content-type',
    reference: 'RFC 9110 section 8.3',
    level: 'SHOULD',
    sentence: 'Content has a Content-Type.',
    isBroken: (head) =>
      !head.has('content-type') && head.hasContent && !bareStatuses.has(head.status),
    repair: (head) => {
      const type =
        typeof head.chunk === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream'
      head.set('Content-Type', type)
    },
  },
  {
    id: 'last-modified-later',
    reference: 'RFC 9110 section 8.8.2.1',
    level: 'MUST',
    sentence: 'Last-Modified is not later than the answer.',
    isBroken: (head) =>
      head.has('last-modified') && Date.parse(head.get('last-modified') ?? '') > Date.now() + 1000,
    repair: (head) => head.set('Last-Modified', new Date().toUTCString()),
  },
  {
    id: 'public-cookie',
    reference: 'RFC 9111 section 7.3',
    level: 'SHOULD',
    sentence: 'An answer that sets a cookie is for one client: no shared cache stores it.',
    isBroken: (head) => head.has('set-cookie') && isPublic(head),
    repair: (head) => {
      const kept = (head.get('cache-control') ?? '')
        .split(',')
        .map((directive) => directive.trim())
        .filter((directive) => !['', ...sharing, 'private'].includes(directiveOf(directive)))
      head.set('Cache-Control', ['private', ...kept].join(', '))
    },
  },
  {
    id: 'hsts-over-http',
    reference: 'RFC 6797 section 7.2',
    level: 'MUST',
    sentence: 'No Strict-Transport-Security over plain http.',
    isBroken: (head) => head.has('strict-transport-security') && !head.isSecure,
    repair: (head) => head.remove('strict-transport-security'),
  },
]
