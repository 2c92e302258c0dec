import { transformSync } from 'esbuild'

/** Whether a text is a module. */
function parses(text: string): boolean {
  try {
    transformSync(text, { loader: 'ts', logLevel: 'silent' })
    return true
  } catch {
    return false
  }
}

const byExpect = (actual: string, expected: string, line: string): string =>
  `expect(${actual}, ${JSON.stringify(line)}).toEqual(${expected})`

/**
 * Puts assertions in place of the lines of code that show a result:
 *
 *     expression // => value
 *     console.log(expression) // => value
 *     const name = expression // => value
 *
 * The value is JavaScript, and may go on in comment lines below; a promise is awaited.
 *
 * @param assert - Writes an assertion: both are lists of one element. Default: by vitest's
 * `expect`.
 */
export function withAssertions(
  code: string,
  assert: (actual: string, expected: string, line: string) => string = byExpect,
): { module: string; assertions: number } {
  const done: string[] = []
  const lines = code.split('\n')
  let assertions = 0
  while (lines.length > 0) {
    const line = lines.shift() ?? ''
    const mark = line.lastIndexOf('// =>')
    if (mark === -1) {
      done.push(line)
      continue
    }
    let value = line.slice(mark + 5)
    while (!parses(`[(${value})]`)) {
      const [, more] = /^\s*\/\/(.*)$/.exec(lines[0] ?? '') ?? []
      if (more === undefined) throw new SyntaxError(`No JavaScript value: ${value}`)
      value += `\n${more}`
      lines.shift()
    }
    let statement = line.slice(0, mark).trimEnd()
    while (statement.trim() === '' || !parses(`(${statement}\n)`)) {
      if (/^\s*(?:const|let) \w+\b/.test(statement) && parses(statement)) break
      const previous = done.pop()
      if (previous === undefined) throw new SyntaxError(`No expression: ${statement}`)
      statement = `${previous}\n${statement}`
    }
    const [, name] = /^\s*(?:const|let) (\w+)\b/.exec(statement) ?? []
    const [, logged] = /^\s*console\.log\(([\s\S]*)\)$/.exec(statement) ?? []
    if (name !== undefined) done.push(statement)
    const actual = `[await (${name ?? logged ?? statement}\n)]`
    done.push(`;${assert(actual, `[${value}\n]`, line.trim())}`)
    assertions += 1
  }
  return { module: done.join('\n'), assertions }
}
