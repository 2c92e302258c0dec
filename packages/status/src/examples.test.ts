import { readFile } from 'node:fs/promises'
import { runInThisContext } from 'node:vm'

import { describe, expect, it } from 'vitest'

import * as en from './en.ts'
import * as iis from './iis.ts'
import * as index from './index.ts'
import * as vendor from './vendor.ts'
import * as zh from './zh-TW.ts'

/** The exports an example may use, by the file it stands in; elsewhere those of `.`. */
const scopes: Readonly<Record<string, object>> = {
  'en.ts': en,
  'iis.ts': iis,
  'vendor.ts': vendor,
  'zh-TW.ts': zh,
}

const files: readonly (readonly [name: string, count: number])[] = [
  ['class.ts', 12],
  ['en.ts', 3],
  ['iis.ts', 11],
  ['info.ts', 6],
  ['phrase.ts', 5],
  ['registered.ts', 4],
  ['reverse.ts', 4],
  ['status.ts', 1],
  ['treated-as.ts', 3],
  ['vendor.ts', 8],
  ['zh-TW.ts', 3],
]

function evaluate(expression: string, scope: object): unknown {
  const run: (...values: unknown[]) => unknown = runInThisContext(
    `(${Object.keys(scope).join(', ')}) => (${expression})`,
  )
  return run(...Object.values(scope))
}

describe.each(files)('the examples in the comments of %s', (name, count) => {
  it('give what they say', async () => {
    const source = await readFile(new URL(name, import.meta.url), 'utf8')
    const examples = [...source.matchAll(/^ \* (.+?) \/\/ => (.+)$/gm)]
    expect(examples).toHaveLength(count)
    for (const [line, expression = '', result = ''] of examples) {
      expect([line, evaluate(expression, scopes[name] ?? index)]).toEqual([
        line,
        evaluate(result, {}),
      ])
    }
  })
})
