import { defineConfig } from 'vitest/config'

/**
 * The tests of what users get: the packed packages, in projects outside of this workspace. They need
 * a build and the registry. `--mode whole` tests every combination, else there is one of each kind.
 */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['{release,consumers,newcomer}/**/*.test.ts'],
    globalSetup: ['release/pack.ts'],
    silent: 'passed-only',
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
})
