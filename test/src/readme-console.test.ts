import { readFileSync } from 'node:fs'
import { startExpress } from '@http-semantics/example-express'
import { startFastify } from '@http-semantics/example-fastify'
import { startKoa } from '@http-semantics/example-koa'
import { expect, it, onTestFinished } from 'vitest'
import { hostOf } from './hosts.ts'
import { commandsOf, fencesOf } from './markdown.ts'
import { comparable } from './shown-output.ts'
import { exchange } from './wire.ts'

/** Which server the README's `npm start` puts on which port. */
const starts = { 5000: startExpress, 5001: startKoa, 5002: startFastify }

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** The `curl -i` commands of the README, each with the answer it shows. */
const sessions = fencesOf(readme.split('\n'))
  .filter(({ language, marks }) => language === 'console' && !marks.includes('no-run'))
  .flatMap(({ code }) => commandsOf(code))
  .filter(({ command }) => command.startsWith('curl -i '))

it('shows at least one answer in the README', () => {
  expect(sessions).not.toEqual([])
})

it.each(sessions)('answers "$command" as the README shows it', async ({ command, output }) => {
  const [, method = 'GET', port = '', target = ''] =
    /^curl -i (?:-X (\w+) )?http:\/\/127\.0\.0\.1:(\d+)(\/\S*)$/.exec(command) ?? []
  const start = Object.entries(starts).find(([candidate]) => candidate === port)?.[1]
  if (start === undefined) throw new Error(`No server of ours listens on the port of: ${command}`)
  const host = await hostOf(await start({ port: 0, host: '127.0.0.1' }))
  onTestFinished(() => host.stop())

  // Like curl, on a connection that could go on.
  const answered = exchange(
    host.port,
    `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: curl\r\nAccept: */*\r\n\r\n`,
  )
  host.server.on('request', (_request, response) => {
    response.on('close', () => setImmediate(() => host.server.closeIdleConnections()))
  })
  const both = comparable(await answered, output)
  expect(both.printed).toBe(both.shown)
})
