import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { outFieldsKey, outFieldsOf } from './out-fields.ts'

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
