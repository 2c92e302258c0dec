import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

/** A page of a browser, and what its console has said so far. */
export interface Tab {
  readonly page: Page
  readonly console: readonly string[]
}

/**
 * Starts a browser without a window before the tests of the suite, and closes it after them.
 *
 * @param executablePath - The browser that `inject('peers')` names.
 * @param args - What its command line says besides.
 * @returns Opens a page in a context of its own, which closes with the test.
 */
export function useBrowser(
  executablePath: string,
  args: string[] = [],
): (options?: BrowserContextOptions) => Promise<Tab> {
  let browser: Browser | undefined

  beforeAll(async () => {
    // All pages are ours, and a sandbox is not to be had everywhere: not by root, for one.
    browser = await chromium.launch({ executablePath, chromiumSandbox: false, args })
  }, 30_000)
  afterAll(() => browser?.close())

  return async (options) => {
    if (browser === undefined) throw new Error('The browser has not started')
    const context = await browser.newContext(options)
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const console: string[] = []
    page.on('console', (message) => console.push(message.text()))
    return { page, console }
  }
}
