import type { HeadSection } from './head-section.ts'

/** What the rules need to know of the app that answers. */
export interface Duties {
  /** For a 401 without one: the value of `WWW-Authenticate`. */
  readonly challenge: string
  /** For a 407 without one: the value of `Proxy-Authenticate`. */
  readonly proxyChallenge: string
  /** For a 426 without one: the value of `Upgrade`. */
  readonly upgrade: string
  /** For a 405 without one: the value of `Allow`. */
  readonly allow: (head: HeadSection) => string
}

/**
 * How a broken rule is mended: by changing the header section, or, where nothing true can be said in
 * its place, by a 500 instead of the answer (`'refuse'`). `'tell'`: only the handler can know.
 */
export type Repair = ((head: HeadSection, duties: Duties) => void) | 'refuse' | 'tell'

/** One rule that every answer has to keep. */
export interface Rule {
  /** A name for it, for logs and settings. */
  readonly id: string
  /** Where it stands: `'RFC 9110 section 15.5.6'`. */
  readonly reference: string
  /** `advice` is what only the handler can know, and the RFC asks for or allows. */
  readonly level: 'MUST' | 'SHOULD' | 'advice'
  /** The rule in a sentence. */
  readonly sentence: string
  /** The statuses it is about; all where there are none. */
  readonly statuses?: readonly number[]
  readonly isBroken: (head: HeadSection) => boolean
  readonly repair: Repair
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Fields of which an answer may have one line only (RFC 9110 section 5.3). */
const singletons = [
  'Age',
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

/** Fields about the connection, which HTTP/2 does not have. */
const connectionFields = [
  'Connection',
  'Keep-Alive',
  'Proxy-Connection',
  'Transfer-Encoding',
  'Upgrade',
]

/** Fields that describe content that is not there. */
const framing = ['Content-Length', 'Transfer-Encoding']

const hasContent = ({ chunk }: HeadSection): boolean =>
  typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk.length > 0 : false

const hasAny = (head: HeadSection, names: readonly string[]): boolean =>
  names.some((name) => head.has(name))

const removeAll = (head: HeadSection, names: readonly string[]): void => {
  for (const name of names) head.remove(name)
}

const directives = (value: string | undefined): string[] =>
  (value ?? '').split(',').map((directive) => directive.trim().toLowerCase().split('=', 1)[0] ?? '')

/** Adds a cache directive, and takes those away that it contradicts. */
function restrictCache(
  head: HeadSection,
  directive: string,
  contradicted: readonly string[],
): void {
  const kept = (head.get('Cache-Control') ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '' && !contradicted.includes(directives(text)[0] ?? ''))
  head.set('Cache-Control', [directive, ...kept].join(', '))
}

/** Rules about a status come first: they may change it. */
export const rules: readonly Rule[] = [
  {
    id: 'interim-as-final',
    reference: 'RFC 9110 section 15.2',
    level: 'MUST',
    sentence: 'A 1xx status is never the final one: the client would wait for ever.',
    statuses: range(100, 199),
    isBroken: () => true,
    repair: 'refuse',
  },
  {
    id: 'post-status',
    reference: 'RFC 9110 section 9.3.3',
    level: 'MUST',
    sentence: 'POST is not answered with 206, 304 or 416.',
    statuses: [206, 304, 416],
    isBroken: ({ method }) => method === 'POST',
    repair: 'refuse',
  },
  {
    id: 'partial-without-range',
    reference: 'RFC 9110 section 15.3.7',
    level: 'MUST',
    sentence: 'A 206 says which range it has, by Content-Range or multipart/byteranges.',
    statuses: [206],
    isBroken: (head) => !head.has('Content-Range') && !isMultipart(head),
    repair: 'refuse',
  },
  {
    id: 'multipart-with-range',
    reference: 'RFC 9110 section 15.3.7.2',
    level: 'MUST',
    sentence: 'A 206 of several parts has no Content-Range of its own.',
    statuses: [206],
    isBroken: (head) => head.has('Content-Range') && isMultipart(head),
    repair: (head) => head.remove('Content-Range'),
  },
  {
    id: 'content-of-204',
    reference: 'RFC 9110 section 15.3.5',
    level: 'MUST',
    sentence: 'A 204 has no content, and no field that says otherwise.',
    statuses: [204],
    isBroken: (head) => hasContent(head) || hasAny(head, [...framing, 'Content-Type']),
    repair: (head) => removeAll(head, [...framing, 'Content-Type']),
  },
  {
    id: 'content-of-205',
    reference: 'RFC 9110 section 15.3.6',
    level: 'MUST',
    sentence: 'A 205 has no content: Content-Length is 0.',
    statuses: [205],
    isBroken: (head) =>
      head.isHttp2
        ? hasContent(head) || hasAny(head, [...framing, 'Content-Type'])
        : hasContent(head) || head.get('Content-Length') !== '0',
    repair: (head) => {
      removeAll(head, [...framing, 'Content-Type'])
      if (!head.isHttp2) head.set('Content-Length', '0')
    },
  },
  {
    id: 'content-of-304',
    reference: 'RFC 9110 section 15.4.5',
    level: 'MUST',
    sentence: 'A 304 has no content, and no fields about content but those that guide a cache.',
    statuses: [304],
    isBroken: (head) => hasContent(head) || hasAny(head, [...framing, 'Content-Type']),
    repair: (head) => removeAll(head, [...framing, 'Content-Type']),
  },
  {
    id: 'challenge',
    reference: 'RFC 9110 section 15.5.2',
    level: 'MUST',
    sentence: 'A 401 says by WWW-Authenticate how to authenticate.',
    statuses: [401],
    isBroken: (head) => !head.has('WWW-Authenticate'),
    repair: (head, { challenge }) => head.set('WWW-Authenticate', challenge),
  },
  {
    id: 'proxy-challenge',
    reference: 'RFC 9110 section 15.5.8',
    level: 'MUST',
    sentence: 'A 407 says by Proxy-Authenticate how to authenticate.',
    statuses: [407],
    isBroken: (head) => !head.has('Proxy-Authenticate'),
    repair: (head, { proxyChallenge }) => head.set('Proxy-Authenticate', proxyChallenge),
  },
  {
    id: 'allow',
    reference: 'RFC 9110 section 15.5.6',
    level: 'MUST',
    sentence: 'A 405 lists by Allow what the resource takes.',
    statuses: [405],
    isBroken: (head) => !head.has('Allow'),
    repair: (head, { allow }) => head.set('Allow', allow(head)),
  },
  {
    id: 'upgrade',
    reference: 'RFC 9110 section 15.5.22',
    level: 'MUST',
    sentence: 'A 426 names by Upgrade what to upgrade to, and Upgrade in Connection.',
    statuses: [426],
    // HTTP/2 has neither field (RFC 9113 section 8.2.2).
    isBroken: (head) =>
      !head.isHttp2 &&
      (!head.has('Upgrade') || !directives(head.get('Connection')).includes('upgrade')),
    repair: (head, { upgrade }) => {
      if (!head.has('Upgrade')) head.set('Upgrade', upgrade)
      const others = directives(head.get('Connection')).filter((option) => option !== '')
      head.set('Connection', [...new Set(['upgrade', ...others])].join(', '))
    },
  },
  {
    id: 'never-stored',
    reference: 'RFC 6585 sections 3 to 6',
    level: 'MUST',
    sentence: '428, 429, 431 and 511 are never stored by a cache.',
    statuses: [428, 429, 431, 511],
    isBroken: (head) => !directives(head.get('Cache-Control')).includes('no-store'),
    repair: (head) => head.set('Cache-Control', 'no-store'),
  },
  {
    id: 'location-of-created',
    reference: 'RFC 9110 section 15.3.2',
    level: 'advice',
    sentence: 'A 201 names the new resource by Location, unless it is the target itself.',
    statuses: [201],
    isBroken: (head) => head.method === 'POST' && !head.has('Location'),
    repair: 'tell',
  },
  {
    id: 'location-of-redirect',
    reference: 'RFC 9110 section 15.4',
    level: 'advice',
    sentence: 'A redirect says by Location where to go.',
    statuses: [301, 302, 303, 307, 308],
    isBroken: (head) => !head.has('Location'),
    repair: 'tell',
  },
  {
    id: 'range-of-416',
    reference: 'RFC 9110 section 15.5.17',
    level: 'advice',
    sentence: 'A 416 tells the length there is by Content-Range: bytes */N.',
    statuses: [416],
    isBroken: (head) => !head.has('Content-Range'),
    repair: 'tell',
  },
  {
    id: 'blocked-by',
    reference: 'RFC 7725 section 4',
    level: 'advice',
    sentence: 'A 451 names by Link who blocks, with rel="blocked-by".',
    statuses: [451],
    isBroken: (head) => !/\brel="?blocked-by\b/i.test(head.get('Link') ?? ''),
    repair: 'tell',
  },
  {
    id: 'singleton',
    reference: 'RFC 9110 section 5.3',
    level: 'MUST',
    sentence: 'A field that has one value has one line.',
    isBroken: (head) => singletons.some((name) => head.lines(name).length > 1),
    repair: (head) => {
      for (const name of singletons) {
        const lines = head.lines(name)
        const last = lines.at(-1)
        // What was said last stands.
        if (lines.length > 1 && last !== undefined) head.set(name, last)
      }
    },
  },
  {
    id: 'two-lengths',
    reference: 'RFC 9112 section 6.2',
    level: 'MUST',
    sentence: 'No Content-Length beside Transfer-Encoding.',
    isBroken: (head) => head.has('Transfer-Encoding') && head.has('Content-Length'),
    repair: (head) => head.remove('Content-Length'),
  },
  {
    id: 'coding-to-http-1.0',
    reference: 'RFC 9112 section 6.1',
    level: 'MUST',
    sentence: 'No Transfer-Encoding to a client of HTTP/1.0.',
    isBroken: (head) =>
      head.request.httpVersionMajor === 1 &&
      head.request.httpVersionMinor === 0 &&
      head.has('Transfer-Encoding'),
    repair: (head) => head.remove('Transfer-Encoding'),
  },
  {
    id: 'connection-fields',
    reference: 'RFC 9113 section 8.2.2',
    level: 'MUST',
    sentence: 'HTTP/2 has no fields about the connection.',
    isBroken: (head) => head.isHttp2 && hasAny(head, connectionFields),
    repair: (head) => removeAll(head, connectionFields),
  },
  {
    id: 'close',
    reference: 'RFC 9112 section 9.6',
    level: 'MUST',
    sentence: 'A client that says Connection: close is answered with it.',
    isBroken: (head) =>
      !head.isHttp2 &&
      head.has('Connection') &&
      directives(head.request.headers.connection).includes('close') &&
      !directives(head.get('Connection')).includes('close'),
    repair: (head) => {
      const others = directives(head.get('Connection')).filter(
        (option) => option !== '' && option !== 'keep-alive',
      )
      head.set('Connection', ['close', ...others].join(', '))
      head.remove('Keep-Alive')
    },
  },
  {
    id: 'date',
    reference: 'RFC 9110 section 6.6.1',
    level: 'MUST',
    sentence: 'Every answer but 1xx and 5xx has a Date.',
    isBroken: (head) => !head.response.sendDate && !head.has('Date') && head.status < 500,
    repair: ({ response }) => {
      response.sendDate = true
    },
  },
  {
    id: 'content-type',
    reference: 'RFC 9110 section 8.3',
    level: 'SHOULD',
    sentence: 'Content has a Content-Type.',
    isBroken: (head) => !head.has('Content-Type') && hasContent(head),
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
    isBroken: (head) => Date.parse(head.get('Last-Modified') ?? '') > Date.now() + 1000,
    repair: (head) => head.set('Last-Modified', new Date().toUTCString()),
  },
  {
    id: 'public-cookie',
    reference: 'RFC 9111 section 7.3',
    level: 'MUST',
    sentence: 'An answer that sets a cookie is for one client: no shared cache stores it.',
    isBroken: (head) => {
      if (!head.has('Set-Cookie')) return false
      const given = directives(head.get('Cache-Control'))
      return (
        given.includes('public') ||
        given.includes('s-maxage') ||
        !['private', 'no-store', 'no-cache'].some((directive) => given.includes(directive))
      )
    },
    repair: (head) => restrictCache(head, 'private', ['public', 's-maxage', 'private']),
  },
  {
    id: 'hsts-over-http',
    reference: 'RFC 6797 section 7.2',
    level: 'MUST',
    sentence: 'No Strict-Transport-Security over plain http.',
    isBroken: (head) => !head.isSecure && head.has('Strict-Transport-Security'),
    repair: (head) => head.remove('Strict-Transport-Security'),
  },
]

function isMultipart(head: HeadSection): boolean {
  return /^multipart\/byteranges\b/i.test(head.get('Content-Type') ?? '')
}

/** The rules that an answer of each status has to keep, found once per status. */
const byStatus = new Map<number, readonly Rule[]>()

/** The rules about answers of one status. */
export function rulesFor(status: number): readonly Rule[] {
  let found = byStatus.get(status)
  if (found === undefined) {
    found = rules.filter(({ statuses }) => statuses === undefined || statuses.includes(status))
    byStatus.set(status, found)
  }
  return found
}
