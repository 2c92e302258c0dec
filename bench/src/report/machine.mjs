import { readFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'

const peers = [
  'express',
  'koa',
  'fastify',
  'helmet',
  'cookie-session',
  'koa-helmet',
  'koa-session',
  '@koa/router',
  '@fastify/helmet',
  '@fastify/secure-session',
  'iron-session',
  'statuses',
  'http-status-codes',
  'etag',
  'fresh',
  'finalhandler',
]

/** On what, when and of which versions the numbers are. */
export function describeRun() {
  const [{ model }] = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release().split(/[-+]/, 1)[0]} ${arch()}`,
    node: process.versions.node,
    versions: Object.fromEntries(peers.map((name) => [name, versionOf(name)])),
  }
}

/** Read as a file, since not every package exports its package.json. */
function versionOf(name) {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')).version
}
