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

const singletonKeys: ReadonlySet<string> = new Set(singletons.map((name) => name.toLowerCase()))

// Names to look up are in lower case: that is what Node keeps, and any other costs a copy.

/** Fields about the connection, which HTTP/2 does not have; Node throws for each of them. */
const connectionFields = [
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
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
  // With an argument, `private` is about single fields (RFC 9111 section 5.2.2.7).
  if (listOf(head.get('cache-control')).includes('private')) return false
  if (given.includes('no-store')) return false
  const isTold = given.includes('max-age') || head.has('expires')
  // A 304 says of itself what its 200 does.
  const status = head.status === 304 ? 200 : head.status
  return isTold || (storableStatuses.has(status) && storableMethods.has(head.method))
}

/** Takes off the spaces around a field value. */
const trim = (value: string): string => value.replaceAll(/^[ \t]+|[ \t]+$/g, '')

/** The fields whose values have spaces around them. */
const untrimmed = ({ response }: HeadSection): [name: string, value: string | string[]][] =>
  Object.entries(response.getHeaders()).filter((field): field is [string, string | string[]] =>
    [field[1]].flat().some((line) => typeof line === 'string' && trim(line) !== line),
  )

/** A length in digits. */
const isLength = (value: string | undefined): boolean => /^\d+$/.test(value ?? '')

/** A date in the one form that a sender may use ([RFC 9110 section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7)). */
const isDate = (value: string): boolean => {
  const time = Date.parse(value)
  return !Number.isNaN(time) && new Date(time).toUTCString() === value
}

/**
 * A whole answer is mended; where the header section has left, what follows is counted, and the
 * connection cut.
 */
export const lengthOfContent: Rule = {
  id: 'length-of-content',
  reference: 'RFC 9110 section 8.6',
  level: 'MUST',
  sentence: 'Content has the length that Content-Length says: the rest would be the next answer.',
  fields: ['content-length'],
  isBroken: (head) =>
    head.has('content-length') &&
    !bareStatuses.has(head.status) &&
    head.contentLength !== undefined &&
    head.contentLength !== Number(head.get('content-length')),
  repair: (head) => head.set('Content-Length', String(head.contentLength)),
}

/** What answers of all statuses have to keep. */
export const fieldRules: readonly Rule[] = [
  {
    id: 'connection-fields',
    reference: 'RFC 9113 section 8.2.2',
    level: 'MUST',
    sentence: 'HTTP/2 has no fields about the connection.',
    fields: connectionFields,
    isBroken: (head) => head.isHttp2 && head.hasAny(connectionFields),
    repair: (head) => head.removeAll(connectionFields),
  },
  {
    id: 'singleton',
    reference: 'RFC 9110 section 5.3',
    level: 'MUST',
    sentence: 'A field whose value is no list has one line.',
    isAboutLines: true,
    isBroken: (head) => head.hasLines(singletonKeys),
    repair: (head) => {
      for (const name of singletons) {
        // What was said last stands.
        const last = head.lines(name.toLowerCase())?.at(-1)
        if (last !== undefined) head.set(name, last)
      }
    },
  },
  {
    id: 'two-lengths',
    reference: 'RFC 9112 section 6.2',
    level: 'MUST',
    sentence: 'No Content-Length beside Transfer-Encoding.',
    fields: ['transfer-encoding'],
    isBroken: (head) => head.has('transfer-encoding') && head.has('content-length'),
    repair: (head) => head.remove('content-length'),
  },
  {
    id: 'coding-to-http-1.0',
    reference: 'RFC 9112 section 6.1',
    level: 'MUST',
    sentence: 'No Transfer-Encoding to a client of HTTP/1.0.',
    fields: ['transfer-encoding'],
    isBroken: (head) => head.has('transfer-encoding') && head.isHttp10,
    repair: (head) => {
      head.removeAll(['transfer-encoding', 'trailer'])
      // Nothing but the end of the connection tells where the content ends.
      if (!head.has('content-length')) head.addOption('close')
    },
  },
  {
    id: 'length-value',
    reference: 'RFC 9110 section 8.6',
    level: 'MUST',
    sentence: 'Content-Length is a number of bytes, in digits.',
    fields: ['content-length'],
    isBroken: (head) => head.has('content-length') && !isLength(head.get('content-length')),
    repair: (head) => head.remove('content-length'),
  },
  lengthOfContent,
  {
    id: 'last-coding',
    reference: 'RFC 9112 section 6.1',
    level: 'MUST',
    sentence: 'Chunked is the last transfer coding, once: it alone tells where the content ends.',
    fields: ['transfer-encoding'],
    isBroken: (head) => {
      if (!head.has('transfer-encoding')) return false
      const codings = listOf(head.get('transfer-encoding'))
      return codings.length === 0 || codings.indexOf('chunked') !== codings.length - 1
    },
    repair: (head) => {
      const codings = listOf(head.get('transfer-encoding')).filter(
        (coding) => coding !== 'identity' && coding !== 'chunked',
      )
      head.set('Transfer-Encoding', [...codings, 'chunked'].join(', '))
    },
  },
  {
    id: 'trailer-of-length',
    reference: 'RFC 9112 section 6.3',
    level: 'MUST',
    sentence: 'Trailer announces fields behind chunks; content with a length has none.',
    fields: ['trailer'],
    isBroken: (head) =>
      !head.isHttp2 && head.has('trailer') && (head.has('content-length') || head.isHttp10),
    repair: (head) => head.remove('trailer'),
  },
  {
    id: 'value-whitespace',
    reference: 'RFC 9113 section 8.2.1',
    level: 'MUST',
    sentence: 'On HTTP/2 no field value begins or ends with a space.',
    isBroken: (head) => head.isHttp2 && untrimmed(head).length > 0,
    repair: (head) => {
      for (const [name, value] of untrimmed(head)) {
        head.set(name, Array.isArray(value) ? value.map(trim) : trim(value))
      }
    },
  },
  {
    id: 'upgrade-option',
    reference: 'RFC 9110 section 7.8',
    level: 'MUST',
    sentence: 'An answer with Upgrade names it in Connection.',
    fields: ['upgrade'],
    isBroken: (head) => head.has('upgrade') && !head.hasOption('upgrade'),
    repair: (head) => head.addOption('upgrade'),
  },
  {
    id: 'close',
    reference: 'RFC 9112 section 9.6',
    level: 'SHOULD',
    sentence: 'An answer after which the connection closes does not say keep-alive.',
    fields: ['connection'],
    isBroken: (head) => (head.isLast || head.hasOption('close')) && head.hasOption('keep-alive'),
    repair: (head) => head.addOption('close'),
  },
  {
    id: 'date',
    reference: 'RFC 9110 section 6.6.1',
    level: 'MUST',
    sentence: 'Every answer but 1xx and 5xx has a Date, and every Date is one.',
    isBroken: (head) => {
      const date = head.get('date')
      if (date !== undefined) return !isDate(date)
      return !head.response.sendDate && head.status < 500
    },
    repair: (head) => head.set('Date', new Date().toUTCString()),
  },
  {
    id: 'content-type',
    reference: 'RFC 9110 section 8.3',
    level: 'SHOULD',
    sentence: 'Content has a Content-Type.',
    without: ['content-type'],
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
    fields: ['last-modified'],
    isBroken: (head) =>
      head.has('last-modified') && Date.parse(head.get('last-modified') ?? '') > Date.now() + 1000,
    repair: (head) => head.set('Last-Modified', new Date().toUTCString()),
  },
  {
    id: 'public-cookie',
    reference: 'RFC 9111 section 7.3',
    level: 'SHOULD',
    sentence: 'An answer that sets a cookie is for one client: no shared cache stores it.',
    fields: ['set-cookie'],
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
    fields: ['strict-transport-security'],
    isBroken: (head) => head.has('strict-transport-security') && !head.isSecure,
    repair: (head) => head.remove('strict-transport-security'),
  },
]
