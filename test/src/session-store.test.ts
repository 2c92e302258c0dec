import { randomUUID } from 'node:crypto'
import KeyvRedis from '@keyv/redis'
import type { SessionOptions } from '@http-semantics/http'
import { Keyv } from 'keyv'
import { setTimeout as wait } from 'node:timers/promises'
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  it,
  onTestFinished,
} from 'vitest'
import { start, type App, type Handler, type Reply } from './apps.ts'
import { frameworks } from './hosts.ts'
import { startRedis, type Redis } from './redis.ts'
import { cookieOf, send, type WireAnswer } from './wire.ts'

/** A handler that does something to the session, and answers 200. */
const doing =
  (what: (session: ReturnType<Reply['session']>) => unknown): Handler =>
  (reply) => {
    what(reply.session())
    reply.send(200, 'ok')
  }

const routes: App['routes'] = [
  [
    'GET',
    '/login',
    doing((session) => {
      session.regenerate()
      session['user'] = 'ada'
    }),
  ],
  // Two keys that belong together.
  [
    'GET',
    '/write',
    doing((session) => {
      const token = randomUUID()
      Object.assign(session, { one: token, two: token })
    }),
  ],
  ['GET', '/read', (reply) => reply.send(200, { ...reply.session() })],
  ['GET', '/regenerate', doing((session) => session.regenerate())],
  ['GET', '/destroy', doing((session) => session.destroy())],
]

const { redis: command } = inject('peers')

describe.skipIf(command === undefined).each(frameworks)('sessions of %s in Redis', (framework) => {
  let redis: Redis

  beforeAll(async () => {
    redis = await startRedis(command ?? '')
  })
  beforeEach(() => redis.ask('FLUSHALL'))
  afterAll(() => redis.kill())

  /** Starts a server with a connection of its own to Redis. */
  const open = (session: Partial<SessionOptions> = {}): Promise<number> => {
    const store = new Keyv(new KeyvRedis(redis.url), { throwOnErrors: true })
    onTestFinished(() => Promise.race([store.disconnect().catch(() => undefined), wait(500)]))
    const secretKey = 'correct horse battery staple'
    return start(framework, { routes, session: { secretKey, store, ...session } })
  }
  const get = (port: number, target: string, cookie = ''): Promise<WireAnswer> =>
    send(port, { method: 'GET', target, fields: { Cookie: cookie } })
  const count = (): Promise<string> => redis.ask('DBSIZE')

  it('are those of all servers, from login to logout', async () => {
    const [one, other] = [await open(), await open()]
    const first = cookieOf(await get(one, '/login'))
    expect((await get(other, '/read', first)).content).toBe('{"user":"ada"}')

    const second = cookieOf(await get(other, '/regenerate', first))
    expect(second).not.toBe(first)
    expect((await get(one, '/read', first)).content).toBe('{}')
    expect((await get(one, '/read', second)).content).toBe('{"user":"ada"}')
    expect(await count()).toBe(':1')

    const logout = await get(one, '/destroy', second)
    expect(cookieOf(logout)).toBe('session=')
    expect((await get(other, '/read', second)).content).toBe('{}')
    expect(await count()).toBe(':0')
  })

  it('are one record still after 50 requests at once', async () => {
    const ports = [await open(), await open()]
    const cookie = cookieOf(await get(ports[0] ?? 0, '/login'))
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        get(ports[index % 2] ?? 0, index % 4 < 2 ? '/write' : '/read', cookie),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    answers.push(await get(ports[0] ?? 0, '/read', cookie))
    const read = answers.filter(({ content }) => content !== 'ok').map(({ content }) => content)
    expect(read).toHaveLength(25)
    for (const content of read) {
      const session = JSON.parse(content)
      expect(session).toEqual({
        user: 'ada',
        ...('one' in session && { one: session.one, two: session.one }),
      })
    }
    expect(read.at(-1)).toContain('"one"')
    expect(await count()).toBe(':1')
  })

  const outages = {
    killed: { begin: () => redis.kill(), end: () => redis.restart() },
    frozen: { begin: () => redis.freeze(), end: () => redis.thaw() },
  }

  it.each([
    ['killed', 'refuse'],
    ['killed', 'empty'],
    ['frozen', 'refuse'],
    ['frozen', 'empty'],
  ] as const)(
    'are asked for by 200 requests, and all are answered, while Redis is %s, with onStoreError %s',
    async (how, onStoreError) => {
      const port = await open({ onStoreError, storeTimeout: 0.25 })
      const cookie = cookieOf(await get(port, '/login'))
      const seen = new Set<string>()
      let answered = 0
      let outage: Promise<void> | undefined
      const client = async (): Promise<void> => {
        for (let round = 0; round < 10; round += 1) {
          const target = round % 3 === 2 ? '/write' : '/read'
          const { status, content } = await get(port, target, cookie)
          const problem: unknown = status === 200 ? undefined : JSON.parse(content)
          if (problem !== undefined) expect(problem).toMatchObject({ status })
          const isEmpty = target === '/read' && content === '{}'
          seen.add(isEmpty ? 'empty' : `${status}`)
          answered += 1
          if (answered === 60) outage = (async () => outages[how].begin())()
        }
      }
      try {
        await Promise.all(Array.from({ length: 20 }, client))
      } finally {
        await outage
        await outages[how].end()
      }
      expect(answered).toBe(200)
      expect(seen).toEqual(new Set(['200', onStoreError === 'refuse' ? '503' : 'empty']))
      // It goes on by itself; the clients of Redis take a while to connect again.
      const visit = async (): Promise<string> =>
        (await get(port, '/read', cookieOf(await get(port, '/login')))).content
      await expect.poll(visit, { timeout: 8000, interval: 100 }).toBe('{"user":"ada"}')
    },
    30_000,
  )
})
