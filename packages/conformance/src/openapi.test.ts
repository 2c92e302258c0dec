import { describe, expect, it } from 'vitest'
import { openapiPaths } from './openapi.ts'

describe('openapiPaths', () => {
  it('takes the paths of GET, with examples for parameters', () => {
    const paths = {
      '/a': { get: {} },
      '/b': { post: {} },
      '/c/{id}': { get: { parameters: [{ name: 'id', in: 'path', schema: { example: 7 } }] } },
      '/d/{id}': { get: {}, parameters: [{ name: 'id', example: 'x y' }] },
      '/e/{id}': { get: {} },
    }
    expect(openapiPaths({ openapi: '3.1.0', paths })).toEqual(['/a', '/c/7', '/d/x%20y'])
  })
  it('encodes what no target may have, and leaves out what is no path', () => {
    const paths = { '/a b\r\nX: ü#c': { get: {} }, b: { get: {} } }
    expect(openapiPaths({ paths })).toEqual(['/a%20b%0D%0AX:%20%C3%BC%23c'])
  })
  it('puts the path of the first server ahead', () => {
    const servers = [{ url: 'https://example.com/v1/' }]
    expect(openapiPaths({ servers, paths: { '/a': { get: {} } } })).toEqual(['/v1/a'])
  })
  it.each([undefined, null, 'text', [], {}])('refuses %j', (document) => {
    expect(() => openapiPaths(document)).toThrow('no OpenAPI document')
  })
})
