// `npm start` and `npm run start:flask`: builds what the examples need, then runs those of the folder
// named in this very process, so that a signal to npm reaches them.
import { spawnSync } from 'node:child_process'

// npm passes SIGTERM on to the shell it runs scripts in, and the shell ends without telling its child,
// which then has another parent.
const { ppid } = process
const stopWithParent = () => {
  if (process.ppid !== ppid) process.kill(process.pid, 'SIGTERM')
}

const npm = process.env.npm_execpath ?? ''
if (!/npm-cli\.[cm]?js$/.test(npm)) {
  console.error('Start with `npm start`: it installs and builds what the examples need.')
  process.exit(1)
}
const pnpm = ['exec', '--yes', '--prefer-offline', '--', 'pnpm@12.21.0', 'run', 'build:examples']
const { status } = spawnSync(process.execPath, [npm, ...pnpm], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
if (process.ppid !== ppid) process.exit(1)

setInterval(stopWithParent, 500).unref()

await import(`../examples/${process.argv[2]}/dist/main.js`)
