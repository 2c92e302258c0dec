import { expect, it } from 'vitest'
import { SetCookie, type CookieAttributes } from './set-cookie.ts'

const plain: CookieAttributes = {
  name: 's',
  domain: undefined,
  path: '/',
  httpOnly: false,
  sameSite: undefined,
  partitioned: false,
}
const full: CookieAttributes = {
  name: 's',
  domain: 'a.example',
  path: '/app',
  httpOnly: true,
  sameSite: 'Strict',
  partitioned: true,
}

it.each([
  [plain, false, undefined, 's=v; Path=/'],
  [plain, true, undefined, 's=v; Secure; Path=/'],
  [plain, false, 90.9, 's=v; Expires=Thu, 01 Jan 1970 00:01:30 GMT; Path=/'],
  [
    full,
    true,
    0,
    's=v; Domain=a.example; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; Path=/app; SameSite=Strict; Partitioned',
  ],
])('%o, Secure %o, Expires %o', (attributes, secure, expires, line) => {
  expect(new SetCookie(attributes).write('v', secure, expires)).toBe(line)
})

it.each([
  [plain, false, 's=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/'],
  [
    full,
    true,
    's=; Domain=a.example; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly; Path=/app; SameSite=Strict; Partitioned',
  ],
])('%o, Secure %o, deleted', (attributes, secure, line) => {
  expect(new SetCookie(attributes).remove(secure)).toBe(line)
})
