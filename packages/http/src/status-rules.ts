import type { IncomingMessage } from 'node:http'
import type { HeadSection } from './head-section.ts'
import type { Rule } from './rule.ts'

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

// Names to look up are in lower case: that is what Node keeps, and any other costs a copy.

/** Fields that say how much content there is. */
const framing = ['content-length', 'transfer-encoding', 'trailer']

/** Fields about content, which goes without them. */
const contentFields = [...framing, 'content-type', 'content-encoding', 'content-language']

/** The same, of an answer that stands for another. */
const metadata = [...contentFields, 'content-range']

/** Fields that tell what content a resource takes. */
const acceptFields = ['accept', 'accept-encoding', 'accept-patch', 'accept-post', 'accept-query']

/** Whether a request has a range of bytes, as it came: HEAD has lost its `Range` by now. */
const asksForBytes = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.some(
    (name, index) =>
      index % 2 === 0 &&
      name.toLowerCase() === 'range' &&
      /^bytes *=/i.test(rawHeaders[index + 1] ?? ''),
  )

const isMultipart = (head: HeadSection): boolean =>
  /^multipart\/byteranges\b/i.test(head.get('content-type') ?? '')

/** What answers of a status have to keep. */
export const statusRules: readonly Rule[] = [
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
    id: 'status-range',
    reference: 'RFC 9110 section 15',
    level: 'MUST',
    sentence: 'A status is between 100 and 599.',
    statuses: range(600, 999),
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
    isBroken: (head) => !head.has('content-range') && !isMultipart(head),
    repair: 'refuse',
  },
  {
    id: 'multipart-with-range',
    reference: 'RFC 9110 section 15.3.7.2',
    level: 'MUST',
    sentence: 'A 206 of several parts has no Content-Range of its own.',
    statuses: [206],
    isBroken: (head) => head.has('content-range') && isMultipart(head),
    repair: (head) => head.remove('content-range'),
  },
  {
    id: 'content-of-204',
    reference: 'RFC 9110 section 15.3.5',
    level: 'MUST',
    sentence: 'A 204 has no content, and no field that tells its length.',
    statuses: [204],
    isBroken: (head) => head.hasContent || head.hasAny(framing),
    repair: (head) => head.removeAll(contentFields),
  },
  {
    id: 'content-of-205',
    reference: 'RFC 9110 section 15.3.6',
    level: 'MUST',
    sentence: 'A 205 has no content: its length is 0.',
    statuses: [205],
    isBroken: (head) =>
      head.hasContent ||
      head.has('transfer-encoding') ||
      (head.get('content-length') ?? '0') !== '0',
    // The length is said wherever content is cut.
    repair: (head) => head.removeAll(contentFields),
  },
  {
    id: 'content-of-304',
    reference: 'RFC 9110 section 15.4.5',
    level: 'MUST',
    sentence: 'A 304 has no content.',
    statuses: [304],
    isBroken: (head) => head.hasContent,
    repair: (head) => head.removeAll(contentFields),
  },
  {
    id: 'metadata-of-304',
    reference: 'RFC 9110 section 15.4.5',
    level: 'SHOULD',
    sentence: 'A 304 has no fields about content but those that guide a cache.',
    statuses: [304],
    isBroken: (head) => head.hasAny(metadata),
    repair: (head) => head.removeAll(metadata),
  },
  {
    id: 'challenge',
    reference: 'RFC 9110 section 15.5.2',
    level: 'MUST',
    sentence: 'A 401 says by WWW-Authenticate how to authenticate.',
    statuses: [401],
    isBroken: (head) => !head.get('www-authenticate'),
    repair: (head, { challenge }) => head.set('WWW-Authenticate', challenge),
  },
  {
    id: 'proxy-challenge',
    reference: 'RFC 9110 section 15.5.8',
    level: 'MUST',
    sentence: 'A 407 says by Proxy-Authenticate how to authenticate.',
    statuses: [407],
    isBroken: (head) => !head.get('proxy-authenticate'),
    repair: (head, { proxyChallenge }) => head.set('Proxy-Authenticate', proxyChallenge),
  },
  {
    id: 'allow',
    reference: 'RFC 9110 section 15.5.6',
    level: 'MUST',
    sentence: 'A 405 lists by Allow what the resource takes.',
    statuses: [405],
    isBroken: (head) => !head.has('allow'),
    repair: (head, { allow }) => head.set('Allow', allow(head)),
  },
  {
    id: 'upgrade',
    reference: 'RFC 9110 section 15.5.22',
    level: 'MUST',
    sentence: 'A 426 names by Upgrade what to upgrade to.',
    statuses: [426],
    // HTTP/2 has no such field (RFC 9113 section 8.2.2).
    isBroken: (head) => !head.isHttp2 && !head.get('upgrade'),
    repair: (head, { upgrade }) => {
      head.set('Upgrade', upgrade)
      head.addOption('upgrade')
    },
  },
  {
    id: 'never-stored',
    reference: 'RFC 6585 sections 3 to 6',
    level: 'MUST',
    sentence: '428, 429, 431 and 511 are never stored by a cache.',
    statuses: [428, 429, 431, 511],
    isBroken: (head) => !head.cacheDirectives.includes('no-store'),
    repair: (head) => head.set('Cache-Control', 'no-store'),
  },
  {
    id: 'location-of-created',
    reference: 'RFC 9110 section 15.3.2',
    level: 'advice',
    sentence: 'A 201 names the new resource by Location, unless it is the target itself.',
    statuses: [201],
    isBroken: (head) => head.method === 'POST' && !head.get('location'),
    repair: 'tell',
  },
  {
    id: 'location-of-redirect',
    reference: 'RFC 9110 section 15.4',
    level: 'advice',
    sentence: 'A redirect says by Location where to go.',
    statuses: [301, 302, 303, 307, 308],
    isBroken: (head) => !head.get('location'),
    repair: 'tell',
  },
  {
    id: 'range-of-416',
    reference: 'RFC 9110 section 15.5.17',
    level: 'advice',
    sentence: 'A 416 to a range of bytes tells by Content-Range how many there are: bytes */N.',
    statuses: [416],
    isBroken: (head) => !head.has('content-range') && asksForBytes(head.request),
    repair: 'tell',
  },
  {
    id: 'blocked-by',
    reference: 'RFC 7725 section 4',
    level: 'advice',
    sentence: 'A 451 names by Link who blocks, with rel="blocked-by".',
    statuses: [451],
    isBroken: (head) => !/\brel="?blocked-by\b/i.test(head.get('link') ?? ''),
    repair: 'tell',
  },
  {
    id: 'retry-after',
    reference: 'RFC 9110 section 10.2.3',
    level: 'advice',
    sentence: 'A 429 or 503 says by Retry-After how long to wait, where that is known.',
    statuses: [429, 503],
    isBroken: (head) => !head.has('retry-after'),
    repair: 'tell',
  },
  {
    id: 'accepted-types',
    reference: 'RFC 9110 section 15.5.16',
    level: 'advice',
    sentence: 'A 415 says by Accept, Accept-Post, Accept-Patch or Accept-Encoding what it takes.',
    statuses: [415],
    isBroken: (head) => !head.hasAny(acceptFields),
    repair: 'tell',
  },
]
