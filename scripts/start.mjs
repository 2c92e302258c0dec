// `npm start`: builds what the examples need, then runs them in this very process, so that a signal
// to npm reaches them.
import { spawnSync } from 'node:child_process'

const pnpm = ['exec', '--yes', '--prefer-offline', '--', 'pnpm@12.21.0', 'run', 'build:examples']
const { status } = spawnSync(process.execPath, [process.env.npm_execpath ?? '', ...pnpm], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)

// npm passes SIGTERM on to the shell it runs scripts in, and the shell ends without telling its child,
// which then has another parent.
const { ppid } = process
setInterval(() => {
  if (process.ppid !== ppid) process.kill(process.pid, 'SIGTERM')
}, 500).unref()

await import('../examples/start/dist/main.js')
