import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { spread } from '../statistics.mjs'

const run = promisify(execFile)
const cwd = fileURLToPath(new URL('../..', import.meta.url))

/** What is imported, and what is there before it. */
const imports = [
  ['express', 'Express', [], ['express']],
  ['express', 'ours on top of Express', ['express'], ['@http-semantics/express']],
  [
    'express',
    'helmet and cookie-session on top of Express',
    ['express'],
    ['helmet', 'cookie-session'],
  ],
  ['koa', 'Koa', [], ['koa', '@koa/router']],
  ['koa', 'ours on top of Koa', ['koa', '@koa/router'], ['@http-semantics/koa']],
  [
    'koa',
    'koa-helmet and koa-session on top of Koa',
    ['koa', '@koa/router'],
    ['koa-helmet', 'koa-session'],
  ],
  ['fastify', 'Fastify', [], ['fastify']],
  ['fastify', 'ours on top of Fastify', ['fastify'], ['@http-semantics/fastify']],
  [
    'fastify',
    '@fastify/helmet and @fastify/secure-session on top of Fastify',
    ['fastify'],
    ['@fastify/helmet', '@fastify/secure-session'],
  ],
]

/** Measures how long imports take, each in a new process, in turns. */
export async function measureImports({ isQuick, only }, tell) {
  const chosen = imports.filter(([framework]) => only === undefined || framework === only)
  const samples = chosen.map(() => [])
  const rounds = isQuick ? 3 : 15
  tell(`imports: ${rounds} processes each`)
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, [, , before, measured]] of chosen.entries()) {
      samples[index].push(await time(before, measured))
    }
  }
  return chosen.map(([framework, title], index) => ({
    framework,
    title,
    milliseconds: spread(samples[index]),
  }))
}

async function time(before, measured) {
  const load = (name) => `await import(${JSON.stringify(name)})`
  const script = [
    ...before.map(load),
    'const start = performance.now()',
    ...measured.map(load),
    'console.log(performance.now() - start)',
  ].join('\n')
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd })
  return Number(stdout)
}
