import { describe, expect, expectTypeOf, it } from 'vitest'
import { MethodGuard, type MethodGuardOptions, type RouteReader, type Verdict } from './guard.ts'

/** Routes as an adapter reads them: methods by path. */
function routesOf(paths: Readonly<Record<string, readonly string[] | 'any'>>): RouteReader {
  const named = Object.values(paths).flatMap((methods) => (methods === 'any' ? [] : methods))
  return {
    allowed(path) {
      const methods = paths[path]
      return methods === undefined || methods === 'any' ? methods : new Set(methods)
    },
    known: () => new Set(named),
  }
}

const routes = routesOf({
  '/notes': ['GET', 'POST'],
  '/notes/7': ['GET', 'PUT'],
  '/any': 'any',
  '/preflight': ['OPTIONS'],
})

/** Routes that cannot be read at all, as those of a Koa app without @koa/router. */
const unreadable: RouteReader = { allowed: () => undefined, known: () => undefined }

function told(verdict: Verdict): unknown {
  if (verdict === undefined) return 'pass'
  if (!(verdict instanceof Error))
    return { status: verdict.status, ...Object.fromEntries(verdict.fields) }
  return { status: verdict.status, ...verdict.headers }
}

describe('MethodGuard.judge', () => {
  it.each<[string, MethodGuardOptions, string, string, unknown]>([
    ['a routed method', {}, 'GET', '/notes', 'pass'],
    ['HEAD with GET', {}, 'HEAD', '/notes', 'pass'],
    ['a query', {}, 'GET', '/notes?a=b', 'pass'],
    ['absolute form', {}, 'POST', 'http://localhost/notes', 'pass'],
    ['an unknown path', {}, 'GET', '/nowhere', 'pass'],
    ['OPTIONS of an unknown path', {}, 'OPTIONS', '/nowhere', 'pass'],
    ['OPTIONS of a path that only preflights know', {}, 'OPTIONS', '/preflight', 'pass'],
    ['GET of a path that only preflights know', {}, 'GET', '/preflight', 'pass'],
    ['a method no route uses, at a handler that takes any', {}, 'PROPFIND', '/any', 'pass'],
    ['a declared method, at a handler that takes any', { known: ['BREW'] }, 'BREW', '/any', 'pass'],
    ['OPTIONS at a handler that takes any', {}, 'OPTIONS', '/any', 'pass'],
    [
      '405 for a method of other paths',
      {},
      'PUT',
      '/notes',
      { status: 405, Allow: 'GET, HEAD, POST, OPTIONS' },
    ],
    [
      '405 in absolute form',
      {},
      'PUT',
      'http://localhost/notes?x',
      { status: 405, Allow: 'GET, HEAD, POST, OPTIONS' },
    ],
    ['501 for a method no route uses', {}, 'DELETE', '/notes', { status: 501 }],
    ['501 before 404', {}, 'DELETE', '/nowhere', { status: 501 }],
    ['501 for lower case', {}, 'post', '/notes', { status: 501 }],
    [
      '501 for a method Node does not know, at a handler that takes any',
      {},
      'BREW',
      '/any',
      { status: 501 },
    ],
    [
      '405 for a method Node does not know, where it is refused',
      { refuse: ['BREW'] },
      'BREW',
      '/notes',
      { status: 405, Allow: 'GET, HEAD, POST, OPTIONS' },
    ],
    [
      '405 for a known method',
      { known: ['DELETE'] },
      'DELETE',
      '/notes',
      { status: 405, Allow: 'GET, HEAD, POST, OPTIONS' },
    ],
    ['404 for a known method', { known: ['DELETE'] }, 'DELETE', '/nowhere', 'pass'],
    [
      'the answer to OPTIONS',
      {},
      'OPTIONS',
      '/notes/7',
      { status: 204, Allow: 'GET, HEAD, PUT, OPTIONS' },
    ],
    [
      'the answer to OPTIONS *',
      {},
      'OPTIONS',
      '*',
      { status: 204, Allow: 'GET, HEAD, POST, PUT, OPTIONS' },
    ],
    ['405 for TRACE', {}, 'TRACE', '/notes', { status: 405, Allow: 'GET, HEAD, POST, OPTIONS' }],
    [
      '405 for TRACE at a handler that takes any',
      {},
      'TRACE',
      '/any',
      { status: 405, Allow: 'GET, HEAD, POST, PUT, OPTIONS' },
    ],
    [
      '405 for TRACE on an unknown path',
      {},
      'TRACE',
      '/nowhere',
      { status: 405, Allow: 'GET, HEAD, POST, PUT, OPTIONS' },
    ],
    [
      '405 for CONNECT to the server',
      {},
      'CONNECT',
      '*',
      { status: 405, Allow: 'GET, HEAD, POST, PUT, OPTIONS' },
    ],
    ['501 for TRACE that is not refused', { refuse: [] }, 'TRACE', '/notes', { status: 501 }],
    [
      '405 for what else is refused, also where it is routed',
      { refuse: ['POST'] },
      'POST',
      '/notes',
      { status: 405, Allow: 'GET, HEAD, OPTIONS' },
    ],
    [
      '405 for OPTIONS that is refused',
      { refuse: ['OPTIONS'] },
      'OPTIONS',
      '/notes',
      { status: 405, Allow: 'GET, HEAD, POST' },
    ],
    [
      '405 for OPTIONS * that is refused',
      { refuse: ['OPTIONS'] },
      'OPTIONS',
      '*',
      { status: 405, Allow: 'GET, HEAD, POST, PUT' },
    ],
    [
      'an Allow without refused methods',
      { refuse: ['PUT'] },
      'OPTIONS',
      '/notes/7',
      { status: 204, Allow: 'GET, HEAD, OPTIONS' },
    ],
  ])('says: %s', (_, options, method, target, verdict) => {
    expect(told(new MethodGuard(options).judge(method, target, routes))).toEqual(verdict)
  })

  it('throws nothing that a framework would log as a failure', () => {
    const guard = new MethodGuard()
    expect(guard.judge('DELETE', '/notes', routes)).toMatchObject({ status: 501, expose: true })
    expect(guard.judge('PUT', '/notes', routes)).toMatchObject({ status: 405, expose: true })
  })

  it('says 501 where routes cannot be read only of what Node does not know', () => {
    const guard = new MethodGuard()
    expect(guard.judge('PROPFIND', '/', unreadable)).toBeUndefined()
    for (const method of ['BREW', 'get', 'Get', 'VERSION-CONTROL']) {
      expect(told(guard.judge(method, '/', unreadable))).toEqual({ status: 501 })
    }
    const declared = new MethodGuard({ known: ['BREW'] })
    expect(declared.judge('BREW', '/', unreadable)).toBeUndefined()
    expect(told(guard.judge('TRACE', '/', unreadable))).toMatchObject({ status: 405 })
    expect(told(guard.judge('OPTIONS', '*', unreadable))).toEqual({
      status: 204,
      Allow: 'GET, HEAD, OPTIONS',
    })
  })
})

describe('MethodGuard with declared resources', () => {
  const guard = new MethodGuard({
    resources: {
      '/any': { methods: ['GET', 'QUERY'], accept: { query: ['text/sql'] } },
      '/notes': { accept: { post: ['application/json'] } },
      '/notes/:id': { methods: ['PATCH'], accept: { patch: ['application/merge-patch+json'] } },
      '/bare': { methods: ['DELETE'] },
    },
  })
  const acceptPost = { 'Accept-Post': 'application/json' }
  const acceptPatch = { 'Accept-Patch': 'application/merge-patch+json' }

  it.each<[string, string, string, unknown]>([
    [
      'takes the declared methods for those of a handler that takes any',
      'PUT',
      '/any',
      { status: 405, Allow: 'GET, HEAD, QUERY, OPTIONS', 'Accept-Query': 'text/sql' },
    ],
    [
      'unites declared and routed methods',
      'POST',
      '/notes/7',
      { status: 405, Allow: 'GET, HEAD, PUT, PATCH, OPTIONS', ...acceptPatch },
    ],
    ['passes a declared method', 'PATCH', '/notes/7', 'pass'],
    [
      'makes a resource of a path no route knows',
      'GET',
      '/bare',
      { status: 405, Allow: 'DELETE, OPTIONS' },
    ],
    [
      'adds the media types to OPTIONS',
      'OPTIONS',
      '/notes',
      { status: 204, Allow: 'GET, HEAD, POST, OPTIONS', ...acceptPost },
    ],
    [
      'adds the media types to 405',
      'PUT',
      '/notes',
      { status: 405, Allow: 'GET, HEAD, POST, OPTIONS', ...acceptPost },
    ],
    ['knows declared methods everywhere', 'QUERY', '/nowhere', 'pass'],
    [
      'adds declared methods to those of the server',
      'OPTIONS',
      '*',
      { status: 204, Allow: 'GET, HEAD, QUERY, POST, PUT, PATCH, DELETE, OPTIONS' },
    ],
    ['says 501 to what is neither routed nor declared', 'BREW', '/any', { status: 501 }],
  ])('%s', (_, method, target, verdict) => {
    expect(told(guard.judge(method, target, routes))).toEqual(verdict)
  })

  it('works on declarations alone where routes cannot be read', () => {
    expect(told(guard.judge('GET', '/bare', unreadable))).toEqual({
      status: 405,
      Allow: 'DELETE, OPTIONS',
    })
    expect(told(guard.judge('BREW', '/bare', unreadable))).toEqual({ status: 501 })
  })

  it.each<[string, Record<string, string>]>([
    ['/notes', { Allow: 'GET, HEAD, POST, OPTIONS', ...acceptPost }],
    ['/notes/7?a', { Allow: 'GET, HEAD, PUT, PATCH, OPTIONS', ...acceptPatch }],
    ['/any', { Allow: 'GET, HEAD, QUERY, OPTIONS', 'Accept-Query': 'text/sql' }],
    ['/preflight', {}],
    ['/nowhere', {}],
    ['*', { Allow: 'GET, HEAD, QUERY, POST, PUT, PATCH, DELETE, OPTIONS' }],
  ])('gives any answer to OPTIONS %s its fields', (target, fields) => {
    expect(Object.fromEntries(guard.optionsFields(target, routes))).toEqual(fields)
  })

  it('gives no Allow for a handler that takes any method', () => {
    expect(new MethodGuard().optionsFields('/any', routes)).toEqual([])
  })

  it('offers on OPTIONS nothing that is refused', () => {
    const strict = new MethodGuard({ refuse: ['POST'] })
    expect(strict.optionsFields('/notes', routes)).toEqual([['Allow', 'GET, HEAD, OPTIONS']])
    expect(strict.optionsFields('*', routes)).toEqual([['Allow', 'GET, HEAD, PUT, OPTIONS']])
  })

  it('gives a 405 the methods of the resource, on an unknown path those of the server', () => {
    expect(guard.allow('/preflight', routes)).toBe(guard.allow('/nowhere', routes))
    expect(new MethodGuard({ refuse: ['POST'] }).allow('/notes', routes)).toBe('GET, HEAD, OPTIONS')
    expect(new MethodGuard({ refuse: ['POST'] }).allow('/any', routes)).toBe(
      'GET, HEAD, PUT, OPTIONS',
    )
  })

  it.each<[string, number, string, unknown[]]>([
    ['POST', 415, '/notes', ['Accept-Post', 'Accept-Query']],
    ['PUT', 405, '/notes', ['Accept-Post', 'Accept-Query']],
    ['POST', 400, '/notes', ['Accept-Query']],
    ['GET', 200, '/notes?a', ['Accept-Query']],
    ['HEAD', 304, '/notes', ['Accept-Query']],
    ['QUERY', 200, '/notes', ['Accept-Query']],
    ['POST', 200, '/notes', []],
    ['GET', 302, '/notes', []],
    ['GET', 404, '/notes', []],
    ['GET', 200, '/notes/7', []],
    ['GET', 400, '/nowhere', []],
  ])(
    'tells on an answer to %s with %i of %s by %j what is taken',
    (method, status, target, names) => {
      const accept = { post: ['application/json'], query: ['text/sql'] }
      const telling = new MethodGuard({ resources: { '/notes': { accept } } })
      expect(telling.acceptFields(method, status, target).map(([name]) => name)).toEqual(names)
    },
  )

  it('gives no media types where none are declared', () => {
    expect(guard.acceptFields('POST', 415, '/nowhere')).toEqual([])
    expect(guard.acceptFields('POST', 415, '/notes')).toEqual([['Accept-Post', 'application/json']])
  })
})

describe('MethodGuard.refuses', () => {
  it.each([
    [{}, 'TRACE', true],
    [{}, 'CONNECT', true],
    [{}, 'GET', false],
    [{}, 'trace', false],
    [{ refuse: [] }, 'TRACE', false],
    [{ refuse: ['PURGE'] }, 'PURGE', true],
    [{ refuse: ['PURGE'] }, 'TRACE', false],
  ])('with %o is asked for %s: %s', (options, method, refused) => {
    expect(new MethodGuard(options).refuses(method)).toBe(refused)
  })
})

describe('Options', () => {
  it('are all optional', () => {
    expect(new MethodGuard().ignoredRoutes).toEqual(new Set())
    expect(new MethodGuard({ ignoreRoutes: ['/{*splat}'] }).ignoredRoutes).toEqual(
      new Set(['/{*splat}']),
    )
    expectTypeOf(MethodGuard).toBeConstructibleWith()
    expectTypeOf<{ known?: undefined }>().toExtend<MethodGuardOptions>()
  })

  it('are read once, at construction', () => {
    const refuse = ['TRACE']
    const guard = new MethodGuard({ refuse })
    refuse.push('GET')
    expect(guard.refuses('GET')).toBe(false)
  })

  it.each<[unknown, string]>([
    [null, 'methods: options must be an object, got null'],
    [{ refused: [] }, "methods: unknown option 'refused'; did you mean 'refuse'?"],
    [{ refuse: 'TRACE' }, "methods.refuse must be a list like ['GET', 'PUT'], got 'TRACE'"],
    [
      { refuse: ['trace'] },
      "methods.refuse: methods are case-sensitive, write 'TRACE' for 'trace'",
    ],
    [{ known: ['a b'] }, "methods.known: 'a b' is not a method; write it like 'GET'"],
    [
      { ignoreRoutes: '/x' },
      "methods.ignoreRoutes must be a list of route patterns like ['/{*splat}'], got '/x'",
    ],
    [
      { ignoreRoutes: [/x/] },
      "methods.ignoreRoutes must be a list of route patterns like ['/{*splat}'], got [ /x/ ]",
    ],
    [{ resources: { notes: {} } }, "resources: 'notes' is not a path; write it like '/notes/:id'"],
  ])('%o are refused with a sentence', (options, message) => {
    expect(() => Reflect.construct(MethodGuard, [options])).toThrow(new TypeError(message))
  })
})
