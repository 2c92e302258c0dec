// Writes the tables of the presets in README.md from what the presets send.
//
//   node scripts/write-presets.mjs           write them (after `tsc --build`)
//   node scripts/write-presets.mjs --check   exit 1 with a sentence if they are not what it would write

import { readFile, writeFile } from 'node:fs/promises'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const start = '<!-- presets: written by scripts/write-presets.mjs -->\n'
const end = '<!-- end of presets -->\n'

const presets = ['default', 'compatible', 'strict', 'api', 'helmet']

const code = (text) => (text === undefined || text === '' ? '' : `\`${text}\``)

/** Rows of cells as a table in Markdown. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)))
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n')
}

/** What presets say, by preset, as a table with a row for each key: in the order in which they first come up. */
function compare(title, maps, cell) {
  const keys = [...new Set(presets.flatMap((preset) => [...maps[preset].keys()]))]
  return table([
    [title, ...presets.map(code)],
    ...keys.map((key) => [code(key), ...presets.map((preset) => cell(maps[preset].get(key), key))]),
  ])
}

/** The members of a value, split at a separator, by their names. */
const membersOf = (value, separator, between) =>
  new Map(
    (value ?? '').split(separator).flatMap((member) => {
      const [name, ...rest] = member.split(between)
      return name === '' ? [] : [[name, rest.join(between)]]
    }),
  )

function presetTables({ createSecurityPolicy }) {
  const fields = {}
  const directives = {}
  const features = {}
  for (const preset of presets) {
    const policy = createSecurityPolicy({ preset })
    fields[preset] = new Map(policy.fields(true))
    directives[preset] = membersOf(fields[preset].get('Content-Security-Policy'), ';', ' ')
    features[preset] = membersOf(fields[preset].get('Permissions-Policy'), ', ', '=')
    if (policy.cacheControl !== undefined) fields[preset].set('Cache-Control', policy.cacheControl)
  }
  const below = new Set(['Content-Security-Policy', 'Permissions-Policy'])
  return [
    compare('field', fields, (value, name) =>
      value !== undefined && below.has(name) ? 'below' : code(value),
    ),
    'The directives of `Content-Security-Policy`:',
    compare('directive', directives, (value) => (value === '' ? 'yes' : code(value))),
    'Who may use a feature, by `Permissions-Policy`; `()` is nobody, and where there is nothing, the browser decides:',
    compare('feature', features, code),
  ].join('\n\n')
}

async function main() {
  const module = await import(new URL('../dist/index.js', import.meta.url).href)
  const file = new URL('../README.md', import.meta.url)
  const text = await readFile(file, 'utf8')
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`${fileURLToPath(file)} lacks the marks of the tables`)
  const wanted = `${before}${start}\n${presetTables(module)}\n\n${end}${after}`
  if (wanted === text) return
  if (process.argv.includes('--check')) {
    console.error(`${fileURLToPath(file)} differs from the presets: run \`npm run generate\`.`)
    process.exitCode = 1
  } else {
    await writeFile(file, wanted)
  }
}

await main()
