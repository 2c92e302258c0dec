import type { Server } from 'node:http'
import { endTicks } from './ticks.ts'

/** Where a server is to listen. */
export interface Address {
  readonly port: number
  readonly host: string
}

/** Starts one of the servers; resolves once it accepts connections. */
export type Start = (address: Address) => Promise<Server>

/** How long requests in flight may take once the servers are told to stop, in milliseconds. */
const patience = 5000

/** What cannot go on, said in one sentence. */
class StartError extends Error {}

/** The first port and the host of the servers, from the environment. */
function readAddress(
  { PORT = '5000', HOST = '127.0.0.1' }: NodeJS.ProcessEnv,
  count: number,
): Address {
  const port = /^\d{1,5}$/.test(PORT) ? Number(PORT) : Number.NaN
  const highest = 65_536 - count
  if (!(port >= 1 && port <= highest)) {
    throw new StartError(
      `PORT must be a number from 1 to ${highest}, like PORT=5100; got '${PORT}'.`,
    )
  }
  return { port, host: HOST }
}

/** The servers to start: all, or the one that `ONLY` names. */
function choose(
  servers: Readonly<Record<string, Start>>,
  { ONLY }: NodeJS.ProcessEnv,
): readonly (readonly [string, Start])[] {
  const all = Object.entries(servers)
  if (ONLY === undefined || ONLY === '') return all
  const chosen = all.filter(([name]) => name === ONLY)
  if (chosen.length > 0) return chosen
  throw new StartError(`ONLY must be one of ${Object.keys(servers).join(', ')}; got '${ONLY}'.`)
}

/** Says why a server cannot listen, and the way out. */
function explain(error: unknown, { port, host }: Address): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} is in use. Choose another first port, like PORT=5100 npm start${
          port === 5000 ? ' (macOS keeps 5000 for AirPlay)' : ''
        }.`,
      )
    case 'EACCES':
      return new StartError(
        `Port ${port} needs more rights. Choose a higher one, like PORT=5100 npm start.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`This machine has no address '${host}'. Try HOST=127.0.0.1 npm start.`)
    default:
      return error
  }
}

/**
 * Starts servers on ports that follow each other, prints where they are, and stops them on SIGINT
 * and SIGTERM: requests in flight are answered, event streams end at once, and what is left after
 * five seconds is cut.
 *
 * @param servers - By name, in the order of their ports.
 * @param environment - `PORT`, `HOST` and `ONLY` are read.
 */
export async function run(
  servers: Readonly<Record<string, Start>>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const running: Server[] = []
  try {
    const chosen = choose(servers, environment)
    const first = readAddress(environment, chosen.length)
    for (const [index, [name, start]] of chosen.entries()) {
      const address = { ...first, port: first.port + index }
      // One after the other, so that the lines come in order and the first trouble ends the start.
      // oxlint-disable-next-line no-await-in-loop
      const server = await start(address).catch((error: unknown) => {
        throw explain(error, address)
      })
      running.push(server)
      closeIdleWhileStopping(server)
      const host = address.host.includes(':') ? `[${address.host}]` : address.host
      console.log(`${name} http://${host}:${address.port}`)
    }
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error)
    stop(running)
    process.exitCode = 1
    return
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop(running))
  }
}

/** A connection that was busy when its server was told to stop closes with its answer. */
function closeIdleWhileStopping(server: Server): void {
  server.on('request', (_request, response) => {
    response.on('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections())
    })
  })
}

function stop(servers: readonly Server[]): void {
  endTicks()
  for (const server of servers) {
    server.close()
    server.closeIdleConnections()
  }
  // With all connections closed the process ends by itself, before the timer.
  setTimeout(() => {
    for (const server of servers) server.closeAllConnections()
  }, patience).unref()
}
