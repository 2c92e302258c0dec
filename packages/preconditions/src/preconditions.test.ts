import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { evaluateIfRange } from './if-range.ts'
import {
  evaluatePreconditions,
  missingPrecondition,
  type ConditionalFields,
  type PreconditionQuestion,
} from './preconditions.ts'
import { selectRanges } from './ranges.ts'

const strong = '"v7"'
const weak = 'W/"v7"'
const modified = new Date('2026-06-10T12:00:00.500Z')
const before = 'Wed, 10 Jun 2026 11:59:59 GMT'
const same = 'Wed, 10 Jun 2026 12:00:00 GMT'
const after = 'Wed, 10 Jun 2026 12:00:01 GMT'

/*
 * The oracle: RFC 9110 section 13 written down step by step. It shares nothing with the package: a field value is
 * looked up in a list of what each value used below means.
 */
interface Meaning {
  /** The entity tags listed, with or without their mark. */
  readonly list?: readonly string[]
  readonly any?: true
  /** Seconds relative to the last change. */
  readonly date?: number
}
const meanings: Record<string, Meaning> = {
  '*': { any: true },
  [strong]: { list: [strong] },
  [weak]: { list: [weak] },
  '"v6", "a,b", "v7"': { list: ['"v6"', '"a,b"', '"v7"'] },
  '"v6"': { list: ['"v6"'] },
  '*, "v7"': {},
  v7: {},
  [before]: { date: -1 },
  [same]: { date: 0 },
  [after]: { date: 1 },
  'Wednesday, 10-Jun-26 12:00:00 GMT': { date: 0 },
  'Wed Jun 10 12:00:00 2026': { date: 0 },
  yesterday: {},
}
const answers = [
  '200',
  '206',
  '304',
  '412 If-Match',
  '412 If-None-Match',
  '412 If-Unmodified-Since',
] as const
type Answer = (typeof answers)[number]

interface Case {
  readonly method: string
  readonly exists: boolean
  readonly etag: string | undefined
  readonly lastModified: Date | undefined
  readonly fields: Readonly<Record<string, string>>
}

const isWeak = (etag: string): boolean => etag.startsWith('W/')
const opaque = (etag: string): string => etag.slice(etag.indexOf('"'))

function oracle({ method, exists, etag, lastModified, fields }: Case): Answer {
  // 13.2.1: ignored by methods that involve no selected representation.
  if (method === 'OPTIONS') return '200'
  // 13.2.1: ignored where the answer would be neither a 2xx nor a 412; here it is a 404.
  const reads = ['GET', 'HEAD', 'QUERY'].includes(method)
  if (reads && !exists) return '200'
  const meaning = (name: string): Meaning | undefined => {
    const value = fields[name]
    return value === undefined ? undefined : meanings[value]
  }
  const currentTag = exists ? etag : undefined
  const hasDate = exists && lastModified !== undefined

  // 13.2.2 step 1.
  const match = meaning('if-match')
  if (match !== undefined) {
    // 13.1.1: true 1. for * with a representation, 2. for a list with a match by strong comparison, 3. else false.
    let holds = false
    if (match.any) holds = exists
    else if (match.list !== undefined && currentTag !== undefined) {
      holds = match.list.some((one) => !isWeak(one) && !isWeak(currentTag) && one === currentTag)
    }
    if (!holds) return '412 If-Match'
  }
  // Step 2, and 13.1.4: ignored without a modification date, or when it is no date.
  const unmodified = meaning('if-unmodified-since')
  if (match === undefined && unmodified?.date !== undefined && hasDate) {
    if (!(unmodified.date >= 0)) return '412 If-Unmodified-Since'
  }
  // Step 3.
  const noneMatch = meaning('if-none-match')
  if (noneMatch !== undefined) {
    // 13.1.2: false 1. for * with a representation, 2. for a list with a match by weak comparison, 3. else true.
    let holds = true
    if (noneMatch.any) holds = !exists
    else if (noneMatch.list !== undefined && currentTag !== undefined) {
      holds = !noneMatch.list.some((one) => opaque(one) === opaque(currentTag))
    }
    // RFC 10008 section 2.6: a conditional QUERY is as a conditional GET of the equivalent resource.
    if (!holds) return reads ? '304' : '412 If-None-Match'
  }
  // Step 4, and 13.1.3: ignored without a modification date, or when it is no date.
  const since = meaning('if-modified-since')
  if (reads && noneMatch === undefined && since?.date !== undefined && hasDate) {
    if (since.date >= 0) return '304'
  }
  // Step 5; the requests of the table all have a Range that can be satisfied. Only GET has ranges (14.2).
  if (method !== 'GET') return '200'
  const ifRange = meaning('if-range')
  if (ifRange === undefined) return '206'
  // 13.1.5: by strong comparison, or by the very date, where that is a strong validator.
  if (ifRange.list !== undefined) {
    const [one = ''] = ifRange.list
    const single = ifRange.list.length === 1
    return single && one === currentTag && !isWeak(one) ? '206' : '200'
  }
  return ifRange.date === 0 && hasDate ? '206' : '200'
}

function decide({ method, exists, etag, lastModified, fields }: Case): Answer {
  const state = { exists, etag, lastModified }
  const decision = evaluatePreconditions({ method, fields, state })
  if (decision.action === 'failed') return `412 ${decision.field}`
  if (decision.action === 'not-modified') return '304'
  if (!exists) return '200'
  const ranges = selectRanges({
    method,
    range: 'bytes=0-0',
    ifRange: fields['if-range'],
    etag,
    lastModified,
    dateIsStrong: true,
    length: 10,
  })
  return ranges.action === 'partial' ? '206' : '200'
}

const tags = ['*', strong, weak, '"v6", "a,b", "v7"', '"v6"', '*, "v7"', 'v7']
const dates = [before, same, after, 'Wednesday, 10-Jun-26 12:00:00 GMT', 'Wed Jun 10 12:00:00 2026']
const values: readonly (readonly [string, readonly string[]])[] = [
  ['if-match', tags],
  ['if-unmodified-since', [before, same, after, 'yesterday']],
  ['if-none-match', tags],
  ['if-modified-since', [...dates, 'yesterday']],
  [
    'if-range',
    [strong, weak, '"v6"', before, same, after, 'Wed Jun 10 12:00:00 2026', 'yesterday'],
  ],
]

// Every combination of the five fields: absent, or any of its values.
function* combinations(): Generator<Record<string, string>> {
  const sizes = values.map(([, list]) => list.length + 1)
  const total = sizes.reduce((product, size) => product * size, 1)
  for (let number = 0; number < total; number += 1) {
    const fields: Record<string, string> = {}
    let rest = number
    for (const [name, list] of values) {
      const value = list[(rest % (list.length + 1)) - 1]
      rest = Math.floor(rest / (list.length + 1))
      if (value !== undefined) fields[name] = value
    }
    yield fields
  }
}

const states = [
  ['does not exist', { exists: false, etag: undefined, lastModified: undefined }],
  ['has no validator', { exists: true, etag: undefined, lastModified: undefined }],
  ['has a strong entity tag', { exists: true, etag: strong, lastModified: undefined }],
  ['has a weak entity tag and a date', { exists: true, etag: weak, lastModified: modified }],
  ['has a strong entity tag and a date', { exists: true, etag: strong, lastModified: modified }],
  [
    'does not exist, though validators are told',
    { exists: false, etag: strong, lastModified: modified },
  ],
] as const

describe('every combination of the five fields, for a resource that', () => {
  it.each(states)('%s, is answered as the steps of RFC 9110 section 13.2.2 say', (_, state) => {
    const differences: unknown[] = []
    const seen = new Map<Answer, number>()
    for (const fields of combinations()) {
      for (const method of ['GET', 'HEAD', 'QUERY', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const question: Case = { method, fields, ...state }
        const expected = oracle(question)
        seen.set(expected, (seen.get(expected) ?? 0) + 1)
        const actual = decide(question)
        if (actual !== expected && differences.length < 5) {
          differences.push({ ...question, expected, actual })
        }
      }
    }
    expect(differences).toEqual([])
    // 8 * 5 * 8 * 7 * 9 combinations, and eight methods.
    expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(20_160 * 8)
    if (state.exists && state.etag === strong && state.lastModified !== undefined) {
      expect([...seen.keys()].toSorted()).toEqual(answers)
    }
  })
})

describe('evaluatePreconditions', () => {
  const state = { exists: true, etag: strong, lastModified: modified }

  it.each<[string, string, ConditionalFields, object]>([
    ['a GET without fields', 'GET', {}, { action: 'proceed' }],
    ['a CONNECT', 'CONNECT', { 'if-match': '"v6"' }, { action: 'proceed' }],
    ['a TRACE', 'TRACE', { 'if-match': '"v6"' }, { action: 'proceed' }],
    [
      'a method of somebody’s own',
      'BUMP',
      { 'if-none-match': '*' },
      { action: 'failed', status: 412, field: 'If-None-Match' },
    ],
    [
      'an empty If-Match',
      'PUT',
      { 'if-match': '' },
      { action: 'failed', status: 412, field: 'If-Match' },
    ],
    [
      'an empty If-None-Match',
      'GET',
      { 'if-none-match': '', 'if-modified-since': same },
      { action: 'proceed' },
    ],
    ['empty list elements', 'PUT', { 'if-match': ', ,"v7",' }, { action: 'proceed' }],
    [
      'a method in lower case, which is another one',
      'get',
      { 'if-none-match': strong },
      { action: 'failed', status: 412, field: 'If-None-Match' },
    ],
    [
      'a list of dates',
      'PUT',
      { 'if-unmodified-since': `${before}, ${before}` },
      { action: 'proceed' },
    ],
  ])('judges %s', (_, method, fields, decision) => {
    expect(evaluatePreconditions({ method, fields, state })).toEqual(decision)
  })

  it('lets a client that read the compressed representation write', () => {
    const other = { ...state, otherETags: ['"v7-gzip"', 'W/"v7-br"'] }
    const put = (etag: string): string =>
      evaluatePreconditions({ method: 'PUT', fields: { 'if-match': etag }, state: other }).action
    expect(put('"v7-gzip"')).toBe('proceed')
    expect(put(strong)).toBe('proceed')
    expect(put('"v7-br"')).toBe('failed')
    const get = { method: 'GET', fields: { 'if-none-match': '"v7-gzip"' }, state: other }
    expect(evaluatePreconditions(get).action).toBe('proceed')
  })

  it.each<[string, PreconditionQuestion['state'], RegExp]>([
    [
      'an etag without quotes',
      { exists: true, etag: 'v7' },
      /^state\.etag must be an entity tag such as '"v7"', got 'v7'$/,
    ],
    [
      'another etag without quotes',
      { exists: true, otherETags: ['v7'] },
      /^state\.otherETags\[0\] must be/,
    ],
    [
      'an invalid date',
      { exists: true, lastModified: new Date(Number.NaN) },
      /^state\.lastModified must be a valid Date/,
    ],
  ])('throws on %s, on every request', (_, wrong, message) => {
    const ask = (): unknown => evaluatePreconditions({ method: 'GET', fields: {}, state: wrong })
    expect(ask).toThrow(TypeError)
    expect(ask).toThrow(message)
  })

  it('takes the headers of a Node request', () => {
    expectTypeOf<IncomingHttpHeaders>().toExtend<ConditionalFields>()
  })

  it('is done with a long list in time', () => {
    const list = `${'"x",'.repeat(200_000)}"`
    const start = performance.now()
    evaluatePreconditions({ method: 'GET', fields: { 'if-none-match': list }, state })
    evaluatePreconditions({
      method: 'GET',
      fields: { 'if-none-match': ' '.repeat(500_000) },
      state,
    })
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

describe('missingPrecondition', () => {
  const state = { exists: true, etag: strong, lastModified: modified }
  const nothing = { exists: false }

  it.each<[string, string, ConditionalFields, PreconditionQuestion['state'], boolean]>([
    ['a PUT without fields', 'PUT', {}, state, true],
    ['a PATCH without fields', 'PATCH', {}, state, true],
    ['a DELETE without fields', 'DELETE', {}, state, true],
    ['a PUT without fields that would create', 'PUT', {}, nothing, true],
    ['a POST', 'POST', {}, state, false],
    ['a GET', 'GET', {}, state, false],
    ['If-Match', 'PUT', { 'if-match': strong }, state, false],
    ['If-Match: *', 'PUT', { 'if-match': '*' }, state, false],
    ['an If-Match that is no list, which fails', 'PUT', { 'if-match': 'v7' }, state, false],
    ['If-None-Match: *', 'PUT', { 'if-none-match': ' * ' }, nothing, false],
    [
      'If-None-Match with a list, which lets most states pass',
      'PUT',
      { 'if-none-match': '"v6"' },
      state,
      true,
    ],
    ['If-Unmodified-Since', 'PUT', { 'if-unmodified-since': same }, state, false],
    ['If-Unmodified-Since without a date', 'PUT', { 'if-unmodified-since': 'today' }, state, true],
    [
      'If-Unmodified-Since where no date is known',
      'PUT',
      { 'if-unmodified-since': same },
      { exists: true, etag: strong },
      true,
    ],
    [
      'If-Unmodified-Since where nothing exists',
      'PUT',
      { 'if-unmodified-since': same },
      { ...state, exists: false },
      true,
    ],
    ['If-Modified-Since, which is for reading', 'PUT', { 'if-modified-since': same }, state, true],
  ])('judges %s', (_, method, fields, current, missing) => {
    expect(missingPrecondition({ method, fields, state: current })).toBe(missing)
  })

  it('asks other methods when told to', () => {
    const question = { method: 'POST', fields: {}, state }
    expect(missingPrecondition({ ...question, methods: ['POST'] })).toBe(true)
    expect(missingPrecondition({ ...question, method: 'PUT', methods: ['POST'] })).toBe(false)
  })

  // Whatever it lets pass cannot overwrite a version the client does not know of, unless it says *.
  it('lets nothing overwrite an unknown version', () => {
    for (const fields of combinations()) {
      const question = { method: 'PUT', fields, state }
      if (missingPrecondition(question)) continue
      if (evaluatePreconditions(question).action !== 'proceed') continue
      const match = fields['if-match']
      if (match !== undefined) expect(['*', strong, '"v6", "a,b", "v7"']).toContain(match)
      else expect([same, after]).toContain(fields['if-unmodified-since'])
    }
  })
})

describe('evaluateIfRange', () => {
  it.each([
    ['the same strong entity tag', strong, { etag: strong }, true],
    ['another', '"v6"', { etag: strong }, false],
    ['the same weak one', weak, { etag: weak }, false],
    ['a list, which it never is', `${strong}, ${strong}`, { etag: strong }, false],
    ['*, which it never is', '*', { etag: strong }, false],
    ['an entity tag without one to compare', strong, {}, false],
    [
      'the same date, known to be strong',
      same,
      { lastModified: modified, dateIsStrong: true },
      true,
    ],
    ['the same date', same, { lastModified: modified }, false],
    ['a later date', after, { lastModified: modified, dateIsStrong: true }, false],
    ['a date without one to compare', same, { dateIsStrong: true }, false],
    ['no date', 'today', { lastModified: modified, dateIsStrong: true }, false],
  ])('judges %s', (_, value, validators, holds) => {
    expect(evaluateIfRange(value, validators)).toBe(holds)
  })

  it.each([
    ['etag', { etag: 'v7' }],
    ['lastModified', { lastModified: new Date(Number.NaN) }],
  ])('throws on a wrong %s', (name, validators) => {
    expect(() => evaluateIfRange(strong, validators)).toThrow(new RegExp(`^${name} must be`))
  })
})
