import { classOf, ending, isOneOf, keptIf, refuses } from '../find.ts'
import { missingPath } from '../probe.ts'
import { rfc, type Row } from '../rule.ts'

const always = 'the server answers at all'

/** A request whose first line is as given, and which is fine otherwise. */
const withLine =
  (line: (path: string, authority: string) => string) =>
  (authority: string, path: string): string =>
    `${line(path, authority)}\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`

/** Request lines and request targets. */
export const requestRules: readonly Row[] = [
  {
    id: 'request-line-space',
    level: 'should',
    reference: rfc(9112, '3.2'),
    sentence: 'A request target with a space in it is refused, not put right.',
    when: always,
    probe: refuses(
      withLine((path) => `GET ${path} x HTTP/1.1`),
      { any: true, close: true },
    ),
  },
  {
    id: 'request-line-protocol',
    level: 'should',
    reference: rfc(9112, '3'),
    sentence: 'A request line whose protocol is not HTTP is refused.',
    when: always,
    probe: refuses(
      withLine((path) => `GET ${path} HTTQ/1.1`),
      { any: true, close: true },
    ),
  },
  {
    id: 'request-line-version',
    level: 'should',
    reference: rfc(9112, '2.3'),
    sentence: 'A version that is not one digit, a dot and one digit is refused.',
    when: always,
    probe: refuses(
      withLine((path) => `GET ${path} HTTP/1.1.1`),
      { any: true, close: true },
    ),
  },
  {
    id: 'request-line-method',
    level: 'should',
    reference: rfc(9112, '2.2'),
    sentence: 'A method that is no token is refused.',
    when: always,
    probe: refuses(
      withLine((path) => `G@T ${path} HTTP/1.1`),
      { any: true, close: true },
    ),
  },
  {
    id: 'request-line-major',
    level: 'practice',
    reference: rfc(9110, '15.6.6'),
    sentence: 'A request line of another major version is answered with 505, or 400.',
    when: always,
    probe: refuses(
      withLine((path) => `GET ${path} HTTP/3.0`),
      { statuses: [400, 505], close: true },
    ),
  },
  {
    id: 'request-line-bare-cr',
    level: 'must',
    reference: rfc(9112, '2.2'),
    sentence: 'A CR alone does not end a request line.',
    when: always,
    probe: refuses((authority, path) => `GET ${path} HTTP/1.1\rHost: ${authority}\r\n\r\n`, {
      any: true,
      close: true,
    }),
  },
  {
    id: 'request-line-empty-before',
    level: 'should',
    reference: rfc(9112, '2.2'),
    sentence: 'An empty line before a request line is skipped.',
    when: always,
    probe: async (probe) => {
      const usual = await probe.get(probe.path)
      const { authority } = probe.origin
      const octets = `\r\n${withLine((path) => `GET ${path} HTTP/1.1`)(authority, probe.path)}`
      const found = await probe.raw(octets, [{ method: 'GET', target: probe.path }])
      return found.map((exchange) =>
        keptIf(
          exchange,
          exchange.answer?.status === usual.answer?.status,
          `It got ${ending(exchange)}, and ${ending(usual)} without the empty line.`,
        ),
      )
    },
  },
  {
    id: 'request-leading-space',
    level: 'must',
    reference: rfc(9112, '2.2'),
    sentence:
      'A line with white space ahead of the first field is refused or skipped, not taken as a field.',
    when: always,
    // Skipped, it leaves a request without Host, which is refused as well.
    probe: refuses(
      (authority, path) =>
        `GET ${path} HTTP/1.1\r\n Host: ${authority}\r\nConnection: close\r\n\r\n`,
      { any: true, close: true },
    ),
  },
  {
    id: 'target-fragment',
    level: 'should',
    reference: rfc(9112, '3.2'),
    sentence: 'A request target with a fragment is refused.',
    when: always,
    probe: refuses(
      withLine((path) => `GET ${path}#part HTTP/1.1`),
      { any: true, close: true },
    ),
  },
  {
    id: 'target-control',
    level: 'should',
    reference: rfc(9112, '2.2'),
    sentence: 'A request target with a control character is refused.',
    when: always,
    probe: refuses(
      withLine((path) => `GET ${path}\u0001 HTTP/1.1`),
      { any: true, close: true },
    ),
  },
  {
    id: 'target-octets',
    level: 'should',
    reference: rfc(9112, '3.2'),
    sentence: 'A request target with octets outside ASCII is refused.',
    when: always,
    probe: refuses(
      withLine((path) => `GET ${path}\u00E9 HTTP/1.1`),
      { any: true, close: true },
    ),
  },
  {
    id: 'target-asterisk',
    level: 'should',
    reference: rfc(9112, '3.2.4'),
    sentence: 'The target * is refused for every method but OPTIONS.',
    when: always,
    probe: refuses(
      withLine(() => 'GET * HTTP/1.1'),
      { any: true, close: true },
    ),
  },
  {
    id: 'target-authority',
    level: 'should',
    reference: rfc(9112, '3.2.3'),
    sentence: 'A target that is only an authority is refused for every method but CONNECT.',
    when: always,
    probe: refuses(
      withLine((_path, authority) => `GET ${authority.replace(/:\d+$/, '')}:80 HTTP/1.1`),
      {
        any: true,
        close: true,
      },
    ),
  },
  {
    id: 'target-absolute',
    level: 'must',
    reference: rfc(9112, '3.2.2'),
    sentence: 'A target in absolute form is taken.',
    when: 'GET is answered with 2xx or 3xx',
    probe: async (probe) => {
      const usual = await probe.get(probe.path)
      if (![2, 3].includes(classOf(usual))) return []
      const scheme = probe.origin.secure ? 'https' : 'http'
      const target = `${scheme}://${probe.origin.authority}${probe.path}`
      const exchange = await probe.ask({ method: 'GET', target })
      const status = exchange.answer?.status
      const broken = `It got ${ending(exchange)}, and ${ending(usual)} in origin form.`
      return [keptIf(exchange, status === usual.answer?.status, broken)]
    },
  },
  {
    id: 'target-absolute-host',
    level: 'must',
    reference: rfc(9112, '3.2.2'),
    sentence: 'The authority of a target in absolute form counts, not that of Host.',
    when: 'GET is answered with 2xx or 3xx',
    probe: async (probe) => {
      const usual = await probe.get(probe.path)
      if (![2, 3].includes(classOf(usual))) return []
      const scheme = probe.origin.secure ? 'https' : 'http'
      const target = `${scheme}://${probe.origin.authority}${probe.path}`
      const exchange = await probe.ask({ method: 'GET', target, host: 'conformance.invalid' })
      const status = exchange.answer?.status
      const broken = `With another Host it got ${ending(exchange)}, and ${ending(usual)} in origin form.`
      return [keptIf(exchange, status === usual.answer?.status, broken)]
    },
  },
  {
    id: 'target-8000',
    level: 'should',
    reference: rfc(9112, '3'),
    sentence: 'A request line of 8,000 octets is read.',
    when: always,
    probe: async (probe) => {
      const rest = 'GET ?x= HTTP/1.1'.length + probe.path.length
      const join = probe.path.includes('?') ? '&' : '?'
      const target = `${probe.path}${join}x=${'x'.repeat(8000 - rest)}`
      const exchange = await probe.ask({ method: 'GET', target })
      const isRead = exchange.answer !== undefined && !isOneOf(exchange, [400, 413, 414, 431])
      return [keptIf(exchange, isRead, `It got ${ending(exchange)}.`)]
    },
  },
  {
    id: 'target-too-long',
    level: 'must',
    reference: rfc(9112, '3'),
    sentence: 'A request target that is too long is answered with 414.',
    when: 'the server does not take a target of 20,000 octets',
    probe: async (probe) => {
      const target = `${missingPath}?x=${'x'.repeat(20_000)}`
      const exchange = await probe.ask({ method: 'GET', target })
      const usual = await probe.get(missingPath)
      if (exchange.answer !== undefined && exchange.answer.status === usual.answer?.status)
        return []
      return [
        keptIf(exchange, isOneOf(exchange, [414]), `It got ${ending(exchange)} in place of 414.`),
      ]
    },
  },
  {
    id: 'target-percent',
    level: 'practice',
    reference: rfc(9110, '15.5.1'),
    sentence:
      'Broken percent-encoding in a path is the fault of the client (4xx), not of the server.',
    when: always,
    probe: async (probe) => {
      const exchange = await probe.ask({ method: 'GET', target: '/%zz%E0%A4' })
      const isKept = exchange.answer !== undefined && classOf(exchange) !== 5
      return [keptIf(exchange, isKept, `It got ${ending(exchange)}.`)]
    },
  },
]
