import { STATUS_CODES } from 'node:http'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { fieldsOf, statusOf, toProblem, type Problem } from './problem.ts'

/** What `http-errors` makes: `createError(status, message)`. */
const httpError = (status: number, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { status, statusCode: status, expose: status < 500, ...more })

const internal: Problem = { title: 'Internal Server Error', status: 500 }
const notFound: Problem = { title: 'Not Found', status: 404 }

describe('toProblem', () => {
  it.each<[string, unknown, Problem]>([
    ['an Error', new Error('secret'), internal],
    ['a TypeError', new TypeError('secret'), internal],
    ['an AggregateError', new AggregateError([httpError(404, 'secret')], 'secret'), internal],
    ['a string', 'secret', internal],
    ['a number that looks like a status', 404, internal],
    ['null', null, internal],
    ['undefined', undefined, internal],
    ['a symbol', Symbol('secret'), internal],
    ['a function with a status', Object.assign(() => 0, { status: 404 }), internal],
    ['an object without anything', {}, internal],
    ['an http-error', httpError(404, 'No note 7'), { ...notFound, detail: 'No note 7' }],
    ['an http-error that only has its phrase', httpError(404, 'Not Found'), notFound],
    ['an http-error with an empty message', httpError(404, ''), notFound],
    [
      'an http-error of the server',
      httpError(503, 'secret'),
      { title: 'Service Unavailable', status: 503 },
    ],
    ['a server error that exposes itself', httpError(500, 'secret', { expose: true }), internal],
    ['a client error that hides itself', httpError(404, 'secret', { expose: false }), notFound],
    ['a status without expose', Object.assign(new Error('secret'), { status: 404 }), notFound],
    ['an expose that is no boolean', { status: 404, expose: 1, message: 'secret' }, notFound],
    ['a message that is no text', { status: 404, expose: true, message: { secret: 1 } }, notFound],
    ['a plain object', { status: 404, expose: true, message: 'No' }, { ...notFound, detail: 'No' }],
    [
      'an Error that exposes, but has no status',
      Object.assign(new Error('secret'), { expose: true }),
      internal,
    ],
    [
      'a status nobody registered as that of its class',
      { status: 471 },
      { title: 'Bad Request', status: 471 },
    ],
    [
      'a server status nobody registered',
      { status: 560 },
      { title: 'Internal Server Error', status: 560 },
    ],
  ])('makes of %s what may be told', (_, error, problem) => {
    expect(toProblem(error)).toStrictEqual(problem)
  })

  it.each<[string, object, Problem]>([
    [
      'type, title and extensions',
      { type: '/p', title: 'T', balance: 30, accounts: ['/a'] },
      { type: '/p', title: 'T', status: 404, detail: 'No', balance: 30, accounts: ['/a'] },
    ],
    ['an instance', { instance: '/i' }, { ...notFound, detail: 'No', instance: '/i' }],
    ['extensions alone', { balance: 30 }, { ...notFound, detail: 'No', balance: 30 }],
    ['no title without a type', { title: 'T' }, { ...notFound, detail: 'No' }],
    ['no about:blank', { type: 'about:blank', title: 'T' }, { ...notFound, detail: 'No' }],
    ['a type that has no title', { type: '/p' }, { type: '/p', ...notFound, detail: 'No' }],
    ['no type that is no text', { type: 7, instance: 7 }, { ...notFound, detail: 'No' }],
    ['no empty type', { type: '', instance: '' }, { ...notFound, detail: 'No' }],
    [
      'no title that is no text',
      { type: '/p', title: { en: 7 } },
      { type: '/p', ...notFound, detail: 'No' },
    ],
    ['no other status or detail', { status: 200, detail: 'x' }, { ...notFound, detail: 'No' }],
  ])('takes from the problem of an error %s', (_, problem, expected) => {
    expect(toProblem(httpError(404, 'No', { problem }))).toStrictEqual(expected)
  })

  it.each<[string, object]>([
    ['an error that does not say expose', { status: 404 }],
    ['an error that hides itself', { status: 404, expose: false }],
    ['a server error', httpError(502, 'secret')],
  ])("takes nothing from the problem of %s, which may be somebody else's", (_, error) => {
    const problem = { type: '/secret', title: 'secret', secret: 'secret', instance: '/secret' }
    expect(JSON.stringify(toProblem({ ...error, problem }))).not.toContain('secret')
  })

  it.each([null, 'secret', 7])('takes %s for no problem', (problem) => {
    expect(toProblem(httpError(404, '', { problem }))).toStrictEqual(notFound)
  })

  it('gives an extension named __proto__ as what it is', () => {
    const problem: unknown = JSON.parse('{"__proto__":{"status":200}}')
    expect(JSON.stringify(toProblem(httpError(404, '', { problem })))).toBe(
      '{"title":"Not Found","status":404,"__proto__":{"status":200}}',
    )
  })

  it.each<[string, unknown, Problem]>([
    ['a status', { status: 404 }, { title: '找不到', status: 404 }],
    ['a status without a meaning', { status: 418 }, { title: '錯誤的請求', status: 418 }],
    ['a phrase as message', httpError(404, 'Not Found'), { title: '找不到', status: 404 }],
    ['the title as message', httpError(404, '找不到'), { title: '找不到', status: 404 }],
    ['a message', httpError(404, 'No'), { title: '找不到', status: 404, detail: 'No' }],
    [
      'a title in both languages',
      httpError(404, '', { problem: { type: '/p', title: { en: 'T', 'zh-TW': '標題' } } }),
      { type: '/p', title: '標題', status: 404 },
    ],
    [
      'the English title as message',
      httpError(404, 'T', { problem: { type: '/p', title: { en: 'T', 'zh-TW': '標題' } } }),
      { type: '/p', title: '標題', status: 404 },
    ],
    [
      'a title in English alone',
      httpError(404, '', { problem: { type: '/p', title: { en: 'T' } } }),
      { type: '/p', title: 'T', status: 404 },
    ],
  ])('tells in Chinese of %s', (_, error, problem) => {
    expect(toProblem(error, { language: 'zh-TW' })).toStrictEqual(problem)
  })

  it.each([400, 404, 410, 499])(
    'keeps the message of an error that asks for nothing from a %d',
    (status) => {
      expect(toProblem(new Error('secret'), { fallback: status })).not.toHaveProperty('detail')
      expect(toProblem('secret', { fallback: status })).not.toHaveProperty('detail')
      expect(toProblem(null, { fallback: status })).toMatchObject({ status })
    },
  )

  it('never shows the message of a server error, at any status from 500 to 599', () => {
    for (let status = 500; status < 600; status++) {
      expect(
        JSON.stringify(toProblem(httpError(status, 'secret', { expose: true }))),
      ).not.toContain('secret')
    }
  })

  it('has a title for every status from 400 to 599', () => {
    for (let status = 400; status < 600; status++) {
      expect(toProblem({ status })).toEqual({ status, title: expect.stringMatching(/^[A-Z]/) })
    }
  })

  it('takes no reason phrase for a detail, be it an old one that Node still has', () => {
    for (const [code, phrase = ''] of Object.entries(STATUS_CODES)) {
      expect(toProblem(httpError(Number(code), phrase))).not.toHaveProperty('detail')
    }
    expect(toProblem(httpError(404, 'Payload Too Large'))).toHaveProperty('detail')
  })

  it('gives titles of RFC 9110, where Node has older ones', () => {
    expect(toProblem({ status: 413 }).title).toBe('Content Too Large')
    expect(toProblem({ status: 418 }).title).toBe('Bad Request')
    expect(toProblem({ status: 422 }).title).toBe('Unprocessable Content')
  })

  it('has a detail by type only where there may be one', () => {
    expectTypeOf(toProblem).parameter(0).toBeUnknown()
    expectTypeOf<Problem['detail']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<Problem['status']>().toBeNumber()
  })
})

describe('statusOf', () => {
  it.each<[string, unknown, number]>([
    ['status', { status: 404 }, 404],
    ['statusCode', { statusCode: 404 }, 404],
    ['status before statusCode', { status: 404, statusCode: 410 }, 404],
    ['statusCode where status is out of range', { status: 200, statusCode: 410 }, 410],
    ['the lowest', { status: 400 }, 400],
    ['the highest', { status: 599 }, 599],
    ['the fallback below', { status: 399 }, 500],
    ['the fallback above', { status: 600 }, 500],
    ['the fallback for 0', { status: 0 }, 500],
    ['the fallback for a fraction', { status: 404.5 }, 500],
    ['the fallback for NaN', { status: Number.NaN }, 500],
    ['the fallback for a text', { status: '404' }, 500],
    ['the fallback for null', null, 500],
    ['the fallback for a string', 'status', 500],
  ])('takes %s', (_, error, status) => {
    expect(statusOf(error)).toBe(status)
  })

  it('takes the fallback it is given', () => {
    expect(statusOf(new Error('no status'), 404)).toBe(404)
    expect(statusOf({ status: 410 }, 404)).toBe(410)
  })
})

describe('fieldsOf', () => {
  it.each<[string, unknown, object]>([
    ['texts', { headers: { Allow: 'GET' } }, { Allow: 'GET' }],
    ['empty texts', { headers: { Allow: '' } }, { Allow: '' }],
    ['numbers as texts', { headers: { 'Retry-After': 120 } }, { 'Retry-After': '120' }],
    ['lists', { headers: { 'Set-Cookie': ['a=1', 'b=2'] } }, { 'Set-Cookie': ['a=1', 'b=2'] }],
    ['lists of numbers as texts', { headers: { 'X-List': [1, 2] } }, { 'X-List': ['1', '2'] }],
    ['no others', { headers: { A: undefined, B: null, C: true, D: { E: 'F' } } }, {}],
    ['nothing of an error without headers', new Error('x'), {}],
    ['nothing where headers are null', { headers: null }, {}],
    ['nothing where headers are a text', { headers: 'Allow: GET' }, {}],
    ['nothing of a string', 'x', {}],
    ['nothing of null', null, {}],
  ])('takes %s', (_, error, fields) => {
    expect(fieldsOf(error)).toEqual(fields)
  })

  it('gives an object of its own', () => {
    const headers = { Allow: 'GET' }
    expect(fieldsOf({ headers })).not.toBe(headers)
  })
})
