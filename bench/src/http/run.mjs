import { cases, groupsOf } from './cases.mjs'
import { checkAnswer } from './check.mjs'
import { Server } from './server.mjs'

export const frameworks = ['express', 'koa', 'fastify']

/** How much is measured: rounds, requests of a round, requests before the first. */
const efforts = {
  quick: { main: [15, 400, 6000], other: [7, 400, 2000] },
  full: { main: [41, 800, 16_000], other: [15, 600, 6000] },
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
      const effort = efforts[isQuick ? 'quick' : 'full'][group[0].main ? 'main' : 'other']
      results.push(...(await measureGroup(framework, group, effort)))
    }
  }
  return results
}

async function measureGroup(framework, group, [rounds, perRound, warmUp]) {
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
      checkAnswer(await cell.server.load(cell.request, warmUp), cell)
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const cell of cells) {
        const { cpu, perSecond } = await cell.server.measure(cell.request, perRound)
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
