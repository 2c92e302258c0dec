import { ending, isOneOf, judgeRefusal, kept, keptIf, type Refusal } from '../find.ts'
import { missingPath, type Probe } from '../probe.ts'
import { rfc, type Exchange, type Finding, type Reference, type Row } from '../rule.ts'
import type { Request } from '../wire/request.ts'

const always = 'the server answers at all'
const te = 'Transfer-Encoding: chunked\r\n'

/** A GET with lines of its own, content, and another GET behind it. */
const twoRequests = (authority: string, path: string, lines: string, content: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${authority}\r\n${lines}\r\n${content}` +
  `GET ${missingPath} HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`

const bothOf = (path: string, malformed = false): Request[] => [
  { method: 'GET', target: path, malformed },
  { method: 'GET', target: missingPath, malformed },
]

/** A request whose framing nobody can trust: it is refused, and nothing is read behind it. */
const untrusted = (
  id: string,
  sentence: string,
  reference: Reference,
  lines: string,
  content = '',
  { level = 'must', ...refusal }: Refusal & { readonly level?: Row['level'] } = {},
): Row => ({
  id: `framing-${id}`,
  level,
  reference,
  sentence,
  when: always,
  probe: async (probe: Probe) => {
    const octets = twoRequests(probe.origin.authority, probe.path, lines, content)
    const [first, second] = await probe.raw(octets, bothOf(probe.path, true))
    if (first === undefined) return []
    const finding = judgeRefusal(first, refusal)
    if (finding.broken === undefined && second?.answer !== undefined) {
      return [{ exchange: first, broken: 'The octets behind it were taken as another request.' }]
    }
    return [finding]
  },
})

/** A request whose chunks nobody can trust: it is refused, or what is behind it is not answered. */
const unreadable = (
  id: string,
  sentence: string,
  content: string,
  reference = rfc(9112, '7.1'),
  level: Row['level'] = 'must',
): Row => ({
  id: `framing-${id}`,
  level,
  reference,
  sentence,
  when: always,
  probe: async (probe: Probe) => {
    const octets = twoRequests(probe.origin.authority, probe.path, te, content)
    const [first, second] = await probe.raw(octets, bothOf(probe.path, true))
    if (first === undefined) return []
    if (first.end === 'timeout')
      return [{ exchange: first, broken: 'It was left open, unanswered.' }]
    // A server may answer before it reads content, and find out then.
    const isStopped = second?.answer === undefined || second.answer.status === 400
    return [keptIf(first, isStopped, 'What came behind it was taken as another request.')]
  },
})

/** A request whose content has to be read: the request behind it is answered as well. */
const readable = (
  id: string,
  sentence: string,
  reference: Reference,
  lines: string,
  content: string,
): Row => ({
  id: `framing-${id}`,
  level: 'must',
  reference,
  sentence,
  when: 'the server keeps a connection open',
  probe: async (probe: Probe): Promise<readonly Finding[]> => {
    const [, kept2] = await keptOpen(probe)
    if (kept2?.answer === undefined) return []
    const octets = twoRequests(probe.origin.authority, probe.path, lines, content)
    const [first, second] = await probe.raw(octets, bothOf(probe.path))
    if (first === undefined || second === undefined) return []
    if (isOneOf(first, [400, 411, 413, 500, 501])) {
      return [{ exchange: first, broken: `It got ${ending(first)}.` }]
    }
    // A server may close in place of reading what it has no use for; but what it says then without a
    // status line, as to a request of HTTP/0.9, is said to the content.
    if (
      second.answer === undefined &&
      second.rest === '' &&
      second.end !== 'open' &&
      second.end !== 'timeout' &&
      first.answer
    ) {
      return [kept(first)]
    }
    const expected = kept2.answer.status
    return [
      keptIf(
        second,
        second.answer?.status === expected,
        `The request behind it got ${ending(second)} in place of ${expected}.`,
      ),
    ]
  },
})

/** Two plain requests on one connection, the second for what does not exist. */
export const keptOpen = (probe: Probe): Promise<readonly Exchange[]> =>
  probe.pipe([
    { method: 'GET', target: probe.path, close: false },
    { method: 'GET', target: missingPath },
  ])

/** Content that looks like a request, and as one would be answered with 400: it has no Host. */
const hidden = 'GET / HTTP/1.1\r\n\r\n'

/** Where the content of a request ends. */
export const framingRules: readonly Row[] = [
  {
    id: 'framing-both',
    level: 'must',
    reference: rfc(9112, '6.1'),
    sentence:
      'The connection is closed behind a request with Content-Length and Transfer-Encoding.',
    when: always,
    probe: async (probe) => {
      const lines = `Content-Length: 5\r\n${te}`
      const octets = twoRequests(probe.origin.authority, probe.path, lines, '0\r\n\r\n')
      const [first, second] = await probe.raw(octets, bothOf(probe.path))
      if (first === undefined) return []
      if (first.end === 'timeout')
        return [{ exchange: first, broken: 'It was left open, unanswered.' }]
      return [
        keptIf(
          first,
          second?.answer === undefined,
          'The octets behind it were taken as another request.',
        ),
      ]
    },
  },
  untrusted(
    'two-lengths',
    'A request with two Content-Length that differ is answered with 400, and is the last.',
    rfc(9112, '6.3'),
    'Content-Length: 3\r\nContent-Length: 4\r\n',
    'abc',
  ),
  untrusted(
    'length-list',
    'A Content-Length that lists two lengths that differ is answered with 400, and is the last.',
    rfc(9112, '6.3'),
    'Content-Length: 3, 4\r\n',
    'abc',
  ),
  untrusted(
    'length-plus',
    'A Content-Length with a sign is answered with 400, and is the last.',
    rfc(9112, '6.3'),
    'Content-Length: +3\r\n',
    'abc',
  ),
  untrusted(
    'length-minus',
    'A Content-Length below 0 is answered with 400, and is the last.',
    rfc(9112, '6.3'),
    'Content-Length: -1\r\n',
  ),
  untrusted(
    'length-hex',
    'A Content-Length that is no decimal number is answered with 400, and is the last.',
    rfc(9112, '6.3'),
    'Content-Length: 0x3\r\n',
    'abc',
  ),
  untrusted(
    'length-folded',
    'A Content-Length that goes on in a second line is answered with 400, and is the last.',
    rfc(9112, '5.2'),
    'Content-Length: 3\r\n 0\r\n',
    'abc',
  ),
  untrusted(
    'length-bare-cr',
    'A Content-Length with a CR in it is answered with 400, and is the last.',
    rfc(9112, '2.2'),
    'Content-Length: 3\r0\r\n',
    'abc',
  ),
  untrusted(
    'length-huge',
    'A Content-Length that no number holds is not cut to fit one.',
    rfc(9110, '8.6'),
    'Content-Length: 18446744073709551619\r\n',
    'abc',
    { any: true, close: true },
  ),
  untrusted(
    'coding-last',
    'A request whose last transfer coding is not chunked is answered with 400, and is the last.',
    rfc(9112, '6.3'),
    'Transfer-Encoding: chunked, identity\r\n',
    '0\r\n\r\n',
    { statuses: [400, 501] },
  ),
  untrusted(
    'coding-unknown',
    'A transfer coding that the server does not know is answered with 501, or 400.',
    rfc(9112, '6.1'),
    'Transfer-Encoding: conformance, chunked\r\n',
    '0\r\n\r\n',
    { statuses: [400, 501], level: 'should' },
  ),
  untrusted(
    'coding-name',
    'A transfer coding whose name merely ends like chunked is not chunked.',
    rfc(9112, '6.3'),
    'Transfer-Encoding: xchunked\r\n',
    '0\r\n\r\n',
    { statuses: [400, 501] },
  ),
  {
    id: 'framing-http10-coding',
    level: 'must',
    reference: rfc(9112, '6.1'),
    sentence: 'A request of HTTP/1.0 with Transfer-Encoding is the last of its connection.',
    when: always,
    probe: async (probe) => {
      const { authority } = probe.origin
      const octets = `GET ${probe.path} HTTP/1.0\r\nHost: ${authority}\r\nConnection: keep-alive\r\n${te}\r\n0\r\n\r\nGET ${missingPath} HTTP/1.0\r\nHost: ${authority}\r\n\r\n`
      const [first, second] = await probe.raw(octets, bothOf(probe.path))
      if (first === undefined) return []
      if (first.end === 'timeout')
        return [{ exchange: first, broken: 'It was left open, unanswered.' }]
      return [
        keptIf(
          first,
          second?.answer === undefined,
          'The octets behind it were taken as another request.',
        ),
      ]
    },
  },
  unreadable(
    'chunk-size',
    'A chunk whose size is no hexadecimal number is refused.',
    'x3\r\nabc\r\n0\r\n\r\n',
  ),
  unreadable(
    'chunk-size-0x',
    'A chunk size that begins with 0x is refused.',
    '0x3\r\nabc\r\n0\r\n\r\n',
  ),
  unreadable('chunk-size-minus', 'A chunk size below 0 is refused.', '-3\r\nabc\r\n0\r\n\r\n'),
  unreadable(
    'chunk-size-huge',
    'A chunk size that no number holds is not cut to fit one.',
    '10000000000000003\r\nabc\r\n0\r\n\r\n',
  ),
  unreadable(
    'chunk-end',
    'A chunk that is longer than its size is refused.',
    '3\r\nabcde\r\n0\r\n\r\n',
    rfc(9112, '2.2'),
    'should',
  ),
  readable(
    'length',
    'The content of a GET with Content-Length is read, or the connection closed: it is no request.',
    rfc(9112, '9.3'),
    `Content-Length: ${hidden.length}\r\n`,
    hidden,
  ),
  readable(
    'chunked',
    'Content in chunks is read, or the connection closed: it is no request.',
    rfc(9112, '7.1'),
    te,
    '3\r\nabc\r\n0\r\n\r\n',
  ),
  readable(
    'chunk-hex',
    'Chunk sizes are read as hexadecimal numbers, in small and large letters.',
    rfc(9112, '7.1'),
    te,
    'a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n',
  ),
  readable(
    'chunk-extension',
    'Chunk extensions that the server does not know are skipped.',
    rfc(9112, '7.1.1'),
    te,
    '3;conformance=1;note="a"\r\nabc\r\n0\r\n\r\n',
  ),
  readable(
    'trailers',
    'Trailer fields are read, or skipped, with the content they belong to.',
    rfc(9112, '7.1.2'),
    te,
    '3\r\nabc\r\n0\r\nX-Conformance: 1\r\n\r\n',
  ),
  readable(
    'coding-case',
    'The name of a transfer coding is read in small and large letters.',
    rfc(9112, '7'),
    'Transfer-Encoding: Chunked\r\n',
    '3\r\nabc\r\n0\r\n\r\n',
  ),
]
