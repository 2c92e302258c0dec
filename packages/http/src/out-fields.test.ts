import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { outFieldsKey, outFieldsOf, prepareFields } from './out-fields.ts'

const newResponse = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()))

describe('outFieldsKey', () => {
  it('is found in this version of Node', () => {
    expect(outFieldsKey?.description).toBe('kOutHeaders')
  })
})

describe.each([
  ['by the key', outFieldsKey],
  ['without it', undefined],
  ['by a key that this response does not have', Symbol('kOutHeaders')],
])('outFieldsOf %s', (_case, key) => {
  it('has nothing while no field is set', () => {
    expect(Object.keys(outFieldsOf(newResponse(), key))).toEqual([])
  })

  it('has each field by its name in lower case, with all lines', () => {
    const response = newResponse()
    response.setHeader('Content-Length', 5)
    response.setHeader('VARY', ['Accept', 'Origin'])
    response.setHeader('ETag', '"a"').removeHeader('etag')
    expect({ ...outFieldsOf(response, key) }).toEqual({
      'content-length': [expect.stringMatching(/^content-length$/i), 5],
      vary: [expect.stringMatching(/^vary$/i), ['Accept', 'Origin']],
    })
  })

  it('has no member that no field is', () => {
    const fields = outFieldsOf(newResponse().setHeader('A', 'b'), key)
    expect(fields['constructor']).toBeUndefined()
  })
})

describe.each([
  ['by the key', outFieldsKey],
  ['by a key that this response does not have', Symbol('kOutHeaders')],
])('prepareFields %s', (_case, key) => {
  const changes: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
    'set in several cases': (response) => response.setHeader('Vary', 'a').setHeader('VARY', 'b'),
    'set and removed': (response) => response.setHeader('A', '1').removeHeader('a'),
    added: (response) => response.appendHeader('vary', 'a').appendHeader('Vary', ['b', 'c']),
    'set after it was there': (response) => {
      response.setHeader('A', '1').setHeader('B', '2').removeHeader('A')
      return response.setHeader('a', '3')
    },
    'of odd names': (response) => {
      for (const name of ['__proto__', 'constructor', 'toString', '1', 'hasOwnProperty']) {
        response.setHeader(name, 'x')
      }
    },
    many: (response) => {
      for (let index = 0; index < 300; index += 1) response.setHeader(`x-${index}`, `${index}`)
    },
  }

  it.each(Object.entries(changes))('changes nothing about fields that are %s', (_name, change) => {
    const seen = [true, false].map((isPrepared) => {
      const response = newResponse()
      if (isPrepared) prepareFields(response, key)
      change(response)
      const odd = ['__proto__', 'constructor', 'tostring', 'valueOf', 'a', 'vary']
      return [
        Object.entries(response.getHeaders()),
        response.getHeaderNames(),
        odd.map((name) => [name, response.hasHeader(name), response.getHeader(name)]),
        Reflect.get(response.writeHead(200), '_header').replace(/Date: .*/, ''),
      ]
    })
    expect(seen[0]).toEqual(seen[1])
  })

  it('leaves a response alone that has fields', () => {
    const response = newResponse().setHeader('A', 'b')
    prepareFields(response, key)
    expect(response.getHeader('a')).toBe('b')
  })
})
