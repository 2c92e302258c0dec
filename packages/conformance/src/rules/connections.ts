import { classOf, ending, keptIf } from '../find.ts'
import { missingPath } from '../probe.ts'
import { rfc, type Row } from '../rule.ts'
import { members } from '../wire/answer.ts'
import { keptOpen } from './framing.ts'

const always = 'the server answers at all'

/** How connections are kept and closed, and interim answers. */
export const connectionRules: readonly Row[] = [
  {
    id: 'connection-kept',
    level: 'should',
    reference: rfc(9112, '9.3'),
    sentence: 'A connection of HTTP/1.1 is kept for another request.',
    when: always,
    probe: async (probe) => {
      const [first, second] = await keptOpen(probe)
      if (first?.answer === undefined || second === undefined) return []
      return [keptIf(second, second.answer !== undefined, 'It was closed behind the first answer.')]
    },
  },
  {
    id: 'connection-order',
    level: 'must',
    reference: rfc(9112, '9.3.2'),
    sentence: 'Requests that are sent at once are answered in their order.',
    when: 'the server keeps a connection open, and answers different paths differently',
    probe: async (probe) => {
      const usual = [await probe.get(probe.path), await probe.get(missingPath)]
      const [one, two] = usual.map(({ answer }) => answer?.status)
      if (one === undefined || two === undefined || one === two) return []
      const targets = [probe.path, missingPath, missingPath, probe.path]
      const found = await probe.pipe(
        targets.map((target, index) => ({ method: 'GET', target, close: index === 3 })),
      )
      const [first, second] = found
      if (first === undefined || second?.answer === undefined) return []
      const came = found.map(({ answer }) => answer?.status)
      const due = [one, two, two, one]
      return [
        keptIf(
          first,
          came.every((status, index) => status === undefined || status === due[index]),
          `They were answered with ${came.join(', ')} in place of ${due.join(', ')}.`,
        ),
      ]
    },
  },
  {
    id: 'connection-close',
    level: 'must',
    reference: rfc(9112, '9.6'),
    sentence: 'The connection is closed behind the answer to a request with Connection: close.',
    when: always,
    probe: async (probe) => {
      const exchange = await probe.get(probe.path)
      if (exchange.answer?.whole !== true) return []
      return [keptIf(exchange, exchange.end !== 'open', 'The server left it open.')]
    },
  },
  {
    id: 'connection-close-case',
    level: 'must',
    reference: rfc(9110, '7.6.1'),
    sentence: 'Connection options are read in small and large letters, and in a list.',
    when: always,
    probe: async (probe) => {
      const exchange = await probe.get(probe.path, { Connection: 'X-Conformance, CLOSE' })
      if (exchange.answer?.whole !== true) return []
      return [keptIf(exchange, exchange.end !== 'open', 'The server left it open.')]
    },
  },
  {
    id: 'connection-close-said',
    level: 'should',
    reference: rfc(9112, '9.6'),
    sentence: 'The last answer of a connection says Connection: close.',
    when: always,
    probe: async (probe) => {
      const exchange = await probe.get(probe.path)
      if (exchange.answer === undefined) return []
      const isSaid = members(exchange.answer, 'connection').includes('close')
      return [keptIf(exchange, isSaid, 'The answer does not say so.')]
    },
  },
  {
    id: 'connection-after-close',
    level: 'must',
    reference: rfc(9112, '9.6'),
    sentence: 'Nothing is read behind a request with Connection: close.',
    when: always,
    probe: async (probe) => {
      const [first, second] = await probe.pipe([
        { method: 'GET', target: probe.path },
        { method: 'GET', target: missingPath },
      ])
      if (first?.answer === undefined) return []
      return [keptIf(first, second?.answer === undefined, 'The request behind it was answered.')]
    },
  },
  {
    id: 'connection-answer-close',
    level: 'must',
    reference: rfc(9112, '9.6'),
    sentence: 'Nothing is answered behind an answer that says Connection: close.',
    when: 'an answer says so to a request that does not',
    probe: async (probe) => {
      const found = await keptOpen(probe)
      const [first, second] = found
      if (first?.answer === undefined || !members(first.answer, 'connection').includes('close'))
        return []
      return [keptIf(first, second?.answer === undefined, 'Another answer came behind it.')]
    },
  },
  {
    id: 'connection-http10',
    level: 'must',
    reference: rfc(9112, '9.3'),
    sentence: 'The connection of an HTTP/1.0 request without keep-alive is closed.',
    when: always,
    probe: async (probe) => {
      const request = {
        method: 'GET',
        target: probe.path,
        version: 'HTTP/1.0',
        close: false,
      } as const
      const exchange = await probe.ask(request)
      if (exchange.answer === undefined)
        return [{ exchange, broken: `It got ${ending(exchange)}.` }]
      if (!exchange.answer.whole) return []
      return [keptIf(exchange, exchange.end !== 'open', 'The server left it open.')]
    },
  },
  {
    id: 'expect-answered',
    level: 'must',
    reference: rfc(9110, '10.1.1'),
    sentence:
      'A request with Expect: 100-continue gets 100 or a final answer while its content waits.',
    when: always,
    probe: async (probe) => {
      const { authority } = probe.origin
      const octets = `GET ${probe.path} HTTP/1.1\r\nHost: ${authority}\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n`
      // The content is not sent.
      const found = await probe.raw(octets, [{ method: 'GET', target: probe.path }], true)
      return found.map((exchange) =>
        keptIf(
          exchange,
          exchange.answer !== undefined || exchange.interims.length > 0,
          `It got ${ending(exchange)}.`,
        ),
      )
    },
  },
  {
    id: 'interim-http10',
    level: 'must',
    reference: rfc(9110, '15.2'),
    sentence: 'No 1xx is sent to a client of HTTP/1.0.',
    when: always,
    probe: async (probe) => {
      const exchange = await probe.ask({
        method: 'GET',
        target: probe.path,
        version: 'HTTP/1.0',
        fields: { Expect: '100-continue' },
        content: 'ab',
      })
      const { interims, answer } = exchange
      const isInterim = interims.length > 0 || classOf(exchange) === 1
      if (answer === undefined && !isInterim) return []
      return [keptIf(exchange, !isInterim, `It got ${interims[0]?.status ?? answer?.status}.`)]
    },
  },
]
