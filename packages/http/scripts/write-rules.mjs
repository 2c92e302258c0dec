// Writes the table of rules in README.md from the rules in src/.
//
//   node scripts/write-rules.mjs           write it (after `tsc --build`)
//   node scripts/write-rules.mjs --check   exit 1 with a sentence if it is not what it would write

import { readFile, writeFile } from 'node:fs/promises'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const start = '<!-- rules: written by scripts/write-rules.mjs -->\n'
const end = '<!-- end of rules -->\n'

/** What becomes of an answer that breaks a rule. */
const outcome = ({ repair }) => {
  if (repair === 'refuse') return '500 instead'
  return repair === 'tell' ? 'told' : 'mended'
}

/** The rules as a table in Markdown. */
export function rulesTable(rules) {
  const rows = [
    ['id', 'rule', 'where', 'level', 'an answer that breaks it is'],
    ...rules.map((rule) => [
      `\`${rule.id}\``,
      rule.sentence,
      rule.reference,
      rule.level,
      outcome(rule),
    ]),
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n')
}

async function main() {
  const { rules } = await import(new URL('../dist/rules.js', import.meta.url).href)
  const file = new URL('../README.md', import.meta.url)
  const text = await readFile(file, 'utf8')
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`${fileURLToPath(file)} lacks the marks of the table`)
  const wanted = `${before}${start}\n${rulesTable(rules)}\n\n${end}${after}`
  if (wanted === text) return
  if (process.argv.includes('--check')) {
    console.error(`${fileURLToPath(file)} differs from the rules: run \`npm run generate\`.`)
    process.exitCode = 1
  } else {
    await writeFile(file, wanted)
  }
}

await main()
