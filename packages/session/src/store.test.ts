import KeyvRedis from '@keyv/redis'
import { Keyv } from 'keyv'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import type { OpenSession, SessionFields } from './open-session.ts'
import { Sessions } from './sessions.ts'
import type { SessionStore } from './store.ts'

const secretKey = 'correct horse battery staple'
const answer = { cacheControl: undefined }

interface Data {
  user: string
  visits: number
}

/** Loads, lets the app do something, saves, and tells the cookie that a browser has afterwards. */
async function visit(
  sessions: Sessions<Data>,
  cookie: string | undefined,
  app: (open: OpenSession<Data>['session']) => unknown,
): Promise<{ cookie: string | undefined; fields: SessionFields; result: unknown }> {
  const open = sessions.open({ cookie, isSecure: true })
  await open.load()
  const result = app(open.session)
  await open.save(answer)
  const fields = open.finish(answer)
  const [line] = fields.setCookie
  return { cookie: line?.slice(0, line.indexOf(';')) ?? cookie, fields, result }
}

describe('sessions in a store', () => {
  const records = new Map<string, unknown>()
  const ttls: number[] = []
  const store: SessionStore = {
    get: (id) => records.get(id),
    set: (id, value, ttl) => {
      records.set(id, value)
      ttls.push(ttl)
    },
    delete: (id) => records.delete(id),
  }

  beforeEach(() => {
    records.clear()
    ttls.length = 0
  })

  const sessions = new Sessions<Data>({ secretKey, store, permanentSessionLifetime: '1h' })

  it('takes a Keyv', () => {
    expectTypeOf<Keyv>().toExtend<SessionStore>()
  })

  it('keeps the data there, and a signed id in the cookie', async () => {
    const first = await visit(sessions, undefined, (session) => (session.user = 'ada'))
    expect(records.size).toBe(1)
    const [[id, text] = []] = records
    expect(id).toMatch(/^[\w-]{32}$/)
    expect(text).toBe('{"user":"ada"}')
    expect(ttls).toEqual([3_600_000])
    expect(Buffer.from(first.cookie?.slice(8).split('.')[0] ?? '', 'base64url').toString()).toBe(
      `{"id":"${id}"}`,
    )
    const second = await visit(sessions, first.cookie, (session) => session.user)
    expect(second.result).toBe('ada')
    expect(second.fields.setCookie).toEqual([])
  })

  it('keeps the id while the session changes', async () => {
    const first = await visit(sessions, undefined, (session) => (session.visits = 1))
    const ids = [...records.keys()]
    await visit(sessions, first.cookie, (session) => (session.visits = 2))
    expect([...records]).toEqual([[ids[0], '{"visits":2}']])
  })

  it('regenerate() changes the id and removes the old record', async () => {
    const first = await visit(sessions, undefined, (session) => (session.visits = 1))
    const [old] = records.keys()
    const second = await visit(sessions, first.cookie, (session) => {
      session.user = 'ada'
      session.regenerate()
    })
    expect(records.size).toBe(1)
    expect(records.has(old ?? '')).toBe(false)
    expect([...records.values()]).toEqual(['{"user":"ada","visits":1}'])
    const replay = await visit(sessions, first.cookie, (session) => session.isNew)
    expect(replay.result).toBe(true)
    expect((await visit(sessions, second.cookie, (session) => session.user)).result).toBe('ada')
  })

  it('destroy() removes record and cookie, and the id is never used again', async () => {
    const first = await visit(sessions, undefined, (session) => (session.user = 'ada'))
    const [old] = records.keys()
    const second = await visit(sessions, first.cookie, (session) => session.destroy())
    expect(records.size).toBe(0)
    expect(second.fields.setCookie).toEqual([expect.stringContaining('Max-Age=0')])
    await visit(sessions, first.cookie, (session) => (session.user = 'eve'))
    expect(records.size).toBe(1)
    expect(records.has(old ?? '')).toBe(false)
  })

  it.each([
    ['destroy', false],
    ['destroy', true],
    ['regenerate', false],
    ['regenerate', true],
  ] as const)(
    '%s() has the last word over a request that began before it, changes there: %s',
    async (end, changes) => {
      const first = await visit(sessions, undefined, (session) => {
        session.user = 'ada'
        session.permanent = true
      })
      const slow = sessions.open({ cookie: first.cookie, isSecure: true })
      await slow.load()
      expect(slow.session.user).toBe('ada')
      if (changes) slow.session.visits = 1
      await visit(sessions, first.cookie, (session) => session[end]())
      const left = [...records]
      await slow.save(answer)
      expect(slow.finish(answer).setCookie).toEqual([])
      expect([...records]).toEqual(left)
      expect((await visit(sessions, first.cookie, (session) => session.user)).result).toBe(
        undefined,
      )
    },
  )

  it('takes no id that it did not sign, and no cookie of a session for an id', async () => {
    const inCookie = new Sessions<Data>({ secretKey })
    const open = inCookie.open({ cookie: undefined, isSecure: true })
    Object.assign(open.session, { id: 'x' })
    const [line = ''] = open.finish(answer).setCookie
    records.set('x', '{"user":"eve"}')
    const { result } = await visit(sessions, line.split(';')[0], (session) => session.user)
    expect(result).toBe(undefined)
  })

  it('saved again, tells what changed meanwhile, and nothing that comes behind the cookie', async () => {
    const open = sessions.open({ cookie: undefined, isSecure: true })
    await open.load()
    open.session.visits = 1
    await open.save(answer)
    await open.save(answer)
    expect(ttls).toHaveLength(1)
    open.session.visits = 2
    await open.save(answer)
    expect([...records.values()]).toEqual(['{"visits":2}'])
    open.finish(answer)
    open.session.visits = 3
    await open.save(answer)
    expect([...records.values()]).toEqual(['{"visits":2}'])
  })

  it.each([
    ['destroy', 0],
    ['regenerate', 1],
  ] as const)('%s() after save() leaves so many records: %i', async (method, size) => {
    const { cookie } = await visit(sessions, undefined, (session) => (session.visits = 1))
    for (const given of [cookie, undefined]) {
      if (given === undefined) records.clear()
      const open = sessions.open({ cookie: given, isSecure: true })
      await open.load()
      open.session.visits = 2
      await open.save(answer)
      open.session[method]()
      await open.save(answer)
      const [line = ''] = open.finish(answer).setCookie
      expect(records.size).toBe(size)
      const next = await visit(sessions, line.split(';')[0], (session) => session.visits)
      expect(next.result).toBe(size === 0 ? undefined : 2)
    }
  })

  it('says so when it is used before it was loaded', async () => {
    const { cookie } = await visit(sessions, undefined, (session) => (session.user = 'ada'))
    const open = sessions.open({ cookie, isSecure: true })
    expect(() => open.session.user).toThrow('load() is to be awaited')
  })

  it.each([
    ['throws', { get: () => Promise.reject(new Error('gone')) }],
    ['never answers', { get: () => new Promise(() => undefined) }],
  ])('a store that %s is a 503, or an empty session', async (_, broken) => {
    const { cookie } = await visit(sessions, undefined, (session) => (session.user = 'ada'))
    const options = { secretKey, store: { ...store, ...broken }, storeTimeout: 0.05 }
    const refusing = new Sessions<Data>(options)
    await expect(visit(refusing, cookie, () => undefined)).rejects.toMatchObject({
      status: 503,
      statusCode: 503,
      expose: true,
      headers: { 'Retry-After': '1' },
    })
    // The page that tells of it may use the session, and harms nothing.
    const failed = refusing.open({ cookie, isSecure: true })
    await failed.load().catch(() => undefined)
    failed.session.flash('Try again later')
    await failed.save(answer)
    expect(failed.finish(answer).setCookie).toEqual([])
    const empty = new Sessions<Data>({ ...options, onStoreError: 'empty' })
    const { result, fields } = await visit(empty, cookie, (session) => {
      session.visits = 1
      return session.user
    })
    expect(result).toBe(undefined)
    // The session in the store may be well, so the browser keeps its cookie.
    expect(fields.setCookie).toEqual([])
    expect([...records.values()]).toEqual(['{"user":"ada"}'])
    const gone = await visit(empty, cookie, (session) => session.destroy())
    expect(gone.fields.setCookie).toEqual([expect.stringContaining('Max-Age=0')])
  })

  it('notices what the adapter of a Keyv throws', async () => {
    const map = new Map<string, unknown>()
    const keyv = new Keyv(map, { throwOnErrors: true })
    const sessions = new Sessions<Data>({ secretKey, store: keyv })
    const { cookie } = await visit(sessions, undefined, (session) => (session.user = 'ada'))
    expect((await visit(sessions, cookie, (session) => session.user)).result).toBe('ada')
    map.get = () => {
      throw new Error('gone')
    }
    await expect(visit(sessions, cookie, () => undefined)).rejects.toMatchObject({ status: 503 })
  })

  it('may save after the header section has left, under the id that the cookie has', async () => {
    const open = sessions.open({ cookie: undefined, isSecure: true })
    open.session.user = 'ada'
    const [line = ''] = open.finish(answer).setCookie
    expect(records.size).toBe(0)
    await open.save(answer)
    const { result } = await visit(sessions, line.split(';')[0], (session) => session.user)
    expect(result).toBe('ada')
  })

  it('notices what is emitted instead of thrown', async () => {
    const listeners: ((error: unknown) => void)[] = []
    const emitting = {
      ...store,
      on: (_: 'error', listener: (error: unknown) => void) => listeners.push(listener),
      get: () => {
        for (const listener of listeners) listener(new Error('gone'))
      },
    }
    const { cookie } = await visit(sessions, undefined, (session) => (session.user = 'ada'))
    const refusing = new Sessions<Data>({ secretKey, store: emitting })
    await expect(visit(refusing, cookie, () => undefined)).rejects.toMatchObject({ status: 503 })
  })

  it('refuses a Keyv that passes failures off as sessions that are not there', () => {
    expect(() => new Sessions({ secretKey, store: new Keyv() })).toThrow(
      'session: store: a Keyv hides that it failed unless it is made so: new Keyv(…, { throwOnErrors: true })',
    )
  })

  it('sends no cookie for what could not be kept', async () => {
    const failing = { ...store, set: () => false }
    const refusing = new Sessions<Data>({ secretKey, store: failing })
    const open = refusing.open({ cookie: undefined, isSecure: true })
    await open.load()
    open.session.user = 'ada'
    await expect(open.save(answer)).rejects.toMatchObject({ status: 503 })
    expect(open.finish(answer).setCookie).toEqual([])
  })

  it('leaves the store alone where nobody touched the session', async () => {
    const { cookie } = await visit(sessions, undefined, (session) => (session.user = 'ada'))
    ttls.length = 0
    const { fields } = await visit(sessions, cookie, () => undefined)
    expect(fields).toEqual({ setCookie: [], vary: false, cacheControl: undefined })
    expect(ttls).toEqual([])
  })
})

const redisServer = 'redis-server'
const hasRedis = spawnSync(redisServer, ['--version']).status === 0
if (!hasRedis) {
  if (process.env['REQUIRE_PEERS'] !== undefined) throw new Error('REQUIRE_PEERS: redis-server')
  console.log('skipped: the tests with Redis, since no redis-server is here')
}

describe.skipIf(!hasRedis)('sessions in a Redis server', () => {
  let redis: ChildProcess
  let port: number
  let keyv: Keyv

  async function startRedis(): Promise<void> {
    const quiet = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']
    redis = spawn(redisServer, ['--port', String(port), ...quiet], { stdio: 'pipe' })
    let output = ''
    redis.stdout?.on('data', (data: Buffer) => (output += data.toString()))
    for (let tries = 0; !output.includes('Ready to accept') && tries < 200; tries++) await wait(25)
  }

  async function stopRedis(): Promise<void> {
    if (redis.exitCode !== null || redis.signalCode !== null) return
    const ended = once(redis, 'exit')
    redis.kill('SIGKILL')
    await ended
  }

  beforeEach(async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
    server.close()
    await once(server, 'close')
    await startRedis()
    keyv = new Keyv(new KeyvRedis(`redis://127.0.0.1:${port}`), { throwOnErrors: true })
  })

  afterEach(async () => {
    await Promise.race([keyv.disconnect().catch(() => undefined), wait(500)])
    await stopRedis()
  })

  it('keeps them there for their lifetime', async () => {
    const options = { secretKey, store: keyv, permanentSessionLifetime: 1 }
    const sessions = new Sessions<Data>(options)
    const { cookie } = await visit(sessions, undefined, (session) => (session.user = 'Zoë'))
    expect((await visit(sessions, cookie, (session) => session.user)).result).toBe('Zoë')
    await wait(1100)
    expect((await visit(sessions, cookie, (session) => session.user)).result).toBe(undefined)
  })

  it.each(['refuse', 'empty'] as const)(
    'answers every request while Redis is stopped and started again: %s',
    async (onStoreError) => {
      const options = { secretKey, store: keyv, storeTimeout: 0.2, onStoreError }
      const sessions = new Sessions<Data>(options)
      const { cookie } = await visit(sessions, undefined, (session) => (session.user = 'ada'))
      const seen = new Set<unknown>()
      const load = async (): Promise<void> => {
        for (let round = 0; round < 6; round++) {
          try {
            seen.add((await visit(sessions, cookie, (session) => session.user)).result)
          } catch (error) {
            seen.add((error as { status?: unknown }).status)
          }
          await wait(10)
        }
      }
      const clients = Promise.all(Array.from({ length: 8 }, load))
      await wait(40)
      await stopRedis()
      await clients
      expect(seen).toEqual(new Set(['ada', onStoreError === 'refuse' ? 503 : undefined]))
      await startRedis()
      let result: unknown
      for (let tries = 0; result !== 'eve' && tries < 40; tries++) {
        try {
          const fresh = await visit(sessions, undefined, (session) => (session.user = 'eve'))
          result = (await visit(sessions, fresh.cookie, (session) => session.user)).result
        } catch {
          await wait(100)
        }
      }
      expect(result).toBe('eve')
    },
    20_000,
  )
})
