import { openTicks } from '@http-semantics/example-shared'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { examples } from './examples.ts'
import { heapUsed } from './heap.ts'
import { frameworks, hostOf, type Host } from './hosts.ts'
import { requests, Visitor } from './tour.ts'
import { send } from './wire.ts'

/** How many requests there are for all servers: `SOAK=100000`, or a million by `--mode soak`. */
const total = Number(process.env['SOAK'] ?? (process.env['MODE'] === 'soak' ? 1_000_000 : 6000))
const perFramework = Math.ceil(total / frameworks.length)
const visitors = 8
/** How many requests of the list there are between two things that take several. */
const stretch = 60

/** What a route that fails on purpose prints is no news, and would be kept until the end of the test. */
const print = console.error
beforeAll(() => {
  console.error = () => undefined
})
afterAll(() => {
  console.error = print
})

/** What a process waits for, and how often each. */
function activeResources(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** How many listeners there are on the process and on the server. */
const listeners = ({ server }: Host): Record<string, number> =>
  Object.fromEntries(
    Object.entries({ process, server }).flatMap(([owner, emitter]) =>
      emitter.eventNames().map((name) => [`${owner} ${String(name)}`, emitter.listenerCount(name)]),
    ),
  )

const connections = ({ server }: Host): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))
  })

describe.each(frameworks)('%s', (framework) => {
  let host: Host
  const statuses = new Map<number, number>()

  beforeAll(async () => {
    host = await hostOf(await examples[framework]({ port: 0, host: '127.0.0.1' }))
    return () => host.stop()
  })

  beforeEach(() => statuses.clear())

  /** Goes through the list from some place on, and does what takes several requests in between. */
  async function visit(start: number, count: number): Promise<void> {
    const visitor = new Visitor(host.port)
    const deeds = [
      () => visitor.keepNotes(),
      () => visitor.logIn(),
      () => visitor.askForDetails(),
      () => visitor.hearTick(),
    ]
    for (let step = 0; visitor.sent < count; step += 1) {
      const index = (start + step) % requests.length
      const request = requests[index]
      if (request === undefined) throw new Error('The list has a hole')
      const status = await visitor.ask(request)
      const before = statuses.get(index) ?? status
      statuses.set(index, before)
      if (status !== before) {
        throw new Error(`${request.method} ${request.target} got ${before} first, now ${status}`)
      }
      if (step % stretch === stretch - 1) await deeds[Math.floor(step / stretch) % deeds.length]?.()
    }
    visitor.leave()
  }

  async function visitAll(count: number): Promise<void> {
    const each = Math.ceil(count / visitors)
    await Promise.all(
      Array.from({ length: visitors }, (_, index) =>
        visit(Math.floor((index * requests.length) / visitors), each),
      ),
    )
    await expect.poll(() => connections(host), { timeout: 3000 }).toBe(0)
  }

  it(
    `keeps nothing of ${perFramework} requests on every route`,
    async () => {
      // Every request of the list, so that each of its routes is compiled and in every cache.
      await visitAll(Math.max(perFramework * 0.1, requests.length * 2))
      const resources = activeResources()
      const before = { heap: heapUsed(), listeners: listeners(host) }
      const started = performance.now()
      await visitAll(perFramework)
      const seconds = (performance.now() - started) / 1000
      const growth = heapUsed() - before.heap
      console.log(
        `${framework}: ${perFramework} requests in ${seconds.toFixed(0)} s, heap ${(before.heap / 2 ** 20).toFixed(1)} MB + ${(growth / 1024).toFixed(0)} kB`,
      )
      expect(growth).toBeLessThan(5 * 2 ** 20)
      expect(listeners(host)).toEqual(before.listeners)
      expect(openTicks()).toBe(0)
      await expect.poll(activeResources, { timeout: 3000 }).toEqual(resources)
    },
    60_000 + perFramework * 5,
  )

  it('answers the requests of the list with errors of its own, where it fails on purpose only', async () => {
    const visitor = new Visitor(host.port)
    const failed: string[] = []
    for (const request of requests) {
      const status = await visitor.ask(request)
      const { method, target } = request
      const isRefused = status === 501 && ['PROPFIND'].includes(method)
      const isMeant = /^\/respond\/(?:5\d\d|206|304|416)$|^\/boom$|^\/raw\/100-final$/.test(target)
      if (status >= 500 && !isRefused && !isMeant) failed.push(`${status} ${method} ${target}`)
    }
    visitor.leave()
    expect(failed).toEqual([])
  })

  it('leaves no source open after 1,000 HEADs of an endless stream', async () => {
    const before = openTicks()
    for (let sent = 0; sent < 1000; sent += 20) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => send(host.port, { method: 'HEAD', target: '/ticks' })),
      )
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    }
    await expect.poll(openTicks).toBe(before)
  }, 60_000)
})
