import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { CookieCodec } from './codec.ts'
import type { OpenSession } from './open-session.ts'
import { Sessions } from './sessions.ts'
import type { Session } from './session.ts'
import { Float, Tuple } from './values.ts'

const secretKey = 'correct horse battery staple'
const sessions = new Sessions({ secretKey, clockSkew: 0 })
const now = 1_700_000_000
const answer = { cacheControl: undefined }

const openWith = (cookie: string | undefined): OpenSession =>
  sessions.open({ cookie, isSecure: true, now })

/** The cookie of a session that has these keys. */
function cookieOf(data: object): string {
  const open = openWith(undefined)
  Object.assign(open.session.data, data)
  return open.finish(answer).setCookie[0]?.split(';')[0] ?? ''
}

/** The JSON text that an answer's cookie holds. */
function contentOf(open: OpenSession): string | undefined {
  const [line] = open.finish(answer).setCookie
  const payload = line?.slice('session='.length).split(/[.;]/)[0]
  return payload === undefined ? undefined : Buffer.from(payload, 'base64url').toString()
}

describe('a session feels like a plain object', () => {
  it('reads, writes, deletes, lists, spreads', () => {
    const { session } = openWith(cookieOf({ a: 1, b: 'x' }))
    session['c'] = [1, 2]
    delete session['a']
    expect(session['b']).toBe('x')
    expect('a' in session).toBe(false)
    expect('b' in session).toBe(true)
    expect(Object.hasOwn(session, 'c')).toBe(true)
    expect(Object.keys(session)).toEqual(['b', 'c'])
    expect({ ...session }).toEqual({ b: 'x', c: [1, 2] })
    expect(JSON.stringify(session)).toBe('{"b":"x","c":[1,2]}')
    expect(Object.entries(session)).toEqual([
      ['b', 'x'],
      ['c', [1, 2]],
    ])
    expect(session).toEqual({ b: 'x', c: [1, 2] })
    expect(inspect(session)).toBe("{ b: 'x', c: [ 1, 2 ] }")
    expect(Object.prototype.toString.call(session)).toBe('[object Object]')
    const { b, ...rest } = session
    expect([b, rest]).toEqual(['x', { c: [1, 2] }])
  })

  it.each([
    ['setting undefined deletes', (session: Session) => (session['a'] = undefined), undefined],
    ['null is a value', (session: Session) => (session['a'] = null), '{"a":null}'],
    [
      'Object.defineProperty sets',
      (session: Session) => Object.defineProperty(session, 'b', { value: 2 }),
      '{"a":1,"b":2}',
    ],
    [
      '__proto__ is a key like others',
      (session: Session) => Object.assign(session, JSON.parse('{"__proto__":{"x":1}}')),
      '{"__proto__":{"x":1},"a":1}',
    ],
  ])('%s', (_, change, content) => {
    const open = openWith(cookieOf({ a: 1 }))
    change(open.session)
    expect(contentOf(open)).toBe(content ?? '')
  })

  it('never changes a prototype', () => {
    const { session } = openWith(cookieOf({ a: 1 }))
    expect(session['__proto__']).toBe(undefined)
    session['__proto__'] = { polluted: true }
    expect(Object.getPrototypeOf(session)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['polluted']).toBe(undefined)
    expect(session['polluted']).toBe(undefined)
    expect(session['constructor']).toBe(Object)
  })

  it.each([
    ['a function', () => undefined],
    ['a symbol', Symbol('x')],
    ['a Set', new Set()],
  ])('refuses %s at once, naming the key', (_, value) => {
    const { session } = openWith(undefined)
    expect(() => (session['cart'] = value)).toThrow(/session\.cart/)
  })

  it('cannot be frozen, and does not pretend that it was', () => {
    expect(() => Object.freeze(openWith(undefined).session)).toThrow(TypeError)
  })
})

describe('names of its own are no keys', () => {
  it('a key of that name, as Flask may have it, is in data', () => {
    const open = openWith(cookieOf({ clear: 'blue', flash: 1, a: 2 }))
    const { session } = open
    expect(typeof session.clear).toBe('function')
    expect(session.data['clear']).toBe('blue')
    expect(Object.keys(session)).toEqual(['a'])
    expect({ ...session.data }).toEqual({ a: 2, clear: 'blue', flash: 1 })
    session['a'] = 3
    expect(contentOf(open)).toBe('{"a":3,"clear":"blue","flash":1}')
  })

  it.each(['clear', 'isNew', 'expiresAt', 'data', 'flash'])('session.%s cannot be set', (name) => {
    const { session } = openWith(undefined)
    expect(() => Object.assign(session, { [name]: 1 })).toThrow(
      `session.${name} belongs to the session and cannot be set; a key of that name is session.data.${name}`,
    )
    expect(() => delete (session as Record<string, unknown>)[name]).toThrow(/cannot be deleted/)
  })

  it('permanent is true or false', () => {
    expect(() => Object.assign(openWith(undefined).session, { permanent: 1 })).toThrow(
      'session.permanent must be true or false, got 1',
    )
  })
})

describe('what counts as a change', () => {
  it.each([
    ['a nested one', (session: Session) => (session['list'] as unknown[]).push(3), true],
    ['the same value again', (session: Session) => (session['n'] = 1), true],
    ['modified = true', (session: Session) => (session.modified = true), true],
    ['clear', (session: Session) => session.clear(), true],
    ['reading', (session: Session) => JSON.stringify(session), false],
    ['deleting what is not there', (session: Session) => delete session['x'], false],
    ['taking no messages', (session: Session) => session.takeFlash(), false],
  ])('%s', (_, use, isChange) => {
    const open = openWith(cookieOf({ list: [1, 2], n: 1 }))
    use(open.session)
    expect(open.session.modified).toBe(isChange)
    expect(open.session.accessed).toBe(true)
    expect(open.finish(answer).setCookie).toHaveLength(isChange ? 1 : 0)
  })

  it('nothing is read and nothing marked before it is touched', () => {
    const read = vi.spyOn(CookieCodec.prototype, 'open')
    const open = openWith('session=garbage')
    expect(open.session.accessed).toBe(false)
    expect(open.session.modified).toBe(false)
    expect(open.finish(answer)).toEqual({ setCookie: [], vary: false, cacheControl: undefined })
    expect(read).not.toHaveBeenCalled()
    void open.session['a']
    void open.session['a']
    expect(read).toHaveBeenCalledOnce()
    read.mockRestore()
  })

  it('keys that were not changed keep their exact text, and so Flask its types', () => {
    const texts = { f: new Float(1), t: Tuple.of(1, 2), big: 12_345_678_901_234_567_890n, n: 1 }
    const open = openWith(cookieOf(texts))
    JSON.stringify({ ...open.session, big: 0 })
    open.session['n'] = 2
    expect(contentOf(open)).toBe('{"big":12345678901234567890,"f":1.0,"n":2,"t":{" t":[1,2]}}')
  })
})

describe('another spelling of the same value', () => {
  const codec = new CookieCodec({ keys: [new TextEncoder().encode(secretKey)], maxAge: 100 })
  const cookie = `session=${codec.seal('{"list": [1.0,  2e0], "n": 1}', now)}`

  it('is no change', () => {
    const open = openWith(cookie)
    expect(open.session['list']).toHaveLength(2)
    expect(open.session.modified).toBe(false)
  })

  it('stays as it is when another key changes', () => {
    const open = openWith(cookie)
    expect(open.session['list']).toHaveLength(2)
    open.session['n'] = 2
    expect(contentOf(open)).toBe('{"list":[1.0,  2e0],"n":2}')
  })
})

describe('permanent, isNew, expiresAt', () => {
  it('permanent is a key of Flask, and gives the cookie an end', () => {
    const open = openWith(undefined)
    expect(open.session.permanent).toBe(false)
    open.session.permanent = true
    expect(open.session.permanent).toBe(true)
    expect(open.finish(answer).setCookie[0]).toContain('Expires=Fri, 15 Dec 2023 22:13:20 GMT')
    expect(contentOf(open)).toBe('{"_permanent":true}')
  })

  it('isNew tells whether there was a valid cookie', () => {
    expect(openWith(undefined).session.isNew).toBe(true)
    expect(openWith('session=bad').session.isNew).toBe(true)
    expect(openWith(cookieOf({ a: 1 })).session.isNew).toBe(false)
  })

  it('expiresAt counts from the signature, and anew after a change', () => {
    const cookie = cookieOf({ a: 1 })
    const { session } = sessions.open({ cookie, isSecure: true, now: now + 100 })
    expect(session.expiresAt).toEqual(new Date((now + 2_678_400) * 1000))
    session['a'] = 2
    expect(session.expiresAt).toEqual(new Date((now + 100 + 2_678_400) * 1000))
  })
})

describe('messages for the next page', () => {
  it('are written as Flask writes them', () => {
    const open = openWith(undefined)
    open.session.flash('Saved')
    open.session.flash('Too late', 'error')
    expect(contentOf(open)).toBe(
      '{"_flashes":[{" t":["message","Saved"]},{" t":["error","Too late"]}]}',
    )
  })

  it('are taken once, all or those of a category', () => {
    const open = openWith(
      cookieOf({ _flashes: [Tuple.of('message', 'Saved'), Tuple.of('error', 'Too late')], a: 1 }),
    )
    const { session } = open
    expect(session.takeFlash('warning')).toEqual([])
    expect(session.modified).toBe(false)
    expect(session.takeFlash('error')).toEqual([{ category: 'error', message: 'Too late' }])
    expect(session.takeFlash()).toEqual([{ category: 'message', message: 'Saved' }])
    expect(session.takeFlash()).toEqual([])
    expect(contentOf(open)).toBe('{"a":1}')
  })
})

it('has the types of the app', () => {
  const { session } = new Sessions<{ user: string; cart: number[] }>({ secretKey }).open({
    cookie: undefined,
    isSecure: true,
  })
  expectTypeOf(session.user).toEqualTypeOf<string | undefined>()
  expectTypeOf<(typeof session)['clear']>().toEqualTypeOf<() => void>()
  expectTypeOf(session.data.cart).toEqualTypeOf<number[] | undefined>()
  // @ts-expect-error -- no key of this app
  void session.usr
  const { session: any } = openWith(undefined)
  expectTypeOf(any['whatever']).toEqualTypeOf<unknown>()
})
