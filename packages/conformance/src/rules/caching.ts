import { rfc, type Row } from '../rule.ts'
import { field, members, type Answer } from '../wire/answer.ts'

const directive = (text: string): string => (text.split('=')[0] ?? '').trim()

/** The names of the cache directives of an answer. */
const directives = (answer: Answer): string[] => members(answer, 'cache-control').map(directive)

const cached = 'an answer has Cache-Control'

/** What answers tell caches. */
export const cachingRules: readonly Row[] = [
  {
    id: 'cache-once',
    level: 'practice',
    reference: rfc(9111, '4.2.1'),
    sentence: 'No cache directive comes twice.',
    when: cached,
    judge: ({ answer }) => {
      const names = directives(answer)
      if (names.length === 0) return undefined
      const twice = names.filter((name, index) => names.indexOf(name) !== index)
      return twice.length === 0 || `It has ${twice.join(', ')} twice.`
    },
  },
  {
    id: 'cache-contradiction',
    level: 'practice',
    reference: rfc(9111, '5.2.2'),
    sentence: 'Cache directives do not contradict each other: no-store or private beside public.',
    when: cached,
    judge: ({ answer }) => {
      const names = directives(answer)
      if (names.length === 0) return undefined
      const isOpen = names.includes('public') || names.includes('s-maxage')
      const wrong = ['no-store', 'private'].filter(
        (name) => isOpen && members(answer, 'cache-control').includes(name),
      )
      return wrong.length === 0 || `It is ${names.join(', ')}.`
    },
  },
  {
    id: 'cache-seconds',
    level: 'should',
    reference: rfc(9111, '5.2.2.1'),
    sentence: 'The seconds of max-age and s-maxage stand without quotes.',
    when: 'an answer has max-age or s-maxage',
    judge: ({ answer }) => {
      const value = field(answer, 'cache-control') ?? ''
      if (!/\b(?:max-age|s-maxage)\s*=/i.test(value)) return undefined
      return !/\b(?:max-age|s-maxage)\s*=\s*"/i.test(value) || `It is ${value}.`
    },
  },
  {
    id: 'cache-must-understand',
    level: 'should',
    reference: rfc(9111, '5.2.2.3'),
    sentence: 'must-understand stands beside no-store.',
    when: 'an answer has must-understand',
    judge: ({ answer }) => {
      const names = directives(answer)
      if (!names.includes('must-understand')) return undefined
      return names.includes('no-store') || 'It stands alone.'
    },
  },
  {
    id: 'cache-pragma',
    level: 'practice',
    reference: rfc(9111, '5.4'),
    sentence: 'Pragma is for requests: answers that have it have Cache-Control as well.',
    when: 'an answer has Pragma',
    judge: ({ answer }) => {
      if (field(answer, 'pragma') === undefined) return undefined
      return field(answer, 'cache-control') !== undefined || 'It has Pragma alone.'
    },
  },
  {
    id: 'cache-warning',
    level: 'practice',
    reference: rfc(9111, '5.5'),
    sentence: 'Warning, which is obsolete, is not sent.',
    when: 'the server answers at all',
    judge: ({ answer }) => field(answer, 'warning') === undefined || 'It has one.',
  },
  {
    id: 'cache-cookie',
    level: 'practice',
    reference: rfc(9111, '7.3'),
    sentence: 'An answer that sets a cookie is not for shared caches.',
    when: 'an answer has Set-Cookie',
    judge: ({ answer }) => {
      if (field(answer, 'set-cookie') === undefined) return undefined
      const names = directives(answer)
      const isOpen = names.includes('public') || names.includes('s-maxage')
      const isClosed = ['private', 'no-store', 'no-cache'].some((name) => names.includes(name))
      if (isOpen) return `It is ${names.join(', ')}.`
      const isTimed = names.includes('max-age') || field(answer, 'expires') !== undefined
      return isClosed || !isTimed || 'It has a lifetime, and is not private.'
    },
  },
  {
    id: 'cache-vary-any',
    level: 'practice',
    reference: rfc(9111, '4.1'),
    sentence: 'What has a lifetime is no Vary: *, which no cache ever matches.',
    when: 'an answer has max-age',
    judge: ({ answer }) => {
      if (!directives(answer).includes('max-age')) return undefined
      return !members(answer, 'vary').includes('*') || 'It is.'
    },
  },
  {
    id: 'cache-told',
    level: 'practice',
    reference: rfc(9111, '4.2.2'),
    sentence: 'A 200 to GET tells caches what they may do: otherwise they guess.',
    when: 'GET is answered with a 200 that has Last-Modified',
    judge: ({ answer, request }) => {
      // Without a date there is nothing to guess from.
      if (
        request.method !== 'GET' ||
        answer.status !== 200 ||
        field(answer, 'last-modified') === undefined
      ) {
        return undefined
      }
      return (
        field(answer, 'cache-control') !== undefined ||
        field(answer, 'expires') !== undefined ||
        'It does not.'
      )
    },
  },
  {
    id: 'cache-age',
    level: 'practice',
    reference: rfc(9111, '4.2.4'),
    sentence: 'What a cache in front of the server sends is not older than its lifetime.',
    when: 'an answer has Age, max-age or s-maxage, and no leave to be sent stale',
    judge: ({ answer }) => {
      const age = Number(field(answer, 'age'))
      const control = field(answer, 'cache-control') ?? ''
      // For a shared cache s-maxage comes first (section 4.2.1); RFC 5861 gives leave to be stale.
      const [, name = '', seconds] =
        /\b(s-maxage)=(\d+)/i.exec(control) ?? /\b(max-age)=(\d+)/i.exec(control) ?? []
      if (Number.isNaN(age) || seconds === undefined || /\bstale-/i.test(control)) return undefined
      return age <= Number(seconds) || `Age is ${age}, ${name} ${seconds}.`
    },
  },
]
