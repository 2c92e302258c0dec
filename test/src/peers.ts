import { spawnSync } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { TestProject } from 'vitest/node'

/** The programs that some tests talk to, found once. A test whose program is missing is skipped. */
export interface Peers {
  /** A Python that has `requests`. */
  readonly python: string | undefined
  /** A Python that has Flask. */
  readonly flask: string | undefined
  /** The files of a key and its self-signed certificate for localhost, both PEM, made by `openssl`. */
  readonly certificate: { readonly key: string; readonly cert: string } | undefined
  /** The file of a Chromium or a Chrome. */
  readonly chromium: string | undefined
  /** The command that starts a Redis server. */
  readonly redis: string | undefined
  /** The file of an nginx. */
  readonly nginx: string | undefined
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly peers: Peers
  }
}

const pythons = ['/usr/bin/python3', 'python3', 'python']
const openssl = 'openssl'
const redisServer = 'redis-server'
const chromiums = ['chromium', 'chromium-browser', 'google-chrome']

/**
 * Looks for the peers before all tests, and says which are missing.
 *
 * @returns Tidies up after all tests.
 */
export function setup(project: TestProject): () => void {
  const python = findPython('requests')
  if (python === undefined) {
    missing('the tests with Python, since no python3 with requests is here')
  }
  const flask = findPython('flask')
  if (flask === undefined) {
    missing('the tests with Flask, since no python3 with flask is here')
  }
  const folder = mkdtempSync(join(tmpdir(), 'http-semantics-'))
  const certificate = makeCertificate(folder)
  if (certificate === undefined)
    missing('the tests with TLS, since no openssl here makes a certificate')
  const chromium = findProgram(chromiums)
  if (chromium === undefined) missing('the tests with a browser, since no chromium is on the PATH')
  const redis = spawnSync(redisServer, ['--version']).status === 0 ? redisServer : undefined
  if (redis === undefined) missing('the tests with Redis, since no redis-server is here')
  const nginx = findProgram(['nginx'])
  if (nginx === undefined) missing('the tests with a cache, since no nginx is on the PATH')
  project.provide('peers', { python, flask, certificate, chromium, redis, nginx })
  return () => rmSync(folder, { recursive: true })
}

/** A Python that has a module. */
const findPython = (module: string): string | undefined =>
  pythons.find((command) => spawnSync(command, ['-c', `import ${module}`]).status === 0)

/** Looked up, not run: to start a browser takes long. */
const findProgram = (commands: readonly string[]): string | undefined =>
  commands
    .flatMap((command) => path.map((folder) => join(folder, command)))
    .find((file) => isExecutable(file))

/** Servers stand where only root has its `PATH`. */
const path = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function makeCertificate(folder: string): Peers['certificate'] {
  const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') }
  const options = [
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1',
    '-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1',
  ].flatMap((line) => line.split(' '))
  const { status } = spawnSync(openssl, [...options, '-keyout', files.key, '-out', files.cert])
  return status === 0 ? files : undefined
}

/** Says which tests are skipped and why. With `REQUIRE_PEERS` set, as in CI, that is a failure. */
function missing(what: string): void {
  if (process.env['REQUIRE_PEERS'] !== undefined) throw new Error(`REQUIRE_PEERS: ${what}`)
  console.log(`skipped: ${what}`)
}
