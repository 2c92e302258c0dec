import { expect, it } from 'vitest'
import { targets } from './targets.mjs'

const at = (median) => ({ median, min: median, max: median })
const server = (name, stack, ofBare, ofPeers = 1) => ({
  framework: 'koa',
  name,
  stack,
  ofBare: at(ofBare),
  ofPeers: at(ofPeers),
})

it.each([
  ['of bare', { servers: [server('hello', 'ours', 0.9)] }, [true]],
  ['of bare, as the table rounds it', { servers: [server('hello', 'ours', 0.896)] }, [true]],
  ['of bare, missed', { servers: [server('hello', 'ours', 0.89)] }, [false]],
  [
    'of a session, of bare and against the peers',
    { servers: [server('session-read', 'ours+session', 0.82, 2.7)] },
    [true, false],
  ],
  [
    'of a client that sleeps',
    { servers: [server('session-read-asleep', 'ours+session', 0.5, 2.8)] },
    [true],
  ],
  ['of a 405', { refused: [{ framework: 'koa', over404: at(1.5) }] }, [true]],
  ['of a 405, missed', { refused: [{ framework: 'koa', over404: at(1.51) }] }, [false]],
  [
    'of many routes',
    { servers: [server('routes-10', 'ours', 0.9), server('routes-1000', 'ours', 0.86)] },
    [true],
  ],
  [
    'of many routes, missed',
    { servers: [server('routes-10', 'ours', 0.9), server('routes-1000', 'ours', 0.8)] },
    [false],
  ],
  [
    'of many routes, where ours is cheaper than bare, but less so',
    { servers: [server('routes-10', 'ours', 3.1), server('routes-1000', 'ours', 1.3)] },
    [true],
  ],
  [
    'of many routes, where ours was cheaper than bare',
    { servers: [server('routes-10', 'ours', 3.1), server('routes-1000', 'ours', 0.9)] },
    [false],
  ],
  ['of what was not measured', {}, []],
])('judges targets %s', (_title, results, expected) => {
  expect(targets(results).map(({ isKept }) => isKept)).toEqual(expected)
})

it('compares functions with those of others, not with other ways of ours', () => {
  const entries = [
    { name: '@http-semantics/session', ofOurs: at(1) },
    { name: '@http-semantics/session, encrypted', ofOurs: at(0.1) },
    { name: 'cookie-session', ofOurs: at(2) },
    { name: 'iron-session', ofOurs: at(0.9) },
  ]
  const functions = [
    { name: 'session-read', entries },
    { name: 'phrase', entries: [{ name: 'statuses', ofOurs: at(1.2) }] },
  ]
  expect(targets({ functions }).map(({ what, isKept }) => [what, isKept])).toEqual([
    ['Session opened: time of cookie-session over ours', true],
    ['Session opened: time of iron-session over ours', false],
    ['Status looked up: time of statuses over ours', true],
  ])
})
