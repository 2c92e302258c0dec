import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Connection } from './load.mjs'

const main = fileURLToPath(new URL('serve.mjs', import.meta.url))
const connections = 8

/** A server in a process of its own, seen from the process that sends it requests. */
export class Server {
  #child
  #lines
  #connections
  port

  /**
   * Starts one.
   *
   * @param framework - `express`, `koa` or `fastify`.
   * @param stack - What stands between the framework and the handlers, one of `stacks.mjs`.
   * @param routes - How many routes the app has; 0 for those of the other cases.
   */
  static async start(framework, stack, routes = 0) {
    const child = spawn(process.execPath, [main, framework, stack, String(routes)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const port = Number((await lines.next()).value)
    if (!(port > 0)) throw new Error(`${framework} ${stack} does not start`)
    const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)))
    return new Server(child, lines, open, port)
  }

  constructor(child, lines, open, port) {
    this.#child = child
    this.#lines = lines
    this.#connections = open
    this.port = port
  }

  /**
   * Sends a request `count` times over all connections.
   *
   * @param sleeps - Whether this process may sleep until the next answer.
   * @returns The last answer of one of them.
   */
  async load(request, count, sleeps = false) {
    const each = Math.ceil(count / connections)
    const rest = sleeps ? () => undefined : stayAwake()
    try {
      const answers = await Promise.all(this.#connections.map((one) => one.send(request, each)))
      return answers[0]
    } finally {
      rest()
    }
  }

  /** Sends one request. @returns Its answer. */
  ask(request) {
    return this.#connections[0].send(request, 1)
  }

  /** What a request costs: the server's own CPU time in microseconds, and all of the time. */
  async measure(request, count, sleeps) {
    const sent = Math.ceil(count / connections) * connections
    const before = await this.#cpu()
    const start = performance.now()
    await this.load(request, sent, sleeps)
    const seconds = (performance.now() - start) / 1000
    return { cpu: ((await this.#cpu()) - before) / sent, perSecond: sent / seconds }
  }

  async #cpu() {
    this.#child.stdin.write('\n')
    return Number((await this.#lines.next()).value)
  }

  stop() {
    for (const connection of this.#connections) connection.close()
    this.#child.kill()
  }
}

/**
 * Keeps this process from sleeping until the next answer. To wake it is the work of whoever writes that, which
 * costs a server as much as its own answer, and only those that are slower than this process.
 *
 * @returns Lets it sleep again.
 */
function stayAwake() {
  let isAwake = true
  const turn = () => {
    if (isAwake) setImmediate(turn)
  }
  turn()
  return () => {
    isAwake = false
  }
}
