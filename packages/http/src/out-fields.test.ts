import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { outFieldsKey, outFieldsOf, setOutField } from './out-fields.ts'

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
])('setOutField %s', (_case, key) => {
  const set = (response: ServerResponse): void =>
    setOutField(response, 'vary', ['Vary', 'Cookie'], key)

  it.each([
    { what: 'no field yet', before: [] },
    { what: 'another field', before: [['X-One', '1']] },
    { what: 'that field already', before: [['VARY', 'Accept']] },
  ])('does what setHeader does to a response with $what', ({ before }) => {
    const [ours, theirs] = [newResponse(), newResponse()]
    for (const response of [ours, theirs]) {
      for (const [name = '', value = ''] of before) response.setHeader(name, value)
    }
    set(ours)
    theirs.setHeader('Vary', 'Cookie')
    expect(ours.getHeaders()).toEqual(theirs.getHeaders())
    ours.appendHeader('vary', 'Origin')
    set(theirs)
    expect(ours.getHeader('vary')).toEqual(['Cookie', 'Origin'])
    expect(theirs.getHeader('vary')).toBe('Cookie')
  })

  it('throws as setHeader does once the header section is written', () => {
    const response = newResponse().setHeader('A', 'b').writeHead(200)
    expect(() => set(response)).toThrow('headers')
  })
})
