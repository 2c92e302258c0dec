import { expect, it } from 'vitest'
import { readCookie } from './cookie-header.ts'

it.each([
  [undefined, undefined],
  ['', undefined],
  ['session=a', 'a'],
  ['other=1; session=a; session=b', 'a'],
  ['session=; session=b', ''],
  ['session; session=b', ''],
  ['  session  =  a  ;x=1', 'a'],
  ['session="a"', 'a'],
  ['session="a', '"a'],
  ['session="', '"'],
  ['session=%41', '%41'],
  ['session=a=b', 'a=b'],
  ['sessions=a; xsession=b', undefined],
  ['Session=a', undefined],
  ['a=session=b', undefined],
  [';;; session=a', 'a'],
])('%o has %o', (header, value) => {
  expect(readCookie(header, 'session')).toBe(value)
})

it('takes no longer for a long field than its length asks for', () => {
  const start = performance.now()
  expect(readCookie(`${'session '.repeat(200_000)};${' ;'.repeat(200_000)}`, 'session')).toBe(
    undefined,
  )
  expect(performance.now() - start).toBeLessThan(1000)
})
