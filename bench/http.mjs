// CPU time of a request: the bare framework, what others take for it, and ours, in alternating rounds.
//
//   node http.mjs [--quick]
//
// Each server is a process of its own and tells its own CPU time; the load comes from this one. The
// machine may be busy with other things: the ratios of one round count, and their median.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { cpus } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const isQuick = process.argv.includes('--quick')
const rounds = isQuick ? 5 : 15
const perRound = isQuick ? 800 : 2400
const connections = 8
const warmUp = isQuick ? 2000 : 12_000
const stacks = ['bare', 'ours', 'ours+session', 'peers', 'peers+session']
const main = fileURLToPath(new URL('servers.mjs', import.meta.url))
const request = Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')

class Server {
  static async start(framework, stack) {
    const child = spawn(process.execPath, [main, framework, stack], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const port = Number((await lines.next()).value)
    const sockets = await Promise.all(
      Array.from({ length: connections }, async () => {
        const socket = connect({ port, host: '127.0.0.1', noDelay: true })
        await once(socket, 'connect')
        return socket
      }),
    )
    return Object.assign(new Server(), { stack, child, lines, sockets })
  }

  /** CPU time so far, in microseconds. */
  async cpu() {
    this.child.stdin.write('\n')
    return Number((await this.lines.next()).value)
  }

  /** Sends requests, one after the other on each connection. @returns The last answer. */
  async load(count) {
    const answers = await Promise.all(
      this.sockets.map((socket) => ask(socket, Math.ceil(count / connections))),
    )
    return answers[0]
  }

  async measure() {
    const before = await this.cpu()
    await this.load(perRound)
    return ((await this.cpu()) - before) / perRound
  }

  stop() {
    for (const socket of this.sockets) socket.destroy()
    this.child.kill()
  }
}

/** Sends a request again and again, each when the answer before is there. @returns The last answer. */
const ask = (socket, count) =>
  new Promise((resolve, reject) => {
    let left = count
    let answer = ''
    const read = (chunk) => {
      answer += chunk.toString('latin1')
      if (!answer.endsWith('hello')) return
      left -= 1
      if (left === 0) {
        socket.off('data', read)
        socket.off('close', reject)
        resolve(answer)
        return
      }
      answer = ''
      socket.write(request)
    }
    socket.on('data', read)
    socket.once('close', reject)
    socket.write(request)
  })

/** Nobody is to be fast by doing less. */
function check(framework, stack, answer) {
  const has = (text) => answer.toLowerCase().includes(text)
  const isRight =
    answer.startsWith('HTTP/1.1 200 OK\r\n') &&
    (stack === 'bare') !== has('\r\nx-frame-options: sameorigin\r\n') &&
    (stack === 'bare') !== has('\r\ncontent-security-policy: ') &&
    !has('\r\nx-powered-by: ')
  if (!isRight) throw new Error(`${framework} ${stack} answers otherwise:\n${answer}`)
}

const median = (values) => values.toSorted((left, right) => left - right)[values.length >> 1]

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0].model}, ${rounds} rounds of ${perRound}`,
)
for (const framework of ['express', 'koa', 'fastify']) {
  const servers = []
  for (const stack of stacks) servers.push(await Server.start(framework, stack))
  const times = new Map(stacks.map((stack) => [stack, []]))
  for (const server of servers) check(framework, server.stack, await server.load(warmUp))
  for (let round = 0; round < rounds; round++) {
    for (const server of servers) times.get(server.stack).push(await server.measure())
  }
  const bare = times.get('bare')
  console.log(`\n${framework}`)
  for (const stack of stacks) {
    const own = times.get(stack)
    const ratios = own.map((time, round) => bare[round] / time)
    const sorted = ratios.toSorted((left, right) => left - right)
    console.log(
      [
        stack.padEnd(14),
        `${median(own).toFixed(1)} µs`.padStart(9),
        `${median(ratios).toFixed(2)} of bare`.padStart(13),
        `(${sorted[0].toFixed(2)} to ${sorted.at(-1).toFixed(2)})`,
      ].join('  '),
    )
  }
  for (const server of servers) server.stop()
}
