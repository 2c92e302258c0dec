import { expect, it } from 'vitest'
import { cases } from '../http/cases.mjs'
import { summarise } from '../http/summary.mjs'
import { plotStacks } from './plot.mjs'
import { readme } from './readme.mjs'

const times = { bare: 100, ours: 125, 'ours+session': 160, peers: 250, 'peers+session': 400 }
const cells = ['express', 'koa', 'fastify'].flatMap((framework) =>
  cases.flatMap(({ name, stacks }) =>
    stacks.map((stack) => ({ framework, name, stack, cpu: [times[stack]], perSecond: [12_345] })),
  ),
)
const at = (median) => ({ median, min: median / 2, max: median * 2 })
const results = {
  date: '2026-06-10',
  machine: '2 × some processor',
  node: '20.19.5',
  versions: { express: '5.0.0', koa: '3.0.0' },
  ...summarise(cells),
  functions: [
    {
      name: 'phrase',
      title: 'A phrase',
      entries: [
        { name: '@http-semantics/status', nanoseconds: at(12), ofOurs: at(1) },
        { name: 'statuses', nanoseconds: at(1200), ofOurs: at(100) },
      ],
    },
  ],
  imports: [{ title: 'Express', milliseconds: at(30) }],
  bundles: [{ name: '@http-semantics/status', minified: 9600, gzipped: 3500 }],
}

const text = readme(results).replaceAll(/ +/g, ' ')

it.each([
  ['the date, the machine and Node', '2026-06-10, Node 20.19.5, 2 × some processor.'],
  ['a target that is missed', '| Express: the stack, of bare | ≥ 0.95 | 0.80 | **missed** |'],
  [
    'a target that is kept',
    '| Status looked up: time of statuses over ours | ≥ 1.00 | 100.00 | yes |',
  ],
  ['bare', '| Koa | hello, as text | bare | 100.0 | 12,345 | | |'],
  [
    'sessions beside the peers',
    '| Koa | a session is read | ours with sessions | 160.0 | 12,345 | 0.63 (0.63 to 0.63) | 2.50 (2.50 to 2.50) × |',
  ],
  [
    'another case',
    '| Fastify | 405 | 100.0 | 125.0 | 250.0 | 0.80 (0.80 to 0.80) | 0.40 (0.40 to 0.40) | 2.00 × |',
  ],
  ['a function of ours', '| A phrase | @http-semantics/status | 12 ns | |'],
  ['a function of others', '| | statuses | 1.2 µs | 100.00 (50.00 to 200.00) × |'],
  ['an import', '| Express | 30 | 15 to 60 |'],
  ['a bundle', '| `@http-semantics/status` | 9.6 | 3.5 |'],
  ['the versions', 'Versions: express 5.0.0, koa 3.0.0.'],
])('tells %s', (_title, line) => {
  expect(text).toContain(line)
})

it('draws a bar with its time for each framework, stack and main case', () => {
  const svg = plotStacks(results)
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(svg.match(/<rect /g)).toHaveLength(18)
  for (const time of Object.values(times)) expect(svg).toContain(`>${time}</text>`)
  for (const name of ['Express', 'Koa', 'Fastify']) expect(svg).toContain(`${name}, with a session`)
})
