import { array, assert, boolean, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { field, readAnswers } from './answer.ts'

describe('readAnswers', () => {
  it('splits what came into answers, and keeps what is left', () => {
    const text =
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n' +
      'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc' +
      'HTTP/1.1 204 No Content\r\n\r\nrest'
    const { finals, interims, rest } = readAnswers(text, ['GET', 'GET'], true)
    expect(finals.map(({ status, content }) => [status, content.toString()])).toEqual([
      [200, 'abc'],
      [204, ''],
    ])
    expect(interims).toMatchObject([{ request: 0, answer: { status: 103 } }])
    expect(rest).toBe('rest')
  })

  it.each([
    ['content-length', 'Content-Length: 5\r\n\r\nabc', false],
    ['chunks', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', false],
    ['the end of the connection', '\r\nabc', true],
  ])('knows whether content told by %s is whole', (_title, text, whole) => {
    const { finals } = readAnswers(`HTTP/1.1 200 OK\r\n${text}`, ['GET'], true)
    expect(finals).toMatchObject([{ whole, content: Buffer.from('abc') }])
  })

  it('reads chunks, their extensions and trailers', () => {
    const text =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-A: 1\r\n\r\nrest'
    const { finals, rest } = readAnswers(text, ['GET'], false)
    expect(finals).toMatchObject([
      { content: Buffer.from('abc0123456789'), trailers: [['X-A', '1']], whole: true, faults: [] },
    ])
    expect(rest).toBe('rest')
  })

  it.each(['SSH-2.0-OpenSSH_9.6\r\n', 'hello, who are you?', ''])(
    'takes %j for no answer',
    (text) => {
      expect(readAnswers(text, ['GET'], true)).toEqual({ finals: [], interims: [], rest: text })
    },
  )

  it('joins the lines of a field', () => {
    const { finals } = readAnswers('HTTP/1.1 200 OK\r\nA: 1\r\na:\t2 \r\n\r\n', ['HEAD'], true)
    expect(finals.map((answer) => field(answer, 'A'))).toEqual(['1, 2'])
  })

  it('never throws, and loses no octet', () => {
    const pieces = constantFrom(
      'HTTP/1.1 200 OK',
      '\r\n',
      '\n',
      '\r',
      'A: b',
      ' ',
      'Content-Length: 2',
      'Transfer-Encoding: chunked',
      '2\r\nab\r\n',
      '0',
      '\0',
      ':',
    )
    const text = array(pieces, { maxLength: 20 }).map((list) => list.join(''))
    assert(
      property(text, boolean(), (came, ended) => {
        const { finals, interims, rest } = readAnswers(came, ['GET', 'HEAD'], ended)
        const seen = [...finals, ...interims.map(({ answer }) => answer)].reduce(
          (sum, { raw }) => sum + raw.length,
          rest.length,
        )
        expect(seen).toBe(came.length)
      }),
      { numRuns: 2000 },
    )
  })
})
