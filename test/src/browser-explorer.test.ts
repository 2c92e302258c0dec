import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createSecurityPolicy } from '@http-semantics/security-headers'
import type { AxeResults } from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'
import { address, serve } from './apps.ts'
import { useBrowser } from './browser.ts'
import { frameworks, type Framework } from './hosts.ts'
import { examples } from './examples.ts'

const desk = { viewport: { width: 1280, height: 900 } }
const phone = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, isMobile: true }
/** A window of 1280 by 900 at 200 %. */
const zoomed = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }
const dark = { colorScheme: 'dark' } as const

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What is wrong with a page for who does not see it as others do. */
async function violationsOf(page: Page): Promise<unknown[]> {
  await page.evaluate(axe)
  const results: AxeResults = await page.evaluate("axe.run({ resultTypes: ['violations'] })")
  return results.violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)])
}

/** How much wider the page is than its window; a phone makes `innerWidth` as wide as the page. */
async function excessOf(page: Page): Promise<number> {
  const width: number = await page.evaluate('document.documentElement.scrollWidth')
  return width - (page.viewportSize()?.width ?? 0)
}

/** Whether a line of the console tells what the policy refused. */
const isAboutPolicy = (line: string): boolean => /Content.Security.Policy/i.test(line)

/** How far an element is from the top of the window. */
const topOf = (element: { getBoundingClientRect: () => { readonly y: number } }): number =>
  element.getBoundingClientRect().y

/** Waits until all that the script asks at the start is answered. */
const ready = (page: Page): Promise<unknown> => page.waitForSelector('html[data-state=ready]')

const { chromium, certificate } = inject('peers')
const tls =
  certificate === undefined
    ? undefined
    : { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) }

describe.skipIf(chromium === undefined)('the explorer in Chromium', { timeout: 60_000 }, () => {
  const openTab = useBrowser(chromium ?? '')

  const start = async (framework: Framework): Promise<string> => {
    const port = await serve(await examples[framework]({ port: 0, host: address.host }))
    return `http://${address.host}:${port}`
  }

  /** Opens the page of one of the servers; `broken` tells what its scripts or its policy refused so far. */
  async function open(
    options: BrowserContextOptions,
    path = '/',
    framework: Framework = 'express',
  ): Promise<{ readonly page: Page; readonly broken: () => readonly string[] }> {
    const [origin, { page, console }] = await Promise.all([start(framework), openTab(options)])
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    await page.goto(origin + path)
    if (options.javaScriptEnabled !== false) await ready(page)
    return { page, broken: () => [...errors, ...console.filter(isAboutPolicy)] }
  }

  // Every two of a language, a size and a scheme of colours meet once.
  const editions = [
    ['en', '1280 px, light', desk],
    ['en', '360 px, dark', { ...phone, ...dark }],
    ['zh-TW', '1280 px, dark', { ...desk, ...dark }],
    ['zh-TW', '360 px, light', phone],
  ] as const

  it.each(editions)('has nothing that axe finds, in %s at %s', async (language, _at, options) => {
    const { page, broken } = await open(options, `/?lang=${language}`)
    for (const id of ['status-206', 'nginx-499', 'iis-404.13', 'method-PATCH']) {
      const entry = page.locator(`[id="${id}"]`)
      await entry.locator('summary').click()
      await entry.getByRole('button').click()
      await entry.locator('figure pre').waitFor()
    }
    expect(await violationsOf(page)).toEqual([])
    expect(await excessOf(page)).toBe(0)
    expect(broken()).toEqual([])
  })

  it('has nothing that axe finds with all entries open', async () => {
    const { page } = await open(desk)
    await page.evaluate(
      "for (const entry of document.querySelectorAll('details')) entry.open = true",
    )
    expect(await violationsOf(page)).toEqual([])
  })

  it.each(['/status/404', '/status/404.13?', '/?q=nothing+like+it'])(
    'has nothing that axe finds on %s',
    async (path) => {
      const { page } = await openTab({ ...phone, ...dark })
      await page.goto((await start('express')) + path)
      expect(await violationsOf(page)).toEqual([])
      expect(await excessOf(page)).toBe(0)
    },
  )

  it.each(['en', 'zh-TW'])(
    'needs no sideways scrolling at twice the size, in %s',
    async (language) => {
      const { page } = await open(zoomed, `/?lang=${language}`)
      await page.evaluate(
        "for (const entry of document.querySelectorAll('details')) entry.open = true",
      )
      expect(await excessOf(page)).toBe(0)
      // Larger letters alone.
      await page.setViewportSize(desk.viewport)
      await page.evaluate("document.documentElement.style.fontSize = '200%'")
      expect(await excessOf(page)).toBe(0)
    },
  )

  describe.each(frameworks)('on %s', (framework) => {
    it('finds, opens, sends and tells by keyboard alone', async () => {
      const { page, broken } = await open(desk, '/?lang=en', framework)
      const { keyboard } = page
      const focused = (): Promise<string> =>
        page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()')
      await keyboard.press('Tab')
      expect(await focused()).toBe('Skip to the content')
      expect(await page.locator('.skip').boundingBox()).toMatchObject({ y: 16 })
      await keyboard.press('Enter')
      await keyboard.press('Tab')
      expect(await focused()).toBe('q')
      await keyboard.type('429 too')
      expect(await page.getByRole('status').first().textContent()).toBe('1 of 252 entries match.')
      // The button, the link that shows all, and the one entry left.
      for (const stop of ['Search', 'clear']) {
        await keyboard.press('Tab')
        expect(await focused()).toBe(stop)
      }
      await keyboard.press('Tab')
      await keyboard.press('Enter')
      expect(await page.locator('#status-429').getAttribute('open')).not.toBeNull()
      while ((await focused()) !== 'Send 429') await keyboard.press('Tab')
      await keyboard.press('Enter')
      const answer = page.locator('#status-429 figure')
      await answer.locator('pre').waitFor()
      expect(await answer.locator('pre').textContent()).toMatch(
        /^HTTP\/1\.1 429 Too Many Requests\r?\n[^]*Retry-After: 120/i,
      )
      expect(await page.locator('#said').textContent()).toMatch(
        /^HTTP\/1\.1 429 Too Many Requests: \d+ lines came\.$/,
      )
      // Nobody is thrown elsewhere.
      expect(await focused()).toBe('Send 429')
      expect(broken()).toEqual([])
    })

    it('shows what the app answers: its methods, its fields, its cookie', async () => {
      const { page } = await open(desk, '/', framework)
      const table: string[][] = await page.evaluate(
        "[...document.querySelectorAll('#matrix tr')].map((row) => [...row.cells].map((cell) => (cell.querySelector('.unseen') ?? cell).textContent))",
      )
      const [head = [], ...rows] = table
      const methodsOf = (pattern: string): string[] => {
        const row = rows.find(([name]) => name === pattern) ?? []
        return head.filter((_name, column) => row[column] === 'yes')
      }
      expect(methodsOf('/notes/:id')).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'])
      expect(methodsOf('/search')).toEqual(['OPTIONS', 'QUERY'])
      expect(methodsOf('/login')).toEqual(['POST', 'OPTIONS'])
      await page.getByRole('button', { name: 'OPTIONS /notes/1' }).click()
      const answer = page.locator('#matrix figure pre')
      await answer.waitFor()
      expect(await answer.textContent()).toMatch(/Allow: GET, HEAD, PUT, PATCH, DELETE, OPTIONS/i)

      const said = (name: string): Promise<string> =>
        page.evaluate(
          `[...document.querySelectorAll('#fields dt, #set-cookie dt')].filter((term) => term.textContent === ${JSON.stringify(name)}).at(-1).parentElement.querySelector('.now').textContent`,
        )
      expect(await said('X-Frame-Options')).toBe('Here: SAMEORIGIN')
      expect(await said('object-src')).toBe("Here: object-src 'none'")
      // Over http, these two are not.
      expect(await said('Strict-Transport-Security')).toBe('Here: not sent')
      expect(await said('Secure')).toBe('Here: not sent')
      expect(await said('SameSite')).toBe('Here: SameSite=Lax')
      // The browser itself has not logged in.
      expect(await page.context().cookies()).toEqual([])
    })
  })

  it.each([
    ['en', ['404', 'teapot', '  NGINX closed ', '５０３', 'webdav depth', 'status.notfound', '<']],
    ['zh-TW', ['404', '找不到', '快取 範圍', 'nginx', '等冪', 'Not Found', '逾時']],
  ])('finds with scripts what the server finds, in %s', async (language, queries) => {
    const { page } = await open(desk, `/?lang=${language}`)
    // What a document shows: entries, sections, and how many it says there are.
    const shown = `(document) => [
      [...document.querySelectorAll('details:not([hidden])')].map(({ id }) => id),
      [...document.querySelectorAll('section:not([hidden])')].map(({ id }) => id),
      document.querySelector('#found').textContent,
    ]`
    for (const query of queries) {
      await page.fill('#q', query)
      const found = await page.evaluate(`(${shown})(document)`)
      const search = new URLSearchParams({ lang: language, q: query })
      const expected = await page.evaluate(`fetch('/?${String(search)}')
        .then((response) => response.text())
        .then((text) => (${shown})(new DOMParser().parseFromString(text, 'text/html')))`)
      expect([query, found]).toEqual([query, expected])
    }
    await page.click('#clear')
    expect(await page.locator('details:visible').count()).toBe(252)
  })

  it('opens the entry that an address names, also one that the search hides', async () => {
    const { page } = await open(desk, '/?lang=en&q=404.13#status-103')
    expect(await page.locator('#status-103').getAttribute('open')).not.toBeNull()
    await page.fill('#q', '404.13')
    // Open since the server found it alone.
    await page.getByRole('link', { name: '413 Content Too Large' }).click()
    await page.locator('#status-413[open]').waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toContain('413')
  })

  it('shows the part that a link names, also where the search hides it', async () => {
    const { page, broken } = await open(desk, '/?lang=en&q=404.11')
    await page.fill('#q', 'teapot')
    await page.getByRole('link', { name: '2xx Successful' }).click()
    await page.locator('#successful').waitFor()
    expect(await page.locator('#successful').evaluate(topOf)).toBeLessThan(200)
    expect(await page.locator('details:visible').count()).toBe(252)
    expect(await page.inputValue('#q')).toBe('')
    expect(page.url()).toMatch(/\/\?lang=en#successful$/)
    // A part that is shown is no reason to drop a search.
    await page.fill('#q', 'teapot')
    await page.getByRole('link', { name: '4xx Client error' }).click()
    expect(await page.locator('details:visible').count()).toBe(1)
    expect(broken()).toEqual([])
  })

  it('takes an address with a malformed fragment', async () => {
    const { page, broken } = await open(desk, '/?lang=en#%E0%A4%A')
    await page.fill('#q', '404.13')
    expect(await page.locator('details:visible').count()).toBe(1)
    await page.locator('#iis-404\\.13 summary').click()
    await page.getByRole('button', { name: 'Send 413' }).click()
    await page.locator('figure pre').waitFor()
    expect(broken()).toEqual([])
  })

  it('has the focus on the entry that an address names once the page is loaded', async () => {
    const { page } = await open(desk, '/?lang=en#status-404')
    expect(await page.evaluate('document.readyState')).toBe('complete')
    await page.waitForFunction("document.activeElement.matches('#status-404[open] > summary')")
    await page.waitForTimeout(200)
    expect(await page.evaluate('document.activeElement.textContent')).toContain('404 Not Found')
  })

  it('has the language link keep what was typed', async () => {
    const { page } = await open(desk, '/?lang=en&q=teapot')
    const link = page.getByRole('link', { name: '繁體中文' })
    await page.fill('#q', '找不到 & 404')
    const typed = new URL((await link.getAttribute('href')) ?? '', page.url())
    expect([...typed.searchParams]).toEqual([
      ['lang', 'zh-TW'],
      ['q', '找不到 & 404'],
    ])
    await link.click()
    await page.waitForURL(/lang=zh-TW/)
    expect(await page.inputValue('#q')).toBe('找不到 & 404')
    await ready(page)
    await page.click('#clear')
    const cleared = await page.getByRole('link', { name: 'English' }).getAttribute('href')
    expect(cleared).toMatch(/\/\?lang=en$/)
  })

  it('sends by POST what is not safe', async () => {
    const { page } = await open(desk, '/?lang=en#method-DELETE')
    const entry = page.locator('#method-DELETE')
    const [request] = await Promise.all([
      page.waitForRequest(/explorer\/head/),
      entry.getByRole('button').click(),
    ])
    expect(request.method()).toBe('POST')
    await entry.locator('figure pre').waitFor()
    expect(await entry.locator('pre').last().textContent()).toMatch(/^HTTP\/1\.1 428 /)
  })

  it('keeps a search for who comes back', async () => {
    const { page } = await open(desk, '/?lang=en')
    await page.fill('#q', 'teapot')
    await page.press('#q', 'Enter')
    expect(new URL(page.url()).search).toBe('?lang=en&q=teapot')
    await page.reload()
    expect(await page.locator('details:not([hidden])').count()).toBe(1)
    expect(await page.inputValue('#q')).toBe('teapot')
  })

  it('says so where no answer comes', async () => {
    const { page } = await open(desk, '/?lang=en&q=status.gone')
    await page.route('**/explorer/head?*', (route) => route.abort())
    await page.getByRole('button', { name: 'Send 410' }).click()
    await page.locator('#status-410 figcaption').waitFor()
    expect(await page.locator('#said').textContent()).toMatch(/^No answer came: /)
  })

  it.skipIf(tls === undefined)('shows over HTTP/2 what is said there alone', async () => {
    const port = await serve(await examples.koa({ port: 0, host: address.host, tls }))
    const { page } = await openTab({ ...desk, ignoreHTTPSErrors: true })
    await page.goto(`https://${address.host}:${port}/?lang=en`)
    await ready(page)
    const protocol = await page.evaluate(
      "performance.getEntriesByType('navigation')[0].nextHopProtocol",
    )
    expect(protocol).toBe('h2')
    expect(await page.locator('[data-field=Strict-Transport-Security]').textContent()).toMatch(
      /^max-age=/,
    )
    expect(await page.locator('[data-attribute=Secure]').textContent()).toBe('Secure')
  })

  describe('without scripts', () => {
    const still = { ...desk, javaScriptEnabled: false }

    it('reads, searches, opens and sends', async () => {
      const { page } = await open(still, '/?lang=en')
      await page.fill('#q', '404.13')
      await page.press('#q', 'Enter')
      await page.waitForURL(/q=404\.13/)
      const entry = page.locator('details:not([hidden])')
      expect(await entry.count()).toBe(1)
      expect(await entry.textContent()).toContain('maxAllowedContentLength')
      await page.getByRole('link', { name: 'Show all' }).click()
      await page.waitForURL((url) => !url.searchParams.has('q'))
      const status = page.locator('#status-405')
      await status.locator('summary').click()
      const [duty] = await status.locator('li').allTextContents()
      expect(duty).toBe('MUST send Allow (RFC 9110, Section 15.5.6)')
      await status.getByRole('button', { name: 'Send 405' }).click()
      await page.waitForURL(/explorer\/head\?of=/)
      expect(await page.textContent('body')).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r?\n/)
    })

    it('follows links to what the search hides', async () => {
      const { page } = await open(still, '/?lang=en&q=404.11')
      await page.getByRole('link', { name: '400 Bad Request' }).click()
      await page.waitForURL(/\/\?lang=en#status-400$/)
      expect(await page.locator('#status-400').isVisible()).toBe(true)
      await page.goBack()
      await page.getByRole('link', { name: '2xx Successful' }).click()
      await page.waitForURL(/\/\?lang=en#successful$/)
      expect(await page.locator('#successful').isVisible()).toBe(true)
    })

    it('sends what is not safe, by POST', async () => {
      const { page } = await open(still, '/?lang=en#method-DELETE')
      const entry = page.locator('#method-DELETE')
      await entry.locator('summary').click()
      const [request] = await Promise.all([
        page.waitForRequest(/explorer\/head/),
        entry.getByRole('button').click(),
      ])
      expect([request.method(), request.postData()]).toEqual(['POST', null])
      await page.waitForURL(/explorer\/head\?of=DELETE/)
      expect(await page.textContent('body')).toMatch(/^HTTP\/1\.1 428 /)
    })

    it('changes the language, and keeps the search', async () => {
      const { page } = await open(still, '/?lang=en&q=404.13')
      await page.getByRole('link', { name: '繁體中文' }).click()
      await page.waitForURL(/lang=zh-TW/)
      expect(await page.getAttribute('html', 'lang')).toBe('zh-TW')
      expect(await page.inputValue('#q')).toBe('404.13')
      expect(await page.locator('details:not([hidden])').textContent()).toContain('內容超過')
    })

    it('shows nothing that only a script could fill', async () => {
      const { page } = await open(still)
      expect(await page.locator('.now:visible').count()).toBe(0)
      expect(await page.locator('#matrix td').count()).toBe(16)
    })
  })

  it('works under the strict policy, too', async () => {
    const policy = createSecurityPolicy({ preset: 'strict' })
    const fields = Object.fromEntries(policy.fields(false))
    const { page, console } = await openTab(desk)
    const origin = await start('express')
    await page.route(`${origin}/**`, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, headers: { ...response.headers(), ...fields } })
    })
    await page.goto(origin)
    await ready(page)
    await page.fill('#q', '404.13')
    await page.press('#q', 'Enter')
    await page.getByRole('button', { name: 'Send 413' }).click()
    await page.locator('figure pre').waitFor()
    expect(console.filter(isAboutPolicy)).toEqual([])
  })
})
