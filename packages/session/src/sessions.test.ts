import diagnosticsChannel from 'node:diagnostics_channel'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CookieCodec } from './codec.ts'
import { sessionChannel, type SessionEvent } from './events.ts'
import type { SessionFields } from './open-session.ts'
import type { SessionOptions } from './options.ts'
import { Sessions } from './sessions.ts'
import type { Session } from './session.ts'

const secretKey = 'correct horse battery staple'
const now = 1_700_000_000
const month = 2_678_400

const events: SessionEvent[] = []
const warnings: string[] = []
const listen = (event: unknown): number => events.push(event as SessionEvent)

beforeEach(() => {
  events.length = 0
  warnings.length = 0
  diagnosticsChannel.subscribe(sessionChannel, listen)
  vi.spyOn(process, 'emitWarning').mockImplementation((warning: string | Error) => {
    warnings.push(String(warning))
  })
})

afterEach(() => {
  diagnosticsChannel.unsubscribe(sessionChannel, listen)
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

interface Visit {
  readonly cookie?: string | undefined
  readonly isSecure?: boolean
  readonly at?: number
  readonly cacheControl?: string
  readonly isStatic?: boolean
}

function visit(
  sessions: Sessions,
  app: (session: Session) => unknown,
  with_: Visit = {},
): SessionFields {
  const { cookie, isSecure = true, at = now, cacheControl, isStatic } = with_
  const open = sessions.open({ cookie, isSecure, now: at })
  app(open.session)
  return open.finish({ cacheControl, ...(isStatic !== undefined && { isStatic }) })
}

const make = (options?: Partial<SessionOptions>): Sessions =>
  new Sessions({ secretKey, clockSkew: 0, ...options })
const cookieOf = ({ setCookie: [line] }: SessionFields): string | undefined => line?.split(';')[0]
const login = (session: Session): void => void (session['user'] = 'ada')
const stay = (session: Session): void =>
  void Object.assign(session, { user: 'ada', permanent: true })
const look = (session: Session): unknown => session['user']
const ignore = (): void => undefined

describe('safe defaults', () => {
  it.each([
    ['over https', true, '; Secure; HttpOnly; Path=/; SameSite=Lax'],
    ['over http', false, '; HttpOnly; Path=/; SameSite=Lax'],
  ])('%s', (_, isSecure, attributes) => {
    const [line = ''] = visit(make(), login, { isSecure }).setCookie
    expect(line.slice(line.indexOf(';'))).toBe(attributes)
  })

  it.each([
    [60, 'Tue, 14 Nov 2023 22:14:20 GMT'],
    // 400 days, and no more.
    ['1000 days', 'Wed, 18 Dec 2024 22:13:20 GMT'],
  ])('a permanent session of %s ends %s', (permanentSessionLifetime, end) => {
    const [line] = visit(make({ permanentSessionLifetime }), stay).setCookie
    expect(line).toContain(`; Expires=${end};`)
  })
})

describe('rolling refresh', () => {
  it.each<[string, Partial<SessionOptions>, Visit, (session: Session) => unknown, boolean]>([
    ['a permanent session that was touched', {}, {}, look, true],
    ['not one that nobody touched', {}, {}, ignore, false],
    ['not on a static file', {}, { isStatic: true }, look, false],
    ['not on a public answer', {}, { cacheControl: 'public, max-age=60' }, look, false],
    ['not on one for shared caches', {}, { cacheControl: 's-maxage=60' }, look, false],
    ['not when it is switched off', { sessionRefreshEachRequest: false }, {}, look, false],
    ['as Flask, even if nobody touched it', { flaskDefaults: true }, {}, ignore, true],
    ['as Flask, on a static file', { flaskDefaults: true }, { isStatic: true }, ignore, true],
  ])('%s', (_, options, with_, app, isSent) => {
    const sessions = make(options)
    const cookie = cookieOf(visit(sessions, stay))
    const { setCookie } = visit(sessions, app, { cookie, at: now + 100, ...with_ })
    expect(setCookie.length).toBe(isSent ? 1 : 0)
  })

  it('is not for a session that ends with the browser', () => {
    const sessions = make()
    const cookie = cookieOf(visit(sessions, login))
    expect(visit(sessions, look, { cookie, at: now + 100 }).setCookie).toEqual([])
  })

  it('a change is sent even on a public answer, which is private then', () => {
    const fields = visit(make(), login, { cacheControl: 'public, max-age=60' })
    expect(fields.setCookie).toHaveLength(1)
    expect(fields.cacheControl).toBe('private, max-age=60')
  })
})

describe('Cache-Control and Vary', () => {
  it.each<[string, (session: Session) => unknown, Visit, object]>([
    ['untouched', ignore, {}, { vary: false, cacheControl: undefined }],
    ['read', look, {}, { vary: true, cacheControl: 'private' }],
    ['written', login, {}, { vary: true, cacheControl: 'private' }],
    [
      'no-store stays',
      login,
      { cacheControl: 'no-store' },
      { vary: true, cacheControl: undefined },
    ],
  ])('%s', (_, app, with_, expected) => {
    expect(visit(make(), app, with_)).toMatchObject(expected)
  })
})

describe('bad cookies give an empty session and an event', () => {
  const good = cookieOf(visit(make(), login)) ?? ''
  const keys = [new TextEncoder().encode(secretKey)]
  const codec = new CookieCodec({ keys, maxAge: month, clockSkew: 0 })

  it.each([
    ['tampered with', `${good.slice(0, -2)}AA`, 'bad-cookie'],
    [
      'of another key',
      cookieOf(visit(make({ secretKey: 'another key, long enough' }), login)),
      'bad-cookie',
    ],
    ['garbage', 'session=%%%', 'bad-cookie'],
    ['100 kB', `session=${'a'.repeat(100_000)}`, 'bad-cookie'],
    ['well signed, no object', `session=${codec.seal('[1]', now)}`, 'undecodable'],
    ['well signed, no JSON', `session=${codec.seal('{', now)}`, 'undecodable'],
    ['well signed, a bad tag', `session=${codec.seal('{"a":{" u":1}}', now)}`, 'undecodable'],
  ])('%s', (_, cookie, type) => {
    const sessions = make()
    let isNew: boolean | undefined
    const fields = visit(sessions, (session) => ({ isNew } = session), { cookie })
    expect(isNew).toBe(true)
    expect(fields.setCookie).toEqual([])
    expect(events).toEqual([{ type, cookie: 'session', reason: expect.any(String) as string }])
    expect(warnings).toHaveLength(type === 'undecodable' ? 1 : 0)
    // The next write deletes or replaces it.
    expect(visit(sessions, (session) => session.clear(), { cookie }).setCookie).toEqual([
      'session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly; Path=/; SameSite=Lax',
    ])
  })

  it('never tells what the cookie was', () => {
    visit(make(), look, { cookie: 'session=hunter2' })
    expect(JSON.stringify(events)).not.toContain('hunter2')
  })

  it('any Cookie field at all', () => {
    const sessions = make()
    const anything = fc.oneof(fc.string(), fc.string({ unit: 'binary' }))
    const property = fc.property(anything, (text) => {
      const { session } = sessions.open({ cookie: `session=${text}`, isSecure: true, now })
      return session.isNew && Object.keys(session).length === 0
    })
    // `vitest --mode soak` asks for more.
    const numRuns = process.env['MODE'] === 'soak' ? 100_000 : 5000
    const { failed, seed, counterexample } = fc.check(property, { numRuns })
    expect({ failed, ...(failed && { seed, counterexample }) }).toEqual({ failed: false })
  })

  it('one flipped bit anywhere', () => {
    const sessions = make()
    const value = good.slice('session='.length)
    for (let bit = 0; bit < value.length * 8; bit++) {
      const bytes = Buffer.from(value, 'latin1')
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const cookie = `session=${bytes.toString('latin1')}`
      const { session } = sessions.open({ cookie, isSecure: true, now })
      expect(session['user']).toBe(undefined)
    }
  })
})

describe('absoluteLifetime', () => {
  it('ends a session however often it is refreshed', () => {
    const sessions = make({ absoluteLifetime: '1h', permanentSessionLifetime: '40min' })
    let cookie = cookieOf(visit(sessions, stay))
    const fields = visit(sessions, look, { cookie, at: now + 1800 })
    expect(fields.setCookie[0]).toContain('Expires=Tue, 14 Nov 2023 23:13:20 GMT')
    cookie = cookieOf(fields)
    let seen: unknown
    visit(sessions, (session) => (seen = session.expiresAt.getTime() / 1000), {
      cookie,
      at: now + 3599,
    })
    expect(seen).toBe(now + 3600)
    visit(sessions, (session) => (seen = session['user']), { cookie, at: now + 3600 })
    expect(seen).toBe(undefined)
    expect(events.at(-1)?.type).toBe('too-old')
  })

  it('begins anew with regenerate()', () => {
    const sessions = make({ absoluteLifetime: '1h' })
    const first = cookieOf(visit(sessions, login))
    const cookie = cookieOf(
      visit(sessions, (session) => session.regenerate(), { cookie: first, at: now + 1800 }),
    )
    let user: unknown
    visit(sessions, (session) => (user = session['user']), { cookie, at: now + 5000 })
    expect(user).toBe('ada')
  })

  it('counts from the signature where Flask wrote the session', () => {
    const cookie = cookieOf(visit(make(), login))
    const sessions = make({ absoluteLifetime: 100 })
    let seen: unknown
    visit(sessions, (session) => (seen = session.isNew), { cookie, at: now + 100 })
    expect(seen).toBe(true)
  })

  it('is no key that would keep an empty session', () => {
    const sessions = make({ absoluteLifetime: 100 })
    const cookie = cookieOf(visit(sessions, login))
    const { setCookie } = visit(sessions, (session) => delete session['user'], { cookie })
    expect(setCookie[0]).toContain('Max-Age=0')
  })
})

describe('rotation', () => {
  const old = make({ secretKey: 'an old key, long enough' })
  const options = { secretKeyFallbacks: ['an old key, long enough'] }

  it.each([
    ['reads former keys and leaves the cookie', false, 0],
    ['signs anew on reading where that is asked for', true, 1],
  ])('%s', (_, resign, count) => {
    const sessions = make({ ...options, resign })
    const cookie = cookieOf(visit(old, login))
    const fields = visit(sessions, look, { cookie })
    expect(fields.setCookie).toHaveLength(count)
    if (count === 0) return
    expect(visit(sessions, look, { cookie: cookieOf(fields) }).setCookie).toEqual([])
    let user: unknown
    visit(make(), (session) => (user = session['user']), { cookie: cookieOf(fields) })
    expect(user).toBe('ada')
  })
})

describe('a cookie that is too large', () => {
  const noise = Array.from({ length: 5000 }, (_, index) =>
    ((index * 7919) ** 2 % 36_007).toString(36),
  )
  const fill = (session: Session): void =>
    void Object.assign(session, { big: noise.join(''), small: 'x', medium: 'y'.repeat(50) })

  it('is an error in development, naming the size and the largest keys, once', () => {
    const open = make().open({ cookie: undefined, isSecure: true, now })
    fill(open.session)
    const answer = { cacheControl: undefined }
    expect(() => open.finish(answer)).toThrow(
      /^session 'session': the cookie has \d+ bytes.*The largest keys: "big" \(\d+\), "medium" \(52\), "small" \(3\)/,
    )
    expect(open.finish(answer)).toMatchObject({ setCookie: [], vary: true })
  })

  it('is a warning in production, and sent', () => {
    vi.stubEnv('NODE_ENV', 'production')
    expect(visit(make(), fill).setCookie).toHaveLength(1)
    expect(events.map(({ type }) => type)).toEqual(['oversize'])
    expect(warnings).toEqual([expect.stringContaining('The largest keys: "big"')])
  })

  it('over what browsers keep, though a larger size is allowed', () => {
    expect(() => visit(make({ maxCookieSize: 100_000 }), fill)).toThrow(/browsers drop/)
  })
})

describe('the trap of a proxy that ends TLS', () => {
  it.each<[string, Partial<SessionOptions>, string, boolean, RegExp | undefined]>([
    [
      'Secure on plain http',
      { sessionCookieSecure: true },
      'development',
      false,
      /sessionCookieSecure is true/,
    ],
    ['Secure on https', { sessionCookieSecure: true }, 'development', true, undefined],
    ['production without https', {}, 'production', false, /in production/],
    ['production with https', {}, 'production', true, undefined],
    ['production, and meant so', { sessionCookieSecure: false }, 'production', false, undefined],
    ['development without https', {}, 'development', false, undefined],
  ])('%s', (_, options, mode, isSecure, warning) => {
    vi.stubEnv('NODE_ENV', mode)
    const sessions = make(options)
    visit(sessions, look, { isSecure })
    expect(warnings).toEqual([])
    for (let count = 0; count < 3; count++) visit(sessions, login, { isSecure })
    expect(warnings).toEqual(warning === undefined ? [] : [expect.stringMatching(warning)])
  })
})

it('tells of a change that comes too late', () => {
  const open = make().open({ cookie: undefined, isSecure: true, now })
  open.session['a'] = 1
  open.finish({ cacheControl: undefined })
  expect(events).toEqual([])
  open.session['a'] = 2
  expect(events.map(({ type }) => type)).toEqual(['late-change'])
})

it('tells once, by its key, of what no session can hold, where it was put unseen', () => {
  const open = make().open({ cookie: undefined, isSecure: true, now })
  open.session['list'] = [1]
  ;(open.session['list'] as unknown[]).push(() => 1)
  expect(() => open.finish({ cacheControl: undefined })).toThrow(
    'session.list[1] cannot be kept in a session: it is a function',
  )
  expect(open.finish({ cacheControl: undefined })).toEqual({
    setCookie: [],
    vary: true,
    cacheControl: 'private',
  })
})

it.each(['sha256', 'sha512'] as const)('signs with %s', (digest) => {
  const cookie = cookieOf(visit(make({ digest }), login))
  let user: unknown
  visit(make({ digest }), (session) => (user = session['user']), { cookie })
  expect(user).toBe('ada')
  visit(make(), (session) => (user = session['user']), { cookie })
  expect(user).toBe(undefined)
})

it('encrypts', () => {
  const cookie = cookieOf(visit(make({ encrypt: true }), login)) ?? ''
  expect(Buffer.from(cookie.slice(8), 'base64url').toString('latin1')).not.toContain('ada')
  let user: unknown
  visit(make({ encrypt: true }), (session) => (user = session['user']), { cookie })
  expect(user).toBe('ada')
})
