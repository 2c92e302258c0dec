import { cases, groupsOf } from './cases.mjs'
import { checkAnswer } from './check.mjs'
import { Server } from './server.mjs'

export const frameworks = ['express', 'koa', 'fastify']

/**
 * How much is measured: how often servers are started, since V8 is not as lucky with each; rounds of each
 * start, requests of a round, requests before the first.
 */
const efforts = {
  quick: {
    main: { starts: 1, rounds: 9, perRound: 2000, warmUp: 10_000 },
    target: { starts: 1, rounds: 5, perRound: 1000, warmUp: 4000 },
    other: { starts: 1, rounds: 5, perRound: 1000, warmUp: 4000 },
  },
  full: {
    main: { starts: 3, rounds: 9, perRound: 4000, warmUp: 20_000 },
    target: { starts: 3, rounds: 7, perRound: 2000, warmUp: 10_000 },
    other: { starts: 1, rounds: 9, perRound: 2000, warmUp: 10_000 },
  },
}

/**
 * Measures servers over sockets, in rounds in which each has its turn.
 *
 * @param settings - `isQuick`; `only` a framework; `names` of cases, default all.
 * @param tell - Called with a line of progress.
 * @returns A list with the times of each server: `framework`, `name` of the case, `stack`, and per
 *   round the `cpu` time of a request in microseconds and the requests `perSecond`.
 */
export async function measureServers({ isQuick, only, names }, tell) {
  const chosen = cases.filter(({ name }) => names === undefined || names.includes(name))
  const results = []
  for (const framework of frameworks) {
    if (only !== undefined && only !== framework) continue
    for (const group of groupsOf(chosen)) {
      tell(`${framework}: ${group.map(({ title }) => title).join('; ')}`)
      const effort = efforts[isQuick ? 'quick' : 'full'][kindOf(group[0])]
      const runs = []
      for (let start = 0; start < effort.starts; start += 1) {
        runs.push(await measureGroup(framework, group, effort))
      }
      results.push(...join(runs))
    }
  }
  return results
}

/** How much of {@link efforts} a case gets. */
function kindOf({ main, hasTarget }) {
  if (main) return 'main'
  return hasTarget ? 'target' : 'other'
}

/** The rounds of several starts as those of one. */
const join = ([first, ...more]) =>
  first.map((cell, index) => ({
    ...cell,
    cpu: [cell, ...more.map((run) => run[index])].flatMap(({ cpu }) => cpu),
    perSecond: [cell, ...more.map((run) => run[index])].flatMap(({ perSecond }) => perSecond),
  }))

async function measureGroup(framework, group, { rounds, perRound, warmUp }) {
  const cells = []
  try {
    for (const one of group) {
      for (const stack of one.stacks) {
        const server = await Server.start(framework, stack, one.routes)
        cells.push({ framework, one, stack, server, cpu: [], perSecond: [] })
      }
    }
    for (const cell of cells) {
      cell.request = await requestFor(cell)
      checkAnswer(await cell.server.ask(cell.request), cell)
      checkAnswer(await cell.server.load(cell.request, warmUp, cell.one.sleeps), cell)
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const cell of cells) {
        const { cpu, perSecond } = await cell.server.measure(
          cell.request,
          perRound,
          cell.one.sleeps,
        )
        cell.cpu.push(cpu)
        cell.perSecond.push(perSecond)
      }
    }
  } finally {
    for (const { server } of cells) server.stop()
  }
  return cells.map(({ one, stack, cpu, perSecond }) => ({
    framework,
    name: one.name,
    stack,
    cpu,
    perSecond,
  }))
}

/** The request of a case, with the cookie of a session where there is one. */
async function requestFor({ one, stack, server }) {
  if (!one.stacks.some((name) => name.endsWith('+session'))) return one.request
  const cookie = stack === 'bare' ? `session=${'x'.repeat(100)}` : await logIn(server)
  return { ...one.request, fields: { ...one.request.fields, Cookie: cookie } }
}

/** What a browser sends back after a login. */
async function logIn(server) {
  const { fields } = await server.ask({ method: 'GET', target: '/login', fields: {} })
  const lines = fields.get('set-cookie')?.split('\n') ?? []
  return lines.map((line) => line.split(';', 1)[0]).join('; ')
}
