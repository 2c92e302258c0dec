import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

/** What a bundler makes of a program that imports this package, minified. */
async function bundle(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    charset: 'utf8',
    conditions: ['@http-semantics/source'],
  })
  return outputFiles.map(({ text }) => text).join('')
}

describe('a bundle', () => {
  it.each([
    ['one code', 100, "export { NotFound } from '@http-semantics/status/codes'"],
    [
      'one code of them all',
      100,
      "import * as codes from '@http-semantics/status/codes'; console.log(codes.NotFound)",
    ],
    ['Status', 2000, "export { Status } from '@http-semantics/status'"],
    ['a guard', 500, "export { isError } from '@http-semantics/status'"],
    ['the catalogue', 8000, "export { statuses, statusInfo } from '@http-semantics/status'"],
    ['everything but the texts', 10_000, "export * from '@http-semantics/status'"],
  ])('with %s stays under %i bytes', async (_, limit, program) => {
    const size = Buffer.byteLength(await bundle(program))
    expect(size).toBeLessThan(limit)
    expect(size).toBeGreaterThan(10)
  })

  it('holds no text that was not asked for', async () => {
    expect(await bundle("export * from '@http-semantics/status'")).not.toContain('伺服器')
    expect(await bundle("export * from '@http-semantics/status/en'")).not.toContain('伺服器')
    expect(await bundle("export * from '@http-semantics/status/zh-TW'")).toContain('伺服器')
  })
})
