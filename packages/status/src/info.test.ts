import { describe, expect, expectTypeOf, it } from 'vitest'

import {
  statuses,
  statusInfo,
  type FieldDuty,
  type RegisteredStatusInfo,
  type StatusInfo,
} from './index.ts'

const all = Array.from({ length: 900 }, (_, index) => index + 100)
const registered = new Set<number>(statuses.map(({ code }) => code))
const codesWhere = (test: (status: StatusInfo) => boolean): number[] =>
  statuses.filter((status) => test(status)).map(({ code }) => code)

/** A duty in one line: `MUST Content-Range single-part`. */
function line({ level, field, when }: FieldDuty): string {
  return when === 'always' ? `${level} ${field}` : `${level} ${field} ${when}`
}

describe('statusInfo', () => {
  it('knows the heuristically cacheable: twelve of RFC 9110 section 15.1, and 451 of RFC 7725', () => {
    expect(codesWhere(({ cacheable }) => cacheable === 'heuristically')).toEqual([
      200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501,
    ])
  })

  it('knows what no cache may store: the interim 1xx (RFC 9111 section 3) and RFC 6585', () => {
    expect(codesWhere(({ cacheable }) => cacheable === 'never')).toEqual([
      100, 101, 102, 103, 104, 428, 429, 431, 511,
    ])
  })

  it('takes 425 "not cacheable by default" (RFC 8470 section 5.2) for no ban on explicit freshness', () => {
    expect(statusInfo(425).cacheable).toBe('explicitly')
  })

  it('knows the statuses without content', () => {
    expect(codesWhere(({ content }) => content === 'never')).toEqual([
      100, 101, 102, 103, 104, 204, 205, 304,
    ])
  })

  it('lets only 1xx be interim', () => {
    expect(codesWhere(({ final }) => !final)).toEqual([100, 101, 102, 103, 104])
  })

  const framing = ['MUST NOT Content-Length', 'MUST NOT Transfer-Encoding']
  const validators = ['ETag', 'Vary', 'Cache-Control', 'Expires'].map((name) => `${name} as-200`)
  const duties: Record<number, string[]> = {
    100: framing,
    101: [...framing, 'MUST Upgrade', 'MUST Connection http/1.1'],
    102: framing,
    103: [...framing, 'MAY Link'],
    104: [...framing, 'MUST Location'],
    200: ['SHOULD ETag available', 'SHOULD Last-Modified available'],
    201: ['MAY Location'],
    204: framing,
    205: ['SHOULD Content-Length'],
    206: [
      'MUST Content-Range single-part',
      'MUST NOT Content-Range multipart',
      'MUST Content-Type multipart',
      'MUST Date as-200',
      'MUST Content-Location as-200',
      ...validators.map((field) => `MUST ${field}`),
    ],
    226: ['MUST ETag'],
    300: ['SHOULD Location preferred'],
    301: ['SHOULD Location'],
    302: ['SHOULD Location'],
    303: ['SHOULD Location'],
    304: [
      'MUST Date as-200',
      'MUST Content-Location as-200',
      ...validators.map((field) => `MUST ${field}`),
      'MAY Content-Length as-200',
    ],
    307: ['SHOULD Location'],
    308: ['SHOULD Location'],
    401: ['MUST WWW-Authenticate'],
    405: ['MUST Allow'],
    407: ['MUST Proxy-Authenticate'],
    413: ['SHOULD Retry-After temporary'],
    415: [
      'SHOULD Accept-Encoding content-coding',
      'MAY Accept media-type',
      'SHOULD Accept-Patch patch',
      'MAY Accept-Query query',
    ],
    416: ['SHOULD Content-Range byte-range'],
    426: ['MUST Upgrade', 'MUST Connection http/1.1'],
    429: ['MAY Retry-After'],
    451: ['SHOULD Link'],
    503: ['MAY Retry-After'],
  }

  it.each(statuses.map((status) => [status.code, status] as const))(
    'asks of the fields of a %i what its specification asks, and nothing else',
    (code, { fields }) => {
      expect(fields.map(line).toSorted()).toEqual((duties[code] ?? []).toSorted())
    },
  )

  it.each([
    [405, 'Allow', 'RFC 9110, Section 15.5.6'],
    [204, 'Transfer-Encoding', 'RFC 9112, Section 6.1'],
    [426, 'Connection', 'RFC 9110, Section 7.8'],
    [415, 'Accept-Query', 'RFC 10008'],
  ])('says which text asks a %i for %s', (code, field, reference) => {
    const duty = statusInfo(code).fields.find((candidate) => candidate.field === field)
    expect(duty?.reference).toBe(reference)
    expect(duty?.link).toMatch(
      /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+\.html(#section-[\d.]+)?$/,
    )
  })

  it('answers for every code from 100 to 999, and for unassigned ones from their class', () => {
    for (const code of all.filter((candidate) => !registered.has(candidate))) {
      const interim = code < 200
      const valid = code < 600
      expect(statusInfo(code)).toMatchObject({
        code,
        name: undefined,
        phrase: undefined,
        oldPhrases: [],
        treatedAs: valid ? Math.trunc(code / 100) * 100 : 500,
        state: valid ? 'unassigned' : 'invalid',
        final: !interim && valid,
        cacheable: interim ? 'never' : 'explicitly',
        content: interim ? 'never' : 'allowed',
        reference: 'RFC 9110, Section 15',
      })
      expect(statusInfo(code).fields.map(line)).toEqual(interim ? framing : [])
    }
  })

  it('gives the very row of the list for every registered code', () => {
    for (const status of statuses) {
      expect(statusInfo(status.code)).toBe(status)
      expect(status.treatedAs).toBe(status.code)
    }
  })

  it('cannot be altered by those it is shared with', () => {
    expect(() => Object.assign(statusInfo(404), { phrase: 'Gone' })).toThrow(TypeError)
    expect(Object.isFrozen(statuses)).toBe(true)
    expect(statuses.every(({ fields }) => Object.isFrozen(fields))).toBe(true)
  })

  it('infers literals from a literal, and optional texts from a number', () => {
    expectTypeOf(statusInfo(404)).toEqualTypeOf<RegisteredStatusInfo<404>>()
    expectTypeOf(statusInfo(404).phrase).toEqualTypeOf<'Not Found'>()
    expectTypeOf(statusInfo(404).class).toEqualTypeOf<'client-error'>()
    expectTypeOf(statusInfo(Number('404'))).toEqualTypeOf<StatusInfo>()
    expectTypeOf(statusInfo(471).phrase).toExtend<string | undefined>()
    expectTypeOf<RegisteredStatusInfo>().toExtend<StatusInfo>()
    expectTypeOf(statuses).toEqualTypeOf<readonly RegisteredStatusInfo[]>()
  })
})
