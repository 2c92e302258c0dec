import { build } from 'esbuild'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const packages = new URL('../../../packages/', import.meta.url)

/** The size of each package as a bundle, with all it depends on but the framework. */
export async function measureBundles(_settings, tell) {
  tell('bundles')
  const results = []
  for (const folder of readdirSync(packages)) {
    const root = new URL(`${folder}/`, packages)
    const {
      name,
      exports,
      peerDependencies = {},
    } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
    const entry = exports['.']?.default
    if (entry === undefined) continue
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(entry, root))],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: Object.keys(peerDependencies),
      logLevel: 'error',
    })
    const [{ contents }] = outputFiles
    results.push({ name, minified: contents.length, gzipped: gzipSync(contents).length })
  }
  return results
}
