import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

const order = ['bare', 'ours', 'peers']
const frameworks = { express: 'Express', koa: 'Koa', fastify: 'Fastify' }
const titles = { hello: 'hello', 'session-read': 'with a session' }

/** The CPU time of a request per framework and stack, as an SVG. */
export function plotStacks({ servers }) {
  const { document } = parseHTML('<html><body></body></html>')
  const bars = servers
    .filter(({ name }) => name in titles)
    .map(({ framework, name, stack, cpu }) => ({
      framework: `${frameworks[framework]}, ${titles[name]}`,
      stack: stack.replace('+session', ''),
      time: cpu.median,
    }))
  const svg = Plot.plot({
    document,
    width: 760,
    height: 460,
    marginLeft: 60,
    marginRight: 170,
    marginBottom: 40,
    style: { background: 'white', color: 'black', fontFamily: 'sans-serif', fontSize: '12px' },
    x: {
      label: 'CPU time of a request, µs',
      labelAnchor: 'center',
      grid: true,
      nice: true,
      insetRight: 30,
    },
    y: { domain: order, label: null },
    fy: { domain: [...new Set(bars.map(({ framework }) => framework))], label: null },
    color: { domain: order, range: ['#9aa5b1', '#0b7a75', '#d1793b'] },
    marks: [
      Plot.barX(bars, { x: 'time', y: 'stack', fy: 'framework', fill: 'stack' }),
      Plot.text(bars, {
        x: 'time',
        y: 'stack',
        fy: 'framework',
        text: ({ time }) => time.toFixed(0),
        textAnchor: 'start',
        dx: 4,
      }),
      Plot.ruleX([0]),
    ],
  })
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return `${svg.outerHTML}\n`
}
