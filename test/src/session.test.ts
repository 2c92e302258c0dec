import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { SessionOptions } from '@http-semantics/http'
import { Sessions, type SessionStore } from '@http-semantics/session'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ErrorRequestHandler } from 'express'
import { start, type App, type Handler, type Neighbours, type Reply } from './apps.ts'
import { frameworks } from './hosts.ts'
import { cookieLines, cookieOf, field, pipeline, send, type WireAnswer } from './wire.ts'

const secretKey = 'correct horse battery staple'

beforeEach(() => {
  vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** A handler that does something to the session, and answers 200. */
const doing =
  (what: (session: ReturnType<Reply['session']>, reply: Reply) => unknown): Handler =>
  (reply) => {
    what(reply.session(), reply)
    reply.send(200, 'ok')
  }

const set = (key: string, value: unknown): Handler =>
  doing((session) => {
    session[key] = value
  })

const show: Handler = (reply) => reply.send(200, { ...reply.session() })

const routes: App['routes'] = [
  ['GET', '/untouched', (reply) => reply.send(200, 'ok')],
  ['GET', '/read', show],
  ['GET', '/write', set('user', 'ada')],
  ['POST', '/write', set('user', 'ada')],
  ['GET', '/nested', doing(({ data }) => (data['list'] as unknown[]).push(2))],
  ['GET', '/list', set('list', [1])],
  [
    'GET',
    '/permanent',
    doing((session) => Object.assign(session, { permanent: true, user: 'ada' })),
  ],
  ['GET', '/clear', doing((session) => session.clear())],
  ['GET', '/regenerate', doing((session) => session.regenerate())],
  ['GET', '/destroy', doing((session) => session.destroy())],
  ['GET', '/flash', doing((session) => session.flash('Saved.', 'info'))],
  ['GET', '/taken', (reply) => reply.send(200, reply.session().takeFlash())],
  [
    'GET',
    '/thrown',
    (reply) => {
      reply.session()['user'] = 'ada'
      throw Object.assign(new Error('secret'), { status: 409 })
    },
  ],
  [
    'GET',
    '/refused',
    (reply) => {
      // A rule puts a 500 in its place.
      reply.session()['user'] = 'ada'
      reply.send(206, 'part')
    },
  ],
  [
    'GET',
    '/streamed',
    (reply) => {
      reply.session()['user'] = 'ada'
      reply.send(200, Readable.from(['a', 'b']))
    },
  ],
  [
    'GET',
    '/own',
    doing((session, reply) => {
      session['user'] = 'ada'
      reply.set('Vary', 'Origin, cookie')
      reply.set('Cache-Control', 'public, max-age=60')
    }),
  ],
  [
    'GET',
    '/no-store',
    doing((session, reply) => {
      session['user'] = 'ada'
      reply.set('Cache-Control', 'no-store')
    }),
  ],
  [
    'GET',
    '/public',
    doing((session, reply) => {
      void session['user']
      reply.set('Cache-Control', 'public, max-age=60')
    }),
  ],
  [
    'GET',
    '/cookies',
    (reply) => {
      reply.set('Set-Cookie', 'session=other')
      reply.session()['user'] = 'ada'
      reply.send(200, 'ok')
    },
  ],
  [
    'GET',
    '/large',
    doing((session) => {
      session['small'] = 1
      session['large'] = randomBytes(5000)
    }),
  ],
  [
    'GET',
    '/large-stream',
    (reply) => {
      reply.session()['large'] = randomBytes(5000)
      reply.send(200, Readable.from(['a', 'b']))
    },
  ],
]

describe.each(frameworks)('sessions in %s', (framework) => {
  const open = (session: Partial<SessionOptions> = {}, app: Partial<App> = {}): Promise<number> =>
    start(framework, { routes, ...app, session: { secretKey, ...session } })
  const get = (port: number, target: string, cookie = ''): Promise<WireAnswer> =>
    send(port, { method: 'GET', target, fields: cookie === '' ? {} : { Cookie: cookie } })

  it('keep what a handler sets until it is cleared', async () => {
    const port = await open()
    const cookie = cookieOf(await get(port, '/write'))
    expect((await get(port, '/read', cookie)).content).toBe('{"user":"ada"}')
    const cleared = await get(port, '/clear', cookie)
    expect(cookieLines(cleared)).toEqual([
      'session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/; SameSite=Lax',
    ])
  })

  it('notice nested changes, and take messages to the next page', async () => {
    const port = await open()
    const list = cookieOf(await get(port, '/list'))
    const nested = cookieOf(await get(port, '/nested', list))
    expect((await get(port, '/read', nested)).content).toBe('{"list":[1,2]}')
    const flashed = cookieOf(await get(port, '/flash'))
    const taken = await get(port, '/taken', flashed)
    expect(taken.content).toBe('[{"category":"info","message":"Saved."}]')
    expect(cookieLines(taken)).toHaveLength(1)
  })

  it.each([
    ['/untouched', [undefined, undefined, 0]],
    ['/read', ['Cookie', 'private', 0]],
    ['/write', ['Cookie', 'private', 1]],
    ['/own', ['Origin, cookie', 'private, max-age=60', 1]],
    ['/no-store', ['Cookie', 'no-store', 1]],
    ['/streamed', ['Cookie', 'private', 1]],
  ])('say of %s by Vary, Cache-Control and Set-Cookie %j', async (target, expected) => {
    const port = await open()
    const answer = await get(port, target)
    expect([
      field(answer, 'Vary'),
      field(answer, 'Cache-Control'),
      cookieLines(answer).length,
    ]).toEqual(expected)
  })

  it.each([
    ['/thrown', 409],
    ['/refused', 500],
  ])('survive the error of %s', async (target, status) => {
    const answer = await get(await open(), target)
    expect([answer.status, cookieLines(answer).length]).toEqual([status, 1])
    expect(field(answer, 'Cache-Control')).toBe('private')
  })

  it('set a cookie once, over one of that name', async () => {
    const port = await open()
    expect(cookieLines(await get(port, '/cookies'))).toEqual([expect.stringMatching(/^session=ey/)])
    const other = await open({ sessionCookieName: 'sid' })
    expect(cookieLines(await get(other, '/cookies'))).toEqual([
      'session=other',
      expect.stringMatching(/^sid=ey/),
    ])
  })

  it('give HEAD the fields of GET', async () => {
    const port = await open()
    const answer = await send(port, { method: 'HEAD', target: '/read' })
    expect([answer.status, field(answer, 'Vary')]).toEqual([200, 'Cookie'])
  })

  it.each([
    ['/read', 1],
    ['/public', 0],
    ['/untouched', 0],
  ])('refresh a permanent session on %s so often: %i', async (target, count) => {
    const port = await open()
    const cookie = cookieOf(await get(port, '/permanent'))
    expect(cookieLines(await get(port, target, cookie))).toHaveLength(count)
  })

  it.each([
    [true, 'https', true],
    [true, 'http', false],
    [false, 'https', false],
  ])(
    'with trusted proxies %s and a client on %s: Secure %s',
    async (trustProxy, protocol, secure) => {
      const port = await open({}, { trustProxy })
      const answer = await send(port, {
        method: 'GET',
        target: '/write',
        fields: { 'X-Forwarded-Proto': protocol },
      })
      expect(cookieLines(answer)[0]?.includes('; Secure;')).toBe(secure)
    },
  )

  it('refuse what a page of another origin posts', async () => {
    const port = await open()
    const post = (site: string): Promise<WireAnswer> =>
      send(port, { method: 'POST', target: '/write', fields: { 'Sec-Fetch-Site': site } })
    expect((await post('cross-site')).status).toBe(403)
    expect((await post('same-origin')).status).toBe(200)
  })

  it.each(['/large', '/large-stream'])(
    'answer 500 to a cookie that is too large, and say why: %s',
    async (target) => {
      const reports: string[] = []
      const port = await open({}, { onReport: (message) => void reports.push(message) })
      const answer = await get(port, target)
      expect(answer.status).toBe(500)
      expect(cookieLines(answer)).toEqual([])
      expect(answer.content).not.toContain('large')
      expect(reports).toEqual([expect.stringContaining('The largest keys: "large"')])
    },
  )

  it('start empty for whatever is no session of theirs', async () => {
    const port = await open()
    const cookie = cookieOf(await get(port, '/write'))
    const other = new Sessions({ secretKey: 'another key, long enough' }).open({
      cookie: undefined,
      isSecure: false,
    })
    other.session['user'] = 'eve'
    const bad = [
      'session=',
      'session=garbage',
      `${cookie}x`,
      `${cookie.slice(0, 12)}X${cookie.slice(13)}`,
      other.finish({ cacheControl: undefined }).setCookie[0]?.split(';', 1)[0] ?? '',
      `session=${'\u00FF'.repeat(1000)}`,
      `session=${'a.'.repeat(4000)}`,
    ]
    for (const value of bad) {
      const answer = await get(port, '/read', value)
      expect([value.slice(0, 40), answer.status, answer.content]).toEqual([
        value.slice(0, 40),
        200,
        '{}',
      ])
    }
  })

  it('cannot be replaced, and say so', async () => {
    const messages: string[] = []
    const port = await open(
      {},
      {
        routes: [
          [
            'GET',
            '/null',
            (reply) => {
              const raw = reply.session()
              expect(raw.isNew).toBe(true)
              reply.replaceSession(null)
            },
          ],
        ],
        onReport: (message) => void messages.push(message),
      },
    )
    expect((await get(port, '/null')).status).toBe(500)
    expect(messages).toEqual([expect.stringContaining('session cannot be replaced')])
  })

  describe('in a store', () => {
    /** A store in memory that answers later, and may fail. */
    class Store implements SessionStore {
      readonly records = new Map<string, unknown>()
      fails = new Set<'get' | 'set' | 'delete'>()
      calls = 0

      async #run<Result>(what: 'get' | 'set' | 'delete', run: () => Result): Promise<Result> {
        this.calls++
        await new Promise((resolve) => setTimeout(resolve, 20))
        if (this.fails.has(what)) throw new Error('ECONNREFUSED')
        return run()
      }

      get(id: string): Promise<unknown> {
        return this.#run('get', () => this.records.get(id))
      }

      set(id: string, value: string): Promise<unknown> {
        return this.#run('set', () => this.records.set(id, value))
      }

      delete(id: string): Promise<unknown> {
        return this.#run('delete', () => this.records.delete(id))
      }
    }

    it.each(['/write', '/thrown', '/refused', '/streamed'])(
      'are kept before the client has the answer of %s',
      async (target) => {
        const store = new Store()
        const port = await open({ store })
        const cookie = cookieOf(await get(port, target))
        expect([...store.records.values()]).toEqual(['{"user":"ada"}'])
        expect((await get(port, '/read', cookie)).content).toBe('{"user":"ada"}')
      },
    )

    it('get a new id when they are regenerated, and none once they are destroyed', async () => {
      const store = new Store()
      const port = await open({ store })
      const first = cookieOf(await get(port, '/write'))
      const second = cookieOf(await get(port, '/regenerate', first))
      expect(second).not.toBe(first)
      expect((await get(port, '/read', first)).content).toBe('{}')
      expect((await get(port, '/read', second)).content).toBe('{"user":"ada"}')
      await get(port, '/destroy', second)
      expect(store.records.size).toBe(0)
      expect((await get(port, '/read', second)).content).toBe('{}')
    })

    it('are not looked for without a cookie, nor kept untouched', async () => {
      const store = new Store()
      const port = await open({ store })
      expect((await get(port, '/untouched')).status).toBe(200)
      expect(store.calls).toBe(0)
    })

    it.each([
      ['refuse', '/read', 'get', 503, undefined],
      ['refuse', '/write', 'set', 503, undefined],
      ['empty', '/read', 'get', 200, '{}'],
      ['empty', '/write', 'set', 200, 'ok'],
    ] as const)(
      'with onStoreError %s, %s answers a failing %s by %i',
      async (onStoreError, target, operation, status, content) => {
        const store = new Store()
        const port = await open({ store, onStoreError })
        const cookie = cookieOf(await get(port, '/write'))
        store.fails.add(operation)
        const answer = await get(port, target, cookie)
        expect(answer.status).toBe(status)
        if (content !== undefined) expect(answer.content).toBe(content)
        else expect(JSON.parse(answer.content)).toMatchObject({ status: 503 })
        expect(field(answer, 'Retry-After')).toBe(status === 503 ? '2' : undefined)
        expect(field(answer, 'X-Frame-Options')).toBe('SAMEORIGIN')
        // The connection goes on.
        store.fails.clear()
        expect((await get(port, '/read', cookie)).content).toBe('{"user":"ada"}')
      },
    )

    it('are there for the page of the app that tells of a refused request', async () => {
      const page = (session: object): string => `Not for ${String(Reflect.get(session, 'user'))}`
      const tell: ErrorRequestHandler = (error, request, response, _next) => {
        response.status(error.status).send(page(request.session))
      }
      const pages: Neighbours = {
        express: (app) => app.use(tell),
        koa: (app) =>
          app.use(async (ctx, next) => {
            try {
              await next()
            } catch {
              ctx.status = 403
              ctx.body = page(ctx.session)
            }
          }),
        fastify: (app) =>
          app.setErrorHandler((_error, request, reply) =>
            reply.code(403).send(page(request.session)),
          ),
      }
      const place = framework === 'koa' ? 'ahead' : 'behind'
      const port = await open({ store: new Store() }, { [place]: pages })
      const answer = await send(port, {
        method: 'POST',
        target: '/write',
        fields: { Cookie: cookieOf(await get(port, '/write')), 'Sec-Fetch-Site': 'cross-site' },
      })
      expect([answer.status, answer.content]).toEqual([403, 'Not for ada'])
    })

    it('are told what others change once the handler is done', async () => {
      const change = (session: object): void => void Object.assign(session, { seen: true })
      const others: Neighbours = {
        express: (app) =>
          app.use((request, response, next) => {
            // oxlint-disable-next-line typescript/unbound-method -- called on the response alone
            const { end } = response
            Object.assign(response, {
              end(...parameters: readonly unknown[]) {
                change(request.session)
                return Reflect.apply(end, response, parameters)
              },
            })
            next()
          }),
        koa: (app) =>
          app.use(async (ctx, next) => {
            await next()
            change(ctx.session)
          }),
        fastify: (app) =>
          app.addHook('onSend', async (request) => {
            change(request.session)
          }),
      }
      const store = new Store()
      const place = framework === 'koa' ? 'ahead' : 'behind'
      const port = await open({ store }, { [place]: others })
      await get(port, '/write')
      await vi.waitFor(() =>
        expect([...store.records.values()]).toEqual(['{"seen":true,"user":"ada"}']),
      )
      // Our own answers, which no handler makes, have a session, too.
      const options = await send(port, { method: 'OPTIONS', target: '/write' })
      expect(options.status).toBe(204)
    })

    it('answers requests on one connection in their order', async () => {
      const port = await open({ store: new Store() })
      const answers = await pipeline(
        port,
        ['/write', '/untouched', '/read'].map((target) => ({ method: 'GET', target })),
      )
      expect(answers.map(({ content }) => content)).toEqual(['ok', 'ok', '{}'])
    })
  })
})
