import { cases } from '../http/cases.mjs'
import { range, round, table, whole } from './table.mjs'
import { targets } from './targets.mjs'

const frameworkNames = { express: 'Express', koa: 'Koa', fastify: 'Fastify' }

/** The targets, kept or missed. */
export const targetTable = (results) =>
  table(
    ['target', '>wanted', '>found', 'kept'],
    targets(results).map(({ what, wanted, found, isKept }) => [
      what,
      wanted,
      found,
      isKept ? 'yes' : '**missed**',
    ]),
  )

/** What the whole stack costs, per framework. */
export const stackTable = ({ servers }) =>
  table(
    ['framework', 'answer', 'stack', '>CPU µs', '>requests/s', '>of bare', '>against the peers'],
    servers
      .filter(({ name }) => caseOf(name).main)
      .map(({ framework, name, stack, cpu, perSecond, ofBare, ofPeers }) => [
        frameworkNames[framework],
        caseOf(name).title,
        stack.replace('+session', ' with sessions'),
        round(cpu.median, 1),
        whole(perSecond),
        stack === 'bare' ? '' : range(ofBare),
        ofPeers === undefined ? '' : `${range(ofPeers)} ×`,
      ]),
  )

/** Every other case, one line each. */
export function caseTable({ servers }) {
  const frameworks = [...new Set(servers.map(({ framework }) => framework))]
  const rows = frameworks.flatMap((framework) =>
    cases
      .filter(({ main }) => !main)
      .flatMap(({ name, title, stacks }) => {
        const [bare, ours, peers] = stacks.map((stack) =>
          servers.find(
            (one) => one.framework === framework && one.name === name && one.stack === stack,
          ),
        )
        if (bare === undefined) return []
        return [
          [
            frameworkNames[framework],
            title,
            ...[bare, ours, peers].map(({ cpu }) => round(cpu.median, 1)),
            range(ours.ofBare),
            range(peers.ofBare),
            `${round(ours.ofPeers.median)} ×`,
          ],
        ]
      }),
  )
  return table(
    [
      'framework',
      'case',
      '>bare, µs',
      '>ours, µs',
      '>peers, µs',
      '>ours, of bare',
      '>peers, of bare',
      '>ours against peers',
    ],
    rows,
  )
}

/** Functions beside those of other libraries. */
export const functionTable = ({ functions }) =>
  table(
    ['what', 'by', '>time', '>of ours'],
    functions.flatMap(({ title, entries }) =>
      entries.map(({ name, nanoseconds, ofOurs }, index) => [
        index === 0 ? title : '',
        name,
        duration(nanoseconds.median),
        index === 0 ? '' : `${range(ofOurs)} ×`,
      ]),
    ),
  )

const duration = (nanoseconds) =>
  nanoseconds < 1000 ? `${round(nanoseconds, 0)} ns` : `${round(nanoseconds / 1000, 1)} µs`

/** What a start takes. */
export const importTable = ({ imports }) =>
  table(
    ['import', '>ms', '>least to most'],
    imports.map(({ title, milliseconds: { median, min, max } }) => [
      title,
      round(median, 0),
      `${round(min, 0)} to ${round(max, 0)}`,
    ]),
  )

/** What a bundle grows by. */
export const bundleTable = ({ bundles }) =>
  table(
    ['package', '>minified, kB', '>and gzipped, kB'],
    bundles.map(({ name, minified, gzipped }) => [
      `\`${name}\``,
      round(minified / 1000, 1),
      round(gzipped / 1000, 1),
    ]),
  )

const caseOf = (wanted) => cases.find(({ name }) => name === wanted)
