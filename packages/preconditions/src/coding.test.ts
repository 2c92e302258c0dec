import { describe, expect, it } from 'vitest'
import { createCodingJudge, judgeContentEncoding } from './coding.ts'

describe('judgeContentEncoding', () => {
  it.each<[string | undefined, string[]]>([
    [undefined, []],
    ['', []],
    ['identity', []],
    ['gzip', ['gzip']],
    ['GZIP', ['gzip']],
    ['x-gzip', ['gzip']],
    [' , gzip ,', ['gzip']],
    ['gzip, br', ['br', 'gzip']],
  ])('takes %j, to be undone as %j', (value, codings) => {
    expect(judgeContentEncoding(value, ['gzip', 'br'], 2)).toEqual({ action: 'proceed', codings })
  })

  it.each(['zstd', 'gzip, zstd', 'gzip, br, gzip', '*', 'gzip br'])('refuses %j', (value) => {
    expect(judgeContentEncoding(value, ['gzip', 'br'], 2)).toEqual({
      action: 'refuse',
      status: 415,
      fields: [['Accept-Encoding', 'gzip, br']],
    })
  })

  it('takes one coding over another only when told to', () => {
    expect(judgeContentEncoding('gzip, gzip', ['gzip']).action).toBe('refuse')
  })

  it.each([
    ['no list', 'gzip', 1, "accepted must be a list such as ['gzip'], got 'gzip'"],
    ['no coding', ['g zip'], 1, "accepted must have codings such as 'gzip', got 'g zip'"],
    ['any coding', ['*'], 1, "accepted must have codings such as 'gzip', got '*'"],
    ['no codings at most', ['gzip'], 0, 'maxCodings must be an integer from 1, got 0'],
  ])('throws on %s', (_, accepted, most, message) => {
    expect(() => createCodingJudge(accepted as string[], most)).toThrow(TypeError)
    expect(() => createCodingJudge(accepted as string[], most)).toThrow(message)
  })
})
