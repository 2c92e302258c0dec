// Writes src/codes.ts and src/status.ts from the table in src/registry.ts.
//
//   node scripts/write-codes.mjs           write them (after `tsc --build`)
//   node scripts/write-codes.mjs --check   exit 1 with a sentence if they are not what it would write
//
// The table is read from dist, since Node 20 cannot read TypeScript. It imports neither of the two
// files, so a broken one never keeps this script from mending it.

import { readFile, writeFile } from 'node:fs/promises'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const head =
  '// Written by scripts/write-codes.mjs from the table in registry.ts. Do not edit by hand.\n'

/** The one line people see when they hover a constant. */
function comment({ code, phrase, state, oldPhrases, reference, link }) {
  const note = state === 'permanent' ? '' : ` (${state})`
  const old = oldPhrases.length === 0 ? '' : `, formerly ${oldPhrases.join(', ')}`
  return `${code} ${phrase}${note}${old}: [${reference}](${link})`
}

/** The text of src/codes.ts: one constant per code, so that a bundle holds only those it uses. */
export function codesSource(statuses) {
  const constants = statuses.map(
    (status) => `/** ${comment(status)} */\nexport const ${status.name} = ${status.code}\n`,
  )
  return [head, ...constants].join('\n')
}

/** The text of src/status.ts: all the codes in one object, and the type that goes with it. */
export function statusSource(statuses) {
  const members = statuses.map(
    (status) => `  /** ${comment(status)} */\n  ${status.name}: ${status.code},\n`,
  )
  return `${head}
/**
 * Every registered status code by name, to be used as one would an enum.
 *
 * A bundle that needs but a few is smaller with the constants of \`@http-semantics/status/codes\`.
 *
 * @example
 * Status.NotFound // => 404
 */
export const Status = {
${members.join('')}} as const

/** Any of the registered codes, so that \`let status: Status = Status.NotFound\` reads as with an enum. */
export type Status = (typeof Status)[keyof typeof Status]
`
}

async function main() {
  const dist = new URL('../dist/', import.meta.url)
  const { statuses } = await import(new URL('info.js', dist).href)

  const visit = process.argv.includes('--check') ? check : writeFile
  const src = new URL('../src/', import.meta.url)
  await Promise.all([
    visit(new URL('codes.ts', src), codesSource(statuses)),
    visit(new URL('status.ts', src), statusSource(statuses)),
  ])
}

async function check(file, source) {
  if ((await readFile(file, 'utf8')) === source) return
  console.error(`${fileURLToPath(file)} differs from the registry: run \`npm run generate\`.`)
  process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
