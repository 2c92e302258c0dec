import createError from 'http-errors'
import { describe, expect, it } from 'vitest'
import { createRefusal } from './refusal.ts'

describe('createRefusal', () => {
  it('makes what http-errors makes, but for the stack', () => {
    const headers = { Allow: 'GET' }
    const refusal = createRefusal(405, 'Not here', { headers })
    const { stack, ...members } = createError(405, 'Not here', { headers })
    expect(refusal).toBeInstanceOf(createError.MethodNotAllowed)
    expect(Object.fromEntries(Object.entries(refusal))).toEqual(members)
    expect(refusal.message).toBe('Not here')
    expect(stack).toContain('\n    at ')
    expect(refusal.stack?.split('\n    at ')).toHaveLength(2)
  })

  it('takes members without a message', () => {
    expect(createRefusal(501, { expose: true })).toMatchObject({
      status: 501,
      expose: true,
      message: 'Not Implemented',
    })
  })

  it('leaves other errors their stacks, also where it throws', () => {
    const before = Error.stackTraceLimit
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what http-errors refuses
    expect(() => createRefusal(405, 1n as never)).toThrow(TypeError)
    expect(Error.stackTraceLimit).toBe(before)
    expect(new Error('other').stack).toContain('\n    at ')
  })
})
