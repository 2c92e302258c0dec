import { refuses } from '../find.ts'
import { rfc, type Row } from '../rule.ts'

/** A request with the given lines in place of its Host line. */
const withHost = (write: (authority: string) => string) =>
  refuses(
    (authority, path) => `GET ${path} HTTP/1.1\r\n${write(authority)}Connection: close\r\n\r\n`,
  )

const hostRow = (
  id: string,
  sentence: string,
  write: (authority: string) => string,
  reference = rfc(9112, '3.2'),
): Row => ({
  id: `host-${id}`,
  level: 'must',
  reference,
  sentence,
  when: 'the server answers at all',
  probe: withHost(write),
})

/** The Host field of requests. */
export const hostRules: readonly Row[] = [
  hostRow('missing', 'A request of HTTP/1.1 without Host is answered with 400.', () => ''),
  hostRow(
    'two',
    'A request with two lines of Host is answered with 400.',
    (authority) => `Host: ${authority}\r\nHost: ${authority}\r\n`,
  ),
  hostRow(
    'list',
    'A Host with two hosts is answered with 400.',
    (authority) => `Host: ${authority}, ${authority}\r\n`,
  ),
  hostRow('space', 'A Host with a space in it is answered with 400.', () => 'Host: a b\r\n'),
  hostRow(
    'user',
    'A Host with user information is answered with 400.',
    (authority) => `Host: user@${authority}\r\n`,
  ),
  hostRow('port', 'A Host whose port is no number is answered with 400.', () => 'Host: a:b\r\n'),
  hostRow(
    'path',
    'A Host with a path is answered with 400.',
    (authority) => `Host: ${authority}/a\r\n`,
  ),
  hostRow(
    'folded',
    'A Host that goes on in a second line is answered with 400: the spaces in between are part of it.',
    (authority) => `Host: ${authority}\r\n b\r\n`,
    rfc(9112, '5.2'),
  ),
  hostRow(
    'nul',
    'A Host with a NUL in it is answered with 400.',
    (authority) => `Host: ${authority}\0b\r\n`,
    rfc(9110, '5.5'),
  ),
  hostRow(
    'bare-cr',
    'A Host with a CR in it is answered with 400: a CR alone ends no line.',
    (authority) => `Host: ${authority}\rX-Other: b\r\n`,
    rfc(9112, '2.2'),
  ),
  hostRow(
    'colon-space',
    'A field line with white space ahead of its colon is answered with 400.',
    (authority) => `Host : ${authority}\r\n`,
    rfc(9112, '5.1'),
  ),
]
