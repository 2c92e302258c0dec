import type { ErrorStatusCode } from '@http-semantics/status'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { defineProblem, type ProblemDefinition } from './define.ts'
import type { ErrorStatus } from './error-status.ts'
import { fieldsOf, toProblem } from './problem.ts'

const type = 'https://example.com/problems/out-of-credit'
const title = { en: 'Not enough credit', 'zh-TW': '點數不足' }

const outOfCredit = defineProblem<{ balance: number }>({ type, status: 403, title })
const maintenance = defineProblem({ type: '/maintenance', status: 503, title: { en: 'Closed' } })

describe('defineProblem', () => {
  it('makes errors that show type, title, message and extensions', () => {
    expect(toProblem(outOfCredit('The book costs 50', { balance: 30 }))).toStrictEqual({
      type,
      title: 'Not enough credit',
      status: 403,
      detail: 'The book costs 50',
      balance: 30,
    })
  })

  it.each([
    ['en', 'Not enough credit'],
    ['zh-TW', '點數不足'],
  ] as const)('shows no detail in %s where none is given', (language, text) => {
    const error = outOfCredit(undefined, { balance: 30 })
    expect(error.message).toBe('Not enough credit')
    expect(toProblem(error, { language })).toStrictEqual({
      type,
      title: text,
      status: 403,
      balance: 30,
    })
  })

  it('has the English title where there is no other', () => {
    expect(toProblem(maintenance(), { language: 'zh-TW' }).title).toBe('Closed')
  })

  it('shows all but the message of a server error', () => {
    const error = maintenance('disk 7 is full: secret', { until: '05:00' })
    expect(error.message).toContain('secret')
    expect(toProblem(error)).toStrictEqual({
      type: '/maintenance',
      title: 'Closed',
      status: 503,
      until: '05:00',
    })
  })

  it('takes an instance', () => {
    expect(toProblem(maintenance(undefined, { instance: '/log/7' }))).toMatchObject({
      instance: '/log/7',
    })
  })

  it('keeps the contract of http-errors', () => {
    const error = outOfCredit('No', { balance: 30 })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ status: 403, statusCode: 403, expose: true, message: 'No' })
    expect(maintenance()).toMatchObject({ status: 503, statusCode: 503, expose: false })
    error.headers = { 'Retry-After': '7' }
    expect(fieldsOf(error)).toEqual({ 'Retry-After': '7' })
  })

  it('has a stack that begins where the error was made', () => {
    expect(outOfCredit('No', { balance: 1 }).stack?.split('\n')[1]).toContain('define.test.ts')
  })

  it('tells what it was defined as', () => {
    expect({ ...outOfCredit }).toEqual({ type, status: 403, title })
    // All errors of the kind share it.
    expect(outOfCredit(undefined, { balance: 1 }).problem.title).toBe(outOfCredit.title)
    expect(Object.isFrozen(outOfCredit.title)).toBe(true)
  })

  it('does not change with the object it was given', () => {
    const given = { en: 'Before' }
    const factory = defineProblem({ type, status: 400, title: given })
    given.en = 'After'
    expect(toProblem(factory()).title).toBe('Before')
  })

  it.each(['type', 'title', 'status', 'detail'])('refuses an extension named %s', (name) => {
    expect(() => maintenance(undefined, { [name]: 'x' })).toThrow(
      new RegExp(`^/maintenance: '${name}' is no extension`),
    )
  })

  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'must get an object, got undefined'],
    ['a text', type, 'must get an object'],
    ['a list', [], 'must get an object'],
    ['nothing', {}, "type must be a URI reference such as 'https://example.com"],
    ['a key too many', { type, status: 400, title, detail: 'x' }, "unknown key 'detail'; the keys"],
    ['no type', { status: 400, title }, 'got undefined'],
    ['an empty type', { type: '', status: 400, title }, "got ''"],
    ['a URL as type', { type: new URL(type), status: 400, title }, 'type must be a URI reference'],
    ['spaces in the type', { type: '/out of', status: 400, title }, "such as '/out%20of', got"],
    ['half a pair in the type', { type: '/\uD800', status: 400, title }, "such as '/', got"],
    ['about:blank', { type: 'about:blank', status: 400, title }, 'without a definition'],
    ['no status', { type, title }, 'status must be an integer from 400 to 599, got undefined'],
    ['status 399', { type, status: 399, title }, 'got 399'],
    ['status 600', { type, status: 600, title }, 'got 600'],
    ['status 400.5', { type, status: 400.5, title }, 'got 400.5'],
    ['a text as status', { type, status: '404', title }, "got '404'"],
    ['no title', { type, status: 400 }, 'title must be an object such as'],
    ['a text as title', { type, status: 400, title: 'No' }, "such as { en: 'No' }, got 'No'"],
    [
      'no English',
      { type, status: 400, title: { 'zh-TW': '無' } },
      "'en' must be a text, got undef",
    ],
    ['blank English', { type, status: 400, title: { en: ' ' } }, "'en' must be a text, got ' '"],
    ['no text', { type, status: 400, title: { en: 'No', 'zh-TW': 7 } }, "'zh-TW' must be a text"],
    ['zh', { type, status: 400, title: { en: 'No', zh: '無' } }, "'zh'; the keys are en, zh-TW"],
  ])('refuses %s', (_, definition, message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- that is the test
    const define = (): unknown => defineProblem(definition as ProblemDefinition)
    expect(define).toThrow(TypeError)
    expect(define).toThrow('defineProblem(): ')
    expect(define).toThrow(message)
  })

  it.each([400, 599] as const)('takes status %i', (status) => {
    expect(defineProblem({ type, status, title })().status).toBe(status)
  })

  it('does not compile with a status that no error has', () => {
    // @ts-expect-error -- of a success
    expect(() => defineProblem({ type, status: 200, title })).toThrow(TypeError)
    // @ts-expect-error -- beyond all classes
    expect(() => defineProblem({ type, status: 600, title })).toThrow(TypeError)
    // @ts-expect-error -- none at all
    expect(() => defineProblem({ type, status: 40, title })).toThrow(TypeError)
    expectTypeOf<ErrorStatusCode>().toExtend<ErrorStatus>()
    expectTypeOf<499>().toExtend<ErrorStatus>()
  })

  it('asks by type for the extensions that the kind has', () => {
    expectTypeOf(outOfCredit).parameters.toEqualTypeOf<
      [detail: string | undefined, extensions: { balance: number }]
    >()
    expectTypeOf(maintenance)
      .parameter(1)
      .toEqualTypeOf<Readonly<Record<string, unknown>> | undefined>()
    const free = defineProblem<{ balance?: number }>({ type, status: 403, title })
    expectTypeOf(free).parameter(1).toEqualTypeOf<{ balance?: number } | undefined>()
    expectTypeOf(free()).toExtend<Error>()
  })
})
