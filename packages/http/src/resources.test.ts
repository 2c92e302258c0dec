import { describe, expect, it } from 'vitest'
import { checkMethods, DeclaredResources } from './resources.ts'

const refusal = (declarations: unknown): unknown => {
  try {
    return Reflect.construct(DeclaredResources, [declarations])
  } catch (error) {
    return error
  }
}

describe('DeclaredResources', () => {
  const resources = new DeclaredResources({
    '/notes': { methods: ['GET', 'POST'], accept: { post: ['application/json'] } },
    '/notes/:id': { methods: ['GET'] },
    '/notes/*rest': { accept: { patch: ['application/merge-patch+json'] } },
    '/notes/first': { methods: ['PUT'], accept: { patch: ['text/plain'], query: ['text/sql'] } },
    '/old{/:year}': {},
  })

  it.each([
    ['/notes', ['GET', 'POST'], [['Accept-Post', 'application/json']]],
    ['/notes/7', ['GET'], [['Accept-Patch', 'application/merge-patch+json']]],
    // The same path, where what needs no percent-encoding has it; another where what needs it has it.
    ['/%6Eot%65s', ['GET', 'POST'], [['Accept-Post', 'application/json']]],
    ['/%6eotes/%ff%2F%25', ['GET'], [['Accept-Patch', 'application/merge-patch+json']]],
    ['/notes%2F7', undefined, []],
    ['/notes/%zz', ['GET'], [['Accept-Patch', 'application/merge-patch+json']]],
    ['/notes/7/8', undefined, [['Accept-Patch', 'application/merge-patch+json']]],
    [
      '/notes/first',
      ['GET', 'PUT'],
      [
        ['Accept-Patch', 'application/merge-patch+json, text/plain'],
        ['Accept-Query', 'text/sql'],
      ],
    ],
    ['/old', undefined, []],
    ['/old/1999', undefined, []],
    ['/other', undefined, []],
    ['*', undefined, []],
    ['', undefined, []],
  ])('unites what the declarations say of %s', (path, methods, fields) => {
    expect(resources.find(path)).toMatchObject({ methods: methods && new Set(methods), fields })
  })

  it.each([
    ['/notes', ['POST'], [200, 415]],
    ['/notes/7', ['PATCH'], [415, 415]],
    ['/notes/first', ['PATCH'], [200, 415]],
    ['/other', ['POST'], [200, 200]],
  ])('unites what the declarations take at %s', (path, [method = ''], statuses) => {
    const types: Readonly<Record<string, string>> = {
      POST: 'application/json',
      PATCH: 'text/plain',
    }
    const judged = [types[method], 'image/png'].map(
      (type) =>
        resources.find(path).judge({ method, headers: { 'content-type': type }, hasContent: true })
          ?.status ?? 200,
    )
    expect(judged).toEqual(statuses)
  })

  it('unites codings and products, each once, and keeps the first word on missing types', () => {
    const united = new DeclaredResources({
      '/a': { codings: ['gzip', 'br'], produces: ['text/html'], accept: { put: ['a/b'] } },
      '/{:x}': {
        codings: ['gzip', 'zstd'],
        produces: ['text/html', 'text/csv'],
        withoutType: 'take',
      },
      '/:y': { withoutType: 400 },
    }).find('/a')
    const request = { method: 'PUT', headers: {}, hasContent: true }
    expect(united.judge(request)).toBeUndefined()
    const coded = { ...request, headers: { 'content-encoding': 'compress' } }
    expect(united.judge(coded)?.headers).toEqual({ 'Accept-Encoding': 'gzip, br, zstd' })
    const get = { method: 'GET', headers: { accept: 'a/b' }, hasContent: false }
    expect(united.judge(get)?.message).toBe('There is text/html, text/csv')
  })

  it('tells of no suffix, and takes it', () => {
    const { fields, judge } = new DeclaredResources({
      '/a': { accept: { post: ['application/*+json', 'text/csv'] } },
    }).find('/a')
    expect(fields).toEqual([['Accept-Post', 'text/csv']])
    const headers = { 'content-type': 'application/ld+json' }
    expect(judge({ method: 'POST', headers, hasContent: true })).toBeUndefined()
  })

  it('knows which requests need a look', () => {
    expect(new DeclaredResources().judged).toEqual(new Set(['QUERY']))
    expect(new DeclaredResources().hasQuery).toBe(false)
    expect(resources.judged).toEqual(new Set(['QUERY', 'POST', 'PATCH']))
    expect(resources.hasQuery).toBe(true)
  })

  it('knows all methods of all declarations', () => {
    expect(resources.methods()).toEqual(new Set(['GET', 'POST', 'PUT']))
    expect(new DeclaredResources().methods()).toEqual(new Set())
  })

  it('takes an empty list of methods for a resource without any', () => {
    const { methods } = new DeclaredResources({ '/x': { methods: [] } }).find('/x')
    expect(methods).toEqual(new Set())
  })

  it.each<[unknown, string]>([
    [null, "resources must be an object like { '/notes/:id': { methods: ['GET'] } }, got null"],
    ['/a', "resources must be an object like { '/notes/:id': { methods: ['GET'] } }, got '/a'"],
    [{ a: {} }, "resources: 'a' is not a path; write it like '/notes/:id'"],
    [{ '*': {} }, "resources: '*' is not a path; write it like '/notes/:id'"],
    [{ '/a': null }, "resources['/a']: options must be an object, got null"],
    [{ '/a': ['GET'] }, "resources['/a']: options must be an object, got [ 'GET' ]"],
    [{ '/a': { method: [] } }, "resources['/a']: unknown option 'method'; did you mean 'methods'?"],
    [
      { '/a': { methods: 'GET' } },
      "resources['/a'].methods must be a list like ['GET', 'PUT'], got 'GET'",
    ],
    [
      { '/a': { methods: '' } },
      "resources['/a'].methods must be a list like ['GET', 'PUT'], got ''",
    ],
    [
      { '/a': { methods: null } },
      "resources['/a'].methods must be a list like ['GET', 'PUT'], got null",
    ],
    [{ '/a': { accept: null } }, "resources['/a'].accept: options must be an object, got null"],
    [
      { '/a': { accept: { pots: [] } } },
      "resources['/a'].accept: unknown option 'pots'; did you mean 'post'?",
    ],
    [
      { '/a': { produce: [] } },
      "resources['/a']: unknown option 'produce'; did you mean 'produces'?",
    ],
    [
      { '/a': { withoutType: 200 } },
      "resources['/a'].withoutType must be 400, 415 or 'take', got 200",
    ],
    [
      { '/a': { accept: { put: ['json'] } } },
      "resources['/a'].accept.put: 'json' is no media range; write it like 'application/json'",
    ],
    [
      { '/a': { accept: { put: 'text/plain' } } },
      "resources['/a'].accept.put must be a list like ['application/json'], got 'text/plain'",
    ],
    [
      { '/a': { accept: { put: [7] } } },
      "resources['/a'].accept.put: 7 is no media range; write it like 'application/json'",
    ],
    [
      { '/a': { accept: { post: ['json'] } } },
      "resources['/a'].accept.post: 'json' is no media range; write it like 'application/json'",
    ],
    [
      { '/a': { accept: { post: 'text/plain' } } },
      "resources['/a'].accept.post must be a list like ['application/json'], got 'text/plain'",
    ],
  ])('refuses %o with a sentence', (declarations, message) => {
    expect(refusal(declarations)).toEqual(new TypeError(message))
  })

  it.each(['/:', '/*', '/a(b', '/{a'])('refuses the pattern %s', (pattern) => {
    expect(refusal({ [pattern]: {} })).toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining(`resources: '${pattern}' is not a path pattern: `),
    })
  })
})

describe('checkMethods', () => {
  it('takes tokens in capitals, registered or not', () => {
    const methods = ['GET', 'M-SEARCH', 'VERSION-CONTROL', 'BREW', '!']
    expect(checkMethods('known', methods)).toEqual(new Set(methods))
  })

  it.each<[unknown, string]>([
    ['GET', "known must be a list like ['GET', 'PUT'], got 'GET'"],
    [new Set(['GET']), "known must be a list like ['GET', 'PUT'], got Set(1) { 'GET' }"],
    [['get'], "known: methods are case-sensitive, write 'GET' for 'get'"],
    [['Get'], "known: methods are case-sensitive, write 'GET' for 'Get'"],
    [['GET '], "known: 'GET ' is not a method; write it like 'GET'"],
    [['GET, PUT'], "known: 'GET, PUT' is not a method; write it like 'GET'"],
    [['GET', ''], "known: '' is not a method; write it like 'GET'"],
    [[1], "known: 1 is not a method; write it like 'GET'"],
    [[undefined], "known: undefined is not a method; write it like 'GET'"],
    [['A\r\nB'], String.raw`known: 'A\r\nB' is not a method; write it like 'GET'`],
  ])('refuses %o with a sentence', (methods, message) => {
    expect(() => checkMethods('known', methods)).toThrow(new TypeError(message))
  })
})
