import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it, vi } from 'vitest'
import { addQuery } from './query.ts'

describe('addQuery', () => {
  it('adds QUERY to a Fastify that does not know it', () => {
    const addHttpMethod = vi.fn<FastifyInstance['addHttpMethod']>()
    addQuery({ supportedMethods: ['GET', 'POST'], addHttpMethod })
    expect(addHttpMethod.mock.calls).toEqual([['QUERY', { hasBody: true }]])
  })

  it('leaves one alone that knows it, which would warn', () => {
    const fastify = Fastify()
    const add = vi.spyOn(fastify, 'addHttpMethod')
    addQuery(fastify)
    expect(fastify.supportedMethods).toContain('QUERY')
    expect(add).not.toHaveBeenCalled()
  })
})
