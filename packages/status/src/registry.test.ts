import { describe, expect, expectTypeOf, it } from 'vitest'

import { statuses, statusInfo, type StatusCode } from './index.ts'

/**
 * The registry once more, from a transcription made independently of `registry.ts`: double entry, so
 * that a slip of the pen in either of them shows.
 */
const transcription: readonly (readonly [code: number, phrase: string, reference: string])[] = [
  [100, 'Continue', 'RFC 9110, Section 15.2.1'],
  [101, 'Switching Protocols', 'RFC 9110, Section 15.2.2'],
  [102, 'Processing', 'RFC 2518, Section 10.1'],
  [103, 'Early Hints', 'RFC 8297, Section 2'],
  [104, 'Upload Resumption Supported', 'draft-ietf-httpbis-resumable-upload-05'],
  [200, 'OK', 'RFC 9110, Section 15.3.1'],
  [201, 'Created', 'RFC 9110, Section 15.3.2'],
  [202, 'Accepted', 'RFC 9110, Section 15.3.3'],
  [203, 'Non-Authoritative Information', 'RFC 9110, Section 15.3.4'],
  [204, 'No Content', 'RFC 9110, Section 15.3.5'],
  [205, 'Reset Content', 'RFC 9110, Section 15.3.6'],
  [206, 'Partial Content', 'RFC 9110, Section 15.3.7'],
  [207, 'Multi-Status', 'RFC 4918, Section 11.1'],
  [208, 'Already Reported', 'RFC 5842, Section 7.1'],
  [226, 'IM Used', 'RFC 3229, Section 10.4.1'],
  [300, 'Multiple Choices', 'RFC 9110, Section 15.4.1'],
  [301, 'Moved Permanently', 'RFC 9110, Section 15.4.2'],
  [302, 'Found', 'RFC 9110, Section 15.4.3'],
  [303, 'See Other', 'RFC 9110, Section 15.4.4'],
  [304, 'Not Modified', 'RFC 9110, Section 15.4.5'],
  [305, 'Use Proxy', 'RFC 9110, Section 15.4.6'],
  [306, '(Unused)', 'RFC 9110, Section 15.4.7'],
  [307, 'Temporary Redirect', 'RFC 9110, Section 15.4.8'],
  [308, 'Permanent Redirect', 'RFC 9110, Section 15.4.9'],
  [400, 'Bad Request', 'RFC 9110, Section 15.5.1'],
  [401, 'Unauthorized', 'RFC 9110, Section 15.5.2'],
  [402, 'Payment Required', 'RFC 9110, Section 15.5.3'],
  [403, 'Forbidden', 'RFC 9110, Section 15.5.4'],
  [404, 'Not Found', 'RFC 9110, Section 15.5.5'],
  [405, 'Method Not Allowed', 'RFC 9110, Section 15.5.6'],
  [406, 'Not Acceptable', 'RFC 9110, Section 15.5.7'],
  [407, 'Proxy Authentication Required', 'RFC 9110, Section 15.5.8'],
  [408, 'Request Timeout', 'RFC 9110, Section 15.5.9'],
  [409, 'Conflict', 'RFC 9110, Section 15.5.10'],
  [410, 'Gone', 'RFC 9110, Section 15.5.11'],
  [411, 'Length Required', 'RFC 9110, Section 15.5.12'],
  [412, 'Precondition Failed', 'RFC 9110, Section 15.5.13'],
  [413, 'Content Too Large', 'RFC 9110, Section 15.5.14'],
  [414, 'URI Too Long', 'RFC 9110, Section 15.5.15'],
  [415, 'Unsupported Media Type', 'RFC 9110, Section 15.5.16'],
  [416, 'Range Not Satisfiable', 'RFC 9110, Section 15.5.17'],
  [417, 'Expectation Failed', 'RFC 9110, Section 15.5.18'],
  [418, '(Unused)', 'RFC 9110, Section 15.5.19'],
  [421, 'Misdirected Request', 'RFC 9110, Section 15.5.20'],
  [422, 'Unprocessable Content', 'RFC 9110, Section 15.5.21'],
  [423, 'Locked', 'RFC 4918, Section 11.3'],
  [424, 'Failed Dependency', 'RFC 4918, Section 11.4'],
  [425, 'Too Early', 'RFC 8470, Section 5.2'],
  [426, 'Upgrade Required', 'RFC 9110, Section 15.5.22'],
  [428, 'Precondition Required', 'RFC 6585, Section 3'],
  [429, 'Too Many Requests', 'RFC 6585, Section 4'],
  [431, 'Request Header Fields Too Large', 'RFC 6585, Section 5'],
  [451, 'Unavailable For Legal Reasons', 'RFC 7725, Section 3'],
  [500, 'Internal Server Error', 'RFC 9110, Section 15.6.1'],
  [501, 'Not Implemented', 'RFC 9110, Section 15.6.2'],
  [502, 'Bad Gateway', 'RFC 9110, Section 15.6.3'],
  [503, 'Service Unavailable', 'RFC 9110, Section 15.6.4'],
  [504, 'Gateway Timeout', 'RFC 9110, Section 15.6.5'],
  [505, 'HTTP Version Not Supported', 'RFC 9110, Section 15.6.6'],
  [506, 'Variant Also Negotiates', 'RFC 2295, Section 8.1'],
  [507, 'Insufficient Storage', 'RFC 4918, Section 11.5'],
  [508, 'Loop Detected', 'RFC 5842, Section 7.2'],
  [510, 'Not Extended', 'RFC 2774, Section 7'],
  [511, 'Network Authentication Required', 'RFC 6585, Section 6'],
]

describe('the registry', () => {
  it('has the 64 codes of IANA, ascending', () => {
    expect(statuses.map(({ code }) => code)).toEqual(transcription.map(([code]) => code))
  })

  it.each(transcription)('has %i as %s, defined by %s', (code, phrase, reference) => {
    expect(statusInfo(code)).toMatchObject({ phrase, reference })
  })

  it('names each constant after its phrase, but for the two codes that have none', () => {
    const odd = statuses.filter(({ name, phrase }) => name !== phrase.replaceAll(/[^A-Za-z]/g, ''))
    expect(odd.map(({ code, name }) => [code, name])).toEqual([
      [306, 'SwitchProxy'],
      [418, 'ImATeapot'],
    ])
  })

  it('gives no name and, but for the two reserved codes, no phrase twice', () => {
    expect(new Set(statuses.map(({ name }) => name)).size).toBe(64)
    expect(new Set(statuses.map(({ phrase }) => phrase)).size).toBe(63)
  })

  it('marks the rows that are not permanent', () => {
    const states = statuses.filter(({ state }) => state !== 'permanent')
    expect(states.map(({ code, state }) => [code, state])).toEqual([
      [104, 'temporary'],
      [305, 'deprecated'],
      [306, 'reserved'],
      [418, 'reserved'],
      [510, 'obsolete'],
    ])
  })

  it('knows the phrases of old', () => {
    const old = statuses.filter(({ oldPhrases }) => oldPhrases.length > 0)
    expect(Object.fromEntries(old.map(({ code, oldPhrases }) => [code, oldPhrases]))).toEqual({
      302: ['Moved Temporarily'],
      306: ['Switch Proxy'],
      408: ['Request Time-out'],
      413: ['Payload Too Large', 'Request Entity Too Large'],
      414: ['Request-URI Too Long', 'Request-URI Too Large'],
      416: ['Requested Range Not Satisfiable'],
      418: ["I'm a teapot"],
      422: ['Unprocessable Entity'],
      504: ['Gateway Time-out'],
    })
  })

  it.each([
    [404, 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5'],
    [429, 'https://www.rfc-editor.org/rfc/rfc6585.html#section-4'],
    [104, 'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload-05'],
  ])('links %i to the text that defines it', (code, link) => {
    expect(statusInfo(code).link).toBe(link)
  })

  it('makes a union of the codes', () => {
    expectTypeOf<404>().toExtend<StatusCode>()
    expectTypeOf<499>().not.toExtend<StatusCode>()
    expectTypeOf<number>().not.toExtend<StatusCode>()
  })
})
