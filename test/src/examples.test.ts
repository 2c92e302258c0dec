import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { openTicks } from '@http-semantics/example-shared'
import { statuses } from '@http-semantics/status'
import { iisSubStatuses } from '@http-semantics/status/iis'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { frameworks, hostOf, type Host } from './hosts.ts'
import { examples } from './examples.ts'
import { listen } from './violations.ts'
import {
  exchange,
  field,
  parseAnswer,
  pipeline,
  requestText,
  send,
  type WireAnswer,
  type WireRequest,
} from './wire.ts'

const methods = 'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE QUERY PROPFIND'.split(' ')

/** What the servers are to answer: by path, the methods it has with their status. */
const paths: Readonly<Record<string, Readonly<Record<string, number>> | undefined>> = {
  '/': { GET: 200, POST: 200 },
  '/status/404': { GET: 200 },
  '/status/404.11': { GET: 200 },
  '/status/299': { GET: 404 },
  '/notes': { GET: 200, POST: 201 },
  '/notes/1': { GET: 200, PUT: 200, PATCH: 200, DELETE: 204 },
  '/notes/none': { GET: 404, PUT: 404, PATCH: 404, DELETE: 404 },
  '/respond/200': { GET: 200, POST: 200 },
  '/respond/204': { GET: 204, POST: 204 },
  '/respond/404': { GET: 404, POST: 404 },
  '/respond/503': { GET: 503, POST: 503 },
  '/respond/100': { GET: 404, POST: 404 },
  '/respond/299': { GET: 404, POST: 404 },
  '/raw/201': { GET: 201 },
  '/raw/100-final': { GET: 500 },
  '/raw/none': { GET: 404 },
  '/search': { QUERY: 200 },
  '/ticks': { GET: 200 },
  '/files/hello.txt': { GET: 200 },
  '/login': { POST: 422 },
  '/me': { GET: 401 },
  '/session': { GET: 200 },
  '/logout': { POST: 204 },
  '/boom': { GET: 500 },
  '/explorer/page.css': { GET: 200 },
  '/explorer/none': { GET: 404 },
  '/explorer/head': { GET: 404, POST: 404 },
  '/nowhere': undefined,
  '/notes/1/deeper': undefined,
}

const allows: Readonly<Record<string, string>> = {
  GET: 'GET, HEAD, OPTIONS',
  POST: 'POST, OPTIONS',
  'GET POST': 'GET, HEAD, POST, OPTIONS',
  'GET PUT PATCH DELETE': 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS',
  QUERY: 'QUERY, OPTIONS',
}

/** The methods that some route of the example uses. */
const serverAllow = 'GET, HEAD, QUERY, POST, PUT, PATCH, DELETE, OPTIONS'

interface Expectation {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly allow: string | undefined
}

function expectation(method: string, path: string): Expectation {
  const routes = paths[path]
  const allow = routes && allows[Object.keys(routes).join(' ')]
  const expected = (status: number, needsAllow: boolean): Expectation => ({
    method,
    path,
    status,
    allow: needsAllow ? (allow ?? serverAllow) : undefined,
  })
  if (method === 'TRACE') return expected(405, true)
  if (method === 'PROPFIND') return expected(501, false)
  if (routes === undefined) return expected(404, false)
  if (method === 'OPTIONS') return expected(204, true)
  const status = routes[method === 'HEAD' ? 'GET' : method]
  return status === undefined ? expected(405, true) : expected(status, false)
}

const matrix = Object.keys(paths).flatMap((path) =>
  methods.map((method) => expectation(method, path)),
)

/** A request that every route of the path takes. */
function requestFor(method: string, path: string): WireRequest {
  const fields = { 'If-Match': '*' }
  if (method === 'DELETE') return { method, target: path, fields }
  if (!['POST', 'PUT', 'PATCH', 'QUERY'].includes(method)) return { method, target: path }
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const content = method === 'QUERY' ? '{"contains":"é"}' : '{"text":"é"}'
  return { method, target: path, fields: { ...fields, 'Content-Type': type }, content }
}

/** The names of fields whose values differ between the answers to GET and HEAD: `Date` may. */
const comparable = ({ fields }: WireAnswer): Record<string, string> =>
  Object.fromEntries(
    fields
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !['date', 'transfer-encoding'].includes(name)),
  )

/** The fields that some status asks for. */
const askedFields = [
  ...new Set(statuses.flatMap(({ fields }) => fields.map(({ field: name }) => name))),
  'Cache-Control',
].filter((name) => !['Content-Length', 'Content-Type', 'Date', 'Vary'].includes(name))

const fieldsAskedOf = (answer: WireAnswer): Record<string, string> =>
  Object.fromEntries(
    askedFields.flatMap((name): [string, string][] => {
      const value = field(answer, name)
      const says = value !== undefined && !(name === 'Connection' && value === 'keep-alive')
      return says ? [[name, value]] : []
    }),
  )

const validators = { ETag: '"respond"' }
const bearer = 'Bearer realm="example"'

/** What /respond is to say besides the status, by status. */
const duties: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  200: { ...validators, 'Last-Modified': 'Mon, 15 Sep 2025 00:00:00 GMT' },
  201: { Location: '/notes/1' },
  206: { ...validators, 'Content-Range': 'bytes 0-7/64' },
  226: validators,
  300: { Location: '/status/300' },
  301: { Location: '/status/301' },
  302: { Location: '/status/302' },
  303: { Location: '/status/303' },
  304: validators,
  307: { Location: '/status/307' },
  308: { Location: '/status/308' },
  401: { 'WWW-Authenticate': bearer },
  405: { Allow: 'GET, HEAD, POST, OPTIONS' },
  407: { 'Proxy-Authenticate': bearer },
  415: { Accept: 'application/json' },
  416: { 'Content-Range': 'bytes */64' },
  426: { Upgrade: 'websocket', Connection: 'upgrade' },
  428: { 'Cache-Control': 'no-store' },
  429: { 'Cache-Control': 'no-store', 'Retry-After': '120' },
  431: { 'Cache-Control': 'no-store' },
  451: { Link: '<https://example.org/legislation>; rel="blocked-by"' },
  503: { 'Retry-After': '120' },
  511: { 'Cache-Control': 'no-store' },
}

const types: Readonly<Record<number, string>> = {
  206: 'text/plain; charset=utf-8',
  207: 'application/xml; charset=utf-8',
}

const typeOf = (code: number): string =>
  code < 400 ? 'application/json' : 'application/problem+json'

/** What the middleware makes of the wrong answers; `undefined`: no such field. */
const repairs: readonly (readonly [
  name: string,
  status: number,
  fields: Readonly<Record<string, string | undefined>>,
])[] = [
  ['201', 201, { Location: undefined }],
  ['401', 401, { 'WWW-Authenticate': 'Session realm="app"' }],
  ['405', 405, { Allow: 'GET, HEAD, OPTIONS' }],
  ['407', 407, { 'Proxy-Authenticate': 'Session realm="proxy"' }],
  // Only the handler knows the length.
  ['416', 416, { 'Content-Range': undefined }],
  ['426', 426, { Upgrade: 'websocket', Connection: 'upgrade' }],
  [
    '204-content',
    204,
    { 'Content-Type': undefined, 'Content-Length': undefined, 'Transfer-Encoding': undefined },
  ],
  ['205-content', 205, { 'Content-Length': '0', 'Transfer-Encoding': undefined }],
  ['304-content', 304, { 'Content-Length': undefined, 'Transfer-Encoding': undefined }],
  ['100-final', 500, { 'Content-Type': 'application/problem+json' }],
]

// The app breaks rules on purpose, and the middleware warns of it.
const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)

describe.each(frameworks)('the %s example', (framework) => {
  let host: Host

  beforeAll(async () => {
    host = await hostOf(await examples[framework]({ port: 0, host: '127.0.0.1' }))
  })
  afterAll(() => host.stop())

  // The rows of one path run in order, so that DELETE comes after what needs the note.
  it.each(matrix.filter(({ method, path }) => !(method === 'GET' && path === '/ticks')))(
    'answers $method $path with $status and Allow $allow',
    async ({ method, path, status, allow }) => {
      const answer = await send(host.port, requestFor(method, path))
      expect(answer.status).toBe(status)
      expect(field(answer, 'Allow')).toBe(allow)
      expect(field(answer, 'Date')).toMatch(/ GMT$/)
      expect(field(answer, 'Connection')).toBe('close')
      const length = field(answer, 'Content-Length')
      if (status === 204) {
        expect(length).toBeUndefined()
        expect(answer.content).toBe('')
      } else if (method === 'HEAD') {
        expect(answer.content).toBe('')
        if (path === '/raw/201') expect(length).toBe('0')
        else if (path !== '/ticks') expect(length).toMatch(/^[1-9]\d*$/)
      } else {
        expect(length).toBe(String(Buffer.byteLength(answer.content)))
      }
      if (status >= 400 && method !== 'HEAD') {
        expect(field(answer, 'Content-Type')).toBe('application/problem+json')
        expect(JSON.parse(answer.content)).toMatchObject({ status, title: answer.reason })
        expect(answer.content).not.toContain(method)
      }
    },
  )

  it.each(Object.keys(paths).filter((path) => path !== '/ticks'))(
    'answers HEAD %s with the fields of GET',
    async (path) => {
      const get = await send(host.port, { method: 'GET', target: path })
      const head = await send(host.port, { method: 'HEAD', target: path })
      expect(comparable(head)).toEqual(comparable(get))
      expect(head.status).toBe(get.status)
    },
  )

  it.each(statuses.filter(({ final }) => final))(
    'answers GET /respond/$code with that status and all that is asked of it',
    async ({ code, phrase, content }) => {
      const request = { method: 'GET', target: `/respond/${code}` }
      const next = { method: 'GET', target: '/status/404' }
      const [answer, after] = await pipeline(host.port, [request, next])
      expect(after?.status).toBe(200)
      expect(answer?.status).toBe(code)
      if (answer === undefined) return
      const { content: text, fields } = answer
      expect(fieldsAskedOf(answer)).toEqual(duties[code] ?? {})
      expect(fields.filter(([name]) => name === 'Date')).toHaveLength(1)
      if (content === 'never') {
        expect(text).toBe('')
        expect(field(answer, 'Content-Type')).toBeUndefined()
        expect(field(answer, 'Content-Length')).toBe(code === 205 ? '0' : undefined)
      } else {
        expect(field(answer, 'Content-Length')).toBe(String(Buffer.byteLength(text)))
        expect(field(answer, 'Content-Type')).toBe(types[code] ?? typeOf(code))
      }
      if (content !== 'never' && types[code] === undefined) {
        expect(JSON.parse(text)).toEqual({ title: phrase, status: code })
      }
      const head = await send(host.port, { ...request, method: 'HEAD' })
      const get = await send(host.port, request)
      expect(comparable(head)).toEqual(comparable(get))
    },
  )

  it.each(statuses.filter(({ final }) => final))(
    'answers POST /respond/$code with that status, unless POST may not have it',
    async ({ code }) => {
      const request = { method: 'POST', target: `/respond/${code}`, content: 'text' }
      const answer = await send(host.port, request)
      expect(answer.status).toBe([206, 304, 416].includes(code) ? 500 : code)
    },
  )

  it('sends the bytes of the range that a 206 names', async () => {
    const answer = await send(host.port, { method: 'GET', target: '/respond/206' })
    const [, first, last] =
      /^bytes (\d+)-(\d+)\/\d+$/.exec(field(answer, 'Content-Range') ?? '') ?? []
    expect(answer.content).toHaveLength(Number(last) - Number(first) + 1)
  })

  it('sends 103 ahead of a 200, but not to a client of HTTP/1.0', async () => {
    const target = '/respond/103'
    const raw = await exchange(host.port, requestText({ method: 'GET', target }))
    const interim = raw.slice(0, raw.indexOf('\r\n\r\n') + 4)
    expect(interim).toMatch(
      /^HTTP\/1\.1 103 Early Hints\r\nlink: <\/files\/hello\.txt>; rel=preload; as=fetch\r\n\r\n$/i,
    )
    const answer = parseAnswer(raw.slice(interim.length))
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.content)).toEqual({ title: 'OK', status: 200 })
    const old = await exchange(host.port, `GET ${target} HTTP/1.0\r\nHost: localhost\r\n\r\n`)
    expect(parseAnswer(old).status).toBe(200)
  })

  it.each(['100', '101', '102', '104', '299', '471', '999', '99', '0404', '4e2', 'teapot'])(
    'answers 404 to /respond/%s',
    async (code) => {
      for (const method of ['GET', 'POST']) {
        // oxlint-disable-next-line no-await-in-loop
        const answer = await send(host.port, { method, target: `/respond/${code}` })
        expect(answer.status).toBe(404)
        expect(JSON.parse(answer.content)).toMatchObject({ status: 404 })
      }
    },
  )

  it.each(repairs)('mends GET /raw/%s: %i with %o', async (name, status, expected) => {
    const request = { method: 'GET', target: `/raw/${name}` }
    const [answer, next] = await pipeline(host.port, [
      request,
      { method: 'GET', target: '/status/404' },
    ])
    expect(next?.status).toBe(200)
    expect(answer?.status).toBe(status)
    if (answer === undefined) return
    for (const [name_, value] of Object.entries(expected)) {
      expect(field(answer, name_)?.toLowerCase()).toBe(value?.toLowerCase())
    }
    expect(answer.raw).not.toContain('must not be here')
    const last = await send(host.port, request)
    expect(last.status).toBe(status)
    expect(field(last, 'Connection')?.toLowerCase()).toMatch(/\bclose\b/)
  })

  it('warns of what it mends', () => {
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('RFC 9110 section 15.5.2'), {
      type: 'HttpSemanticsWarning',
      code: 'challenge',
    })
  })

  it('tells of what it mends', async () => {
    const violations = listen()
    await send(host.port, { method: 'GET', target: '/raw/401' })
    expect(violations).toMatchObject([
      {
        rule: 'challenge',
        reference: 'RFC 9110 section 15.5.2',
        method: 'GET',
        route: '/raw/:case',
        status: 401,
      },
    ])
  })

  it('breaks no rule by /respond, but for what POST may not have', async () => {
    const violations = listen()
    for (const { code, final } of statuses) {
      if (!final) continue
      for (const method of ['GET', 'POST']) {
        const target = `/respond/${code}`
        // A handler need not know that its client is about to close.
        const requests = [
          { method, target },
          { method: 'GET', target: '/status/404' },
        ]
        // oxlint-disable-next-line no-await-in-loop
        await pipeline(host.port, requests)
      }
    }
    const told = violations.map(({ rule, method, status }) => `${rule} ${method} ${status}`)
    expect(told).toEqual([206, 304, 416].map((code) => `post-status POST ${code}`))
  })

  it('answers HEAD /ticks at once and frees the stream', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(host.port, { method: 'HEAD', target: '/ticks' })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await expect.poll(openTicks).toBe(0)
  })

  it('never tells what went wrong inside, whatever the client accepts', async () => {
    for (const accept of ['*/*', 'application/json', 'text/html', 'text/plain']) {
      const answer = await send(host.port, {
        method: 'GET',
        target: '/boom',
        fields: { Accept: accept },
      })
      expect(answer.status).toBe(500)
      expect(answer.raw).not.toMatch(/secret|at .*server/)
    }
  })

  it.each([
    ['JSON', 'application/json', '{"Q":"A"}', 200],
    ['JSON as jQuery names it', 'application/json;charset=UTF-8', '{"Q":"A"}', 200],
    ['JSON with a type in capitals', 'Application/JSON', '{"Q":"A"}', 200],
    ['JSON without a type', undefined, '{"Q":"A"}', 200],
    ['a JSON string', 'application/json', '"é"', 200],
    ['broken JSON', 'application/json', '{"Q":', 400],
    ['no content at all', 'application/json', '', 400],
    ['content of no type that is no JSON', undefined, 'Q=A', 415],
    ['a form', 'application/x-www-form-urlencoded', 'Q=A', 415],
    ['JSON that calls itself text', 'text/plain', '{"Q":"A"}', 415],
    ['exactly 102,400 bytes', 'application/json', JSON.stringify('x'.repeat(102_398)), 200],
    ['102,401 bytes', 'application/json', JSON.stringify('x'.repeat(102_399)), 413],
  ])('takes %s by POST / as it should', async (_title, type, content, status) => {
    const fields = type === undefined ? {} : { 'Content-Type': type }
    const answer = await send(host.port, { method: 'POST', target: '/', fields, content })
    expect(answer.status).toBe(status)
    if (status === 200)
      expect(JSON.parse(answer.content)).toEqual({ received: JSON.parse(content) })
    if (status === 415) expect(field(answer, 'Accept-Post')).toBe('application/json')
  })

  it.each<[string, WireRequest, number]>([
    ['a query', { method: 'QUERY', target: '/search', content: '{"contains":"405"}' }, 200],
    ['a query of no type', { method: 'QUERY', target: '/search', content: '{}' }, 400],
    ['a query without content', { method: 'QUERY', target: '/search' }, 400],
    ['a query in another type', { method: 'QUERY', target: '/search', content: '405' }, 415],
    ['broken JSON', { method: 'QUERY', target: '/search', content: '{' }, 400],
    ['a query of another kind', { method: 'QUERY', target: '/search', content: '[]' }, 422],
    ['another method', { method: 'GET', target: '/search' }, 405],
    ['OPTIONS', { method: 'OPTIONS', target: '/search' }, 204],
  ])('answers %s to /search, and tells what it takes', async (name, request, status) => {
    const types: Readonly<Record<string, string>> = {
      'a query of no type': '',
      'a query in another type': 'text/plain',
    }
    const type = types[name] ?? 'application/json'
    const fields = type === '' ? {} : { 'Content-Type': type }
    const answer = await send(host.port, { ...request, fields })
    expect(answer.status).toBe(status)
    expect(field(answer, 'Accept-Query')).toBe(status === 422 ? undefined : 'application/json')
    expect(field(answer, 'Allow')).toBe(request.method === 'QUERY' ? undefined : 'QUERY, OPTIONS')
  })

  it('finds the notes that contain a text', async () => {
    const query = async (contains: string): Promise<unknown> => {
      const content = JSON.stringify({ contains })
      const fields = { 'Content-Type': 'application/json' }
      const answer = await send(host.port, { method: 'QUERY', target: '/search', fields, content })
      return JSON.parse(answer.content)
    }
    const text = 'näh'
    const created = await send(host.port, {
      method: 'POST',
      target: '/notes',
      fields: { 'Content-Type': 'application/json' },
      content: JSON.stringify({ text }),
    })
    const id = Number(field(created, 'Location')?.split('/').at(-1))
    expect(await query('äh')).toEqual([{ id, text }])
    expect(await query('nowhere in the notes')).toEqual([])
  })

  it.each<[string, (etag: string) => Record<string, string>, number, string | undefined, string?]>([
    ['all of it', () => ({}), 200, undefined],
    ['a range', () => ({ Range: 'bytes=10-19' }), 206, '10-19'],
    ['a suffix', () => ({ Range: 'bytes=-10' }), 206, 'last'],
    ['two ranges', () => ({ Range: 'bytes=0-0,-1' }), 206, undefined],
    [
      'a range of what the client has',
      (etag) => ({ Range: 'bytes=10-19', 'If-Range': etag }),
      206,
      '10-19',
    ],
    [
      'a range of something older',
      () => ({ Range: 'bytes=10-19', 'If-Range': '"old"' }),
      200,
      undefined,
    ],
    ['a range that is not there', () => ({ Range: 'bytes=999999-' }), 416, 'none'],
    ['what the client has', (etag) => ({ 'If-None-Match': etag }), 304, undefined],
    ['what the client has, by HEAD', (etag) => ({ 'If-None-Match': etag }), 304, undefined, 'HEAD'],
    ['a range by HEAD', () => ({ Range: 'bytes=10-19' }), 200, undefined, 'HEAD'],
    ['something else than the client has', () => ({ 'If-Match': '"old"' }), 412, undefined],
  ])('sends %s of /files/hello.txt', async (_name, fieldsFor, status, range, method = 'GET') => {
    const target = '/files/hello.txt'
    const whole = await send(host.port, { method: 'GET', target })
    const { length } = whole.bytes
    expect(length).toBeGreaterThanOrEqual(1000)
    expect(field(whole, 'Accept-Ranges')).toBe('bytes')
    expect(field(whole, 'Last-Modified')).toMatch(/ GMT$/)
    const etag = field(whole, 'ETag') ?? ''
    expect(etag).toMatch(/^"[^"]+"$/)
    const answer = await send(host.port, { method, target, fields: fieldsFor(etag) })
    expect(answer.status).toBe(status)
    const ranges: Readonly<Record<string, string>> = {
      last: `bytes ${length - 10}-${length - 1}/${length}`,
      none: `bytes */${length}`,
    }
    expect(field(answer, 'Content-Range')).toBe(
      range === undefined ? undefined : (ranges[range] ?? `bytes ${range}/${length}`),
    )
    if (method === 'HEAD' || status === 304) expect(answer.bytes).toHaveLength(0)
    else if (status === 200) expect(answer.bytes.equals(whole.bytes)).toBe(true)
    if (range === '10-19') expect(answer.bytes.equals(whole.bytes.subarray(10, 20))).toBe(true)
  })

  it('advertises the media types it takes on OPTIONS', async () => {
    const answer = await send(host.port, { method: 'OPTIONS', target: '/notes/1' })
    expect(field(answer, 'Accept-Patch')).toBe('application/merge-patch+json')
  })

  it.each([
    ['text/html', 'en', 'text/html; charset=utf-8', 'Not Found'],
    ['text/plain', 'zh-TW,zh;q=0.9', 'text/plain; charset=utf-8', '伺服器'],
    ['text/html', 'zh-Hant-TW', 'text/html; charset=utf-8', '伺服器'],
    ['application/json', 'en', 'application/json', '"phrase":"Not Found"'],
  ])('shows /status/404 as %s in %s', async (accept, language, type, text) => {
    const answer = await send(host.port, {
      method: 'GET',
      target: '/status/404',
      fields: { Accept: accept, 'Accept-Language': language },
    })
    // Express adds a charset to all text.
    expect(field(answer, 'Content-Type')).toContain(type)
    expect(field(answer, 'Vary')).toContain('Accept')
    expect(answer.content).toContain(text)
  })

  it('has an entry for every status and sub-status, and for nothing else', async () => {
    const ids = [...statuses.map(({ code }) => String(code)), ...iisSubStatuses]
    const wrong: string[] = []
    for (const id of ids) {
      // oxlint-disable-next-line no-await-in-loop -- one connection at a time is kind to the machine
      const { status } = await send(host.port, { method: 'GET', target: `/status/${id}` })
      if (status !== 200) wrong.push(id)
    }
    expect(wrong).toEqual([])
    for (const id of ['99', '1000', '404.99', '0404', 'NotFound', '%3Cscript%3E', '4e2']) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await send(host.port, {
        method: 'GET',
        target: `/status/${id}`,
        fields: { Accept: 'text/html' },
      })
      expect(answer.status).toBe(404)
      expect(answer.content).not.toContain('<script')
    }
  })

  it('tells in its catalogue what the resources take', async () => {
    const fields = { Accept: 'application/json' }
    const answer = await send(host.port, { method: 'GET', target: '/', fields })
    expect(JSON.parse(answer.content)).toMatchObject({
      resources: { '/search': { accept: { query: ['application/json'] } } },
    })
    expect(field(answer, 'Vary')).toBe('Accept, Accept-Language')
  })

  it.each([
    ['en', 'What the resources take'],
    ['zh-TW', '各資源接受的內容'],
  ])('shows it on its page in %s as well', async (language, title) => {
    const fields = { Accept: 'text/html', 'Accept-Language': language }
    const { content } = await send(host.port, { method: 'GET', target: '/', fields })
    expect(content).toContain(`<h2>${title}</h2>`)
    expect(content).toContain(
      '<code>/notes/:id</code></dt>\n<dd>PUT: application/json; PATCH: application/merge-patch+json',
    )
  })

  it.each([
    ['POST', '/'],
    ['POST', '/login'],
    ['POST', '/notes'],
    ['PUT', '/notes/1'],
    ['PATCH', '/notes/1'],
    ['QUERY', '/search'],
  ])(
    'answers %s %s 415 for a coding or a type, and names what it takes',
    async (method, target) => {
      const type =
        method === 'PATCH' ? 'application/merge-patch+json' : 'application/json; charset=no-charset'
      const ask = (fields: Record<string, string>): Promise<WireAnswer> =>
        send(host.port, { method, target, fields, content: '{}' })
      for (const coding of ['gzip', 'br', 'none', 'gzip, gzip']) {
        // oxlint-disable-next-line no-await-in-loop
        const coded = await ask({ 'Content-Type': type, 'Content-Encoding': coding })
        expect([coded.status, field(coded, 'Accept-Encoding')]).toEqual([415, 'identity'])
      }
      const other = await ask({ 'Content-Type': 'text/csv' })
      expect([other.status, field(other, 'Accept')]).toEqual([415, type.split(';', 1)[0]])
      // JSON has one encoding, whatever its type says.
      expect((await ask({ 'Content-Type': type })).status).not.toBe(415)
    },
  )

  it('answers 406 with what there is', async () => {
    const answer = await send(host.port, {
      method: 'GET',
      target: '/status/404',
      fields: { Accept: 'image/png' },
    })
    expect(answer.status).toBe(406)
    const document: unknown = JSON.parse(answer.content)
    expect(document).toMatchObject({ detail: 'There is text/html, application/json, text/plain' })
    expect(document).toMatchObject({
      variants: [
        { type: 'text/html; charset=utf-8', language: 'en' },
        { type: 'text/html; charset=utf-8', language: 'zh-TW' },
        { type: 'application/json' },
        { type: 'text/plain; charset=utf-8', language: 'en' },
        { type: 'text/plain; charset=utf-8', language: 'zh-TW' },
      ],
    })
  })

  it.each([['/%zz'], ['/notes/%E0%A4%A'], ['/nowhere/%']])(
    'answers 400 to %s, whose percent-encoding is broken',
    async (target) => {
      const answer = await send(host.port, { method: 'GET', target })
      expect(answer.status).toBe(400)
    },
  )

  it('takes JSON from fetch', async () => {
    const response = await fetch(`http://127.0.0.1:${host.port}/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ Q: 'A' }),
    })
    expect(await response.json()).toEqual({ received: { Q: 'A' } })
  })

  const { python } = inject('peers')
  it.skipIf(python === undefined)(
    "takes JSON from Python's requests, which name no type",
    async () => {
      const script = `import json, requests, sys
r = requests.post(sys.argv[1], data=json.dumps({"Q": "A"}))
print(r.status_code, json.dumps(r.json(), separators=(",", ":")))`
      const url = `http://127.0.0.1:${host.port}/`
      const { stdout } = await promisify(execFile)(python ?? '', ['-c', script, url])
      expect(stdout.trim()).toBe('200 {"received":{"Q":"A"}}')
    },
  )
})
