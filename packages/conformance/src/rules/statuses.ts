import { classOf, ending, isOneOf, keptIf } from '../find.ts'
import { missingPath } from '../probe.ts'
import { page, rfc, type Exchange, type Row } from '../rule.ts'
import { field, members, type Answer } from '../wire/answer.ts'

type Answered = Exchange & { readonly answer: Answer }

/** That answers of a status have a field. */
const needs = (
  id: string,
  statuses: readonly number[],
  name: string,
  level: Row['level'],
  sentence: string,
  reference: Row['reference'],
): Row => ({
  id: `status-${id}`,
  level,
  reference,
  sentence,
  when: `an answer is a ${statuses.join(' or ')}`,
  judge: ({ answer }) => {
    if (!statuses.includes(answer.status)) return undefined
    return Boolean(field(answer, name)) || `It has no ${name}.`
  },
})

/** That answers of a status have no content. */
const bare = (status: number, reference: Row['reference']): Row => ({
  id: `status-${status}-content`,
  level: 'must',
  reference,
  sentence: `A ${status} has no content.`,
  when: `an answer to another method than HEAD is a ${status}`,
  judge: ({ answer, request, rest }) => {
    if (answer.status !== status || request.method === 'HEAD') return undefined
    const length = answer.content.length + (rest.startsWith('HTTP/1') ? 0 : rest.length)
    return length === 0 || `It has ${length} octets.`
  },
})

/** Whether a request has a field. */
const asks = ({ request }: Exchange, ...names: readonly string[]): boolean => {
  const { fields = {} } = request
  const given = Array.isArray(fields) ? fields.map(([name]) => String(name)) : Object.keys(fields)
  return given.some((name) => names.includes(name.toLowerCase()))
}

/** What the stack traces of the common languages look like. */
const trace =
  /^\s+at .+:\d+:\d+\)?$|Traceback \(most recent call last\)|^\s+at [\w.$]+\([\w.]+:\d+\)$|Stack trace:\s*#0/m

/** What answers of a status have to keep. */
export const statusRules: readonly Row[] = [
  {
    id: 'status-range',
    level: 'must',
    reference: rfc(9110, '15'),
    sentence: 'A status is between 100 and 599.',
    when: 'the server answers at all',
    judge: ({ answer }) =>
      (answer.status >= 100 && answer.status <= 599) || `It is ${answer.status}.`,
  },
  {
    id: 'status-interim-final',
    level: 'must',
    reference: rfc(9110, '15.2'),
    sentence: 'A final answer follows every 1xx.',
    when: 'a 1xx comes, or a plain GET is answered',
    probe: (probe) =>
      probe.each(async (path) => {
        const exchange = await probe.get(path)
        if (exchange.answer === undefined && exchange.interims.length === 0) return undefined
        return keptIf(exchange, exchange.answer !== undefined, 'Only a 1xx came.')
      }),
  },
  {
    id: 'status-101',
    level: 'must',
    reference: rfc(9110, '7.8'),
    sentence: 'No 101 goes to a request without Upgrade.',
    when: 'requests have no Upgrade',
    judge: (exchange) =>
      asks(exchange, 'upgrade') ? undefined : exchange.answer.status !== 101 || 'It is a 101.',
  },
  bare(204, rfc(9110, '15.3.5')),
  bare(205, rfc(9110, '15.3.6')),
  bare(304, rfc(9110, '15.4.5')),
  {
    id: 'status-206-asked',
    level: 'must',
    reference: rfc(9110, '15.3.7'),
    sentence: 'A 206 goes only to requests with Range.',
    when: 'requests have no Range',
    judge: (exchange) =>
      asks(exchange, 'range') ? undefined : exchange.answer.status !== 206 || 'It is a 206.',
  },
  {
    id: 'status-304-asked',
    level: 'must',
    reference: rfc(9110, '15.4.5'),
    sentence: 'A 304 goes only to GET and HEAD with a condition.',
    when: 'requests have no condition',
    judge: (exchange) =>
      asks(exchange, 'if-none-match', 'if-modified-since') &&
      ['GET', 'HEAD'].includes(exchange.request.method)
        ? undefined
        : exchange.answer.status !== 304 || 'It is a 304.',
  },
  {
    id: 'status-412-asked',
    level: 'must',
    reference: rfc(9110, '15.5.13'),
    sentence: 'A 412 goes only to requests with a condition.',
    when: 'requests have no condition',
    judge: (exchange) =>
      asks(
        exchange,
        'if-match',
        'if-none-match',
        'if-unmodified-since',
        'if-modified-since',
        'if-range',
      )
        ? undefined
        : exchange.answer.status !== 412 || 'It is a 412.',
  },
  {
    id: 'status-304-metadata',
    level: 'should',
    reference: rfc(9110, '15.4.5'),
    sentence: 'A 304 has no fields about content but those that guide a cache.',
    when: 'an answer is a 304',
    judge: ({ answer }) => {
      if (answer.status !== 304) return undefined
      const wrong = [
        'content-type',
        'content-encoding',
        'content-language',
        'content-range',
      ].filter((name) => field(answer, name) !== undefined)
      return wrong.length === 0 || `It has ${wrong.join(', ')}.`
    },
  },
  needs(
    '301-location',
    [301, 302, 303, 307, 308],
    'Location',
    'should',
    'A redirect says by Location where to go.',
    rfc(9110, '15.4'),
  ),
  needs(
    '401-challenge',
    [401],
    'WWW-Authenticate',
    'must',
    'A 401 says by WWW-Authenticate how to authenticate.',
    rfc(9110, '15.5.2'),
  ),
  needs(
    '407-challenge',
    [407],
    'Proxy-Authenticate',
    'must',
    'A 407 says by Proxy-Authenticate how to authenticate.',
    rfc(9110, '15.5.8'),
  ),
  needs(
    '416-range',
    [416],
    'Content-Range',
    'should',
    'A 416 tells by Content-Range how long the representation is.',
    rfc(9110, '15.5.17'),
  ),
  {
    ...needs(
      '426-upgrade',
      [426],
      'Upgrade',
      'must',
      'A 426 names by Upgrade what to upgrade to.',
      rfc(9110, '15.5.22'),
    ),
    when: 'an answer over HTTP/1.1 is a 426',
    judge: ({ answer, protocol }: Answered) => {
      if (answer.status !== 426 || protocol === 'HTTP/2') return undefined
      return Boolean(field(answer, 'upgrade')) || 'It has no Upgrade.'
    },
  },
  needs(
    '503-retry-after',
    [429, 503],
    'Retry-After',
    'practice',
    'A 429 or 503 says by Retry-After how long to wait.',
    rfc(9110, '10.2.3'),
  ),
  {
    id: 'status-451-link',
    level: 'should',
    reference: rfc(7725, '4'),
    sentence: 'A 451 names by Link who blocks, with rel="blocked-by".',
    when: 'an answer is a 451',
    judge: ({ answer }) => {
      if (answer.status !== 451) return undefined
      return (
        /\brel\s*=\s*"?[^"]*\bblocked-by\b/i.test(field(answer, 'link') ?? '') || 'It does not.'
      )
    },
  },
  {
    id: 'status-428-no-store',
    level: 'practice',
    reference: rfc(6585, '3'),
    sentence: '428, 429, 431 and 511 are told to caches as not to be stored.',
    when: 'an answer is a 428, 429, 431 or 511',
    judge: ({ answer }) => {
      if (![428, 429, 431, 511].includes(answer.status)) return undefined
      // None of them is stored without being told.
      const told = members(answer, 'cache-control')
      const isStorable =
        field(answer, 'expires') !== undefined ||
        told.some((one) => /^(?:public$|max-age=|s-maxage=)/.test(one))
      return !isStorable || told.includes('no-store') || `Cache-Control is ${told.join(', ')}.`
    },
  },
  {
    id: 'status-upgrade-option',
    level: 'must',
    reference: rfc(9110, '7.8'),
    sentence: 'An answer with Upgrade names it in Connection.',
    when: 'an answer has Upgrade',
    judge: ({ answer }) => {
      if (field(answer, 'upgrade') === undefined) return undefined
      return members(answer, 'connection').includes('upgrade') || 'It does not.'
    },
  },
  {
    id: 'status-error-content',
    level: 'should',
    reference: rfc(9110, '15.5'),
    sentence: 'A 4xx or 5xx explains itself in its content.',
    when: 'an answer to another method than HEAD is a 4xx or 5xx',
    judge: ({ answer, request, end }) => {
      if (answer.status < 400 || request.method === 'HEAD' || end === 'timeout') return undefined
      return answer.content.length > 0 || 'It has no content.'
    },
  },
  {
    id: 'status-error-trace',
    level: 'practice',
    reference: page(
      'OWASP Error Handling Cheat Sheet',
      'https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html',
    ),
    sentence: 'An error tells nothing of the insides of the server: no stack trace.',
    when: 'an answer with content is a 4xx or 5xx',
    judge: ({ answer }) => {
      if (answer.status < 400 || answer.content.length === 0) return undefined
      const text = answer.content.toString('utf8').replaceAll(/<br\s*\/?>|&nbsp;|\\n/g, '\n')
      return !trace.test(text) || 'It has a stack trace.'
    },
  },
  {
    id: 'status-no-5xx',
    level: 'practice',
    reference: rfc(9110, '15.6'),
    sentence: 'No malformed request is taken for a fault of the server (500).',
    when: 'a malformed request is answered',
    judge: ({ answer, request }) =>
      request.malformed === true ? answer.status !== 500 || 'It is a 500.' : undefined,
  },
  {
    id: 'status-missing',
    level: 'practice',
    reference: rfc(9110, '15.5.5'),
    sentence: 'What does not exist is answered with 404, not with 2xx.',
    when: 'the server answers at all',
    probe: async (probe) => {
      const exchange = await probe.get(missingPath)
      const isKept = classOf(exchange) !== 2 && !isOneOf(exchange, [500])
      return [keptIf(exchange, isKept, `GET ${missingPath} got ${ending(exchange)}.`)]
    },
  },
  {
    id: 'status-early-hints',
    level: 'practice',
    reference: rfc(8297, '2'),
    sentence: 'A 103 has hints: Link fields.',
    when: 'a 103 comes',
    judge: ({ interims }) => {
      const hints = interims.filter(({ status }) => status === 103)
      if (hints.length === 0) return undefined
      return hints.every((hint) => field(hint, 'link') !== undefined) || 'It has no Link.'
    },
  },
]
