import { reasonPhrase } from '@http-semantics/status'
import { texts as english } from '@http-semantics/status/en'
import { texts as chinese } from '@http-semantics/status/zh-TW'
import { describe, expect, it } from 'vitest'
import { textsOf } from './texts.ts'

describe('textsOf', () => {
  it('has the phrase of the registry for an English title, at every status with a meaning', () => {
    for (let status = 400; status < 600; status++) {
      const phrase = reasonPhrase(status)
      if (phrase === undefined || phrase === '(Unused)') continue
      expect([status, textsOf(status, 'en').title]).toEqual([status, phrase])
    }
  })

  it.each([
    [404, 404],
    [511, 511],
    [418, 400],
    [471, 400],
    [499, 400],
    [560, 500],
    [599, 500],
  ] as const)('tells of %i what is known of %i, in both languages', (status, known) => {
    expect(textsOf(status, 'en')).toEqual(english[known])
    expect(textsOf(status, 'zh-TW')).toEqual(chinese[known])
  })

  it('has Chinese for every status from 400 to 599', () => {
    for (let status = 400; status < 600; status++) {
      const { title, description } = textsOf(status, 'zh-TW')
      expect([status, title, description]).toEqual([
        status,
        expect.stringMatching(/\p{Script=Han}/u),
        expect.stringMatching(/\p{Script=Han}/u),
      ])
    }
  })
})
