import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import fastifyCompress from '@fastify/compress'
import compression from 'compression'
import koaCompress from 'koa-compress'
import { Router } from '@koa/router'
import * as expressSemantics from '@http-semantics/express'
import * as fastifySemantics from '@http-semantics/fastify'
import * as koaSemantics from '@http-semantics/koa'
import Express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { address, serve, start, type App, type Neighbours } from './apps.ts'
import { frameworks, type Framework } from './hosts.ts'
import { Sources } from './sources.ts'
import { listen } from './violations.ts'
import { field, pipeline, send, type WireAnswer } from './wire.ts'

const neighbours: Neighbours = {
  express: (app) => app.use(compression()),
  koa: (app) => app.use(koaCompress()),
  fastify: (app) => app.register(fastifyCompress),
}

const long = 'content '.repeat(500)
const etag = '"v1"'

const routes = (sources: Sources): App['routes'] => [
  [
    'GET',
    '/text',
    (reply) => {
      reply.set('ETag', etag)
      reply.send(200, long)
    },
  ],
  ['GET', '/json', (reply) => reply.send(200, { long })],
  [
    'GET',
    '/weak',
    (reply) => {
      reply.set('ETag', 'W/"v1"')
      reply.send(200, long)
    },
  ],
  [
    'GET',
    '/packed',
    (reply) => {
      reply.set('ETag', etag)
      reply.set('Content-Type', 'text/plain')
      reply.set('Content-Encoding', 'gzip')
      reply.send(200, gzipSync(long))
    },
  ],
  [
    'GET',
    '/vary',
    (reply) => {
      reply.set('Vary', 'Origin')
      reply.send(200, long)
    },
  ],
  ['GET', '/page', (reply) => reply.send(404, long)],
  [
    'GET',
    '/bytes',
    (reply) => {
      reply.set('Content-Type', 'text/plain')
      reply.send(200, Buffer.from(long))
    },
  ],
  [
    'GET',
    '/stream',
    (reply) => {
      reply.set('Content-Type', 'text/plain')
      reply.send(200, Readable.from([long.slice(0, 2000), long.slice(2000)]))
    },
  ],
  [
    'GET',
    '/endless',
    (reply) => {
      reply.set('Content-Type', 'text/plain')
      reply.send(200, sources.stream())
    },
  ],
  [
    'GET',
    '/writes',
    (reply) => {
      const response = reply.raw()
      response.setHeader('Content-Type', 'text/plain')
      response.write(long.slice(0, 2000))
      response.end(long.slice(2000))
    },
  ],
  ['GET', '/204', (reply) => reply.send(204, long)],
  ['GET', '/205', (reply) => reply.send(205, long)],
  [
    'GET',
    '/304',
    (reply) => {
      reply.set('ETag', etag)
      reply.send(304, long)
    },
  ],
  // Our rules refuse it: nothing says which part it is.
  ['GET', '/206', (reply) => reply.send(206, long)],
  [
    'GET',
    '/throw',
    (reply) => {
      reply.set('ETag', etag)
      throw Object.assign(new Error(long), { status: 409, expose: true })
    },
  ],
]

/** An app whose note is read and written with preconditions. */
async function startNote(framework: Framework, place: 'ahead' | 'behind'): Promise<number> {
  const state = { exists: true, etag }
  const require = { require: true }
  if (framework === 'express') {
    const app = Express()
    const semantics = expressSemantics.httpSemantics()
    if (place === 'ahead') app.use(compression())
    app.use(semantics)
    if (place === 'behind') app.use(compression())
    app.get('/note', (request, response) => {
      if (expressSemantics.preconditions(request, state)) response.json(long)
    })
    app.put('/note', (request, response) => {
      if (expressSemantics.preconditions(request, state, require)) response.sendStatus(204)
    })
    return serve(semantics.attach(app.listen(address.port, address.host)))
  }
  if (framework === 'koa') {
    const app = new Koa()
    app.silent = true
    const semantics = koaSemantics.httpSemantics()
    if (place === 'ahead') app.use(koaCompress())
    app.use(semantics)
    if (place === 'behind') app.use(koaCompress())
    const router = new Router()
    router.get('/note', (ctx) => {
      if (koaSemantics.preconditions(ctx, state)) ctx.body = [long]
    })
    router.put('/note', (ctx) => {
      if (koaSemantics.preconditions(ctx, state, require)) ctx.status = 204
    })
    app.use(router.routes())
    return serve(semantics.attach(app.listen(address.port, address.host)))
  }
  const app = Fastify({ forceCloseConnections: true })
  if (place === 'ahead') await app.register(fastifyCompress)
  await app.register(fastifySemantics.httpSemantics)
  if (place === 'behind') await app.register(fastifyCompress)
  app.get('/note', (_request, reply) =>
    fastifySemantics.preconditions(reply, state) ? [long] : reply,
  )
  app.put('/note', (_request, reply) => {
    fastifySemantics.preconditions(reply, state, require)
    return reply.code(204).send()
  })
  await app.listen(address)
  return serve(app.server)
}

/** The content as it was before it was compressed; fails where its framing is wrong. */
function decode(answer: WireAnswer): string {
  const length = field(answer, 'Content-Length')
  if (length !== undefined) {
    expect(length).toBe(String(answer.bytes.length))
    expect(field(answer, 'Transfer-Encoding')).toBeUndefined()
  }
  const coding = field(answer, 'Content-Encoding')
  if (coding === undefined) return answer.content
  expect(coding).toBe('gzip')
  expect(field(answer, 'Vary')?.toLowerCase()).toContain('accept-encoding')
  return gunzipSync(answer.bytes).toString()
}

const fields = { 'Accept-Encoding': 'gzip' }

/** What answers to GET and HEAD have in common, and two of the same request do not. */
const described = (answer: WireAnswer): unknown => [
  answer.status,
  ...['Content-Type', 'Allow'].map((name) => field(answer, name)),
]

/** The members of `Vary`, in lower case. */
const varies = (answer: WireAnswer): string[] =>
  (field(answer, 'Vary') ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

const cases = frameworks.flatMap((framework) =>
  (['ahead', 'behind'] as const).map((place) => ({ framework, place })),
)

describe.each(cases)('$framework with compression $place', ({ framework, place }) => {
  const startApp = (sources = new Sources()): Promise<number> =>
    start(framework, {
      [place]: neighbours,
      routes: routes(sources),
      rules: { onViolation: 'repair' },
    })

  it.each<readonly [string, number, string]>([
    ['/text', 200, long],
    ['/bytes', 200, long],
    ['/json', 200, JSON.stringify({ long })],
    ['/page', 404, long],
    // Of Express it is to come: what is piped into the response loses its connection.
    ['/stream', 200, long],
  ])('compresses %s', async (target, status, content) => {
    const violations = listen()
    const answer = await send(await startApp(), { method: 'GET', target, fields })
    expect([answer.status, field(answer, 'Content-Encoding')]).toEqual([status, 'gzip'])
    expect(decode(answer)).toBe(content)
    expect(answer.bytes.length).toBeLessThan(content.length / 10)
    expect(violations).toEqual([])
  })

  it('leaves what it is not asked to compress', async () => {
    const answer = await send(await startApp(), { method: 'GET', target: '/text' })
    expect(field(answer, 'Content-Encoding')).toBeUndefined()
    expect(field(answer, 'Content-Length')).toBe(String(long.length))
    expect(answer.content).toBe(long)
  })

  it('sends what is written straight to the response', async () => {
    // Only Express' neighbour sees it: the others work on what the framework sends.
    const answer = await send(await startApp(), { method: 'GET', target: '/writes', fields })
    expect(field(answer, 'Content-Encoding')).toBe(framework === 'express' ? 'gzip' : undefined)
    expect(decode(answer)).toBe(long)
  })

  // All three leave HEAD alone: of what is compressed for GET, the length and a strong entity tag are not
  // known (RFC 9110 section 9.3.2).
  it.each(['/text', '/json', '/bytes', '/writes', '/page', '/throw', '/no'])(
    'answers HEAD of %s as GET',
    async (target) => {
      const port = await startApp()
      const got = await send(port, { method: 'GET', target, fields })
      const head = await send(port, { method: 'HEAD', target, fields })
      expect(described(head)).toEqual(described(got))
      expect(head.bytes).toHaveLength(0)
      const isCoded = field(got, 'Content-Encoding') !== undefined
      const lengths = [undefined, String(got.bytes.length)]
      // Problem documents are looked at no further.
      if (!isCoded || got.status >= 400) lengths.push(String(decode(got).length))
      expect(lengths).toContain(field(head, 'Content-Length'))
      expect([undefined, field(got, 'ETag')]).toContain(field(head, 'ETag'))
    },
  )

  it.each(['/stream', '/endless'])('ends HEAD of %s and frees the stream', async (target) => {
    const sources = new Sources()
    const port = await startApp(sources)
    const answer = await send(port, { method: 'HEAD', target, fields })
    expect([answer.status, answer.bytes.length]).toEqual([200, 0])
    expect(field(answer, 'Content-Length')).toBeUndefined()
    await expect.poll(() => sources.live).toBe(0)
  })

  it.each(['/204', '/205', '/304'])('sends no content with %s', async (target) => {
    const port = await startApp()
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(port, { method, target, fields })
      expect(answer.status).toBe(Number(target.slice(1)))
      expect(answer.bytes).toHaveLength(0)
      expect(field(answer, 'Transfer-Encoding')).toBeUndefined()
      expect(field(answer, 'Content-Length')).toBe(target === '/205' ? '0' : undefined)
      if (target === '/304') {
        expect(field(answer, 'ETag')).toBe(etag)
        expect(field(answer, 'Content-Encoding')).toBeUndefined()
      }
    }
  })

  it.each([
    ['an error a handler throws', 'GET', '/throw', 409, { detail: long }],
    ['an answer our rules refuse', 'GET', '/206', 500, {}],
    ['a missing resource', 'GET', '/no', 404, {}],
    ['a method the resource does not take', 'PUT', '/text', 405, {}],
  ])('keeps the problem document of %s', async (_name, method, target, status, members) => {
    const port = await start(framework, {
      [place]: neighbours,
      routes: [...routes(new Sources()), ['PUT', '/other', 'next']],
      rules: { onViolation: 'repair' },
    })
    const answer = await send(port, { method, target, fields })
    expect(answer.status).toBe(status)
    expect(field(answer, 'Content-Type')).toBe('application/problem+json')
    expect(JSON.parse(decode(answer))).toMatchObject({ status, ...members })
    expect(field(answer, 'ETag')).toBeUndefined()
  })

  it('has a strong entity tag for each coding, and 304 for each', async () => {
    const violations = listen()
    const port = await startApp()
    const ask = (method: string, own: Readonly<Record<string, string>> = {}): Promise<WireAnswer> =>
      send(port, { method, target: '/text', fields: own })
    const plain = await ask('GET')
    const coded = await ask('GET', fields)
    expect(field(plain, 'ETag')).toBe(etag)
    expect(field(coded, 'ETag')).toBe('"v1-gzip"')
    for (const answer of [plain, coded]) expect(varies(answer)).toEqual(['accept-encoding'])

    for (const method of ['GET', 'HEAD']) {
      // oxlint-disable no-await-in-loop
      const owned = await ask(method, { ...fields, 'If-None-Match': '"a", "v1-gzip"' })
      expect([owned.status, field(owned, 'ETag'), owned.bytes.length]).toEqual([
        304,
        '"v1-gzip"',
        0,
      ])
      expect(varies(owned)).toEqual(['accept-encoding'])
      expect(field(owned, 'Content-Encoding')).toBeUndefined()
      expect(field(owned, 'Content-Type')).toBeUndefined()
      // A client that takes no coding has no use for what a cache has compressed.
      const other = await ask(method, { 'If-None-Match': '"v1-gzip"' })
      expect([other.status, field(other, 'ETag')]).toEqual([200, etag])
      // oxlint-enable no-await-in-loop
    }
    const uncoded = await ask('HEAD')
    expect([field(uncoded, 'ETag'), field(uncoded, 'Content-Length')]).toEqual([etag, '4000'])
    expect(violations).toEqual([])
  })

  it('leaves a weak entity tag, and one of content that has its coding already', async () => {
    const port = await startApp()
    const weak = await send(port, { method: 'GET', target: '/weak', fields })
    expect([field(weak, 'Content-Encoding'), field(weak, 'ETag')]).toEqual(['gzip', 'W/"v1"'])
    expect(decode(weak)).toBe(long)
    const head = await send(port, { method: 'HEAD', target: '/weak', fields })
    expect(field(head, 'ETag')).toBe('W/"v1"')
    const packed = await send(port, { method: 'GET', target: '/packed', fields })
    expect([field(packed, 'Content-Encoding'), field(packed, 'ETag')]).toEqual(['gzip', etag])
    expect(gunzipSync(packed.bytes).toString()).toBe(long)
  })

  it('varies by Accept-Encoding wherever it may compress', async () => {
    const port = await startApp()
    for (const target of ['/text', '/json', '/bytes', '/stream', '/304', '/vary']) {
      for (const method of ['GET', 'HEAD']) {
        for (const own of [{}, fields]) {
          // oxlint-disable-next-line no-await-in-loop
          const answer = await send(port, { method, target, fields: own })
          const expected = [...(target === '/vary' ? ['origin'] : []), 'accept-encoding']
          expect(varies(answer)).toEqual(expected)
        }
      }
    }
  })

  it.each(['weak', 'strong'] as const)(
    'goes with %s entity tags of our own',
    async (entityTags) => {
      const port = await start(framework, {
        [place]: neighbours,
        routes: routes(new Sources()),
        rules: { onViolation: 'repair', entityTags },
      })
      const ask = (method: string, own: Readonly<Record<string, string>>): Promise<WireAnswer> =>
        send(port, { method, target: '/json', fields: own })
      const plain = field(await ask('GET', {}), 'ETag') ?? ''
      expect(plain).toMatch(entityTags === 'weak' ? /^W\/"[\w-]{27}"$/ : /^"[\w-]{27}"$/)
      expect(field(await ask('HEAD', {}), 'ETag')).toBe(plain)
      expect((await ask('GET', { 'If-None-Match': plain })).status).toBe(304)

      const answer = await ask('GET', fields)
      const coded = field(answer, 'ETag')
      const sameRepresentation = entityTags === 'weak' ? plain : plain.replace(/"$/, '-gzip"')
      // What koa-compress sends is a stream.
      expect(coded).toBe(framework === 'koa' ? undefined : sameRepresentation)
      expect([undefined, coded]).toContain(field(await ask('HEAD', fields), 'ETag'))
      if (coded === undefined) return
      for (const method of ['GET', 'HEAD']) {
        // oxlint-disable-next-line no-await-in-loop
        const not = await ask(method, { ...fields, 'If-None-Match': coded })
        expect([not.status, field(not, 'ETag')]).toEqual([304, coded])
      }
    },
  )

  it('lets who read the compressed representation write', async () => {
    const port = await startNote(framework, place)
    const target = '/note'
    const read = await send(port, { method: 'GET', target, fields })
    expect([field(read, 'Content-Encoding'), field(read, 'ETag')]).toEqual(['gzip', '"v1-gzip"'])
    const owned = { ...fields, 'If-None-Match': '"v1-gzip"' }
    for (const method of ['GET', 'HEAD']) {
      // oxlint-disable-next-line no-await-in-loop
      const again = await send(port, { method, target, fields: owned })
      expect([again.status, field(again, 'ETag')]).toEqual([304, '"v1-gzip"'])
      expect(varies(again)).toEqual(['accept-encoding'])
    }
    const statuses = ['"v1-gzip"', 'W/"v1-gzip"', '"v0-gzip"', '"v1"'].map(async (tag) => {
      const put = { method: 'PUT', target, fields: { ...fields, 'If-Match': tag } }
      return (await send(port, put)).status
    })
    expect(await Promise.all(statuses)).toEqual([204, 412, 412, 204])
  })

  it('keeps the connection in step', async () => {
    const error = '/throw'
    const targets = ['/text', error, '/304', '/204', '/205', '/206', '/json', '/no', '/text']
    const requests = targets.flatMap((target) =>
      ['GET', 'HEAD'].map((method) => ({ method, target, fields })),
    )
    const answers = await pipeline(await startApp(), requests)
    const statuses = [200, 409, 304, 204, 205, 500, 200, 404, 200]
    expect(answers.map(({ status }) => status)).toEqual(
      statuses.flatMap((status) => [status, status]),
    )
    expect(answers.at(-2)?.bytes.length).toBeGreaterThan(0)
  })
})

it.each(['ahead', 'behind'] as const)(
  'gives such a tag to what a handler has compressed on Fastify, with compression %s',
  async (place) => {
    const app = Fastify({ forceCloseConnections: true })
    if (place === 'ahead') await app.register(fastifyCompress, { global: false })
    await app.register(fastifySemantics.httpSemantics)
    if (place === 'behind') await app.register(fastifyCompress, { global: false })
    app.get('/text', (_request, reply) =>
      reply.header('ETag', etag).type('text/plain').compress(long),
    )
    await app.listen(address)
    const port = await serve(app.server)
    for (const method of ['GET', 'HEAD']) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await send(port, { method, target: '/text', fields })
      expect([field(answer, 'Content-Encoding'), field(answer, 'ETag')]).toEqual([
        'gzip',
        '"v1-gzip"',
      ])
      expect(varies(answer)).toEqual(['accept-encoding'])
    }
    expect(field(await send(port, { method: 'GET', target: '/text' }), 'ETag')).toBe(etag)
  },
)
