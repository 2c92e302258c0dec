import { describe, expect, expectTypeOf, it } from 'vitest'

import {
  isClientError,
  isError,
  isInformational,
  isRedirect,
  isRedirection,
  isServerError,
  isSuccessful,
  statusClass,
  statusInfo,
  treatedAs,
  type ClientErrorStatusCode,
  type ErrorStatusCode,
  type InformationalStatusCode,
  type RedirectionStatusCode,
  type RedirectStatusCode,
  type ServerErrorStatusCode,
  type StatusClass,
  type StatusCode,
  type SuccessfulStatusCode,
} from './index.ts'

const guards = {
  isInformational,
  isSuccessful,
  isRedirection,
  isClientError,
  isServerError,
  isError,
  isRedirect,
}

/** For each class: first and last code, and the guards that say yes to all of them. */
const classes = [
  ['informational', 100, 199, ['isInformational']],
  ['successful', 200, 299, ['isSuccessful']],
  ['redirection', 300, 399, ['isRedirection']],
  ['client-error', 400, 499, ['isClientError', 'isError']],
  ['server-error', 500, 599, ['isServerError', 'isError']],
  // RFC 9110 section 15: no class, yet a client processes such a code as a 5xx.
  ['invalid', 600, 999, ['isError']],
] as const

const followed = [301, 302, 303, 307, 308]

describe.each(classes)('the class %s', (name, first, last, yes) => {
  const codes = Array.from({ length: last - first + 1 }, (_, index) => first + index)

  it(`is that of ${first} to ${last}`, () => {
    expect(codes.filter((code) => statusClass(code) !== name)).toEqual([])
  })

  it.each(Object.entries(guards).filter(([guard]) => guard !== 'isRedirect'))(
    `is told by %s from ${first} to ${last}`,
    (guard, test) => {
      const expected = yes.some((candidate) => candidate === guard)
      expect(codes.filter((code) => test(code) !== expected)).toEqual([])
    },
  )

  it('has only the followed redirects among its redirects', () => {
    expect(codes.filter((code) => isRedirect(code))).toEqual(
      followed.filter((code) => code >= first && code <= last),
    )
  })
})

describe('a value that is no status code', () => {
  const functions = { ...guards, statusClass, statusInfo, treatedAs }
  const values = [
    [99, '99: it must be an integer from 100 to 999'],
    [1000, '1000: it must be an integer from 100 to 999'],
    [200.5, '200.5: it must be an integer from 100 to 999'],
    [-404, '-404: it must be an integer from 100 to 999'],
    [Number.NaN, 'NaN: it must be an integer from 100 to 999'],
    [Number.POSITIVE_INFINITY, 'Infinity: it must be an integer from 100 to 999'],
    ['404', "'404': it must be an integer from 100 to 999, not of type string"],
    [undefined, 'undefined: it must be an integer from 100 to 999, not of type undefined'],
    [null, 'null: it must be an integer from 100 to 999, not of type null'],
    [404n, '404: it must be an integer from 100 to 999, not of type bigint'],
  ] as const

  it.each(Object.entries(functions))('is refused by %s with a sentence', (_, check) => {
    for (const [value, message] of values) {
      expect(() => Reflect.apply(check, undefined, [value])).toThrow(
        new RangeError(`Invalid status code ${message}`),
      )
    }
  })
})

describe('treatedAs', () => {
  it.each([
    [199, 100],
    [299, 200],
    [399, 300],
    [471, 400],
    [499, 400],
    [599, 500],
    [600, 500],
    [999, 500],
    [404, 404],
    [418, 418],
  ])('takes %i for %i', (code, equivalent) => {
    expect(treatedAs(code)).toBe(equivalent)
  })
})

/** Never mind what it does: the compiler checks it. */
function narrow(code: StatusCode): void {
  if (isInformational(code)) expectTypeOf(code).toEqualTypeOf<InformationalStatusCode>()
  if (isSuccessful(code)) expectTypeOf(code).toEqualTypeOf<SuccessfulStatusCode>()
  if (isRedirection(code)) expectTypeOf(code).toEqualTypeOf<RedirectionStatusCode>()
  if (isClientError(code)) expectTypeOf(code).toEqualTypeOf<ClientErrorStatusCode>()
  if (isServerError(code)) expectTypeOf(code).toEqualTypeOf<ServerErrorStatusCode>()
  if (isRedirect(code)) expectTypeOf(code).toEqualTypeOf<RedirectStatusCode>()
  if (isError(code)) expectTypeOf(code).toEqualTypeOf<ErrorStatusCode>()
  else expectTypeOf(code).toEqualTypeOf<Exclude<StatusCode, ErrorStatusCode>>()
}

describe('the types', () => {
  it('give the class of a literal', () => {
    expectTypeOf(statusClass(404)).toEqualTypeOf<'client-error'>()
    expectTypeOf(statusClass(471)).toEqualTypeOf<'client-error'>()
    expectTypeOf(statusClass(600)).toEqualTypeOf<'invalid'>()
    expectTypeOf<StatusClass<200 | 404>>().toEqualTypeOf<'successful' | 'client-error'>()
    expectTypeOf(statusClass(Number('404'))).toEqualTypeOf<StatusClass>()
  })

  it('divide the codes among the classes', () => {
    expectTypeOf<InformationalStatusCode>().toEqualTypeOf<100 | 101 | 102 | 103 | 104>()
    expectTypeOf<StatusCode>().toEqualTypeOf<
      | InformationalStatusCode
      | SuccessfulStatusCode
      | RedirectionStatusCode
      | ClientErrorStatusCode
      | ServerErrorStatusCode
    >()
  })

  it('narrow a known code both ways', () => {
    narrow(404)
    expect(isClientError(404)).toBe(true)
  })

  it('leave a number a number, since 499 is an error too', () => {
    const code = Number('499')
    expect(isClientError(code)).toBe(true)
    if (isClientError(code)) expectTypeOf(code).toEqualTypeOf<number>()
  })
})
