// What http-semantics costs, beside what others take for the same. README.md says how to call it.
import { readFile, writeFile } from 'node:fs/promises'
import { measureBundles } from './cost/bundles.mjs'
import { measureImports } from './cost/imports.mjs'
import { cases } from './http/cases.mjs'
import { frameworks, measureServers } from './http/run.mjs'
import { summarise } from './http/summary.mjs'
import { measureFunctions } from './micro/run.mjs'
import { readOptions } from './options.mjs'
import { compareRuns } from './report/compare.mjs'
import { resultsFile, writeFiles } from './report/files.mjs'
import { describeRun } from './report/machine.mjs'
import * as tables from './report/tables.mjs'
import { targets } from './report/targets.mjs'

const options = ask({
  frameworks,
  cases: cases.map(({ name }) => name),
  quick: cases.map(({ name }) => name).filter(isMain),
})
const tell = (line) => console.log(`… ${line}`)

const results = describeRun()
console.log(`Node ${results.node}, ${results.machine}`)
if (options.parts.includes('servers')) {
  Object.assign(results, summarise(await measureServers(options, tell)))
}
if (options.parts.includes('functions')) results.functions = await measureFunctions(options, tell)
if (options.parts.includes('imports')) results.imports = await measureImports(options, tell)
if (options.parts.includes('bundles')) results.bundles = await measureBundles(options, tell)

const print = (table) => console.log(`\n${table(results)}`)
if (results.servers?.some(({ name }) => isMain(name))) print(tables.stackTable)
if (results.servers?.some(({ name }) => !isMain(name))) print(tables.caseTable)
if (results.functions) print(tables.functionTable)
if (results.imports) print(tables.importTable)
if (results.bundles) print(tables.bundleTable)
if (targets(results).length > 0) print(tables.targetTable)

if (options.isWhole) {
  await writeFile(resultsFile, `${JSON.stringify(results, rounded, 2)}\n`)
  await writeFiles()
}

if (options.isCompared) {
  const recorded = JSON.parse(await readFile(resultsFile, 'utf8'))
  const lines = await compareRuns(results, recorded, (again) => measureServers(again, tell))
  console.log()
  for (const { text, isKept } of lines) console.log(`${isKept ? 'kept   ' : 'outside'} ${text}`)
  if (!lines.every(({ isKept }) => isKept)) {
    console.error(
      '\nOurs costs far more than bench/results.json says. Find out why, or record anew: npm run bench',
    )
    process.exitCode = 1
  }
}

/** What the command line asks for; a sentence and the end, where there is no such thing. */
function ask(known) {
  try {
    return readOptions(process.argv.slice(2), known)
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}

/** Whether a quick run measures it. */
function isMain(wanted) {
  return cases.some(({ name, main }) => main && name === wanted)
}

/** Four digits tell all there is to tell. */
function rounded(_key, value) {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value
}
