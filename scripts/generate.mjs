// Writes every generated file of the repository; with `--check`, says which one is out of date.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const scripts = [
  '../packages/status/scripts/write-codes.mjs',
  '../packages/http/scripts/write-rules.mjs',
  '../packages/security-headers/scripts/write-presets.mjs',
  '../bench/src/write.mjs',
  '../packages/conformance/scripts/write-table.mjs',
  '../docs/scripts/write-readme.mjs',
  '../docs/scripts/write-docs.mjs',
  '../docs/scripts/write-packages.mjs',
  '../docs/scripts/write-llms.mjs',
]

for (const script of scripts) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { status } = spawnSync(process.execPath, [path, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
}
