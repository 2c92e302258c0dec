import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createServer, listen } from '@http-semantics/example-shared'
import { createApp } from './app.ts'

/** The first Python here that has Flask. */
const python = ['/usr/bin/python3', 'python3', 'python'].find(
  (command) => spawnSync(command, ['-c', 'import flask']).status === 0,
)
if (python === undefined) {
  console.error(
    'Flask is missing. On Debian: apt-get install python3-flask; elsewhere: pip install flask',
  )
  process.exit(1)
}

const { PORT = '5000', HOST: host = '127.0.0.1' } = process.env
const port = Number(PORT)
// Both halves sign with one key; that is all they share.
const environment = { SECRET_KEY: randomBytes(32).toString('hex'), ...process.env }
const [flaskUrl, nodeUrl] = [port, port + 1].map((own) => `http://${host}:${own}`)

const flask = spawn(python, [fileURLToPath(new URL('../app.py', import.meta.url))], {
  env: { ...environment, PORT, HOST: host, OTHER: nodeUrl },
  stdio: ['ignore', 'ignore', 'pipe'],
})
// Flask says on stderr where it runs, or why it does not.
const isRunning = await new Promise<boolean>((resolve) => {
  let told = ''
  flask.stderr.on('data', (chunk: Buffer) => {
    told += String(chunk)
    if (told.includes('Running on')) resolve(true)
  })
  flask.on('exit', () => {
    process.stderr.write(told)
    resolve(false)
  })
})
if (!isRunning) process.exit(1)

console.log(`flask ${flaskUrl}`)
const { app, semantics } = createApp({ ...environment, OTHER: flaskUrl })
const address = { port: port + 1, host }
const server = await listen(semantics.attach(createServer(app, address, false)), address)
console.log(`node ${nodeUrl}`)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    flask.kill()
    server.close()
    server.closeAllConnections()
  })
}
