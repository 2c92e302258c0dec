import { ending, keptIf } from '../find.ts'
import type { Probe } from '../probe.ts'
import { rfc, type Finding, type Row } from '../rule.ts'
import type { FieldLine } from '../wire/answer.ts'
import { fieldBlock, frame, frameType, type Frame } from '../wire/frames.ts'
import {
  endHeaders,
  endStream,
  isRefusal,
  isUsable,
  ordinary,
  request,
  send,
  textOf,
  when,
} from './http2-frames.ts'

/** A malformed request: the stream or the connection is ended with an error, or it gets a 4xx. */
const malformed = (
  id: string,
  section: string,
  sentence: string,
  change: (fields: FieldLine[]) => readonly FieldLine[],
  level: Row['level'] = 'must',
  content?: string,
): Row => ({
  id: `h2-${id}`,
  level,
  reference: rfc(9113, section),
  sentence,
  when: `${when}, and answers an ordinary request`,
  probe: async (probe): Promise<readonly Finding[]> => {
    if (!(await isUsable(probe))) return []
    const fields = change(ordinary(probe))
    const frames =
      content === undefined
        ? [request(fields)]
        : [
            frame(frameType.headers, endHeaders, 1, fieldBlock(fields)),
            frame(frameType.data, endStream, 1, Buffer.from(content)),
          ]
    // An answer may come before the error that ends the stream.
    const { exchange, reply } = await send(probe, frames, textOf(fields), (came) =>
      came.some(isRefusal),
    )
    const isRefused =
      reply.frames.some(isRefusal) ||
      reply.end === 'closed' ||
      reply.end === 'reset' ||
      (exchange.answer?.status ?? 0) >= 400
    return [keptIf(exchange, isRefused, `It got ${ending(exchange)}.`)]
  },
})

/** Frames that break the connection: it is ended with an error. */
const fatal = (
  id: string,
  section: string,
  sentence: string,
  frames: (probe: Probe) => readonly Buffer[],
): Row => ({
  id: `h2-${id}`,
  level: 'must',
  reference: rfc(9113, section),
  sentence,
  when,
  probe: async (probe) => {
    const given = frames(probe)
    const { exchange, reply } = await send(
      probe,
      given,
      given.map((one) => one.toString('hex')).join('\n'),
      (came) => came.some(({ type }) => type === frameType.goAway),
    )
    const isEnded =
      reply.end === 'closed' ||
      reply.end === 'reset' ||
      reply.frames.some(({ type }) => type === frameType.goAway)
    return [keptIf(exchange, isEnded, 'The connection went on.')]
  },
})

/** Frames of which the server has to make nothing bad: the request behind them is answered. */
const harmless = (
  id: string,
  section: string,
  sentence: string,
  frames: readonly Buffer[],
): Row => ({
  id: `h2-${id}`,
  level: 'must',
  reference: rfc(9113, section),
  sentence,
  when: `${when}, and answers an ordinary request`,
  probe: async (probe) => {
    if (!(await isUsable(probe))) return []
    const fields = ordinary(probe)
    const { exchange } = await send(probe, [...frames, request(fields)], textOf(fields))
    return [
      keptIf(
        exchange,
        exchange.answer !== undefined,
        `The request behind it got ${ending(exchange)}.`,
      ),
    ]
  },
})

const without = (name: string) => (fields: FieldLine[]) => fields.filter(([key]) => key !== name)
const withLine =
  (name: string, value: string) =>
  (fields: FieldLine[]): FieldLine[] => [...fields, [name, value]]
const ping = Buffer.from('conforms')

/** HTTP/2. */
export const http2Rules: readonly Row[] = [
  {
    id: 'h2-answer',
    level: 'must',
    reference: rfc(9113, '8.1.1'),
    sentence:
      'Answers are well-formed: names in small letters, no connection fields, lengths that are right.',
    when,
    probe: (probe) =>
      probe.each(async (path) => {
        const exchange = await probe.ask2({ method: 'GET', target: path })
        if (exchange === undefined || exchange.end === 'timeout') return undefined
        return keptIf(
          exchange,
          exchange.answer !== undefined && exchange.end !== 'reset',
          'A client ends the stream with an error.',
        )
      }),
  },
  {
    id: 'h2-same',
    level: 'practice',
    reference: rfc(9113, '8'),
    sentence: 'GET has the status that it has over HTTP/1.1.',
    when,
    probe: (probe) =>
      probe.each(async (path) => {
        const [one, other] = [
          await probe.get(path),
          await probe.ask2({ method: 'GET', target: path }),
        ]
        // 426 asks for what is already there.
        if (other === undefined || one.answer === undefined || one.answer.status === 426)
          return undefined
        return keptIf(
          other,
          other.answer?.status === one.answer.status,
          `It got ${ending(other)}, and ${ending(one)} over HTTP/1.1.`,
        )
      }),
  },
  {
    id: 'h2-settings-first',
    level: 'must',
    reference: rfc(9113, '3.4'),
    sentence: 'The first frame of the server is SETTINGS.',
    when,
    probe: async (probe) => {
      const { exchange, reply } = await send(probe, [], 'SETTINGS', (frames) => frames.length > 0)
      return [keptIf(exchange, reply.frames[0]?.type === frameType.settings, 'It is not.')]
    },
  },
  {
    id: 'h2-settings-ack',
    level: 'must',
    reference: rfc(9113, '6.5.3'),
    sentence: 'SETTINGS are acknowledged.',
    when,
    probe: async (probe) => {
      const isAck = ({ type, flags }: Frame): boolean =>
        type === frameType.settings && flags % 2 === 1
      const { exchange, reply } = await send(probe, [], 'SETTINGS', (frames) => frames.some(isAck))
      return [keptIf(exchange, reply.frames.some(isAck), 'They are not.')]
    },
  },
  {
    id: 'h2-ping',
    level: 'must',
    reference: rfc(9113, '6.7'),
    sentence: 'PING comes back with what was in it.',
    when,
    probe: async (probe) => {
      const isAck = ({ type, flags }: Frame): boolean => type === frameType.ping && flags % 2 === 1
      const { exchange, reply } = await send(
        probe,
        [frame(frameType.ping, 0, 0, ping)],
        'PING conforms',
        (frames) => frames.some(isAck),
      )
      return [
        keptIf(exchange, reply.frames.find(isAck)?.payload.equals(ping) === true, 'It does not.'),
      ]
    },
  },
  harmless('unknown-frame', '4.1', 'A frame of a type that the server does not know is skipped.', [
    frame(0xcf, 0, 0, Buffer.from('abc')),
  ]),
  harmless('unknown-setting', '6.5.2', 'A setting that the server does not know is skipped.', [
    frame(frameType.settings, 0, 0, Buffer.from([0xcf, 0xcf, 0, 0, 0, 1])),
  ]),
  malformed(
    'upper-case',
    '8.2.1',
    'A request with a field name in capitals is refused.',
    withLine('X-Conformance', '1'),
  ),
  malformed(
    'name-space',
    '8.2.1',
    'A request with a space in a field name is refused.',
    withLine('x conformance', '1'),
  ),
  malformed(
    'value-nul',
    '8.2.1',
    'A request with NUL in a field value is refused.',
    withLine('x-conformance', 'a\0b'),
  ),
  malformed(
    'value-crlf',
    '8.2.1',
    'A request with CR and LF in a field value is refused.',
    withLine('x-conformance', 'a\r\nb: c'),
  ),
  malformed(
    'value-space',
    '8.2.1',
    'A request with a field value that begins with a space is refused.',
    withLine('x-conformance', ' a'),
  ),
  malformed(
    'connection',
    '8.2.2',
    'A request with Connection is refused.',
    withLine('connection', 'close'),
  ),
  malformed(
    'transfer-encoding',
    '8.2.2',
    'A request with Transfer-Encoding is refused.',
    withLine('transfer-encoding', 'chunked'),
  ),
  malformed(
    'te',
    '8.2.2',
    'A request whose TE is not trailers is refused.',
    withLine('te', 'gzip'),
  ),
  malformed('no-method', '8.3.1', 'A request without :method is refused.', without(':method')),
  malformed('no-scheme', '8.3.1', 'A request without :scheme is refused.', without(':scheme')),
  malformed('no-path', '8.3.1', 'A request without :path is refused.', without(':path')),
  malformed('empty-path', '8.3.1', 'A request with an empty :path is refused.', (fields) => [
    ...without(':path')(fields),
    [':path', ''],
  ]),
  malformed('two-paths', '8.3', 'A request with :path twice is refused.', (fields) => [
    ...fields,
    [':path', '/'],
  ]),
  malformed(
    'unknown-pseudo',
    '8.3',
    'A request with a pseudo-header field that nobody has defined is refused.',
    (fields) => [...fields, [':conformance', '1']],
  ),
  malformed('answer-pseudo', '8.3', 'A request with :status is refused.', (fields) => [
    ...fields,
    [':status', '200'],
  ]),
  malformed(
    'late-pseudo',
    '8.3',
    'A request with a pseudo-header field behind others is refused.',
    (fields) => [...without(':path')(fields), ['x-conformance', '1'], [':path', '/']],
  ),
  malformed(
    'host',
    '8.3.1',
    'A request whose Host is not its :authority is refused.',
    withLine('host', 'conformance.invalid'),
    'should',
  ),
  malformed(
    'length',
    '8.1.1',
    'A request whose content is not as long as Content-Length says is refused.',
    withLine('content-length', '5'),
    'must',
    'abc',
  ),
  fatal(
    'even-stream',
    '5.1.1',
    'A request on a stream with an even number ends the connection.',
    (probe) => [request(ordinary(probe), 2)],
  ),
  fatal('data-zero', '6.1', 'DATA on stream 0 ends the connection.', () => [
    frame(frameType.data, 0, 0, Buffer.from('abc')),
  ]),
  fatal('headers-zero', '6.2', 'HEADERS on stream 0 end the connection.', (probe) => [
    request(ordinary(probe), 0),
  ]),
  fatal(
    'settings-length',
    '6.5',
    'SETTINGS whose length is no multiple of 6 end the connection.',
    () => [frame(frameType.settings, 0, 0, Buffer.alloc(5))],
  ),
  fatal('ping-length', '6.7', 'PING whose length is not 8 ends the connection.', () => [
    frame(frameType.ping, 0, 0, Buffer.alloc(7)),
  ]),
  fatal('continuation', '6.10', 'CONTINUATION that continues nothing ends the connection.', () => [
    frame(frameType.continuation, endHeaders, 1, Buffer.alloc(3)),
  ]),
  fatal('field-block', '4.3', 'A field block that cannot be decoded ends the connection.', () => [
    frame(
      frameType.headers,
      endStream + endHeaders,
      1,
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff]),
    ),
  ]),
]
