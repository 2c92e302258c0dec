import { expect, it } from 'vitest'
import { CookieCodec, type CodecOptions, type Opened } from './codec.ts'
import { CookieReader } from './cookie-reader.ts'
import { Sessions } from './sessions.ts'

const now = 1_700_000_000
const secretKey = 'correct horse battery staple'

/** A codec that counts how often it looks at a signature. */
class Counting extends CookieCodec {
  opened = 0

  constructor(options: Partial<CodecOptions> = {}) {
    super({ keys: [new TextEncoder().encode(secretKey)], maxAge: 100, clockSkew: 0, ...options })
  }

  override open(value: string, at: number): Opened {
    this.opened += 1
    return super.open(value, at)
  }
}

it('checks the signature of a cookie twice, whatever the number of requests with it', () => {
  const codec = new Counting()
  const reader = new CookieReader(codec)
  const value = codec.seal('{"user":"ada"}', now)
  const contents = [1, 2, 3, 4, 5].map((seconds) => reader.read(value, now + seconds))
  expect(codec.opened).toBe(2)
  expect(contents[0]).toEqual({
    status: 'ok',
    entries: new Map([['user', '"ada"']]),
    values: new Map([['user', 'ada']]),
    signedAt: now,
    isCurrentKey: true,
  })
  expect(contents[4]).toEqual(contents[0])
})

it.each([
  { what: 'too old', at: now + 101, reason: 'expired' },
  { what: 'of the future, the clock having been put back', at: now - 1, reason: 'future' },
])('refuses a cookie that it remembers once that is $what', ({ at, reason }) => {
  const codec = new Counting()
  const reader = new CookieReader(codec)
  const value = codec.seal('{"user":"ada"}', now)
  for (const _ of [1, 2, 3]) expect(reader.read(value, now).status).toBe('ok')
  expect(reader.read(value, at)).toEqual({ status: 'bad', reason })
  expect(codec.opened).toBe(2)
})

it('remembers no cookie that comes once', () => {
  const codec = new Counting()
  const reader = new CookieReader(codec)
  const values = Array.from({ length: 100 }, (_, id) => codec.seal(JSON.stringify({ id }), now))
  for (const value of values) expect(reader.read(value, now).status).toBe('ok')
  for (const value of values) expect(reader.read(value, now).status).toBe('ok')
  expect(codec.opened).toBe(200)
  for (const value of values) expect(reader.read(value, now).status).toBe('ok')
  // Two of them may have got the same place for their note.
  expect(codec.opened).toBeLessThan(220)
})

it('remembers no cookie without a good signature', () => {
  const codec = new Counting()
  const reader = new CookieReader(codec)
  const value = codec.seal('{"user":"ada"}', now)
  const forged = `${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`
  for (const _ of [1, 2, 3]) expect(reader.read(value, now).status).toBe('ok')
  for (const _ of [1, 2, 3]) {
    expect(reader.read(forged, now)).toEqual({ status: 'bad', reason: 'signature' })
  }
  expect(codec.opened).toBe(5)
})

it('remembers no cookie that holds more than it is worth', () => {
  const codec = new Counting()
  const reader = new CookieReader(codec)
  // Compressed, the cookie itself is short.
  const value = codec.seal(JSON.stringify({ text: 'a'.repeat(10_000) }), now)
  expect(value.length).toBeLessThan(200)
  for (const _ of [1, 2, 3, 4]) expect(reader.read(value, now).status).toBe('ok')
  expect(codec.opened).toBe(4)
})

/** Reads a cookie as often as it takes for it to be remembered. */
function remember<Data extends object>(sessions: Sessions<Data>, cookie: string | undefined): void {
  for (const _ of [1, 2, 3]) void sessions.open({ cookie, isSecure: true, now }).session.isNew
}

it('remembers no cookie with many keys, which take more memory than their text', () => {
  const codec = new Counting()
  const reader = new CookieReader(codec)
  const keys = Array.from({ length: 40 }, (_, index) => [`key-${index}`, 0])
  const value = codec.seal(JSON.stringify(Object.fromEntries(keys)), now)
  for (const _ of [1, 2, 3, 4]) expect(reader.read(value, now).status).toBe('ok')
  expect(codec.opened).toBe(4)
})

it('keeps no object of what it remembers, but the text', () => {
  const reader = new CookieReader(new Counting())
  const value = new Counting().seal('{"list":[{},{}],"name":"ada"}', now)
  const [, , third] = [1, 2, 3].map(() => reader.read(value, now))
  if (third?.status !== 'ok') throw new Error('It is good')
  expect(third.entries.get('list')).toBe('[{},{}]')
  expect(Array.from(third.values.values(), (one) => typeof one)).toEqual(['symbol', 'string'])
})

it('shows no request what another one changed in its session', () => {
  interface Data {
    user: { name: string; roles: string[] }
    visits: number
  }
  const sessions = new Sessions<Data>({ secretKey })
  const request = { isSecure: true, now }
  const first = sessions.open({ ...request, cookie: undefined })
  first.session.user = { name: 'ada', roles: ['admin'] }
  first.session.visits = 1
  const [line = ''] = first.finish({ cacheControl: undefined }).setCookie
  const cookie = line.split(';', 1)[0]
  remember(sessions, cookie)
  const changed = sessions.open({ ...request, cookie })
  if (changed.session.user !== undefined) {
    changed.session.user.roles.push('more')
    changed.session.user.name = 'eve'
  }
  changed.session.visits = 2
  changed.session.flash('hello')
  const other = sessions.open({ ...request, cookie })
  expect(other.session.takeFlash()).toEqual([])
  expect({ ...other.session }).toEqual({ user: { name: 'ada', roles: ['admin'] }, visits: 1 })
  expect(other.finish({ cacheControl: undefined }).setCookie).toEqual([])
  expect(changed.finish({ cacheControl: undefined }).setCookie).toHaveLength(1)
})

it('gives a session its own flashed messages, whose objects other requests do not share', () => {
  const sessions = new Sessions({ secretKey })
  const request = { isSecure: true, now }
  const first = sessions.open({ ...request, cookie: undefined })
  first.session.flash({ text: 'hello' })
  const [line = ''] = first.finish({ cacheControl: undefined }).setCookie
  const cookie = line.split(';', 1)[0]
  remember(sessions, cookie)
  const [taken] = sessions.open({ ...request, cookie }).session.takeFlash()
  Object.assign(taken?.message ?? {}, { text: 'changed' })
  expect(sessions.open({ ...request, cookie }).session.takeFlash()).toEqual([
    { category: 'message', message: { text: 'hello' } },
  ])
})
