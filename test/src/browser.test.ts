import { createServer } from 'node:http'
import * as express from '@http-semantics/express'
import * as fastify from '@http-semantics/fastify'
import type { SecurityHeadersOptions } from '@http-semantics/http'
import * as koa from '@http-semantics/koa'
import { nonce } from '@http-semantics/security-headers'
import { Router } from '@koa/router'
import Express from 'express'
import Fastify from 'fastify'
import Koa from 'koa'
import type { Frame, Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'
import { address, serve } from './apps.ts'
import { useBrowser } from './browser.ts'
import { frameworks, type Framework } from './hosts.ts'
import { examples } from './examples.ts'

/** What is answered to a GET. */
interface Content {
  readonly type: string
  /** What there is to send, for the nonce of the answer, which is `''` where there is none. */
  readonly text: (nonce: string) => string
}

type Contents = Readonly<Record<`/${string}`, Content>>

const html = (text: Content['text']): Content => ({
  type: 'text/html; charset=utf-8',
  text: (nonce) => `<!doctype html><title></title>${text(nonce)}`,
})

const hello = html(() => '<p>hello')

/** Starts an app that has the contents by path, and says what it listens on. */
const starters: Readonly<
  Record<Framework, (contents: Contents, options?: SecurityHeadersOptions) => Promise<number>>
> = {
  express(contents, securityHeaders = {}) {
    const app = Express()
    const semantics = express.httpSemantics({ securityHeaders })
    app.use(semantics)
    for (const [path, { type, text }] of Object.entries(contents)) {
      app.get(path, (_request, response) => {
        response.type(type).send(text(String(response.locals['cspNonce'] ?? '')))
      })
    }
    return serve(semantics.attach(app.listen(address.port, address.host)))
  },

  koa(contents, securityHeaders = {}) {
    const app = new Koa()
    const semantics = koa.httpSemantics({ securityHeaders })
    const router = new Router()
    for (const [path, { type, text }] of Object.entries(contents)) {
      router.get(path, (ctx) => {
        ctx.type = type
        ctx.body = text(String(ctx.state['cspNonce'] ?? ''))
      })
    }
    app.use(semantics).use(router.routes())
    return serve(semantics.attach(app.listen(address.port, address.host)))
  },

  async fastify(contents, securityHeaders = {}) {
    const app = Fastify({ forceCloseConnections: true })
    await app.register(fastify.httpSemantics, { securityHeaders })
    for (const [path, { type, text }] of Object.entries(contents)) {
      app.get(path, (_request, reply) => reply.type(type).send(text(reply.cspNonce ?? '')))
    }
    await app.listen(address)
    return serve(app.server)
  },
}

/** Pages without any policy, on a port and so an origin of their own. */
const startOther = (): Promise<number> =>
  serve(
    createServer((_request, response) => {
      response.setHeader('Content-Type', hello.type)
      response.end(hello.text(''))
    }).listen(address),
  )

const at = (port: number, path = '/'): string => `http://${address.host}:${port}${path}`

/** Puts a frame on a page and waits until it has come to what is shown in it. */
async function frameOn(page: Page, url: string): Promise<Frame> {
  const navigated = page.waitForEvent('framenavigated', (frame) => frame !== page.mainFrame())
  await page.evaluate(`new Promise((resolve) => {
    const frame = document.createElement('iframe')
    frame.onload = resolve
    frame.src = ${JSON.stringify(url)}
    document.body.append(frame)
  })`)
  return navigated
}

/** How long the console may take to say why. */
const wait = { timeout: 5000 }

/** Where a browser is that was not let in. */
const nowhere = 'chrome-error://chromewebdata/'

const { chromium } = inject('peers')

describe.skipIf(chromium === undefined)('in Chromium', { timeout: 15_000 }, () => {
  const open = useBrowser(chromium ?? '')

  describe.each(frameworks)('%s', (framework) => {
    const start = starters[framework]
    const startExample = async (): Promise<number> =>
      serve(await examples[framework]({ port: 0, host: address.host }))

    it('shows the page of the example in a frame of its own origin', async () => {
      const port = await startExample()
      const { page } = await open()
      await page.goto(at(port, '/status/404'))
      const frame = await frameOn(page, at(port))
      expect(frame.url()).toBe(at(port))
      expect(await frame.title()).toBe('HTTP statuses, methods and fields')
    })

    it('shows the page of the example in no frame of another origin', async () => {
      const [port, other] = [await startExample(), await startOther()]
      const { page, console } = await open()
      await page.goto(at(other))
      const frame = await frameOn(page, at(port))
      expect(frame.url()).toBe(nowhere)
      await expect.poll(() => console.join(), wait).toMatch(/frame-ancestors 'self'/)
    })

    it("refuses a page in a frame of another origin by X-Frame-Options, without the policy's help", async () => {
      const port = await start({ '/': hello }, { contentSecurityPolicy: false })
      const other = await startOther()
      const { page, console } = await open()
      await page.goto(at(other))
      const frame = await frameOn(page, at(port))
      expect(frame.url()).toBe(nowhere)
      await expect.poll(() => console.join(), wait).toMatch(/'X-Frame-Options' to 'sameorigin'/i)
    })

    it('shows a page in a frame of another origin, where nothing is said of frames', async () => {
      const anywhere = {
        frameOptions: false,
        contentSecurityPolicy: { frameAncestors: false },
      } as const
      const port = await start({ '/': hello }, anywhere)
      const other = await startOther()
      const { page } = await open()
      await page.goto(at(other))
      const frame = await frameOn(page, at(port))
      expect(frame.url()).toBe(at(port))
      expect(await frame.textContent('p')).toBe('hello')
    })

    describe('inline scripts', () => {
      /** The title is what ran. */
      const script = (name: string, nonce?: string): string =>
        `<script${nonce === undefined ? '' : ` nonce="${nonce}"`}>document.title += ' ${name}'</script>`

      it.each<[string, string, SecurityHeadersOptions]>([
        ['none', '', {}],
        // The control.
        [
          'all',
          'first second',
          { contentSecurityPolicy: { scriptSrc: ["'unsafe-inline'"] }, allowUnsafe: true },
        ],
      ])('are run, %s', async (_which, ran, options) => {
        const port = await start({ '/': html(() => script('first') + script('second')) }, options)
        const { page } = await open()
        await page.goto(at(port))
        expect(await page.title()).toBe(ran)
      })

      it('are run with the nonce of the answer, not without one or with an old one', async () => {
        let first: string | undefined
        const scripts = html(
          (nonce) => script('none') + script('old', (first ??= nonce)) + script('new', nonce),
        )
        const contentSecurityPolicy = { scriptSrc: ["'self'", nonce] } as const
        const port = await start({ '/': scripts }, { contentSecurityPolicy })
        const { page } = await open()
        const nonces: unknown[] = []
        for (const ran of ['old new', 'new', 'new']) {
          await page.goto(at(port))
          expect(await page.title()).toBe(ran)
          nonces.push(await page.evaluate('document.scripts[2].nonce'))
        }
        expect(new Set(nonces).size).toBe(3)
        expect(nonces[0]).toBe(first)
      })
    })

    it.each<[string, string, SecurityHeadersOptions]>([
      ['does not run', '', {}],
      ['runs, where X-Content-Type-Options is off,', 'ran', { contentTypeOptions: false }],
    ])('%s a script that calls itself text', async (_does, ran, options) => {
      const contents: Contents = {
        '/': html(() => '<script src="/text"></script>'),
        '/text': { type: 'text/plain; charset=utf-8', text: () => "document.title = 'ran'" },
      }
      const port = await start(contents, options)
      const { page } = await open()
      // Refused or not, it was asked for and answered.
      const answered = page.waitForResponse(at(port, '/text'))
      await page.goto(at(port))
      expect((await answered).status()).toBe(200)
      expect(await page.title()).toBe(ran)
    })

    it.each<[string, SecurityHeadersOptions]>([
      ['denied', {}],
      ['found', { permissionsPolicy: { geolocation: ['self'] } }],
    ])('has the place of a willing client %s under %j', async (outcome, options) => {
      const port = await start({ '/': hello }, options)
      const { page } = await open({
        geolocation: { latitude: 25.03, longitude: 121.56 },
        permissions: ['geolocation'],
      })
      await page.goto(at(port))
      const got = await page.evaluate(`new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('found'),
          ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : code),
        ))`)
      expect(got).toBe(outcome)
    })
  })
})
