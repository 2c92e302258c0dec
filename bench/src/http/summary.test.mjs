import { expect, it } from 'vitest'
import { summarise } from './summary.mjs'

const cell = (name, stack, cpu) => ({
  framework: 'koa',
  name,
  stack,
  cpu,
  perSecond: [100, 300, 200],
})

it('compares what ran in the same round with bare and with the peers', () => {
  const { servers } = summarise([
    cell('hello', 'bare', [10, 100, 10]),
    cell('hello', 'ours', [20, 200, 20]),
    cell('hello', 'peers', [40, 400, 40]),
  ])
  const at = (value) => ({ median: value, min: value, max: value })
  expect(servers).toMatchObject([
    { stack: 'bare', cpu: { median: 10, max: 100 }, perSecond: 200, ofBare: at(1) },
    { stack: 'ours', ofBare: at(0.5), ofPeers: at(2) },
    { stack: 'peers', ofBare: at(0.25) },
  ])
  expect(servers.filter(({ ofPeers }) => ofPeers !== undefined)).toHaveLength(1)
})

it('compares sessions with the sessions of the peers', () => {
  const { servers } = summarise([
    cell('session-read', 'bare', [10]),
    cell('session-read', 'ours+session', [20]),
    cell('session-read', 'peers+session', [60]),
  ])
  expect(servers[1].ofPeers.median).toBe(3)
})

it('compares a 405 with a 404 where there are many routes', () => {
  const stacks = (name, cpu) =>
    ['bare', 'ours', 'peers'].map((stack) => cell(name, stack, stack === 'ours' ? cpu : [1, 1]))
  const { refused } = summarise([...stacks('404-1000', [10, 20]), ...stacks('405-1000', [12, 24])])
  expect(refused).toEqual([{ framework: 'koa', over404: { median: 1.2, min: 1.2, max: 1.2 } }])
})
