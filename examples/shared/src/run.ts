import type { Server } from 'node:http'
import type { Address } from './server.ts'
import { isKeyRandom } from './sessions.ts'
import { StartError } from './start-error.ts'
import { prepareStop } from './stop.ts'
import { endTicks } from './ticks.ts'
import { readCredentials } from './tls.ts'

/** Starts one of the servers; resolves once it accepts connections. */
export type Start = (address: Address) => Promise<Server>

/** The first port and the host of the servers, and what TLS needs, from the environment. */
function readAddress(environment: NodeJS.ProcessEnv, count: number): Address {
  const { PORT = '5000', HOST = '127.0.0.1' } = environment
  const port = /^\d{1,5}$/.test(PORT) ? Number(PORT) : Number.NaN
  const highest = 65_536 - count
  if (!(port >= 1 && port <= highest)) {
    throw new StartError(
      `PORT must be a number from 1 to ${highest}, like PORT=5100; got '${PORT}'.`,
    )
  }
  return { port, host: HOST, tls: readCredentials(environment) }
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
 * and SIGTERM: requests in flight are answered, event streams end at once, HTTP/2 clients are told to
 * send no more, and what is left after five seconds is cut.
 *
 * @param servers - By name, in the order of their ports.
 * @param environment - `PORT`, `HOST`, `ONLY`, `TLS_KEY` and `TLS_CERT` are read; by the apps, `SECRET_KEY`,
 * `SECRET_KEY_FALLBACKS` and `FLASK_<KEY>`.
 */
export async function run(
  servers: Readonly<Record<string, Start>>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const stops: (() => void)[] = []
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
      stops.push(prepareStop(server))
      const host = address.host.includes(':') ? `[${address.host}]` : address.host
      const scheme = address.tls === undefined ? 'http' : 'https'
      console.log(`${name} ${scheme}://${host}:${address.port}`)
    }
    if (isKeyRandom()) {
      console.log('No SECRET_KEY is set: until this ends, a random one signs the sessions.')
    }
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error)
    stop(stops)
    process.exitCode = 1
    return
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop(stops))
  }
}

function stop(stops: readonly (() => void)[]): void {
  endTicks()
  for (const stopServer of stops) stopServer()
}
