import { describe, expect, it } from 'vitest'
import { statusOfFailure, type ParserFailure } from './parser-error.ts'

const failure = (code: string, text: string, more: Partial<ParserFailure> = {}): ParserFailure => ({
  code,
  reason: '',
  text,
  position: 1,
  isContinued: false,
  ...more,
})

// What Node's parser itself reports is tested beside `attachTo`; here is what it rarely does.
describe('statusOfFailure', () => {
  it.each(['FO', 'FOO ', 'FOO /a', 'FOO /a HTT', 'FOO /a HTTP/1.1', 'FOO /a HTTP/1.1\r'])(
    'waits for the rest of %j',
    (text) => {
      expect(statusOfFailure(failure('HPE_INVALID_METHOD', text), false)).toBeUndefined()
      expect(statusOfFailure(failure('HPE_INVALID_METHOD', text), true)).toBe(400)
    },
  )

  it.each(['\u0016\u0003\u0001', '{"a"', 'FOO\t', '<html>'])('does not wait behind %j', (text) => {
    expect(statusOfFailure(failure('HPE_INVALID_METHOD', text), false)).toBe(400)
  })

  it('waits for no more than a header section', () => {
    const text = `FOO /${'x'.repeat(20_000)}`
    expect(statusOfFailure(failure('HPE_INVALID_METHOD', text), false)).toBe(400)
  })

  it.each([
    ['behind content that ends no line', 'a b {"c":1}BREW / HTTP/1.1\r\n', 12, 501],
    ['behind content of letters', 'abcBREW / HTTP/1.1\r\n', 4, 501],
    ['behind empty lines', '\r\n\r\nBREW / HTTP/1.1\r\n', 5, 501],
  ])('finds a method %s', (_name, text, position, status) => {
    expect(statusOfFailure(failure('HPE_INVALID_METHOD', text, { position }), false)).toBe(status)
  })

  it.each([
    ['HPE_INVALID_METHOD', '', ' /a HTTP/1.1\r\n', 501],
    ['HPE_INVALID_CONSTANT', 'Invalid method for HTTP/x.x request', 'P/1.1\r\n', 501],
    ['HPE_INVALID_CONSTANT', 'Expected HTTP/, RTSP/ or ICE/', 'p/1.1\r\n', 400],
    ['HPE_INVALID_VERSION', 'Invalid HTTP version', '.0\r\n', 505],
    ['HPE_INVALID_VERSION', 'Expected CRLF after version', 'x\r\n', 400],
  ])('reads the end of a request line: %s %s %j', (code, reason, text, status) => {
    const seen = failure(code, text, { reason, isContinued: true, position: 0 })
    expect(statusOfFailure(seen, true)).toBe(status)
    expect(statusOfFailure({ ...seen, isContinued: false }, true)).toBe(400)
  })

  it.each([
    ['gzip', undefined, 501],
    ['', undefined, 501],
    ['', 'gzip', 501],
    ['', 'chunked', 400],
    ['chunked, chunked', undefined, 400],
    ['chunked, x', undefined, 501],
  ])('reads transfer codings: %j, %j', (value, codings, status) => {
    const text = value === '' ? '' : `GET / HTTP/1.1\r\nTransfer-Encoding: ${value}\r\n`
    expect(
      statusOfFailure(failure('HPE_INVALID_TRANSFER_ENCODING', text, { codings }), false),
    ).toBe(status)
  })

  it.each([
    ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
    ['ERR_HTTP_REQUEST_TIMEOUT', 408],
    ['HPE_PAUSED_H2_UPGRADE', 505],
    ['HPE_INVALID_EOF_STATE', 400],
    ['HPE_USER', 400],
  ])('says of %s', (code, status) => {
    expect(statusOfFailure(failure(code, ''), false)).toBe(status)
  })
})
