import { defineConfig } from 'vitest/config'

/** Tests run from source: `@http-semantics/source` is the first entry of every package's `exports`. */
const conditions = ['@http-semantics/source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      '{packages,examples}/*/src/**/*.test.ts',
      'test/src/**/*.test.ts',
      'bench/src/**/*.test.mjs',
    ],
    globalSetup: ['test/src/peers.ts'],
    // What a passing test prints (the stack of an error it asked for) is no news.
    silent: 'passed-only',
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      reporter: ['text-summary'],
    },
  },
})
