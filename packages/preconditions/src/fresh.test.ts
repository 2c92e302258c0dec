import * as fc from 'fast-check'
import fresh from 'fresh'
import { describe, expect, it } from 'vitest'
import { parseHttpDate } from './http-date.ts'
import { evaluatePreconditions } from './preconditions.ts'

/*
 * fresh (2.0.0) tells for a GET whether to answer 304. It says the same, but where one of these applies, as told from
 * the fields alone. A difference that no row explains fails the test, and each row has an example of its own.
 */

interface Case {
  readonly noneMatch?: string | undefined
  readonly modifiedSince?: string | undefined
  readonly cacheControl?: string | undefined
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
}

const theirs = ({ noneMatch, modifiedSince, cacheControl, etag, lastModified }: Case): boolean =>
  fresh(
    {
      'if-none-match': noneMatch,
      'if-modified-since': modifiedSince,
      'cache-control': cacheControl,
    },
    { etag, 'last-modified': lastModified },
  )

function ours({ noneMatch, modifiedSince, etag, lastModified }: Case): boolean {
  const fields = { 'if-none-match': noneMatch, 'if-modified-since': modifiedSince }
  const date = lastModified === undefined ? undefined : parseHttpDate(lastModified)
  const state = { exists: true, etag, lastModified: date }
  return evaluatePreconditions({ method: 'GET', fields, state }).action === 'not-modified'
}

const element = '(?:W/)?"[!#-~\u0080-\u00FF]*"'
const list = new RegExp(`^(?:\\*|[ \t,]*(?:${element}[ \t]*(?:,[ \t,]*|$))*)$`)
const fixed = 'Wed, 10 Jun 2026 12:00:00 GMT'
const fixdate = /^\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT$/

const rows: {
  readonly why: string
  readonly applies: (question: Case) => boolean
  readonly example: readonly [question: Case, their: boolean, our: boolean]
}[] = [
  {
    why: 'Cache-Control: no-cache is for caches (RFC 9111 section 5.2.1.4), no precondition; fresh never says 304 then',
    applies: ({ cacheControl }) => cacheControl !== undefined,
    example: [{ noneMatch: '"a"', etag: '"a"', cacheControl: 'no-cache' }, false, true],
  },
  {
    why: 'section 13.1.3: an empty If-None-Match is one, so that If-Modified-Since is ignored; fresh takes it for none',
    applies: ({ noneMatch }) => noneMatch === '',
    example: [
      {
        noneMatch: '',
        modifiedSince: 'Wed, 10 Jun 2026 12:00:00 GMT',
        lastModified: 'Wed, 10 Jun 2026 12:00:00 GMT',
      },
      true,
      false,
    ],
  },
  {
    why: 'section 13.1.2: what is no list matches nothing; fresh reads what it can of it',
    applies: ({ noneMatch = '' }) => !list.test(noneMatch),
    example: [{ noneMatch: '*, "a"', etag: '"a"' }, true, false],
  },
  {
    why: 'section 8.8.3: commas may stand in an entity tag; fresh splits it there',
    applies: ({ noneMatch = '' }) => /"[^"]*,[^"]*"/.test(noneMatch),
    example: [{ noneMatch: '"a,b"', etag: '"a,b"' }, false, true],
  },
  {
    why: 'section 5.6.3: tabs are blanks too; fresh knows spaces',
    applies: ({ noneMatch = '' }) => noneMatch.includes('\t'),
    example: [{ noneMatch: '"b",\t"a"', etag: '"a"' }, false, true],
  },
  {
    why: 'section 13.1.3: what is no HTTP-date is ignored; fresh takes what Date.parse() takes, in that zone and century',
    applies: ({ modifiedSince = '' }) => !fixdate.test(modifiedSince),
    example: [
      { modifiedSince: '2026-06-10T12:00:00Z', lastModified: 'Wed, 10 Jun 2026 12:00:00 GMT' },
      true,
      false,
    ],
  },
  {
    why: 'section 5.6.7: 23:59:60 is a leap second; Date.parse() knows none',
    applies: ({ modifiedSince = '' }) => modifiedSince.includes(':60'),
    example: [
      {
        modifiedSince: 'Sat, 31 Dec 2016 23:59:60 GMT',
        lastModified: 'Sat, 31 Dec 2016 23:59:59 GMT',
      },
      false,
      true,
    ],
  },
]

describe('in comparison with fresh', () => {
  it.each(rows)('differs by $why', ({ applies, example: [question, their, our] }) => {
    expect([theirs(question), ours(question)]).toEqual([their, our])
    expect(applies(question)).toBe(true)
  })

  it('does not differ otherwise', () => {
    const optional = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
      fc.option(values, { nil: undefined })
    const etag = fc.constantFrom('"a"', '"a"', 'W/"a"', '"b"', '"a,b"', 'W/"b"', '""')
    const elements = fc.oneof(etag, etag, fc.constantFrom('*', 'a', '', 'w/"a"', '"a'))
    const separator = fc.constantFrom(',', ', ', ' , ', ',\t', ' ')
    const noneMatch = fc.oneof(
      fc.constant('*'),
      fc.array(etag, { minLength: 1, maxLength: 2 }).map((tags) => tags.join(', ')),
      fc
        .array(fc.tuple(elements, separator), { maxLength: 4 })
        .map((pairs) => pairs.flat().slice(0, -1).join('')),
    )
    const date = fc
      .integer({ min: 0, max: 3 })
      .map((seconds) => new Date(Date.UTC(2026, 5, 10, 12, 0, seconds)).toUTCString())
    const text = fc.oneof(date, date, date, date, fc.constantFrom('', 'today', '2026-06-10', '0'))
    const question = fc.record({
      noneMatch: optional(noneMatch),
      modifiedSince: optional(text),
      etag: optional(etag),
      lastModified: optional(date),
    })
    let compared = 0
    fc.assert(
      fc.property(question, (given) => {
        const explained = rows.some(({ applies }) => {
          const { noneMatch: tags, modifiedSince: since } = given
          // A row on a field says nothing of a request without it.
          return applies({ ...given, noneMatch: tags ?? '*', modifiedSince: since ?? fixed })
        })
        if (explained) return
        compared += 1
        expect(ours(given)).toBe(theirs(given))
      }),
      { numRuns: 10_000, seed: 9110 },
    )
    // Enough of them are compared, rather than explained away.
    expect(compared).toBeGreaterThan(2000)
  })
})
