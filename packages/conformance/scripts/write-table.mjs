// Writes the table of results in README.md: bare frameworks, and the same apps with the middleware.
//
//   node scripts/write-table.mjs           write it (after `tsc --build`)
//   node scripts/write-table.mjs --check   exit 1 with a sentence if the results are others now
//
// `--date 2026-11-23` records another date; without it, the one that stands there is kept, and so is the
// version of Node while the results are the same.

import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const start = '<!-- results: written by scripts/write-table.mjs -->\n'
const end = '<!-- end of results -->\n'
const names = { express: 'Express', koa: 'Koa', fastify: 'Fastify' }

/** The version of a package, as the tests have it. */
async function versionOf(name) {
  const require = createRequire(new URL('../../../test/package.json', import.meta.url))
  const [folder] = require.resolve.paths(name).map((path) => `${path}/${name}/package.json`)
  return JSON.parse(await readFile(folder, 'utf8')).version
}

/** A table in Markdown. */
function markdown(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n')
}

/** What the checker finds in one app. */
async function rowOf(framework, isWith) {
  const { check } = await import(new URL('../dist/index.js', import.meta.url).href)
  const { comparedPaths, startCompared } = await import(
    new URL('../../../test/dist/src/compared.js', import.meta.url).href
  )
  const host = await startCompared(framework, isWith)
  const report = await check(`http://127.0.0.1:${host.port}/`, {
    paths: comparedPaths,
    links: false,
  })
  await host.stop()
  const failed = (level) =>
    report.results.filter((result) => result.outcome === 'failed' && result.level === level).length
  const { held, notApplicable } = report.counts
  const numbers = [held, failed('must'), failed('should'), failed('practice'), notApplicable]
  return [`${names[framework]}${isWith ? ' with http-semantics' : ''}`, ...numbers.map(String)]
}

// As in production: in development, Express shows the stack of an error, and logs it.
process.env.NODE_ENV = 'production'
console.error = () => undefined

async function main() {
  const { values } = parseArgs({
    options: { date: { type: 'string' }, check: { type: 'boolean', default: false } },
  })
  // Elsewhere connections end in other ways, and a rule or two may not come up.
  if (values.check && process.platform !== 'linux') return
  const file = new URL('../README.md', import.meta.url)
  const text = await readFile(file, 'utf8')
  const [before, rest] = text.split(start)
  const [old, after] = rest?.split(end) ?? []
  if (after === undefined) throw new Error(`${fileURLToPath(file)} lacks the marks of the table`)
  const date = values.date ?? /\d{4}-\d\d-\d\d/.exec(old)?.[0]
  if (date === undefined) throw new Error('No date is recorded yet: give --date YYYY-MM-DD')
  const rows = [
    ['server', 'held', 'failed MUST', 'failed SHOULD', 'failed good practice', 'not applicable'],
  ]
  const versions = []
  for (const framework of Object.keys(names)) {
    // oxlint-disable no-await-in-loop -- one server at a time
    versions.push(`${names[framework]} ${await versionOf(framework)}`)
    for (const isWith of [false, true]) rows.push(await rowOf(framework, isWith))
    // oxlint-enable no-await-in-loop
  }
  const results = `${versions.join(', ')}.\n\n${markdown(rows)}`
  if (values.date === undefined && old.includes(results)) return
  if (values.check) {
    console.log(
      `${fileURLToPath(file)} has other results than now: run \`npx pnpm@12.21.0 run generate\`.`,
    )
    process.exitCode = 1
    return
  }
  const caption = `Checked on ${date}, over HTTP/1.1, Node ${process.versions.node}: `
  await writeFile(file, `${before}${start}\n${caption}${results}\n\n${end}${after}`)
}

await main()
process.exit()
