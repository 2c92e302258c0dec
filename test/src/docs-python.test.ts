import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, inject, it } from 'vitest'

/*
 * Runs the Python of docs/: what is said of Flask has to be true of it. A line `expression  # => value`
 * is an assertion.
 */

const { flask } = inject('peers')
const page = readFileSync(new URL('../../docs/from-flask.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/^```python\n([^]*?)^```/gm)].map(([, code = '']) => code)

const withAssertions = (code: string): string =>
  code.replaceAll(
    /^(.+?) {2}# => (.+)$/gm,
    '__actual = $1; assert __actual == ($2), repr(__actual)',
  )

it('finds the Python of the page', () => {
  expect(blocks.length).toBeGreaterThan(2)
  expect(withAssertions('f(1)  # => 2')).toContain('assert __actual == (2)')
})

it.skipIf(flask === undefined).each(blocks)('runs with Flask: %#', (code) => {
  const { status, stderr } = spawnSync(flask ?? '', ['-'], {
    input: withAssertions(code),
    encoding: 'utf8',
  })
  // What Flask logs of an error that the page asks for is no news.
  expect(status === 0 ? '' : stderr).toBe('')
})
