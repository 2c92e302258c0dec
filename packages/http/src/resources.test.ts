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
    expect(resources.find(path)).toEqual({ methods: methods && new Set(methods), fields })
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
      { '/a': { accept: { post: ['json'] } } },
      `accept: "json" is not a media range; write it like 'application/json'`,
    ],
    [
      { '/a': { accept: { post: 'text/plain' } } },
      `accept.post must be a list like ['application/json'], got "text/plain"`,
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
