// Asks the apps of docs/quick-start, with and without this project's lines, and shows what they answer.

import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const folder = new URL('../quick-start/', import.meta.url)

/** The apps of the quick start, in the order of the README. */
export const quickStarts = ['express', 'koa', 'fastify']

/** The code of an app of the quick start. */
export const quickStart = (name) => readFile(new URL(`${name}.js`, folder), 'utf8')

/** What is asked of which app. */
const questions = [
  { app: 'express', method: 'DELETE', target: '/notes' },
  { app: 'koa', method: 'GET', target: '/me' },
  { app: 'fastify', method: 'BREW', target: '/notes' },
]

/** The fields that say nothing about the answer itself. */
const passedOver = new Set(['date', 'connection', 'keep-alive'])

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** Sends what curl sends, and gives the whole answer. */
async function exchange(port, request) {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(request)
  const chunks = []
  try {
    for await (const chunk of socket) {
      chunks.push(chunk)
      const [head, content] = splitAnswer(Buffer.concat(chunks).toString())
      const [, length] = /^content-length: (\d+)$/im.exec(head) ?? []
      if (content !== undefined && length !== undefined && content.length >= Number(length)) break
    }
  } catch (error) {
    // A server that closes at once may cut the connection behind its answer.
    if (chunks.length === 0) throw error
  }
  socket.destroy()
  return Buffer.concat(chunks).toString()
}

function splitAnswer(answer) {
  const end = answer.indexOf('\r\n\r\n')
  return end === -1 ? [answer] : [answer.slice(0, end), answer.slice(end + 4)]
}

/** Runs an app on a free port, and asks it. */
async function answerOf(code, { method, target }) {
  const [port] = /(?<=\W)500\d(?=\W)/.exec(code)
  const free = await freePort()
  const app = spawn(
    process.execPath,
    ['--input-type=module', '--eval', code.replace(port, String(free))],
    { cwd: fileURLToPath(folder), stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let complaint = ''
  app.stderr.on('data', (chunk) => (complaint += chunk))
  const request = `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: curl\r\nAccept: */*\r\n\r\n`
  try {
    for (let attempt = 0; attempt < 300 && app.exitCode === null; attempt += 1) {
      const answer = await exchange(free, request).catch(() => pause(50))
      if (answer !== undefined) return answer
    }
  } finally {
    app.kill()
  }
  throw new Error(`An app of the quick start does not answer:\n${complaint}`)
}

/** The lines of an answer: its status, its fields and its content. */
function linesOf(answer) {
  const [head, content] = splitAnswer(answer)
  const [status, ...fields] = head.split('\r\n')
  return {
    status,
    fields: fields.filter((line) => !passedOver.has(nameOf(line))),
    content: content.trimEnd().split('\n'),
  }
}

const nameOf = (line) => line.split(':', 1)[0].toLowerCase()

/** How the answer of the bare app and that of the whole one differ, as a diff. */
function difference(bare, whole, security) {
  const kept = whole.fields.filter((line) => !security.has(nameOf(line)))
  const others = whole.fields.length - kept.length
  const before = [bare.status, ...bare.fields]
  const after = [whole.status, ...kept]
  const sign = (mark, lines) => lines.map((line) => `${mark} ${line}`)
  return [
    ...sign(bare.status === whole.status ? ' ' : '-', [bare.status]),
    ...sign(
      '+',
      [whole.status].filter((line) => !before.includes(line)),
    ),
    ...sign(
      '-',
      bare.fields.filter((line) => !after.includes(line)),
    ),
    ...sign(
      ' ',
      bare.fields.filter((line) => after.includes(line)),
    ),
    ...sign(
      '+',
      kept.filter((line) => !before.includes(line)),
    ),
    `+ … and ${others} security header fields`,
    '',
    ...sign('-', bare.content),
    ...sign('+', whole.content),
  ]
}

/** Three answers before and after, each as the command that asks and the lines that differ. */
export async function comparedAnswers() {
  const { createSecurityPolicy } = await import(
    new URL('../../packages/security-headers/dist/index.js', import.meta.url).href
  )
  const security = new Set(
    createSecurityPolicy()
      .fields(false)
      .map(([name]) => name.toLowerCase()),
  )
  const answers = []
  for (const question of questions) {
    const code = await quickStart(question.app)
    const without = code
      .split('\n')
      .filter((line) => !/semantics/i.test(line))
      .join('\n')
    const [port] = /(?<=\W)500\d(?=\W)/.exec(code)
    const option = question.method === 'GET' ? '' : `-X ${question.method} `
    const command = `$ curl -i ${option}http://127.0.0.1:${port}${question.target}`
    // One after the other, or two might be given the same free port.
    const bare = linesOf(await answerOf(without, question))
    const whole = linesOf(await answerOf(code, question))
    answers.push([`  ${command}`, ...difference(bare, whole, security)].join('\n'))
  }
  return answers
}
