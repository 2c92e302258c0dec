import { rfc, type Reference, type Row } from '../rule.ts'
import { field, lines, members, type FaultKind } from '../wire/answer.ts'

const answered = 'the server answers over HTTP/1.1'

/** That nothing in an answer departs from the grammar in one way. */
const without = (
  id: string,
  kinds: readonly FaultKind[],
  sentence: string,
  reference: Reference,
): Row => ({
  id: `answer-${id}`,
  level: 'must',
  reference,
  sentence,
  when: answered,
  judge: ({ answer, protocol }) => {
    if (protocol === 'HTTP/2') return undefined
    const fault = answer.faults.find(({ kind }) => kinds.includes(kind))
    return fault === undefined || `It has ${JSON.stringify(fault.seen.slice(0, 80))}.`
  },
})

/** The octets of answers, and where they end. */
export const answerRules: readonly Row[] = [
  {
    id: 'answer-http',
    level: 'must',
    reference: rfc(9112, '4'),
    sentence: 'What comes back begins with a status line.',
    when: 'a plain GET gets anything back',
    probe: (probe) =>
      probe.each(async (path) => {
        const exchange = await probe.get(path)
        if (exchange.answer !== undefined) return { exchange }
        if (exchange.rest === '') return { exchange, broken: 'Nothing came.' }
        return { exchange, broken: `It begins with ${JSON.stringify(exchange.rest.slice(0, 40))}.` }
      }),
  },
  without(
    'status-line',
    ['status-line'],
    'A status line is a version, a space, three digits, a space, and a reason that may be empty.',
    rfc(9112, '4'),
  ),
  without('line-ending', ['line-ending'], 'Lines end with CR and LF.', rfc(9112, '2.1')),
  without('bare-cr', ['bare-cr'], 'No line has a CR in it.', rfc(9112, '2.2')),
  without('folding', ['folding'], 'No field goes on in a second line.', rfc(9112, '5.2')),
  without(
    'leading-space',
    ['leading-space'],
    'There is no white space between the status line and the first field.',
    rfc(9112, '2.2'),
  ),
  without('field-name', ['field-name'], 'Field names are tokens.', rfc(9110, '5.1')),
  without(
    'colon-space',
    ['colon-space'],
    'There is no white space between a field name and its colon.',
    rfc(9112, '5.1'),
  ),
  without(
    'field-value',
    ['field-value'],
    'Field values have no control characters.',
    rfc(9110, '5.5'),
  ),
  without('chunks', ['chunk'], 'Content in chunks is written as chunks are.', rfc(9112, '7.1')),
  {
    id: 'answer-version',
    level: 'must',
    reference: rfc(9112, '2.3'),
    sentence: 'A request of HTTP/1.1 is answered in HTTP/1.',
    when: answered,
    judge: ({ answer, protocol }) =>
      protocol === 'HTTP/2'
        ? undefined
        : answer.version.startsWith('HTTP/1.') || `It is ${answer.version}.`,
  },
  {
    id: 'answer-version-minor',
    level: 'should',
    reference: rfc(9110, '2.5'),
    sentence: 'The version of an answer is the highest that the server keeps to: HTTP/1.1.',
    when: 'a request of HTTP/1.1 is answered',
    judge: ({ answer, protocol, request }) =>
      protocol === 'HTTP/2' || (request.version ?? 'HTTP/1.1') !== 'HTTP/1.1'
        ? undefined
        : answer.version === 'HTTP/1.1' || `It is ${answer.version}.`,
  },
  {
    id: 'answer-whole',
    level: 'must',
    reference: rfc(9112, '8'),
    sentence:
      'Content has the length that is said, or its last chunk, before the connection closes.',
    when: 'an answer has Content-Length or comes in chunks',
    judge: ({ answer, end }) => {
      if (!['length', 'chunked'].includes(answer.framing) || end === 'open') return undefined
      if (end === 'timeout') return answer.whole ? true : undefined
      return answer.whole || `Only ${answer.content.length} octets came.`
    },
  },
  {
    id: 'answer-nothing-behind',
    level: 'must',
    reference: rfc(9112, '6.3'),
    sentence: 'No octets come behind the last answer.',
    when: 'an answer other than to HEAD tells where it ends',
    judge: ({ answer, request, rest, protocol }) => {
      if (protocol === 'HTTP/2' || request.method === 'HEAD' || request.method === 'CONNECT')
        return undefined
      if (answer.framing === 'close' || answer.faults.length > 0) return undefined
      if ([204, 205, 304].includes(answer.status)) return undefined
      return (
        rest === '' ||
        rest.startsWith('HTTP/1') ||
        `Behind it came ${JSON.stringify(rest.slice(0, 60))}.`
      )
    },
  },
  {
    id: 'answer-two-lengths',
    level: 'must',
    reference: rfc(9112, '6.2'),
    sentence: 'No answer has Content-Length beside Transfer-Encoding.',
    when: 'an answer has one of them',
    judge: ({ answer }) => {
      const [length, coding] = [field(answer, 'content-length'), field(answer, 'transfer-encoding')]
      if (length === undefined && coding === undefined) return undefined
      return length === undefined || coding === undefined || `It has ${length} and ${coding}.`
    },
  },
  {
    id: 'answer-coding-last',
    level: 'must',
    reference: rfc(9112, '6.1'),
    sentence: 'Chunked is applied once, as the last transfer coding.',
    when: 'an answer has Transfer-Encoding',
    judge: ({ answer }) => {
      const codings = members(answer, 'transfer-encoding')
      if (codings.length === 0) return undefined
      const at = codings.indexOf('chunked')
      return at === -1 || at === codings.length - 1 || `It is ${codings.join(', ')}.`
    },
  },
  {
    id: 'answer-coding-http10',
    level: 'must',
    reference: rfc(9112, '6.1'),
    sentence: 'No Transfer-Encoding goes to a client of HTTP/1.0.',
    when: 'a request of HTTP/1.0 is answered',
    judge: ({ answer, request }) => {
      if (request.version !== 'HTTP/1.0') return undefined
      return field(answer, 'transfer-encoding') === undefined || 'It has one.'
    },
  },
  {
    id: 'answer-coding-bare',
    level: 'must',
    reference: rfc(9112, '6.1'),
    sentence: 'A 1xx and a 204 have no Transfer-Encoding.',
    when: 'an answer is a 1xx or a 204',
    judge: ({ answer, interims }) => {
      const bare = [...interims, ...(answer.status === 204 ? [answer] : [])]
      if (bare.length === 0) return undefined
      return bare.every((one) => field(one, 'transfer-encoding') === undefined) || 'It has one.'
    },
  },
  {
    id: 'answer-length-bare',
    level: 'must',
    reference: rfc(9110, '8.6'),
    sentence: 'A 1xx and a 204 have no Content-Length.',
    when: 'an answer is a 1xx or a 204',
    judge: ({ answer, interims }) => {
      const bare = [...interims, ...(answer.status === 204 ? [answer] : [])]
      if (bare.length === 0) return undefined
      return bare.every((one) => field(one, 'content-length') === undefined) || 'It has one.'
    },
  },
  {
    id: 'answer-length-once',
    level: 'must',
    reference: rfc(9110, '8.6'),
    sentence: 'Content-Length is one number, in digits.',
    when: 'an answer has Content-Length',
    judge: ({ answer }) => {
      const lengths = lines(answer, 'content-length')
      if (lengths.length === 0) return undefined
      const [first = ''] = lengths
      return (lengths.length === 1 && /^\d+$/.test(first)) || `It is ${lengths.join(' and ')}.`
    },
  },
  {
    id: 'answer-trailer',
    level: 'should',
    reference: rfc(9110, '6.6.2'),
    sentence: 'Trailer names the fields that come behind the content.',
    when: 'fields come behind the content',
    judge: ({ answer }) => {
      if (answer.trailers.length === 0) return undefined
      const named = members(answer, 'trailer')
      const unnamed = answer.trailers
        .map(([name]) => name)
        .filter((name) => !named.includes(name.toLowerCase()))
      return unnamed.length === 0 || `It does not name ${unnamed.join(', ')}.`
    },
  },
  {
    id: 'answer-trailer-fields',
    level: 'must',
    reference: rfc(9110, '6.5.1'),
    sentence: 'No field about framing, routing or the content itself comes behind the content.',
    when: 'fields come behind the content',
    judge: ({ answer }) => {
      if (answer.trailers.length === 0) return undefined
      const wrong = answer.trailers
        .map(([name]) => name.toLowerCase())
        .filter((name) =>
          /^(?:content-(?:length|type|encoding|range)|transfer-encoding|trailer|host|connection|set-cookie|cache-control|www-authenticate)$/.test(
            name,
          ),
        )
      return wrong.length === 0 || `It is ${wrong.join(', ')}.`
    },
  },
]
