// One server of the benchmark, in a process of its own: node serve.mjs <framework> <stack> <routes>.
// It prints its port, and for each line on stdin the CPU time it has used so far, in microseconds.
import { createInterface } from 'node:readline'

/** Imported when it is asked for: what the others load would count as memory and time of this one. */
const apps = {
  express: () => import('./apps/express.mjs'),
  koa: () => import('./apps/koa.mjs'),
  fastify: () => import('./apps/fastify.mjs'),
}

const [framework, stack, routes] = process.argv.slice(2)
const { createApp } = await apps[framework]()
const server = await createApp({ stack, routes: Number(routes) })
// A connection waits while the other servers are measured.
server.keepAliveTimeout = 0
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
const lines = createInterface(process.stdin)
lines.on('line', () => {
  const { user, system } = process.cpuUsage()
  console.log(user + system)
})
// Nobody measures any more.
lines.on('close', () => process.exit())
