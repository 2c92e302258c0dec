import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SessionOptions } from '@http-semantics/http'
import { chromium as launcher, type Page } from 'playwright-core'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { address, serve, start, type App } from './apps.ts'
import { useBrowser } from './browser.ts'
import { frameworks, type Framework } from './hosts.ts'
import { examples } from './examples.ts'

/** Two sites, neither of which a browser trusts as it does localhost, where Secure means nothing. */
const args = ['--host-resolver-rules=MAP *.test 127.0.0.1']

const at = (scheme: 'http' | 'https', port: number, path = '/'): string =>
  `${scheme}://app.test:${port}${path}`

const routes: App['routes'] = [
  [
    'GET',
    '/login',
    (reply) => {
      reply.session()['user'] = 'ada'
      reply.send(200, 'ok')
    },
  ],
  ...(['GET', 'POST'] as const).map((method): App['routes'][number] => [
    method,
    '/me',
    (reply) => reply.send(200, reply.session()['user'] === undefined ? 'nobody' : 'ada'),
  ]),
  [
    'GET',
    '/prefixes',
    (reply) => {
      const raw = reply.raw()
      raw.setHeader('Cache-Control', 'private')
      raw.setHeader('Set-Cookie', [
        '__Host-wide=1; Secure; Path=/; Domain=app.test',
        '__Host-deep=1; Secure; Path=/prefixes',
        '__Host-open=1; Path=/',
        '__Host-good=1; Secure; Path=/',
      ])
      raw.end()
    },
  ],
]

/** Starts an app that leaves it to the browser what other sites may do. */
const startApp = (
  framework: Framework,
  session: Partial<SessionOptions>,
  tls: App['tls'],
): Promise<number> =>
  start(framework, {
    routes,
    rules: { crossOriginProtection: false },
    session: { secretKey: 'correct horse battery staple', ...session },
    tls,
  })

/** A page without anything, of another site. */
async function startOther(): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title></title>')
  })
  return `http://other.test:${await serve(server.listen(address))}/`
}

/** Goes somewhere, and tells what is written there. */
async function read(page: Page, url: string): Promise<string> {
  await page.goto(url)
  return page.innerText('body')
}

/** Logs in at an example, by a script as its users would. */
async function logIn(page: Page, origin: string, remember: boolean): Promise<void> {
  await page.goto(origin)
  const status = await page.evaluate(`fetch('/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"user":"ada","remember":${remember}}',
  }).then(({ status }) => status)`)
  expect(status).toBe(204)
}

const { chromium, certificate } = inject('peers')
const tls =
  certificate === undefined
    ? undefined
    : { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) }

describe.skipIf(chromium === undefined)('in Chromium', { timeout: 20_000 }, () => {
  const openTab = useBrowser(chromium ?? '', args)
  const open = async (): Promise<Page> => (await openTab({ ignoreHTTPSErrors: true })).page

  describe.each(frameworks)('the session of %s', (framework) => {
    const startExample = async (withTls: App['tls']): Promise<number> =>
      serve(await examples[framework]({ ...address, tls: withTls }))

    it('is hidden from scripts, as the example has it', async () => {
      const origin = at('http', await startExample(undefined))
      const page = await open()
      await logIn(page, origin, true)
      expect(await page.evaluate('document.cookie')).toBe('')
      expect(await read(page, `${origin}me`)).toBe('{"user":"ada"}')
    })

    it.each([
      [true, ''],
      [false, expect.stringMatching(/^session=ey/)],
    ])('with sessionCookieHttpOnly %s gives scripts %s', async (sessionCookieHttpOnly, shown) => {
      const port = await startApp(framework, { sessionCookieHttpOnly }, undefined)
      const page = await open()
      await page.goto(at('http', port, '/login'))
      expect(await page.evaluate('document.cookie')).toEqual(shown)
    })

    it.each([
      [true, 'sessions survive', 200],
      [false, 'sessions end with', 401],
    ])('remembered: %s, %s a restart of the browser', async (remember, _which, status) => {
      const origin = at('http', await startExample(undefined))
      const profile = mkdtempSync(join(tmpdir(), 'http-semantics-'))
      onTestFinished(() => rmSync(profile, { recursive: true, maxRetries: 5 }))
      const restart = async <Result>(use: (page: Page) => Promise<Result>): Promise<Result> => {
        const context = await launcher.launchPersistentContext(profile, {
          executablePath: chromium ?? '',
          chromiumSandbox: false,
          args,
        })
        try {
          return await use(await context.newPage())
        } finally {
          await context.close()
        }
      }
      const statusOf = async (page: Page): Promise<number | undefined> =>
        (await page.goto(`${origin}me`))?.status()
      const before = await restart(async (page) => {
        await logIn(page, origin, remember)
        return statusOf(page)
      })
      expect(before).toBe(200)
      expect(await restart(statusOf)).toBe(status)
    })

    describe.skipIf(tls === undefined)('over TLS', () => {
      it('is not sent over plain http, as the examples have it', async () => {
        const [secure, plain] = [await startExample(tls), await startExample(undefined)]
        const page = await open()
        await logIn(page, at('https', secure), true)
        expect(await read(page, at('https', secure, '/me'))).toBe('{"user":"ada"}')
        expect((await page.goto(at('http', plain, '/me')))?.status()).toBe(401)
      })

      it.each([
        ['auto', 'nobody'],
        [true, 'nobody'],
        [false, 'ada'],
      ] as const)(
        'with sessionCookieSecure %s, got by https, is over plain http that of %s',
        async (sessionCookieSecure, user) => {
          const options = { sessionCookieSecure }
          const secure = await startApp(framework, options, tls)
          const plain = await startApp(framework, options, undefined)
          const page = await open()
          await page.goto(at('https', secure, '/login'))
          expect(await read(page, at('https', secure, '/me'))).toBe('ada')
          expect(await read(page, at('http', plain, '/me'))).toBe(user)
        },
      )

      it.each([
        ['Lax', 'POST', 'nobody'],
        ['Lax', 'GET', 'ada'],
        ['Strict', 'GET', 'nobody'],
        ['None', 'POST', 'ada'],
      ] as const)(
        'with SameSite=%s is, for a %s that a page of another site sends, that of %s',
        async (sessionCookieSameSite, method, user) => {
          const port = await startApp(
            framework,
            { sessionCookieSameSite, sessionCookieSecure: true },
            tls,
          )
          const page = await open()
          await page.goto(at('https', port, '/login'))
          await page.goto(await startOther())
          const target = at('https', port, '/me')
          const arrived = page.waitForURL(({ pathname }) => pathname === '/me')
          await page.evaluate(`(() => {
            const form = document.createElement('form')
            // A type that Fastify parses, too.
            Object.assign(form, { method: '${method}', action: '${target}', enctype: 'text/plain' })
            document.body.append(form)
            form.submit()
          })()`)
          await arrived
          expect(await page.innerText('body')).toBe(user)
          // The browser has it still.
          expect(await read(page, target)).toBe('ada')
        },
      )

      it('may be bound to its host by __Host-', async () => {
        const sessionCookieName = '__Host-session'
        const port = await startApp(
          framework,
          { sessionCookieName, sessionCookieSecure: true },
          tls,
        )
        const page = await open()
        await page.goto(at('https', port, '/login'))
        expect(await read(page, at('https', port, '/me'))).toBe('ada')
        // The control: it does not take just any.
        await page.goto(at('https', port, '/prefixes'))
        const cookies = await page.context().cookies()
        expect(cookies.map(({ name }) => name).toSorted()).toEqual([
          '__Host-good',
          sessionCookieName,
        ])
      })
    })
  })
})
