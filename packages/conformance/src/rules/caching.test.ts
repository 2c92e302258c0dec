import { expect, it } from 'vitest'
import { readAnswers } from '../wire/answer.ts'
import { cachingRules } from './caching.ts'

const judge = (fields: string): unknown => {
  const [answer] = readAnswers(
    `HTTP/1.1 200 OK\r\n${fields}\r\nContent-Length: 0\r\n\r\n`,
    ['GET'],
    true,
  ).finals
  if (answer === undefined) throw new Error('No answer')
  const request = { method: 'GET', target: '/' }
  return cachingRules
    .find(({ id }) => id === 'cache-age')
    ?.judge?.({
      request,
      protocol: 'HTTP/1.1',
      secure: false,
      sent: '',
      answer,
      interims: [],
      rest: '',
      end: 'closed',
    })
}

it.each<[string, unknown]>([
  ['Age: 100\r\nCache-Control: max-age=60', 'Age is 100, max-age 60.'],
  ['Age: 100\r\nCache-Control: max-age=60, s-maxage=86400', true],
  ['Age: 100\r\nCache-Control: max-age=600, s-maxage=60', 'Age is 100, s-maxage 60.'],
  ['Age: 100\r\nCache-Control: max-age=60, stale-while-revalidate=600', undefined],
  ['Age: 10\r\nCache-Control: max-age=60', true],
  ['Age: 10', undefined],
])('takes %j as a cache in front may send it', (fields, verdict) => {
  expect(judge(fields)).toBe(verdict)
})
