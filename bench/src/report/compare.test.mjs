import { expect, it } from 'vitest'
import { compare, compareRuns } from './compare.mjs'

const server = (share, { framework = 'express', name = 'hello', stack = 'ours' } = {}) => ({
  framework,
  name,
  stack,
  ofBare: { median: share, min: share, max: share },
})
const recorded = {
  servers: [server(0.9), server(0.8, { name: 'session-read', stack: 'ours+session' })],
}

it.each([
  ['as it was', 0.9, true],
  ['faster', 0.99, true],
  ['slower, as far as another machine may be', 0.67, true],
  ['much slower', 0.66, false],
])('compares a stack that is %s', (_title, share, isKept) => {
  expect(compare({ servers: [server(share)] }, recorded)).toMatchObject([{ isKept }])
})

it('looks at ours alone, and at what was recorded', () => {
  const servers = [
    server(0.1, { stack: 'peers' }),
    server(0.1, { stack: 'ours', name: '404' }),
    server(0.1, { framework: 'koa' }),
    server(0.8, { name: 'session-read', stack: 'ours+session' }),
  ]
  expect(compare({ servers }, recorded).map(({ name }) => name)).toEqual(['session-read'])
})

it('says so when there is nothing to compare', () => {
  expect(() => compare({ servers: [server(1, { framework: 'koa' })] }, recorded)).toThrow(
    'recorded',
  )
})

/** What a measurement of one round would give. */
const cells = (share) =>
  [
    ['bare', share],
    ['ours', 1],
    ['peers', 2],
  ].map(([stack, cpu]) => ({
    framework: 'express',
    name: 'hello',
    stack,
    cpu: [cpu],
    perSecond: [1],
  }))

it.each([
  ['is fine the second time', [0.2, 0.9], 2, true],
  ['is outside each time', [0.2, 0.2, 0.2], 2, false],
])('measures again what %s', async (_title, shares, times, isKept) => {
  const asked = []
  const left = shares.slice(1)
  const measure = async (settings) => {
    asked.push(settings)
    return cells(left.shift() ?? 0.1)
  }
  const lines = await compareRuns({ servers: [server(shares[0])] }, recorded, measure)
  expect(lines).toMatchObject([{ isKept }])
  expect(asked).toHaveLength(isKept ? 1 : times)
  expect(asked[0]).toEqual({ isQuick: true, only: 'express', names: ['hello'] })
})

it('does not measure again what is kept', async () => {
  const measure = () => Promise.reject(new Error('measured again'))
  const lines = await compareRuns({ servers: [server(0.9)] }, recorded, measure)
  expect(lines).toMatchObject([{ isKept: true }])
})
