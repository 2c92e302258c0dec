import { summarise } from '../http/summary.mjs'
import { range, round } from './table.mjs'

/** How many times the recorded cost a stack may cost in another run, on another machine. */
const bound = 1.35

/** How often something is measured again before it counts as outside: the machine may have been busy. */
const chances = 2

/** What is compared: the stacks of ours that have targets, which every quick run measures. */
const isCompared = ({ name, stack }) =>
  (name === 'hello' && stack === 'ours') || (name === 'session-read' && stack === 'ours+session')

/**
 * Compares a run with what was recorded: what a stack costs as times of the bare framework, which
 * depends little on the machine.
 *
 * @param found - The results of this run.
 * @param recorded - Those of `results.json`.
 * @returns A line per stack that was measured in both: `framework`, `name` of the case, whether it
 *   `isKept`, and a `text` that says so.
 * @throws {Error} When nothing can be compared.
 */
export function compare(found, recorded) {
  const lines = found.servers.filter(isCompared).flatMap(({ framework, name, stack, ofBare }) => {
    const before = recorded.servers.find(
      (one) => one.framework === framework && one.name === name && one.stack === stack,
    )
    if (before === undefined) return []
    const least = before.ofBare.median / bound
    const text = `${framework} ${stack}: ${range(ofBare)} of bare, recorded ${round(before.ofBare.median)}, at least ${round(least)}`
    return [{ framework, name, isKept: ofBare.median >= least, text }]
  })
  if (lines.length === 0) throw new Error('Nothing of this run was recorded')
  return lines
}

/**
 * Compares, and measures again what is outside.
 *
 * @param measure - Called with what `measureServers` takes. @returns Its cells.
 * @returns The lines of {@link compare}, those of the last measurement.
 */
export async function compareRuns(found, recorded, measure) {
  const lines = compare(found, recorded)
  for (const [index, line] of lines.entries()) {
    for (let left = chances; left > 0 && !lines[index].isKept; left -= 1) {
      const cells = await measure({ isQuick: true, only: line.framework, names: [line.name] })
      ;[lines[index]] = compare(summarise(cells), recorded)
    }
  }
  return lines
}
