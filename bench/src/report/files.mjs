import { readFile, writeFile } from 'node:fs/promises'
import { plotStacks } from './plot.mjs'
import { readme } from './readme.mjs'

const file = (name) => new URL(`../../${name}`, import.meta.url)

/** What the last full run found. */
export const resultsFile = file('results.json')

/**
 * Writes what people read of the results.
 *
 * @param settings - `isCheck`: only look whether it is written.
 * @returns The names of the files that differed.
 */
export async function writeFiles({ isCheck = false } = {}) {
  const results = JSON.parse(await readFile(resultsFile, 'utf8'))
  const wanted = { 'README.md': readme(results), 'stacks.svg': plotStacks(results) }
  const differing = []
  for (const [name, text] of Object.entries(wanted)) {
    const before = await readFile(file(name), 'utf8').catch(() => '')
    if (before === text) continue
    differing.push(name)
    if (!isCheck) await writeFile(file(name), text)
  }
  return differing
}
