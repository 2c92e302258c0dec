// What the scripts that write Markdown files, or parts of them, share.

import { readFile, writeFile } from 'node:fs/promises'
import process from 'node:process'

/** The folder of the repository. */
export const root = new URL('../../', import.meta.url)

/**
 * Writes a file, given how its text changes; with `--check`, says that it would change. A file that is
 * not there has no text.
 */
export async function visit(file, change) {
  const url = new URL(file, root)
  const text = await readFile(url, 'utf8').catch(() => '')
  const wanted = await change(text)
  if (wanted === text) return
  if (process.argv.includes('--check')) {
    console.error(`${file} is out of date: run \`npx pnpm@12.21.0 run generate\`.`)
    process.exitCode = 1
  } else {
    await writeFile(url, wanted)
  }
}

/** A table in Markdown; the first row is its head. */
export function table(rows) {
  const width = (cell) => [...cell].reduce((sum, char) => sum + (isWide(char) ? 2 : 1), 0)
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))))
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell + ' '.repeat(widths[column] - width(cell))).join(' | ')} |`
  const rule = `| ${widths.map((columns) => '-'.repeat(columns)).join(' | ')} |`
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n')
}

/** Whether a character takes two columns, as those of Chinese do. */
const isWide = (char) =>
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
    char,
  )

/** A code block. */
export const fence = (info, code) => `\`\`\`${info}\n${code.trimEnd()}\n\`\`\``

/** The marks around a part of a file that a script of this folder writes. */
const marks = (name, script) => [
  `<!-- ${name}: written by docs/scripts/${script} -->\n`,
  `<!-- end of ${name} -->\n`,
]

/** A text with new content between the marks of a part. */
export function withPart(text, file, script, name, content) {
  const [start, end] = marks(name, script)
  const [before, rest] = text.split(start)
  const [old, after] = rest?.split(end) ?? []
  if (old === undefined || after === undefined) throw new Error(`${file} lacks the marks: ${start}`)
  return `${before}${start}\n${content.trim()}\n\n${end}${after}`
}

/** What stands between two marks of a text, such as a table that another script has written. */
export function partOf(text, start, end) {
  const [, rest] = text.split(start)
  const [content, after] = rest?.split(end) ?? []
  if (after === undefined) throw new Error(`A text lacks ${start}`)
  return content.trim()
}
