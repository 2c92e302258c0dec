import { parseArgs } from 'node:util'

const allParts = ['servers', 'functions', 'imports', 'bundles']

/**
 * What the command line asks for.
 *
 * @param args - The arguments.
 * @param known - The `frameworks`, the `cases`, and those of a `quick` run.
 * @throws {TypeError} For an option or a value that there is not.
 */
export function readOptions(args, known) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
      only: { type: 'string' },
      case: { type: 'string' },
      part: { type: 'string' },
    },
  })
  const { quick: isQuick, compare: isCompared, only } = values
  if (only !== undefined && !known.frameworks.includes(only)) {
    throw new TypeError(`--only '${only}': there is ${known.frameworks.join(', ')}`)
  }
  const asked = values.case === undefined ? undefined : choose('--case', values.case, known.cases)
  const parts = values.part === undefined ? undefined : choose('--part', values.part, allParts)
  return {
    isQuick,
    isCompared,
    only,
    names: asked ?? (isQuick ? known.quick : undefined),
    parts: parts ?? (isQuick || asked !== undefined ? ['servers'] : allParts),
    /** Whether the results are worth recording. */
    isWhole: !isQuick && [only, asked, parts].every((filter) => filter === undefined),
  }
}

/** The names of a list with commas, each of which has to be known. */
function choose(option, text, known) {
  const names = text.split(',')
  for (const name of names) {
    if (known.includes(name)) continue
    throw new TypeError(`${option} '${name}': there is ${known.join(', ')}`)
  }
  return names
}
