import { spawnSync } from 'node:child_process'
import type { TestProject } from 'vitest/node'

/** The programs that some tests talk to, found once. A test whose program is missing is skipped. */
export interface Peers {
  /** A Python that has `requests`. */
  readonly python: string | undefined
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly peers: Peers
  }
}

const pythons = ['/usr/bin/python3', 'python3', 'python']

/** Looks for the peers before all tests, and says which are missing. */
export function setup(project: TestProject): void {
  const python = pythons.find(
    (command) => spawnSync(command, ['-c', 'import requests']).status === 0,
  )
  if (python === undefined) {
    missing('the tests with Python, since no python3 with requests is here')
  }
  project.provide('peers', { python })
}

/** Says which tests are skipped and why. With `REQUIRE_PEERS` set, as in CI, that is a failure. */
function missing(what: string): void {
  if (process.env['REQUIRE_PEERS'] !== undefined) throw new Error(`REQUIRE_PEERS: ${what}`)
  console.log(`skipped: ${what}`)
}
