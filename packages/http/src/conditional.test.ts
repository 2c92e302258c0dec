import type { ResourceState } from '@http-semantics/preconditions'
import createError from 'http-errors'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { ResponseHead } from './answer.ts'
import {
  applyPreconditions,
  readConditionalOptions,
  readPreconditionsOptions,
  withState,
  type ConditionalOptions,
  type State,
} from './conditional.ts'

/** A header section, and what stands in it. */
function head(fields: Record<string, string> = {}): ResponseHead & {
  readonly fields: ReadonlyMap<string, string | string[]>
} {
  const set = new Map<string, string | string[]>(
    Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return {
    statusCode: 200,
    statusMessage: '',
    req: { httpVersionMajor: 1 },
    fields: set,
    getHeader: (name) => set.get(name.toLowerCase()),
    setHeader: (name, value) => set.set(name.toLowerCase(), value),
    removeHeader: (name) => set.delete(name.toLowerCase()),
  }
}

const etag = '"v7"'
const lastModified = new Date('2026-06-10T08:00:00.900Z')
const date = 'Wed, 10 Jun 2026 08:00:00 GMT'
const state = { exists: true, etag, lastModified }

/** The error that a request is refused with. */
function refusal(
  method: string,
  headers: Record<string, string>,
  current: ResourceState | undefined,
  isRequired = true,
): unknown {
  try {
    applyPreconditions({ method, headers }, head(), current, isRequired)
  } catch (error) {
    return error
  }
  return undefined
}

describe('applyPreconditions', () => {
  it.each(['GET', 'HEAD', 'QUERY'])('gives an answer to %s the validators', (method) => {
    const response = head({ Vary: 'Accept' })
    expect(applyPreconditions({ method, headers: {} }, response, state, false)).toBe(true)
    expect(response.statusCode).toBe(200)
    expect([...response.fields]).toEqual([
      ['vary', 'Accept'],
      ['etag', etag],
      ['last-modified', date],
    ])
  })

  it.each([
    ['which the handler has set', 'GET', { ETag: '"own"', 'Last-Modified': 'own' }, state],
    ['of what does not exist', 'GET', {}, { ...state, exists: false }],
    ['where there are none', 'GET', {}, { exists: true }],
    ['to another method', 'POST', {}, state],
  ])('adds no validators %s', (_name, method, fields: Record<string, string>, current) => {
    const response = head(fields)
    applyPreconditions({ method, headers: {} }, response, current, false)
    expect([...response.fields.values()]).toEqual(Object.values(fields))
  })

  it.each(['GET', 'HEAD', 'QUERY'])('makes a 304 of an answer to %s', (method) => {
    const response = head({
      'Cache-Control': 'max-age=60',
      'Content-Location': '/a',
      Expires: date,
      Vary: 'Accept',
      'Content-Type': 'text/html',
      'Content-Length': '7',
      'Content-Encoding': 'gzip',
      'Content-Language': 'de',
      'Content-Disposition': 'attachment',
      'Set-Cookie': 'a=b',
      'Strict-Transport-Security': 'max-age=1',
    })
    const headers = { 'if-none-match': etag }
    expect(applyPreconditions({ method, headers }, response, state, false)).toBe(false)
    expect([response.statusCode, response.statusMessage]).toEqual([304, 'Not Modified'])
    expect(Object.fromEntries(response.fields)).toEqual({
      'cache-control': 'max-age=60',
      'content-location': '/a',
      expires: date,
      vary: 'Accept',
      'set-cookie': 'a=b',
      'strict-transport-security': 'max-age=1',
      etag,
    })
  })

  it('leaves a 304 the date where there is no entity tag', () => {
    const response = head()
    const headers = { 'if-modified-since': date }
    const current = { exists: true, lastModified }
    expect(applyPreconditions({ method: 'GET', headers }, response, current, false)).toBe(false)
    expect([...response.fields]).toEqual([['last-modified', date]])
  })

  it.each<readonly [string, string, Record<string, string>, ResourceState | undefined, string]>([
    [
      'another entity tag',
      'PUT',
      { 'if-match': '"v6"' },
      state,
      'If-Match does not hold: the current representation is another one. Get it, and change that',
    ],
    [
      'an entity tag of what is not there',
      'PUT',
      { 'if-match': etag },
      undefined,
      'If-Match does not hold: there is nothing here',
    ],
    [
      'a date before the change',
      'DELETE',
      { 'if-unmodified-since': 'Tue, 09 Jun 2026 08:00:00 GMT' },
      { exists: true, lastModified },
      'If-Unmodified-Since does not hold: the representation has changed since. Get it, and change that',
    ],
    [
      'If-None-Match: * where something is',
      'PUT',
      { 'if-none-match': '*' },
      state,
      'If-None-Match does not hold: such a representation is there already',
    ],
  ])('refuses %s with 412', (_name, method, headers, current, message) => {
    expect(refusal(method, headers, current)).toMatchObject({ status: 412, expose: true, message })
    expect(refusal(method, headers, current)).not.toHaveProperty('headers')
  })

  it.each<readonly [string, ResourceState | undefined, string]>([
    [
      'has an entity tag',
      state,
      'Send If-Match with the ETag of the representation that you have seen',
    ],
    [
      'has a date',
      { exists: true, lastModified },
      'Send If-Unmodified-Since with the Last-Modified of the representation that you have seen',
    ],
    // If-Match never matches a weak one.
    [
      'has a weak entity tag and a date',
      { exists: true, etag: 'W/"v7"', lastModified },
      'Send If-Unmodified-Since with the Last-Modified of the representation that you have seen',
    ],
    [
      'has a weak entity tag',
      { exists: true, etag: 'W/"v7"' },
      'Send If-Match: * to change whatever is there',
    ],
    ['has neither', { exists: true }, 'Send If-Match: * to change whatever is there'],
    ['does not exist', undefined, 'Send If-None-Match: * to create what is not there'],
  ])(
    'refuses a write without a precondition with 428 where the resource %s',
    (_name, current, message) => {
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        expect(refusal(method, {}, current)).toMatchObject({
          status: 428,
          expose: true,
          message,
          headers: { 'Cache-Control': 'no-store' },
        })
        expect(refusal(method, {}, current, false)).toBeUndefined()
      }
      expect(refusal('GET', {}, current)).toBeUndefined()
      expect(refusal('POST', {}, current)).toBeUndefined()
    },
  )

  it.each([
    ['GET', { 'if-none-match': '"v7-gzip"', 'accept-encoding': 'gzip' }, false],
    ['GET', { 'if-none-match': '"v7-gzip"' }, true],
    ['GET', { 'if-none-match': '"v6-gzip"', 'accept-encoding': 'gzip' }, true],
    ['PUT', { 'if-match': '"v7-br"' }, true],
    ['PUT', { 'if-match': '"v7"' }, true],
  ])('knows who has the compressed representation: %s with %o', (method, headers, goesOn) => {
    const response = head()
    expect(applyPreconditions({ method, headers }, response, state, true)).toBe(goesOn)
    if (!goesOn) expect(response.fields.get('etag')).toBe('"v7-gzip"')
  })

  it('refuses who has another compressed representation, or a weak tag', () => {
    for (const value of ['"v6-gzip"', 'W/"v7-gzip"', '"v7-"', '"v7-gzip-br"']) {
      expect(refusal('PUT', { 'if-match': value }, state)).toMatchObject({ status: 412 })
    }
  })

  it('takes a date for a precondition only where there is no strong entity tag', () => {
    const headers = { 'if-unmodified-since': date }
    expect(refusal('PUT', headers, { exists: true, lastModified })).toBeUndefined()
    const weak = { exists: true, etag: 'W/"v7"', lastModified }
    expect(refusal('PUT', headers, weak)).toBeUndefined()
    const earlier = { 'if-unmodified-since': 'Wed, 10 Jun 2026 07:59:59 GMT' }
    expect(refusal('PUT', earlier, weak)).toMatchObject({ status: 412 })
    expect(refusal('PUT', headers, state)).toMatchObject({ status: 428 })
  })

  it.each([
    [
      null,
      'state must be like { exists: true, etag: \'"v7"\' }, or undefined for a resource that does not exist, got null',
    ],
    [{ etag }, /^state must be like .*, got \{ etag: '"v7"' \}$/],
    ['"v7"', /^state must be like /],
    [{ exists: true, etag: 'v7' }, "state.etag must be an entity tag such as '\"v7\"', got 'v7'"],
    [{ exists: true, etag: 7 }, 'state.etag must be an entity tag such as \'"v7"\', got 7'],
    [{ exists: true, lastModified: new Date(Number.NaN) }, /^state\.lastModified must be /],
  ])('refuses the state %o', (wrong: unknown, message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const given = wrong as ResourceState
    expect(() =>
      applyPreconditions({ method: 'GET', headers: { 'if-match': 'a' } }, head(), given, false),
    ).toThrow(message)
  })
})

describe('the options', () => {
  it.each([
    [{ required: true }, "preconditions(): unknown option 'required'; did you mean 'require'?"],
    [{ require: 'yes' }, "require must be true or false, got 'yes'"],
    [true, 'preconditions(): options must be an object, got true'],
  ])('of a call are not %o', (options: unknown, message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const read = (): unknown => readPreconditionsOptions(options as { require?: boolean })
    expect(read).toThrow(TypeError)
    expect(read).toThrow(message)
  })

  it.each([
    [{}, /^getState must be a function such as .*, got undefined$/],
    [{ getState: state }, /^getState must be a function such as /],
    [
      { loadState: () => state },
      "conditional(): unknown option 'loadState'; the options are getState, require",
    ],
    [
      { getstate: () => state },
      "conditional(): unknown option 'getstate'; did you mean 'getState'?",
    ],
    [{ getState: () => state, require: 428 }, 'require must be true or false, got 428'],
    [undefined, 'conditional(): options must be an object, got undefined'],
  ])('of a route are not %o', (options: unknown, message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const read = (): unknown => readConditionalOptions(options as ConditionalOptions<unknown>)
    expect(read).toThrow(TypeError)
    expect(read).toThrow(message)
  })

  it('require nothing unless told to', () => {
    expect(
      [undefined, {}, { require: undefined }, { require: false }].map(readPreconditionsOptions),
    ).toEqual([false, false, false, false])
    expect(readPreconditionsOptions({ require: true })).toBe(true)
    expect(readConditionalOptions({ getState: () => undefined }).isRequired).toBe(false)
  })

  it('take a loader that waits, and one that does not', () => {
    type Loader = ConditionalOptions<string>['getState']
    expectTypeOf<(context: string) => { exists: true }>().toExtend<Loader>()
    expectTypeOf<(context: string) => Promise<{ exists: true } | undefined>>().toExtend<Loader>()
    expectTypeOf<(context: string) => { etag: string }>().not.toExtend<Loader>()
  })
})

describe('withState', () => {
  const load =
    (given: State): (() => State) =>
    () =>
      given

  it('goes on at once with a state that is there', () => {
    expect(withState(load(state), 0, (given) => given)).toBe(state)
    expect(withState(load(undefined), 0, (given) => given)).toBeUndefined()
    const sum = withState(
      (context: number) => ({ exists: context === 7 }),
      7,
      (given) => given,
    )
    expect(sum).toEqual({ exists: true })
  })

  it('leaves what is no state to whoever reads it', () => {
    const seen: unknown[] = []
    const loader = (): undefined => JSON.parse('null')
    void withState(loader, 0, (given) => seen.push(given))
    expect(seen).toEqual([null])
  })

  it('waits for a state that is to come', async () => {
    const seen: unknown[] = []
    const result = withState(
      () => Promise.resolve(state),
      0,
      (given) => seen.push(given),
    )
    expect(seen).toEqual([])
    await result
    expect(seen).toEqual([state])
  })

  it('makes a promise of what comes like one', async () => {
    // oxlint-disable-next-line unicorn/no-thenable
    const loader = (): object => ({ then: (take: (given: State) => unknown) => void take(state) })
    const given: unknown = Reflect.apply(withState, undefined, [loader, 0, (it: State) => it])
    await expect(given).resolves.toBe(state)
  })

  it('fails as the loader does', async () => {
    const error = createError(404)
    expect(() => withState(throwing(error), 0, () => true)).toThrow(error)
    const failure = withState(
      () => Promise.reject<undefined>(error),
      0,
      () => true,
    )
    await expect(failure).rejects.toBe(error)
  })

  it.each([undefined, null, 0, '', 'route'])('makes an error of a thrown %o', async (thrown) => {
    const message = /^getState threw (?:undefined|null|0|'(?:route)?')$/
    expect(() => withState(throwing(thrown), 0, () => true)).toThrow(message)
    const loader = async (): Promise<State> => throwing(thrown)()
    await expect(withState(loader, 0, () => true)).rejects.toThrow(message)
  })
})

const throwing = (thrown: unknown) => (): State => {
  throw thrown
}
