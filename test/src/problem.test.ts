import { httpSemantics as fastifySemantics } from '@http-semantics/fastify'
import { httpSemantics as koaSemantics } from '@http-semantics/koa'
import Fastify, { type FastifyInstance } from 'fastify'
import Koa from 'koa'
import { connect, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { address, routes, serve, start, type App, type Handler } from './apps.ts'
import { frameworks } from './hosts.ts'
import { field, send, type WireAnswer } from './wire.ts'

const secret = 'secret detail'
const markup = `</title><script>alert("1")</script><img src=x onerror='alert(1)'>&amp;`

/** A handler that throws something. */
const throwing =
  (thrown: unknown): Handler =>
  () => {
    throw thrown
  }

/** What `http-errors` would make, and more. */
const httpError = (status: number, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { status, statusCode: status, expose: status < 500, ...more })

const titles = { en: 'Not enough credit', 'zh-TW': '點數不足' }

/** What clients may be told: the members of the JSON besides the title, and the titles. */
interface Told {
  readonly status: number
  readonly en: string
  readonly 'zh-TW': string
  readonly detail?: string
  readonly type?: string
  readonly more?: object
}

const internal: Told = { status: 500, en: 'Internal Server Error', 'zh-TW': '伺服器內部錯誤' }
const notFound: Told = { status: 404, en: 'Not Found', 'zh-TW': '找不到' }

const kinds: readonly (readonly [path: string, thrown: unknown, told: Told])[] = [
  ['/error', new Error(secret), internal],
  ['/text', secret, internal],
  ['/number', 404, internal],
  ['/object', { secret, toString: null }, internal],
  ['/aggregate', new AggregateError([httpError(404, secret)], secret), internal],
  ['/missing', httpError(404, 'No note 7'), { ...notFound, detail: 'No note 7' }],
  ['/phrase', httpError(404, 'Not Found'), notFound],
  ['/letters', httpError(404, '沒有 ü'), { ...notFound, detail: '沒有 ü' }],
  ['/hidden', httpError(404, secret, { expose: false }), notFound],
  [
    '/foreign',
    Object.assign(new Error(secret), {
      status: 404,
      problem: { type: '/secret', title: secret, secret },
      headers: {
        'transfer-encoding': 'chunked',
        'content-length': '3',
        'content-encoding': 'gzip',
      },
    }),
    notFound,
  ],
  ['/broken-field', httpError(404, '', { headers: { 'X-A': `a\r\nX-B: ${secret}` } }), notFound],
  [
    '/teapot',
    httpError(418, 'Short and stout'),
    { status: 418, en: 'Bad Request', 'zh-TW': '錯誤的請求', detail: 'Short and stout' },
  ],
  [
    '/typed',
    httpError(403, 'It costs 50', { problem: { type: '/credit', title: titles, balance: 30 } }),
    { status: 403, ...titles, detail: 'It costs 50', type: '/credit', more: { balance: 30 } },
  ],
  [
    '/extended',
    httpError(409, 'Taken', { problem: { instance: '/log/7', by: [7] } }),
    {
      status: 409,
      en: 'Conflict',
      'zh-TW': '衝突',
      detail: 'Taken',
      more: { instance: '/log/7', by: [7] },
    },
  ],
  [
    '/circle',
    httpError(409, '', { problem: { circle: 7n } }),
    { status: 409, en: 'Conflict', 'zh-TW': '衝突' },
  ],
  [
    '/closed',
    httpError(503, secret, { expose: true }),
    { status: 503, en: 'Service Unavailable', 'zh-TW': '服務無法使用' },
  ],
  [
    '/markup',
    httpError(400, markup),
    { status: 400, en: 'Bad Request', 'zh-TW': '錯誤的請求', detail: markup },
  ],
]

const app: App = {
  routes: [
    ...kinds.map(([path, thrown]) => ['GET', path, throwing(thrown)] as const),
    ...routes('GET /a'),
  ],
  before: (reply) => {
    for (const [name, value] of Object.entries(kept)) reply.set(name, value)
    reply.set('Content-Encoding', 'gzip')
    reply.set('Content-Language', 'de')
    reply.set('ETag', '"1"')
  },
}

/** Fields that were set before an error, and stay. */
const kept = {
  'Cache-Control': 'private',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "default-src 'none'; img-src 'self'",
  'Set-Cookie': 'a=b',
}

const chrome = 'text/html,application/xhtml+xml,image/avif,*/*;q=0.8'
const accepts = {
  json: [undefined, 'application/json, text/plain, */*', 'image/png'],
  html: [chrome],
  text: ['text/plain'],
} as const

const acceptLanguages = { en: [undefined, 'de'], 'zh-TW': ['zh-Hant-HK, en;q=0.5'] } as const

const types = {
  json: 'application/problem+json',
  html: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
}

/** The ways of asking for one form in one language. */
const ways = (['json', 'html', 'text'] as const).flatMap((form) =>
  (['en', 'zh-TW'] as const).flatMap((language) =>
    accepts[form].flatMap((accept) =>
      acceptLanguages[language].map((acceptLanguage) => ({
        form,
        language,
        fields: {
          ...(accept !== undefined && { Accept: accept }),
          ...(acceptLanguage !== undefined && { 'Accept-Language': acceptLanguage }),
        },
      })),
    ),
  ),
)

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** What the content must be; of the description in HTML and text, only whether there is one. */
function expectContent(
  content: string,
  form: keyof typeof types,
  language: 'en' | 'zh-TW',
  told: Told,
): void {
  const { status, [language]: title, detail, type, more } = told
  switch (form) {
    case 'json':
      expect(JSON.parse(content)).toEqual({
        ...(type !== undefined && { type }),
        title,
        status,
        ...(detail !== undefined && { detail }),
        ...more,
      })
      break
    case 'html': {
      const lines = content.split('\n')
      expect(lines.slice(0, 6)).toEqual([
        '<!doctype html>',
        `<html lang="${language}">`,
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        `<title>${status} ${title}</title>`,
        `<h1>${status} ${title}</h1>`,
      ])
      const paragraphs = lines.slice(6, -2)
      if (detail !== undefined) expect(paragraphs.shift()).toBe(`<p>${escaped(detail)}</p>`)
      expect(paragraphs).toHaveLength(type === undefined ? 1 : 0)
      break
    }
    case 'text': {
      const [first, ...rest] = content.split('\n')
      expect(first).toBe(`${status} ${title}${detail === undefined ? '' : `: ${detail}`}`)
      expect(rest).toHaveLength(type === undefined ? 3 : 1)
    }
  }
}

const isDate = ([name]: readonly [string, string]): boolean => name === 'Date' || name === 'date'

/** All that HEAD must have like GET. */
const headOf = ({ status, reason, fields }: WireAnswer): unknown => [
  status,
  reason,
  fields.filter((pair) => !isDate(pair)),
]

describe.each(frameworks)('%s', (framework) => {
  it.each(kinds)('answers %s to everybody as they like it', async (target, _, told) => {
    const port = await start(framework, app)
    await Promise.all(
      ways.map(async ({ form, language, fields }) => {
        const [get, head] = await Promise.all([
          send(port, { method: 'GET', target, fields }),
          send(port, { method: 'HEAD', target, fields }),
        ])
        expect(get.status).toBe(told.status)
        expectContent(get.content, form, language, told)
        expect(get.raw).not.toContain('secret')
        expect(get.raw).not.toContain(import.meta.filename)
        expect(field(get, 'Content-Type')).toBe(types[form])
        expect(field(get, 'Content-Language')).toBe(language)
        expect(field(get, 'Content-Length')).toBe(String(Buffer.byteLength(get.content)))
        expect(field(get, 'Vary')).toBe('Accept, Accept-Language')
        for (const name of ['Content-Encoding', 'Transfer-Encoding', 'ETag', 'X-A', 'X-B']) {
          expect([name, field(get, name)]).toEqual([name, undefined])
        }
        for (const [name, value] of Object.entries(kept)) expect(field(get, name)).toBe(value)
        expect(headOf(head)).toEqual(headOf(get))
        expect(head.content).toBe('')
      }),
    )
  })

  it.each([
    ['Origin', 'Origin, Accept, Accept-Language'],
    ['accept-language, Origin', 'accept-language, Origin, Accept'],
    ['*', '*'],
  ])('makes of Vary: %s one field', async (vary, expected) => {
    const port = await start(framework, { ...app, before: (reply) => reply.set('Vary', vary) })
    for (const target of ['/error', '/no']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const answer = await send(port, { method: 'GET', target })
      expect(answer.fields.filter(([name]) => name.toLowerCase() === 'vary')).toHaveLength(1)
      expect(field(answer, 'Vary')).toBe(expected)
    }
  })

  it('sends the fields of an error, with its cookies beside those that were set', async () => {
    const headers = {
      'set-cookie': ['c=d', 'e=f'],
      Vary: 'Cookie',
      'X-Frame-Options': 'SAMEORIGIN',
    }
    const port = await start(framework, {
      ...app,
      routes: [['GET', '/a', throwing(httpError(404, '', { headers }))]],
    })
    const answer = await send(port, { method: 'GET', target: '/a' })
    expect(
      answer.fields.flatMap(([name, value]) => (/^set-cookie$/i.test(name) ? [value] : [])),
    ).toEqual(['a=b', 'c=d', 'e=f'])
    expect(field(answer, 'Vary')).toBe('Cookie, Accept, Accept-Language')
    expect(field(answer, 'X-Frame-Options')).toBe('SAMEORIGIN')
  })

  it('drops a Trailer that was announced, at which Node would throw', async () => {
    const before: App['before'] = (reply) => reply.set('Trailer', 'X-Sum')
    const port = await start(framework, { ...app, before })
    const answer = await send(port, { method: 'GET', target: '/missing' })
    expect([answer.status, field(answer, 'Trailer')]).toEqual([404, undefined])
  })

  it.each([
    ['GET', '/no', 404, '找不到'],
    ['TRACE', '/a', 405, '不允許的方法'],
    ['PROPFIND', '/a', 501, '尚未實作'],
  ])('tells a Chinese reader what %s %s came to', async (method, target, status, title) => {
    const port = await start(framework, app)
    const fields = { 'Accept-Language': 'zh-TW' }
    const answer = await send(port, { method, target, fields })
    expect([answer.status, JSON.parse(answer.content)]).toEqual([
      status,
      expect.objectContaining({ title, status }),
    ])
    expect(field(answer, 'Content-Language')).toBe('zh-TW')
  })

  it.each([
    `/no/${markup.replaceAll(' ', '%20')}`,
    '/no?a=<script>alert(1)</script>',
    '/%3Cscript%3Ealert(1)%3C/script%3E',
    '/<script>/%',
  ])('repeats no markup of %s', async (target) => {
    const port = await start(framework, app)
    const fields = {
      Accept: 'text/html',
      'Accept-Language': '<script>alert(1)</script>, zh-"><script>',
    }
    const { status, content } = await send(port, { method: 'GET', target, fields })
    expect([400, 404]).toContain(status)
    expect(content).toContain('<!doctype html>')
    expect(content).not.toMatch(/<script|<img|<style|\sstyle=|\son\w+=/i)
  })

  it('lets no markup of a message into the page', async () => {
    const port = await start(framework, app)
    const fields = { Accept: 'text/html' }
    const { content } = await send(port, { method: 'GET', target: '/markup', fields })
    const tags = [...content.matchAll(/<[^>]*>/g)].map(([tag]) => tag)
    expect(new Set(tags)).toEqual(
      new Set([
        '<!doctype html>',
        '<html lang="en">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        '<title>',
        '</title>',
        '<h1>',
        '</h1>',
        '<p>',
        '</p>',
        '</html>',
      ]),
    )
  })

  it("has no phrase '(Unused)', and the registry's for all others", async () => {
    const port = await start(framework, app)
    const reasons = await Promise.all(
      ['/teapot', '/missing', '/closed'].map(
        async (target) => (await send(port, { method: 'GET', target })).reason,
      ),
    )
    expect(reasons).toEqual(["I'm a Teapot", 'Not Found', 'Service Unavailable'])
  })
})

describe('Koa', () => {
  it.each([null, undefined])('answers %s, too, where it is thrown', async (thrown) => {
    const port = await start('koa', { routes: [['GET', '/a', throwing(thrown)]] })
    expect((await send(port, { method: 'GET', target: '/a' })).content).toBe(
      '{"title":"Internal Server Error","status":500}',
    )
  })
})

describe('Fastify', () => {
  /** An app with schemas, and the port it listens on. */
  async function startWithSchemas(): Promise<{ port: number; logged: string[] }> {
    const logged: string[] = []
    const stream = { write: (line: string) => void logged.push(line) }
    const fastify: FastifyInstance = Fastify({
      bodyLimit: 100,
      forceCloseConnections: true,
      logger: { level: 'info', stream },
    })
    await fastify.register(fastifySemantics)
    const item = { type: 'integer' }
    const body = {
      type: 'object',
      required: ['id'],
      properties: { id: item, 'a b/c#%漢': item },
      patternProperties: { '^[^a-z]': item },
    }
    const querystring = { type: 'object', properties: { limit: item } }
    fastify.post('/a', { schema: { body } }, () => 'a')
    fastify.get('/a', { schema: { querystring } }, () => 'a')
    fastify.get('/payload', (_request, reply) => reply.type('text/plain').send({ secret }))
    fastify.get('/null', () => Promise.reject(null))
    fastify.get('/expose', () => {
      throw Object.assign(new Error(secret), {
        code: 'FST_ERR_VALIDATION',
        status: 400,
        expose: false,
      })
    })
    fastify.get('/server', () => {
      throw Object.assign(new Error(secret), { code: 'FST_ERR_VALIDATION', statusCode: 502 })
    })
    fastify.get('/limit', () => {
      const headers = { 'Retry-After': '7' }
      const members = { code: 'FST_ERR_LIMIT', statusCode: 429, headers, problem: { limit: 3 } }
      throw Object.assign(new Error('Slow down'), members)
    })
    fastify.get('/other', () => {
      throw Object.assign(new Error(secret), { code: 'ERR_OTHER', statusCode: 400 })
    })
    await fastify.listen(address)
    return { port: await serve(fastify.server), logged }
  }

  const bad = { title: 'Bad Request', status: 400 }
  const typed = { 'Content-Type': 'application/json' }

  it.each<[string, string, object]>([
    [
      'a member that is missing',
      '{}',
      {
        ...bad,
        detail: "body must have required property 'id'",
        errors: [{ detail: "must have required property 'id'", pointer: '#' }],
      },
    ],
    [
      'a wrong member',
      '{"id":"x"}',
      {
        ...bad,
        detail: 'body/id must be integer',
        errors: [{ detail: 'must be integer', pointer: '#/id' }],
      },
    ],
    [
      'a member with a name that no URI takes',
      '{"id":1,"a b/c#%漢":"x"}',
      {
        ...bad,
        detail: 'body/a b~1c#%漢 must be integer',
        errors: [{ detail: 'must be integer', pointer: '#/a%20b~1c%23%25%E6%BC%A2' }],
      },
    ],
    [
      'half a surrogate pair',
      String.raw`{"id":1,"\ud800":"x"}`,
      {
        ...bad,
        detail: 'body/\uD800 must be integer',
        errors: [{ detail: 'must be integer', pointer: '#/%EF%BF%BD' }],
      },
    ],
    [
      'what is no JSON',
      '{',
      {
        ...bad,
        detail: "Body is not valid JSON but content-type is set to 'application/json'",
      },
    ],
    [
      'too much',
      JSON.stringify({ id: 'x'.repeat(100) }),
      { title: 'Content Too Large', status: 413, detail: 'Request body is too large' },
    ],
  ])('says what is wrong with %s', async (_, content, problem) => {
    const { port } = await startWithSchemas()
    const answer = await send(port, { method: 'POST', target: '/a', fields: typed, content })
    expect(JSON.parse(answer.content)).toEqual(problem)
  })

  it('says which part of the request is wrong, unless it is the content', async () => {
    const { port } = await startWithSchemas()
    const answer = await send(port, { method: 'GET', target: '/a?limit=x' })
    expect(JSON.parse(answer.content)).toEqual({
      ...bad,
      detail: 'querystring/limit must be integer',
      errors: [{ detail: 'must be integer', in: 'querystring', pointer: '#/limit' }],
    })
  })

  it('says it, too, where the app words the message itself', async () => {
    const fastify: FastifyInstance = Fastify({
      forceCloseConnections: true,
      schemaErrorFormatter: () => Object.assign(new Error('Eh?'), { expose: true }),
    })
    await fastify.register(fastifySemantics)
    const querystring = { type: 'object', properties: { limit: { type: 'integer' } } }
    fastify.get('/a', { schema: { querystring } }, () => 'a')
    await fastify.listen(address)
    const port = await serve(fastify.server)
    const answer = await send(port, { method: 'GET', target: '/a?limit=x' })
    expect(JSON.parse(answer.content)).toEqual({
      ...bad,
      detail: 'Eh?',
      errors: [{ detail: 'must be integer', in: 'querystring', pointer: '#/limit' }],
    })
  })

  it('lets no markup of a schema error into the page', async () => {
    const { port } = await startWithSchemas()
    const content = '{"id":1,"<img src=x onerror=alert(1)>":"x"}'
    const fields = { ...typed, Accept: 'text/html' }
    const answer = await send(port, { method: 'POST', target: '/a', fields, content })
    expect(answer.content).toContain('<p>body/&lt;img src=x onerror=alert(1)&gt; must be')
    expect(answer.content).not.toContain('<img')
  })

  it('keeps what an error of a plugin brings along', async () => {
    const { port } = await startWithSchemas()
    const answer = await send(port, { method: 'GET', target: '/limit' })
    expect(answer.content).toBe(
      '{"title":"Too Many Requests","status":429,"detail":"Slow down","limit":3}',
    )
    expect(field(answer, 'Retry-After')).toBe('7')
  })

  it('leaves the media type that nobody takes to its title', async () => {
    const { port } = await startWithSchemas()
    const fields = { 'Content-Type': 'text/<b>' }
    const answer = await send(port, { method: 'POST', target: '/a', fields, content: 'x' })
    expect(answer.content).toBe('{"title":"Unsupported Media Type","status":415}')
  })

  it.each([
    ['/payload', 500, 'Internal Server Error'],
    ['/null', 500, 'Internal Server Error'],
    ['/server', 502, 'Bad Gateway'],
    ['/expose', 400, 'Bad Request'],
    ['/other', 400, 'Bad Request'],
  ])('keeps to itself what %s is about', async (target, status, title) => {
    const { port, logged } = await startWithSchemas()
    const { content } = await send(port, { method: 'GET', target })
    expect(content).toBe(JSON.stringify({ title, status }))
    const levels = logged.map((line): unknown => JSON.parse(line))
    const failure = expect.objectContaining({ level: 50 })
    expect(levels).toEqual(
      status < 500 ? expect.not.arrayContaining([failure]) : expect.arrayContaining([failure]),
    )
  })
})

describe('HTTP/2', () => {
  /** What Node warns of while a request is answered, and the answer. */
  async function requestOver(port: number, path: string): Promise<unknown> {
    const warnings: unknown[] = []
    const listen = (warning: Error): void => void warnings.push(warning.message)
    process.on('warning', listen)
    const session = connect(`http://127.0.0.1:${port}`)
    onTestFinished(() => {
      process.off('warning', listen)
      session.destroy()
    })
    const stream = session.request({ ':path': path, 'accept-language': 'zh-TW' })
    let content = ''
    stream.setEncoding('utf8').on('data', (chunk: string) => (content += chunk))
    const [headers]: unknown[] = await once(stream, 'response')
    await once(stream, 'end')
    // Warnings come on the next tick.
    await new Promise((resolve) => setImmediate(resolve))
    return { headers, content, warnings }
  }

  const portOf = (bound: AddressInfo | string | null): number =>
    typeof bound === 'object' && bound !== null ? bound.port : 0

  const expected = {
    headers: expect.objectContaining({
      ':status': 404,
      'content-type': 'application/problem+json',
      'content-language': 'zh-TW',
      vary: 'Accept, Accept-Language',
    }),
    content: '{"title":"找不到","status":404}',
    warnings: [],
  }

  it('answers an error of Koa, and sets no phrase that Node would warn of', async () => {
    const koa = new Koa()
    koa.silent = true
    koa.use(koaSemantics())
    const server = createServer(koa.callback()).listen(address.port, address.host)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    expect(await requestOver(portOf(server.address()), '/no')).toEqual(expected)
  })

  it('answers an error of Fastify, and sets no phrase that Node would warn of', async () => {
    const fastify = Fastify({ http2: true, http2SessionTimeout: 100 })
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the plugin is typed for HTTP/1 servers
    await (fastify as unknown as FastifyInstance).register(fastifySemantics)
    await fastify.listen(address)
    onTestFinished(() => void fastify.close())
    expect(await requestOver(portOf(fastify.server.address()), '/no')).toEqual(expected)
  })
})
