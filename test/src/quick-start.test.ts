import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { frameworks, hostOf } from './hosts.ts'
import { field, send } from './wire.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** How a module of the quick start shows its server to us. */
const exported = {
  express: 'export { server }',
  koa: 'export { server }',
  fastify: 'export const { server } = app',
}

it.each(frameworks)('starts the quick start of %s in ten lines at most', async (framework) => {
  const code = read(`docs/quick-start/${framework}.js`)
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(10)

  // A copy that takes any port, beside the original: it finds the packages that docs/ depends on.
  mkdirSync(join(root, 'docs/dist'), { recursive: true })
  const folder = mkdtempSync(join(root, 'docs/dist/quick-start-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'app.js')
  writeFileSync(file, `${code.replace(/(?<=\W)500\d(?=\W)/, '0')}\n${exported[framework]}\n`)
  const { server } = (await import(pathToFileURL(file).href)) as { server: Server }
  const host = await hostOf(server)
  onTestFinished(() => host.stop())

  const answer = await send(host.port, { method: 'PATCH', target: '/notes' })
  expect(answer.status).toBe(501)
  expect(field(answer, 'X-Content-Type-Options')).toBe('nosniff')
})

it.each(['README.md', 'README.zh-TW.md'])('shows the quick starts in %s as they are', (file) => {
  for (const framework of frameworks) {
    expect(read(file)).toContain(
      `\`\`\`js no-run\n${read(`docs/quick-start/${framework}.js`)}\`\`\``,
    )
  }
})
