import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (file: string): string =>
  readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const english = read('README.md')
const chinese = read('README.zh-TW.md')

const blocks = (text: string): string[] =>
  [...text.matchAll(/^```[^]*?^```$/gm)].map(([block]) => block)
const withoutBlocks = (text: string): string => text.replaceAll(/^```[^]*?^```$/gm, '')

const headings = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/^(#+) /gm)].map(([, marks = '']) => marks)

/** The rows of tables without their heads, as the numbers, versions, code and links in them. */
const figures = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/^\| .*$/gm)]
    .map(([row]) => (row.match(/`@[^`]*`|\]\([^)]*\)|(?<=\| )[\d.]+(?= +\|)/g) ?? []).join(' '))
    .filter((row) => row !== '')

const targets = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/\]\(([^)#]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !target.startsWith('README'))

it.each([
  ['code blocks', blocks, 10],
  ['headings', headings, 10],
  ['tables', figures, 15],
  ['links', (text: string) => [...new Set(targets(text))].toSorted(), 15],
] as const)('has the same %s in both languages', (_name, partsOf, least) => {
  expect(partsOf(chinese)).toEqual(partsOf(english))
  expect(partsOf(english).length).toBeGreaterThanOrEqual(least)
})
