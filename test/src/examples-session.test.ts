import { readSettings } from '@http-semantics/example-shared'
import { Sessions, Tuple, Uuid, type SessionOptions } from '@http-semantics/session'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { address } from './apps.ts'
import { frameworks, hostOf, type Host } from './hosts.ts'
import { examples } from './examples.ts'
import { cookieOf, field, send, type WireAnswer } from './wire.ts'

const secretKey = 'correct horse battery staple'
const formerKey = 'the key of last year'

/** The cookie that a session of another process has. */
function cookieFor(content: Readonly<Record<string, unknown>>, options: SessionOptions): string {
  const open = new Sessions(options).open({ cookie: undefined, isSecure: false })
  Object.assign(open.session, content)
  return open.finish({ cacheControl: undefined }).setCookie[0]?.split(';', 1)[0] ?? ''
}

describe.each(frameworks)('the sessions of the %s example', (framework) => {
  let host: Host

  beforeAll(async () => {
    vi.stubEnv('SECRET_KEY', secretKey)
    vi.stubEnv('SECRET_KEY_FALLBACKS', `${formerKey},another former key`)
    host = await hostOf(await examples[framework](address))
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await host.stop()
  })

  const ask = (method: string, target: string, cookie = ''): Promise<WireAnswer> =>
    send(host.port, { method, target, fields: { Cookie: cookie } })
  const logIn = (content: string): Promise<WireAnswer> =>
    send(host.port, {
      method: 'POST',
      target: '/login',
      fields: { 'Content-Type': 'application/json' },
      content,
    })

  it.each([
    ['{"user":"ada"}', '?0', ''],
    ['{"user":"ada","remember":false}', '?0', ''],
    ['{"user":"ada","remember":true}', '?1', 'Expires'],
  ])('last from login to logout: %s', async (content, permanent, attribute) => {
    const login = await logIn(content)
    expect([login.status, login.content]).toEqual([204, ''])
    expect(field(login, 'Set-Cookie')).toContain(attribute)
    expect(field(login, 'Set-Cookie')?.includes('Expires')).toBe(permanent === '?1')
    const cookie = cookieOf(login)

    const me = await ask('GET', '/me', cookie)
    expect([me.status, me.content, field(me, 'Cache-Control')]).toEqual([
      200,
      '{"user":"ada"}',
      'no-store',
    ])
    const session = await ask('GET', '/session', cookie)
    expect([session.status, session.content]).toEqual([200, '{"user":"ada"}'])
    expect(field(session, 'Content-Type')).toMatch(/^application\/json\b/)
    expect(field(session, 'Cache-Control')).toBe('no-store')
    expect(field(session, 'Session-Permanent')).toBe(permanent)

    const logout = await ask('POST', '/logout', cookie)
    expect([logout.status, field(logout, 'Clear-Site-Data')]).toEqual([204, '"cookies"'])
    expect(cookieOf(logout)).toBe('session=')
  })

  it('are empty for who is not logged in', async () => {
    const me = await ask('GET', '/me')
    expect([me.status, field(me, 'Cache-Control')]).toEqual([401, 'no-store'])
    expect(field(me, 'WWW-Authenticate')).toBe('Session realm="notes"')
    const session = await ask('GET', '/session')
    expect([session.content, field(session, 'Session-Permanent')]).toEqual(['{}', '?0'])
    expect((await ask('POST', '/logout')).status).toBe(204)
  })

  it.each(['{"user":3}', '{"user":""}', '{}', '[]', 'null', '{"user":"ada","remember":1}'])(
    'are not begun by %s',
    async (content) => {
      const answer = await logIn(content)
      expect([answer.status, field(answer, 'Set-Cookie')]).toEqual([422, undefined])
    },
  )

  it.each([
    ['the key', secretKey, 200],
    ['a former key', formerKey, 200],
    ['another key', 'a key that nobody here knows', 401],
  ])('of another process that has %s', async (_whose, key, status) => {
    const cookie = cookieFor({ user: 'ada' }, { secretKey: key })
    expect((await ask('GET', '/me', cookie)).status).toBe(status)
  })

  it('show the types of Flask as JSON', async () => {
    const content = {
      at: new Date(0),
      bytes: Buffer.from('hi'),
      id: new Uuid('12345678-1234-5678-1234-567812345678'),
      large: 2n ** 64n,
      pair: Tuple.of(1, 2),
    }
    const { content: shown } = await ask('GET', '/session', cookieFor(content, { secretKey }))
    expect(JSON.parse(shown)).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      bytes: 'aGk=',
      id: '12345678-1234-5678-1234-567812345678',
      large: '18446744073709551616',
      pair: [1, 2],
    })
  })
})

describe('the settings of the examples', () => {
  it('are those of Flask', () => {
    expect(
      readSettings({
        SECRET_KEY: secretKey,
        SECRET_KEY_FALLBACKS: `${formerKey},b`,
        FLASK_SESSION_COOKIE_NAME: 'sid',
        FLASK_TRUSTED_HOSTS: '["example.com"]',
        FLASK_PERMANENT_SESSION_LIFETIME: '60',
      }),
    ).toEqual({
      session: {
        secretKey,
        secretKeyFallbacks: [formerKey, 'b'],
        sessionCookieName: 'sid',
        permanentSessionLifetime: 60,
      },
      trustedHosts: ['example.com'],
    })
  })

  it('have a random key where none is set', () => {
    const [one, other] = [readSettings({}), readSettings({})]
    expect(one.session.secretKey).toHaveLength(32)
    expect(one.session.secretKey).not.toEqual(other.session.secretKey)
  })
})
