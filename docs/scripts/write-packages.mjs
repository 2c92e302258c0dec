// Writes what the READMEs of all packages have alike, and the sizes of the status package.
//
//   node docs/scripts/write-packages.mjs           write them (after `tsc --build`)
//   node docs/scripts/write-packages.mjs --check   exit 1 with a sentence if they are not what it would write

import { build } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { root, table, visit, withPart } from './markdown.mjs'
import { packages } from './packages.mjs'

const part = (file, name, content) =>
  visit(file, (text) => withPart(text, file, 'write-packages.mjs', name, content))

/** What the entries of the status package hold, in the order of its package.json. */
const statusEntries = {
  '.': '`Status`, look-ups, guards, types',
  './codes': 'one constant per code',
  './en': 'title and description of every code, English',
  './zh-TW': 'the same in Traditional Chinese as written in Taiwan',
  './vendor': 'unofficial codes, keyed by vendor, in both languages',
  './iis': 'the sub-statuses of IIS, with cause and fix',
}

/** How many bytes a bundle has that exports something of a package. */
async function sizeOf(what) {
  const { outputFiles } = await build({
    stdin: {
      contents: `export ${what}`,
      resolveDir: fileURLToPath(new URL('packages/status', root)),
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    charset: 'utf8',
  })
  const { length } = outputFiles[0].contents
  return length < 1000 ? `${length} bytes` : `${(length / 1000).toPrecision(2)} kB`
}

async function writeStatusEntries() {
  const { exports, name } = packages.find(({ folder }) => folder === 'packages/status')
  const paths = Object.keys(exports).filter((path) => path !== './package.json')
  const rows = await Promise.all(
    paths.map(async (path) => {
      const entry = `${name}${path.slice(1)}`
      const what = path === './codes' ? '{ NotFound }' : '*'
      return [`\`${entry}\``, statusEntries[path], await sizeOf(`${what} from '${entry}'`)]
    }),
  )
  const alone = await sizeOf(`{ Status } from '${name}'`)
  await part(
    'packages/status/README.md',
    'entries',
    `${table([['import', 'what is in it', 'minified'], ...rows])}

Sizes are minified, by esbuild with \`charset: 'utf8'\`. The size of \`codes\` is that of one constant; that of \`.\` is all of it, and \`Status\` alone is ${alone}.`,
  )
}

const frameworks = { express: 'Express', koa: 'Koa', fastify: 'Fastify' }

/** A range such as `^5.0.0` or `>=20.19.5` in words. */
function inWords(range) {
  const [, major] = /^\^(\d+)\.0\.0$/.exec(range) ?? []
  const [, least] = /^>=([\d.]+)$/.exec(range) ?? []
  if (major === undefined && least === undefined) throw new Error(`No words for ${range}`)
  return major ?? `${least} and newer`
}

/** The table of compatibility in the README of each package, by what its package.json says. */
async function writeCompatibility() {
  const router = JSON.parse(
    await readFile(new URL('docs/node_modules/@koa/router/package.json', root), 'utf8'),
  )
  for (const { folder, engines, peerDependencies = {} } of packages) {
    const rows = Object.entries(frameworks)
      .filter(([name]) => name in peerDependencies)
      .map(([name, title]) => [title, inWords(peerDependencies[name])])
    if ('koa' in peerDependencies) {
      rows.push(['@koa/router', `${router.version.split('.', 1)[0]}, if any`])
    }
    rows.push(
      ['Node', inWords(engines.node)],
      ['modules', 'ESM; `require()` works on every Node listed above'],
      ['TypeScript', '5.9 and newer; in CommonJS projects with `module` `nodenext`'],
    )
    const content = table([['what', 'which'], ...rows])
    await part(`${folder}/README.md`, 'compatibility', content)
  }
}

await writeStatusEntries()
await writeCompatibility()
