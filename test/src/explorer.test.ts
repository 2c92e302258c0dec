import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { isSafe, methodRegistry } from '@http-semantics/methods'
import { statuses } from '@http-semantics/status'
import { iisSubStatuses } from '@http-semantics/status/iis'
import { vendorStatusList } from '@http-semantics/status/vendor'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { serve } from './apps.ts'
import { examples } from './examples.ts'
import { ask, openSession } from './h2.ts'
import { frameworks, hostOf, type Host } from './hosts.ts'
import { listen } from './violations.ts'
import { exchange, field, requestText, send, type WireAnswer, type WireRequest } from './wire.ts'

const languages = ['en', 'zh-TW'] as const
const html = { Accept: 'text/html' }

/** The anchors of all that the catalogues have. */
const anchors = [
  ...statuses.map(({ code }) => `status-${code}`),
  ...vendorStatusList.map(({ vendor, code }) => `${vendor}-${code}`),
  ...iisSubStatuses.map((id) => `iis-${id}`),
  ...methodRegistry.map(({ name }) => `method-${name}`),
]

/** What is shown of the entries of a page. */
const shown = (page: string): string[] =>
  [...page.matchAll(/<details(?: open)? class="\w+" id="([^"]+)"/g)].map(([, id]) => id ?? '')

/** Answers to the same question differ in their date, and a session's cookie in its signature. */
const undated = (head: string): string =>
  head.replaceAll(/^date:.*$/gim, 'Date').replaceAll(/session=[^;]+; Expires=[^;]+/g, 'cookie')

const { certificate } = inject('peers')
const tls =
  certificate === undefined
    ? undefined
    : { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) }

describe.each(frameworks)('the explorer on %s', (framework) => {
  let host: Host

  beforeAll(async () => {
    host = await hostOf(await examples[framework]({ port: 0, host: '127.0.0.1' }))
  })
  afterAll(() => host.stop())

  const get = (target: string, fields: Record<string, string> = html): Promise<WireAnswer> =>
    send(host.port, { method: 'GET', target, fields })
  const askBy = (method: string, question: string): Promise<WireAnswer> =>
    send(host.port, { method, target: `/explorer/head?of=${encodeURIComponent(question)}` })
  /** Asks as the page does: what is not safe by POST. */
  const head = (question: string): Promise<WireAnswer> =>
    askBy(isSafe(question.split(' ', 1)[0] ?? '') ? 'GET' : 'POST', question)

  it.each(languages)('has every entry of the catalogues once, in %s', async (language) => {
    const answer = await get('/', { ...html, 'Accept-Language': language })
    expect(answer.status).toBe(200)
    expect(field(answer, 'Content-Language')).toBe(language)
    expect(field(answer, 'Vary')).toBe('Accept, Accept-Language')
    expect(answer.content).toContain(`<html lang="${language}">`)
    expect(shown(answer.content)).toEqual(anchors)
    expect(answer.bytes.length).toBeLessThan(300_000)
  })

  it.each([
    ['zh-TW', 'en', 'zh-TW'],
    ['en', 'zh-TW', 'en'],
    // What it does not have is the client's choice.
    ['de', 'zh-TW', 'zh-TW'],
    ['%00', 'en', 'en'],
  ])('takes lang=%s from a client of %s for %s', async (lang, accepted, language) => {
    const fields = { ...html, 'Accept-Language': accepted }
    const answer = await get(`/?lang=${lang}`, fields)
    expect(field(answer, 'Content-Language')).toBe(language)
    expect(answer.content).toContain(`<html lang="${language}">`)
  })

  it.each(['/', '/?lang=zh-TW', '/?q=teapot', '/explorer/page.css', '/explorer/explorer.js'])(
    'answers 304 to who has %s',
    async (target) => {
      const violations = listen()
      const etag = field(await get(target), 'ETag') ?? ''
      expect(etag).toMatch(/^"[^"]+"$/)
      const again = await get(target, { ...html, 'If-None-Match': etag })
      expect([again.status, again.content]).toEqual([304, ''])
      expect(violations).toEqual([])
    },
  )

  it.each([
    ['404.13', ['iis-404.13']],
    // A keyboard for Chinese makes these.
    ['４０４．１３', ['iis-404.13']],
    ['TEAPOT', ['status-418']],
    ['Status.ImATeapot', ['status-418']],
    ['nginx closed', ['nginx-444', 'nginx-499']],
    ['no such thing anywhere', []],
  ])('finds for %s: %j', async (query, ids) => {
    const { content } = await get(`/?lang=en&q=${encodeURIComponent(query)}`)
    expect(shown(content)).toEqual(ids)
    // The others are there for the script, hidden.
    expect(content.match(/<details /g)).toHaveLength(anchors.length)
    expect(content.match(/<details open /g) ?? []).toHaveLength(ids.length === 1 ? 1 : 0)
  })

  it.each(languages)('links to nothing that a search hides, in %s', async (language) => {
    const { content } = await get(`/?lang=${language}&q=404.11`)
    const hidden = [
      ...content.matchAll(/<(?:section id="([^"]+)" hidden|details hidden.*? id="([^"]+)")/g),
    ]
    const ids = new Set(hidden.map(([, section, entry]) => section ?? entry))
    expect(ids).toContain('successful')
    expect(ids).toContain('status-400')
    const here = [...content.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(here).toContain('iis')
    expect(here.filter((id) => ids.has(id))).toEqual([])
    expect(content).toContain(`<a href="/?lang=${language}#successful">`)
    expect(content).toContain(`<a href="/?lang=${language}#status-400">400 Bad Request</a>`)
  })

  it('shows a query as text', async () => {
    const { content } = await get(`/?q=${encodeURIComponent(`"><script>alert(1)</script>'&`)}`)
    expect(content).not.toContain('<script>')
    expect(content).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;"')
  })

  it('keeps scripts and styles out of the page itself', async () => {
    const { content } = await get('/')
    expect(content.match(/<script/g)).toEqual(['<script'])
    expect(content).not.toMatch(/<style| style=| on\w+=|javascript:/)
  })

  it.each([
    ['page.css', 'text/css; charset=utf-8'],
    ['explorer.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml'],
  ])('serves /explorer/%s as %s', async (name, type) => {
    const answer = await get(`/explorer/${name}`, {})
    expect([answer.status, field(answer, 'Content-Type')]).toEqual([200, type])
  })

  it.each(['none.js', '..%2fhello.txt', '%2e%2e', 'page.css%00'])(
    'has no /explorer/%s',
    async (name) => {
      expect((await get(`/explorer/${name}`)).status).toBe(404)
    },
  )

  it('asks only for paths that the app has', async () => {
    const { content } = await get('/')
    const paths = [...content.matchAll(/data-path="([^"]+)"/g)].map(([, path]) => path ?? '')
    expect(paths).toHaveLength(16)
    for (const target of paths) {
      const answer = await send(host.port, { method: 'OPTIONS', target })
      expect([target, answer.status]).toEqual([target, 204])
      expect(field(answer, 'Allow')).toMatch(/OPTIONS$/)
      const told = await head(`OPTIONS ${target}`)
      expect(undated(told.content)).toBe(undated(answer.raw))
    }
  })

  it.each<[string, WireRequest]>([
    ['an error', { method: 'GET', target: '/respond/404' }],
    ['a redirect', { method: 'GET', target: '/respond/302' }],
    ['a challenge', { method: 'GET', target: '/respond/401' }],
    ['an answer without content', { method: 'GET', target: '/respond/304' }],
    ['the page', { method: 'HEAD', target: '/' }],
    ['a method nobody has', { method: 'PROPFIND', target: '/notes/1' }],
    ['a method the parser does not know', { method: 'CHECKIN', target: '/notes/1' }],
    ['no request at all', { method: 'PRI', target: '/notes/1' }],
    ['an interim answer and its final one', { method: 'GET', target: '/respond/103' }],
    [
      'a cookie',
      {
        method: 'POST',
        target: '/login',
        fields: { 'Content-Type': 'application/json' },
        content: '{"user":"ada","remember":true}',
      },
    ],
  ])('shows the header section of %s as it comes over the wire', async (_what, request) => {
    const raw = await exchange(host.port, requestText(request))
    const end = raw.indexOf('\r\n\r\n', raw.startsWith('HTTP/1.1 103') ? 100 : 0) + 4
    const answer = await head(`${request.method} ${request.target}`)
    expect(answer.status).toBe(200)
    expect(field(answer, 'Content-Type')).toBe('text/plain; charset=utf-8')
    expect(field(answer, 'Cache-Control')).toBe('no-store')
    expect(field(answer, 'Set-Cookie')).toBeUndefined()
    expect(undated(answer.content)).toBe(undated(raw.slice(0, end)))
  })

  it('has a button for every status and method, each with an answer', async () => {
    const { content } = await get('/')
    const buttons = [...content.matchAll(/<button form="ask" (.+?) value="([^"]+)"/g)]
    for (const [, way, question = ''] of buttons) {
      const target = `/explorer/head?${new URLSearchParams({ of: question }).toString()}`
      const expected = isSafe(question.split(' ', 1)[0] ?? '')
        ? 'name="of"'
        : `formmethod="post" formaction="${target}"`
      expect([question, way]).toEqual([question, expected])
    }
    const questions = new Set(buttons.map(([, , question = '']) => question))
    for (const { name } of methodRegistry) expect(questions).toContain(`${name} /notes/1`)
    for (const { code, final } of statuses) {
      expect(questions.has(`GET /respond/${code}`)).toBe(final || code === 103)
    }
    for (const question of questions) {
      const answer = await head(question)
      expect([question, answer.status]).toEqual([question, 200])
      const [, code] = /^GET \/respond\/(\d+)$/.exec(question) ?? []
      expect(answer.content).toMatch(code === undefined ? /^HTTP\/1\.1 \d/ : `HTTP/1.1 ${code} `)
    }
    // None of them changes anything.
    const notes = await get('/notes', { Accept: 'application/json' })
    expect(JSON.parse(notes.content)).toEqual([
      { id: 1, text: expect.stringMatching(/^Tell clients/) },
    ])
  })

  it.each(['DELETE /notes/1', 'PATCH /notes/1', 'CHECKIN /notes/1', 'POST /login'])(
    'sends %s for a POST alone, since GET is safe',
    async (question) => {
      for (const method of ['GET', 'HEAD']) {
        const refusal = await askBy(method, question)
        expect([method, refusal.status]).toEqual([method, 405])
        expect(field(refusal, 'Allow')).toBe('POST, OPTIONS')
      }
      // As a form does it, without content.
      const answer = await send(host.port, {
        method: 'POST',
        target: `/explorer/head?of=${encodeURIComponent(question)}`,
        fields: { ...html, 'Content-Type': 'application/x-www-form-urlencoded' },
        content: '',
      })
      expect([answer.status, field(answer, 'Cache-Control')]).toEqual([200, 'no-store'])
      expect(answer.content).toMatch(/^HTTP\/1\.1 \d/)
    },
  )

  it('sends for a POST what it sends for a GET, too', async () => {
    const answer = await askBy('POST', 'GET /respond/404')
    expect([answer.status, answer.content.split('\r\n')[0]]).toEqual([
      200,
      'HTTP/1.1 404 Not Found',
    ])
  })

  it.each([
    '',
    'GET /notes',
    'GET /explorer/head',
    'GET http://example.org/',
    'GET /respond/404 HTTP/1.1\r\nX-Injected: 1',
    'get /respond/404',
    'constructor',
  ])('sends nothing for %j', async (question) => {
    expect((await head(question)).status).toBe(404)
  })

  it('asks nobody but itself, whatever host the client names', async () => {
    let connections = 0
    const other = createServer(() => (connections += 1)).listen(0, '127.0.0.1')
    const port = await serve(other)
    const named = await get('/explorer/head?of=GET+/respond/404', { Host: `127.0.0.1:${port}` })
    expect(named.content).toContain('HTTP/1.1 404 Not Found\r\n')
    expect(connections).toBe(0)
  })

  it.skipIf(tls === undefined)('shows them over TLS as well', async () => {
    const port = await serve(await examples[framework]({ port: 0, host: '127.0.0.1', tls }))
    const target = '/explorer/head?of=POST+/login'
    const answer = await send(port, { method: 'POST', target }, { tls: true })
    expect(answer.content).toMatch(/^set-cookie: session=.*; Secure;/im)
    expect(answer.content).toMatch(/^strict-transport-security: /im)
    if (framework === 'express') return
    const session = await openSession(port, 'https')
    const told = await ask(session, { method: 'POST', path: target })
    expect(undated(told.content)).toBe(undated(answer.content))
  })
})
