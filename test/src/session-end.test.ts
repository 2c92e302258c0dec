import { setTimeout as wait } from 'node:timers/promises'
import { httpSemantics, session, type SessionOptions } from '@http-semantics/express'
import compression from 'compression'
import Express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import { describe, expect, it } from 'vitest'
import { address, serve } from './apps.ts'
import { field, pipeline, send } from './wire.ts'

/** A store that takes its time. */
class Store {
  readonly records = new Map<string, unknown>()
  fails = false

  async get(id: string): Promise<unknown> {
    await wait(20)
    return this.records.get(id)
  }

  async set(id: string, value: string): Promise<void> {
    await wait(20)
    if (this.fails) throw new Error('ECONNREFUSED')
    this.records.set(id, value)
  }

  async delete(id: string): Promise<void> {
    await wait(20)
    this.records.delete(id)
  }
}

/** What a handler does behind the end of its answer; without a store, that comes too late. */
const behind: Readonly<Record<string, (response: Response, next: NextFunction) => unknown>> = {
  throws() {
    throw new Error('late')
  },
  'hands on to the 404 page': (_response, next) => next(),
  'answers again': (response) => response.status(500).json({ error: 'a longer one' }),
  redirects: (response) => response.redirect('/'),
  'writes more'(response) {
    response.write('more')
    response.end('and more')
  },
  'writes another head'(response) {
    response.writeHead(500, { 'Content-Length': 9 })
    response.flushHeaders()
  },
}

const kinds: Readonly<Record<string, (options: SessionOptions) => RequestHandler>> = {
  httpSemantics: (options) => httpSemantics({ session: options, onError: () => undefined }),
  session,
}

const cases = Object.keys(kinds).flatMap((kind) =>
  Object.keys(behind).map((what) => ({ kind, what })),
)

const start = (
  kind: string,
  store: Store,
  handler: (request: Request, response: Response, next: NextFunction) => unknown,
  neighbour?: RequestHandler,
): Promise<number> => {
  const app = Express().set('env', 'test')
  app.use(kinds[kind]?.({ secretKey: 'correct horse battery staple', store }) ?? [])
  if (neighbour !== undefined) app.use(neighbour)
  app.get('/', (request, response, next) => {
    Object.assign(request.session, { user: 'ada' })
    handler(request, response, next)
  })
  return serve(app.listen(address.port, address.host))
}

describe('an answer of express that waits for the store', () => {
  it.each(cases)('is not mixed with what a handler does behind it: $kind, $what', async (one) => {
    const store = new Store()
    const port = await start(one.kind, store, (_request, response, next) => {
      response.send('done')
      behind[one.what]?.(response, next)
    })
    // On a connection that goes on, a wrong length would make content of the next answer.
    const answers = await pipeline(port, [
      { method: 'GET', target: '/' },
      { method: 'GET', target: '/' },
    ])
    for (const answer of answers) {
      expect([answer.status, field(answer, 'Content-Length'), answer.content]).toEqual([
        200,
        '4',
        'done',
      ])
      expect(field(answer, 'Content-Type')).toBe('text/html; charset=utf-8')
      expect(field(answer, 'Location')).toBe(undefined)
    }
    expect(store.records.size).toBe(2)
  })

  it.each(
    Object.keys(kinds).flatMap((kind) => [
      { kind, name: 'a status', statusCode: 11_000, content: 'done' },
      { kind, name: 'a chunk', statusCode: 200, content: 5 },
    ]),
  )('is a 500 where Node takes $name for none: $kind', async ({ kind, statusCode, content }) => {
    const port = await start(kind, new Store(), (_request, response) => {
      Object.assign(response, { statusCode })
      response.end(content)
    })
    const answers = await pipeline(port, [
      { method: 'GET', target: '/' },
      { method: 'GET', target: '/' },
    ])
    expect(answers.map(({ status }) => status)).toEqual([500, 500])
  })

  it.each(Object.keys(kinds))('is a 503 where that fails, behind compression: %s', async (kind) => {
    const store = new Store()
    store.fails = true
    const port = await start(
      kind,
      store,
      (_request, response) => response.send('long '.repeat(1000)),
      compression(),
    )
    const answer = await send(port, {
      method: 'GET',
      target: '/',
      fields: { 'Accept-Encoding': 'gzip' },
    })
    expect([answer.status, field(answer, 'Set-Cookie')]).toEqual([503, undefined])
    store.fails = false
    const next = await send(port, {
      method: 'GET',
      target: '/',
      fields: { 'Accept-Encoding': 'gzip' },
    })
    expect([next.status, field(next, 'Content-Encoding')]).toEqual([200, 'gzip'])
    expect(field(next, 'Set-Cookie')).toMatch(/^session=/)
  })
})
