import { ending, isOneOf, keptIf, refuses, type Ask } from '../find.ts'
import type { Probe } from '../probe.ts'
import { rfc, type Exchange, type Finding, type Row } from '../rule.ts'

const always = 'the server answers at all'

/** The field lines of requests. */
export const requestFieldRules: readonly Row[] = [
  {
    id: 'field-name',
    level: 'should',
    reference: rfc(9112, '2.2'),
    sentence: 'A field name that is no token is refused.',
    when: always,
    probe: withLines('X(a): 1\r\n'),
  },
  {
    id: 'field-name-empty',
    level: 'should',
    reference: rfc(9112, '2.2'),
    sentence: 'A field line without a name is refused.',
    when: always,
    probe: withLines(': 1\r\n'),
  },
  {
    id: 'field-colon',
    level: 'should',
    reference: rfc(9112, '2.2'),
    sentence: 'A field line without a colon is refused.',
    when: always,
    probe: withLines('X-Conformance\r\n'),
  },
  {
    id: 'field-spaces',
    level: 'must',
    reference: rfc(9112, '5.1'),
    sentence: 'White space around a field value, or its absence, changes nothing.',
    when: always,
    probe: sameAs((authority) => `Host:\t ${authority} \t\r\nAccept:*/*\r\n`),
  },
  {
    id: 'field-case',
    level: 'must',
    reference: rfc(9110, '5.1'),
    sentence: 'Field names are read in small and large letters.',
    when: always,
    probe: sameAs((authority) => `hOST: ${authority}\r\naccept: */*\r\n`),
  },
  {
    id: 'field-unknown',
    level: 'should',
    reference: rfc(9110, '5.1'),
    sentence: 'A field that the server does not know changes nothing.',
    when: always,
    probe: sameAs(
      (authority) => `Host: ${authority}\r\nAccept: */*\r\nX-Conformance: 1\r\nX-Empty:\r\n`,
    ),
  },
  {
    id: 'field-too-large',
    level: 'must',
    reference: rfc(9110, '5.4'),
    sentence: 'Fields that are too large are answered with a 4xx.',
    when: 'the server does not take a field of 300,000 octets',
    probe: async (probe) =>
      large(
        probe,
        (exchange) => exchange.answer?.status.toString().startsWith('4') ?? false,
        'a 4xx',
      ),
  },
  {
    id: 'field-too-large-431',
    level: 'practice',
    reference: rfc(6585, '5'),
    sentence: 'The 4xx for fields that are too large is 431.',
    when: 'the server answers a field of 300,000 octets with an error',
    probe: async (probe) => large(probe, (exchange) => isOneOf(exchange, [431]), '431'),
  },
]

/** A probe with one line that has to be refused. */
function withLines(lines: string): Ask {
  return refuses(
    (authority, path) =>
      `GET ${path} HTTP/1.1\r\nHost: ${authority}\r\n${lines}Connection: close\r\n\r\n`,
    { any: true, close: true },
  )
}

/** A probe with lines that change nothing. */
function sameAs(lines: (authority: string) => string): Ask {
  return async (probe) => {
    const usual = await probe.get(probe.path, { Accept: '*/*' })
    const octets = `GET ${probe.path} HTTP/1.1\r\n${lines(probe.origin.authority)}Connection: close\r\n\r\n`
    const [exchange] = await probe.raw(octets, [{ method: 'GET', target: probe.path }])
    if (exchange === undefined) return []
    const broken = `It got ${ending(exchange)}, and ${ending(usual)} with ordinary fields.`
    return [keptIf(exchange, exchange.answer?.status === usual.answer?.status, broken)]
  }
}

async function large(
  probe: Probe,
  isKept: (exchange: Exchange) => boolean,
  wanted: string,
): Promise<readonly Finding[]> {
  const usual = await probe.get(probe.path)
  const exchange = await probe.get(probe.path, { 'X-Conformance': 'x'.repeat(300_000) })
  if (exchange.answer !== undefined && exchange.answer.status === usual.answer?.status) return []
  if (wanted === '431' && exchange.answer === undefined) return []
  return [keptIf(exchange, isKept(exchange), `It got ${ending(exchange)} in place of ${wanted}.`)]
}
