import fastifyCompress from '@fastify/compress'
import fastifyCors from '@fastify/cors'
import { createNegotiation as fromExpress } from '@http-semantics/express'
import { createNegotiation as fromFastify } from '@http-semantics/fastify'
import { createNegotiation as fromKoa } from '@http-semantics/koa'
import koaCors from '@koa/cors'
import compression from 'compression'
import expressCors from 'cors'
import koaCompress from 'koa-compress'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { start, type App } from './apps.ts'
import { frameworks } from './hosts.ts'
import { field, send } from './wire.ts'

const variants = [
  { type: 'text/html', language: 'en', text: '<p>hello' },
  { type: 'text/html', language: 'zh-TW', text: '<p>你好' },
  { type: 'application/json', text: '"hello"' },
  { type: 'text/plain;charset=utf-8', language: 'en', text: 'hello' },
] as const

const choose = fromExpress(variants)
const coded = fromKoa([
  { type: 'text/css', text: 'plain' },
  { type: 'text/css', encoding: 'br', text: 'not really br' },
])
const only = fromFastify([{ type: 'text/html', language: 'en', text: '<p>hello' }])

const app: App = {
  routes: [
    ['GET', '/', (reply) => reply.send(200, Buffer.from(reply.negotiate(choose).text))],
    [
      'GET',
      '/varied',
      (reply) => {
        reply.set('Vary', 'Origin, ACCEPT')
        reply.send(200, Buffer.from(reply.negotiate(choose).text))
      },
    ],
    [
      'GET',
      '/all',
      (reply) => {
        reply.set('Vary', '*')
        reply.send(200, Buffer.from(reply.negotiate(choose).text))
      },
    ],
    ['GET', '/coded', (reply) => reply.send(200, Buffer.from(reply.negotiate(coded).text))],
    ['GET', '/only', (reply) => reply.send(200, Buffer.from(reply.negotiate(only).text))],
  ],
}

describe.each(frameworks)('negotiate() on %s', (framework) => {
  it.each<[string, Record<string, string>, string, Record<string, string | undefined>]>([
    [
      'what a browser accepts',
      { Accept: 'text/html,*/*;q=0.8', 'Accept-Language': 'zh-TW,zh;q=0.9,en;q=0.8' },
      '<p>你好',
      { 'Content-Type': 'text/html', 'Content-Language': 'zh-TW' },
    ],
    [
      'a language by its script and region',
      { 'Accept-Language': 'zh-Hant-TW' },
      '<p>你好',
      { 'Content-Language': 'zh-TW' },
    ],
    [
      'nothing in particular',
      {},
      '<p>hello',
      { 'Content-Type': 'text/html', 'Content-Language': 'en' },
    ],
    [
      'JSON, which has no language',
      { Accept: 'application/json', 'Accept-Language': 'zh-TW' },
      '"hello"',
      { 'Content-Type': 'application/json', 'Content-Language': undefined },
    ],
    [
      'a language there is not',
      { Accept: 'text/plain', 'Accept-Language': 'fr' },
      'hello',
      { 'Content-Type': 'text/plain;charset=utf-8', 'Content-Language': 'en' },
    ],
  ])('chooses by %s', async (_name, fields, content, expected) => {
    const port = await start(framework, app)
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(port, { method, target: '/', fields })
      expect([answer.status, answer.content]).toEqual([200, method === 'GET' ? content : ''])
      expect(field(answer, 'Vary')).toBe('Accept, Accept-Language')
      for (const [name, value] of Object.entries(expected)) expect(field(answer, name)).toBe(value)
    }
  })

  it.each([
    ['/varied', 'Origin, ACCEPT, Accept-Language'],
    ['/all', '*'],
    ['/coded', 'Accept-Encoding'],
    ['/only', undefined],
  ])('keeps the Vary of %s, each name once', async (target, vary) => {
    const answer = await send(await start(framework, app), { method: 'GET', target })
    expect([answer.status, field(answer, 'Vary')]).toEqual([200, vary])
  })

  it('says how the content is coded', async () => {
    const port = await start(framework, app)
    const fields = { 'Accept-Encoding': 'br' }
    const answer = await send(port, { method: 'GET', target: '/coded', fields })
    expect([field(answer, 'Content-Encoding'), answer.content]).toEqual(['br', 'not really br'])
  })

  it.each([
    ['/', 'Accept, Accept-Language'],
    ['/varied', 'Origin, ACCEPT, Accept-Language'],
    ['/only', 'Accept, Accept-Language'],
  ])('answers %s 406 with all there is', async (target, vary) => {
    const port = await start(framework, app)
    const fields = { Accept: 'image/png' }
    const answer = await send(port, { method: 'GET', target, fields })
    expect([answer.status, field(answer, 'Vary')]).toEqual([406, vary])
    const document: unknown = JSON.parse(answer.content)
    const listed =
      target === '/only'
        ? [{ type: 'text/html', language: 'en' }]
        : variants.map(({ text: _text, ...variant }) => variant)
    expect(document).toMatchObject({ status: 406, variants: listed })
    expect(document).toMatchObject({ detail: expect.stringContaining('There is text/html') })
    expect(JSON.stringify(document)).not.toContain('hello')
  })
})

const origin = 'https://app.example'

describe.each(frameworks)('negotiate() next to CORS and compression on %s', (framework) => {
  const behind: App['behind'] = {
    express: (app) => void app.use(compression({ threshold: 0 }), expressCors({ origin })),
    koa: (app) => void app.use(koaCompress({ threshold: 0 })).use(koaCors({ origin })),
    fastify: async (app) => {
      await app.register(fastifyCompress, { threshold: 0 })
      await app.register(fastifyCors, { origin: [origin] })
    },
  }

  it.each([
    [200, { Accept: 'text/html' }],
    [406, { Accept: 'image/png' }],
  ])('varies by all of them with %i, each once', async (status, fields) => {
    const port = await start(framework, { ...app, behind })
    const answer = await send(port, {
      method: 'GET',
      target: '/',
      fields: { ...fields, Origin: origin, 'Accept-Encoding': 'gzip' },
    })
    expect(answer.status).toBe(status)
    const names = (field(answer, 'Vary') ?? '').toLowerCase().split(/, */)
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
    expect(names).toEqual(expect.arrayContaining(['accept', 'accept-language', 'origin']))
    if (status === 200) expect(names).toContain('accept-encoding')
  })
})

it('keeps the type of the variants', () => {
  expectTypeOf<ReturnType<typeof only>>().toExtend<{ readonly action: string }>()
})
