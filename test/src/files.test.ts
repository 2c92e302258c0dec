import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import Express from 'express'
import koaStatic from 'koa-static'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { start, type App, type Neighbours } from './apps.ts'
import { frameworks, type Framework } from './hosts.ts'
import { listen } from './violations.ts'
import { field, pipeline, send } from './wire.ts'

const content = 'abcdefghij'

let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'http-semantics-files-'))
  writeFileSync(join(root, 'a.txt'), content)
  mkdirSync(join(root, 'folder'))
  writeFileSync(join(root, 'folder', 'index.html'), '<p>index')
})

afterAll(() => rmSync(root, { recursive: true }))

/** The files of {@link root}, and `GET /gone`, which sends one that is not there. */
const neighbours: Neighbours = {
  express(app) {
    app.use(Express.static(root))
    app.get('/gone', (_request, response) => response.sendFile('gone.txt', { root }))
  },
  koa(app) {
    app.use(koaStatic(root))
    // Not a stream: where one fails before its first byte, Koa itself cuts the connection.
    app.use(async (ctx, next) => {
      if (ctx.path !== '/gone') await next()
      else ctx.body = await readFile(join(root, 'gone.txt'))
    })
  },
  async fastify(app) {
    await app.register(fastifyStatic, { root, redirect: true })
    app.get('/gone', (_request, reply) => reply.sendFile('gone.txt'))
  },
}

const app: App = {
  routes: [
    ['GET', '/a', (reply) => reply.send(200, 'a')],
    ['POST', '/a', (reply) => reply.send(200, 'posted')],
  ],
  rules: { onViolation: 'repair' },
}

// @fastify/static has routes, which stand behind our plugin like all routes.
const cases = [
  ...frameworks.map((framework) => ({ framework, place: 'behind' as const })),
  ...(['express', 'koa'] as const).map((framework) => ({ framework, place: 'ahead' as const })),
]

/** Statuses where the frameworks' neighbours differ. */
type Statuses = Readonly<Record<Framework, number>>

async function startApp({ framework, place }: (typeof cases)[number]): Promise<number> {
  const port = await start(framework, { ...app, [place]: neighbours })
  // Express: an error of a middleware ahead is answered by ours once a request has reached it.
  await send(port, { method: 'GET', target: '/a' })
  return port
}

describe.each(cases)('$framework with files $place', (row) => {
  const { framework } = row

  it.each([
    ['/a.txt', content],
    ['/folder/', '<p>index'],
  ])('sends %s to GET, and its fields to HEAD', async (target, content) => {
    const violations = listen()
    const port = await startApp(row)
    const got = await send(port, { method: 'GET', target })
    const head = await send(port, { method: 'HEAD', target })
    expect([got.status, got.content]).toEqual([200, content])
    expect([head.status, head.bytes.length]).toEqual([200, 0])
    const lasting = (name: string): boolean => name.toLowerCase() !== 'date'
    expect(head.fields.filter(([name]) => lasting(name))).toEqual(
      got.fields.filter(([name]) => lasting(name)),
    )
    expect(field(head, 'Content-Length')).toBe(String(content.length))
    expect(violations).toEqual([])
  })

  it.each<readonly [string, string, string, number | Statuses]>([
    ['a missing file', 'GET', '/no.txt', 404],
    ['HEAD of a missing file', 'HEAD', '/no.txt', 404],
    // The route of @fastify/static is one for every path.
    ['POST to a missing file', 'POST', '/no.txt', { express: 404, koa: 404, fastify: 405 }],
    ['POST to a file', 'POST', '/a.txt', { express: 404, koa: 404, fastify: 405 }],
    ['a method no route has', 'DELETE', '/a.txt', 501],
    ['a missing file a handler sends', 'GET', '/gone', 404],
    ['HEAD of a missing file a handler sends', 'HEAD', '/gone', 404],
    ['a broken percent-encoding', 'GET', '/%zz', 400],
    ['a percent-encoding that is no UTF-8', 'GET', '/%c3%28', 400],
    ['an encoded zero byte', 'GET', '/%00', { express: 404, koa: 400, fastify: 403 }],
    ['a way out', 'GET', '/..%2f..%2fetc/hosts', { express: 404, koa: 403, fastify: 404 }],
  ])('answers %s with a problem document', async (_name, method, target, statuses) => {
    const status = typeof statuses === 'number' ? statuses : statuses[framework]
    const answer = await send(await startApp(row), { method, target })
    expect(answer.status).toBe(status)
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    if (method !== 'HEAD') expect(JSON.parse(answer.content)).toMatchObject({ status })
    expect(field(answer, 'Allow')).toBe(status === 405 ? 'GET, HEAD, OPTIONS' : undefined)
    expect(field(answer, 'Last-Modified')).toBeUndefined()
  })

  it('keeps the connection in step', async () => {
    const targets = ['/a.txt', '/folder', '/no.txt', '/gone', '/a.txt']
    const requests = targets.flatMap((target) =>
      ['GET', 'HEAD'].map((method) => ({ method, target, fields: { Range: 'bytes=0-0' } })),
    )
    const answers = await pipeline(await startApp(row), requests)
    const [found, folder] = framework === 'koa' ? [200, 200] : [206, 301]
    const head = row.place === 'behind' ? 200 : found
    expect(answers.map(({ status }) => status)).toEqual([
      found,
      head,
      folder,
      folder,
      404,
      404,
      404,
      404,
      found,
      head,
    ])
    expect(answers.at(-2)?.content).toBe(framework === 'koa' ? content : 'a')
  })
})

// koa-static knows neither ranges nor entity tags, and leaves conditions to other middleware.
describe.each(cases.filter(({ framework }) => framework !== 'koa'))(
  '$framework with files $place that have validators',
  (row) => {
    it('sends a part', async () => {
      const port = await startApp(row)
      const fields = { Range: 'bytes=2-4' }
      const answer = await send(port, { method: 'GET', target: '/a.txt', fields })
      expect([answer.status, answer.content]).toEqual([206, 'cde'])
      expect(field(answer, 'Content-Range')).toBe('bytes 2-4/10')
      expect(field(answer, 'Content-Length')).toBe('3')
    })

    // They look at Range whatever the method is; behind our middleware HEAD has none.
    it(`${row.place === 'behind' ? 'ignores' : 'keeps'} the Range of HEAD`, async () => {
      const port = await startApp(row)
      const fields = { Range: 'bytes=2-4' }
      const answer = await send(port, { method: 'HEAD', target: '/a.txt', fields })
      const [status, length] = row.place === 'behind' ? [200, '10'] : [206, '3']
      expect([answer.status, field(answer, 'Content-Length')]).toEqual([status, length])
    })

    // What they make of several ranges; sendContent() sends them as multipart/byteranges.
    it.each<[string, string, number, string | undefined]>([
      ['several ranges', '0-0,-1', 200, undefined],
      ['ranges that overlap', '0-5,3-7', 206, 'bytes 0-7/10'],
      ['ranges that touch', '0-1,2-3', 206, 'bytes 0-3/10'],
      [
        '100 small ranges',
        Array.from({ length: 100 }, (_, index) => `${index * 2}-${index * 2}`).join(),
        200,
        undefined,
      ],
      ['a reversed range', '9-0', 416, 'bytes */10'],
    ])('answers %s', async (_name, ranges, status, range) => {
      const port = await startApp(row)
      const fields = { Range: `bytes=${ranges}` }
      const answer = await send(port, { method: 'GET', target: '/a.txt', fields })
      expect([answer.status, field(answer, 'Content-Range')]).toEqual([status, range])
    })

    // Their entity tags are weak, and RFC 9110 section 13.1.5 wants a strong comparison.
    it('takes a weak entity tag in If-Range', async () => {
      const port = await startApp(row)
      const etag = field(await send(port, { method: 'GET', target: '/a.txt' }), 'ETag') ?? ''
      expect(etag).toMatch(/^W\//)
      const fields = { Range: 'bytes=2-4', 'If-Range': etag }
      const answer = await send(port, { method: 'GET', target: '/a.txt', fields })
      expect(answer.status).toBe(206)
    })

    it.each(['ETag', 'Last-Modified'])('sends nothing to who has it, by %s', async (validator) => {
      const violations = listen()
      const port = await startApp(row)
      const value = field(await send(port, { method: 'GET', target: '/a.txt' }), validator) ?? ''
      const name = validator === 'ETag' ? 'If-None-Match' : 'If-Modified-Since'
      for (const method of ['GET', 'HEAD']) {
        const answer = await send(port, { method, target: '/a.txt', fields: { [name]: value } })
        expect([answer.status, answer.bytes.length]).toEqual([304, 0])
        expect(field(answer, validator)).toBe(value)
        expect(field(answer, 'Content-Length')).toBeUndefined()
        expect(field(answer, 'Content-Type')).toBeUndefined()
      }
      expect(violations).toEqual([])
    })

    it.each([
      ['a part that is not there', { Range: 'bytes=99-' }, 416, 'bytes */10'],
      ['a condition that fails', { 'If-Match': '"other"' }, 412, undefined],
    ])('refuses %s', async (_name, fields, status, range) => {
      const port = await startApp(row)
      const answer = await send(port, { method: 'GET', target: '/a.txt', fields })
      expect([answer.status, JSON.parse(answer.content)]).toMatchObject([status, { status }])
      expect(field(answer, 'Content-Type')).toBe('application/problem+json')
      expect(field(answer, 'Content-Range')).toBe(range)
      expect(field(answer, 'ETag')).toBeUndefined()
    })

    it('leads a folder to its slash', async () => {
      const violations = listen()
      const port = await startApp(row)
      for (const method of ['GET', 'HEAD']) {
        const answer = await send(port, { method, target: '/folder' })
        expect([answer.status, field(answer, 'Location')]).toEqual([301, '/folder/'])
      }
      expect(violations).toEqual([])
    })
  },
)

it('says where @fastify/static belongs', async () => {
  await expect(start('fastify', { ...app, ahead: neighbours })).rejects.toThrow(
    'write `await app.register(httpSemantics)` before the first route',
  )
})
