import { expect, it } from 'vitest'
import { readOptions } from './options.mjs'

const known = {
  frameworks: ['express', 'koa'],
  cases: ['hello', '404'],
  quick: ['hello'],
}
const read = (text) => readOptions(text.split(' ').filter(Boolean), known)

it('measures all there is and records it, unless it is told otherwise', () => {
  expect(read('')).toEqual({
    isQuick: false,
    isCompared: false,
    only: undefined,
    names: undefined,
    parts: ['servers', 'functions', 'imports', 'bundles'],
    isWhole: true,
  })
})

it.each([
  ['--quick', { names: ['hello'], parts: ['servers'], isWhole: false }],
  ['--quick --compare', { isCompared: true, isWhole: false }],
  ['--only koa', { only: 'koa', isWhole: false }],
  ['--case 404,hello', { names: ['404', 'hello'], parts: ['servers'], isWhole: false }],
  ['--case 404 --quick', { names: ['404'], isQuick: true }],
  ['--part functions,imports', { parts: ['functions', 'imports'], isWhole: false }],
])('reads %s', (text, expected) => {
  expect(read(text)).toMatchObject(expected)
})

it.each([
  ['--only hapi', "--only 'hapi': there is express, koa"],
  ['--only express,koa', "--only 'express,koa'"],
  ['--case hello,500', "--case '500': there is hello, 404"],
  ['--part all', "--part 'all'"],
  ['--fast', '--fast'],
])('refuses %s', (text, message) => {
  expect(() => read(text)).toThrow(TypeError)
  expect(() => read(text)).toThrow(message)
})
