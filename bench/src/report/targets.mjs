import { round } from './table.mjs'

const byFramework = [
  {
    framework: 'express',
    name: 'Express',
    hello: 0.95,
    session: 0.9,
    peers: 1.6,
  },
  { framework: 'koa', name: 'Koa', hello: 0.9, session: 0.82, peers: 2.8 },
  { framework: 'fastify', name: 'Fastify', hello: 0.85, session: 0.75, peers: 2.6 },
]

/** The times that a 405 may take of a 404, with 1,000 routes. */
const refusal = 1.5
/** How much less of bare may be left with 1,000 routes than with 10, which is as much as can be told apart. */
const tolerance = 0.05

/**
 * What the numbers are to be, and what they are.
 *
 * @param results - Of one run; what it left out has no target.
 * @returns Per target `what`, `wanted` and `found` as texts, and whether it `isKept`.
 */
export function targets({ servers = [], refused = [], functions = [] }) {
  const server = (framework, name, stack) =>
    servers.find((one) => one.framework === framework && one.name === name && one.stack === stack)
  const list = []
  // As the table shows them, so that nobody reads of 1.00 that it is less than 1.00.
  const add = (what, sign, found, wanted, isKept) =>
    list.push({ what, wanted: `${sign} ${round(wanted)}`, found: round(found), isKept })
  const atLeast = (what, found, least) => {
    if (found === undefined) return
    add(what, '≥', found, least, Number(round(found)) >= Number(round(least)))
  }
  const atMost = (what, found, most) => {
    if (found === undefined) return
    add(what, '≤', found, most, Number(round(found)) <= Number(round(most)))
  }

  for (const { framework, name, hello, session, peers } of byFramework) {
    const plain = server(framework, 'hello', 'ours')
    atLeast(`${name}: the stack, of bare`, plain?.ofBare.median, hello)
    const read = server(framework, 'session-read', 'ours+session')
    atLeast(`${name}: with a session that is read, of bare`, read?.ofBare.median, session)
    atLeast(`${name}: the same, times as cheap as the peers`, read?.ofPeers.median, peers)
    const asleep = server(framework, 'session-read-asleep', 'ours+session')
    atLeast(`${name}: the same, for a client that sleeps`, asleep?.ofPeers.median, peers)
    const { over404 } = refused.find((one) => one.framework === framework) ?? {}
    atMost(`${name}: a 405 with 1,000 routes, times a 404`, over404?.median, refusal)
    const ten = server(framework, 'routes-10', 'ours')
    const thousand = server(framework, 'routes-1000', 'ours')
    atLeast(
      `${name}: a hit with 1,000 routes, of bare, as with 10`,
      thousand?.ofBare.median,
      // What is cheaper than bare may be less so: both search through the routes.
      ten && Math.min(ten.ofBare.median, 1) - tolerance,
    )
  }

  const entries = (name) => functions.find((group) => group.name === name)?.entries ?? []
  for (const { name, ofOurs } of others(entries('session-read'))) {
    atLeast(`Session opened: time of ${name} over ours`, ofOurs.median, 1)
  }
  const statuses = entries('phrase').find(({ name }) => name === 'statuses')
  atLeast('Status looked up: time of statuses over ours', statuses?.ofOurs.median, 1)
  return list
}

/** What of a group is not of this repository. */
const others = (entries) => entries.filter(({ name }) => !name.startsWith('@http-semantics/'))
