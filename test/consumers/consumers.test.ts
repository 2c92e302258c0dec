import { build } from 'esbuild'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { run } from '../release/run.ts'
import { type Framework, frameworks } from '../src/hosts.ts'
import { cookieLines, cookieOf, field, send } from '../src/wire.ts'
import { hasNodes, nodeOf, nodeVersions } from './nodes.ts'
import { type Age, asDependencies, createProject, install } from './project.ts'
import { startServer } from './server.ts'
import { compilers, resolutions } from './compilers.ts'

const isWhole = process.env['MODE'] === 'whole'

/** How an app gets our package. A bundle is one file, and runs where nothing is installed. */
const kinds = ['import', 'require', 'bundle'] as const

type Kind = (typeof kinds)[number]

/** The Node that runs the tests. */
const current = 'this Node'

interface Run {
  readonly framework: Framework
  readonly age: Age
  readonly kind: Kind
  readonly version: string
}

const allRuns: readonly Run[] = frameworks.flatMap((framework) => [
  ...kinds.flatMap((kind) =>
    (hasNodes ? nodeVersions : [current]).map((version): Run => ({
      framework,
      age: 'current',
      kind,
      version,
    })),
  ),
  { framework, age: 'oldest', kind: 'import', version: current },
])

/** One of each kind. CI does it on every Node; the oldest is there in any case. */
const someRuns: readonly Run[] = [
  { framework: 'express', age: 'current', kind: 'import', version: current },
  { framework: 'koa', age: 'current', kind: 'require', version: current },
  {
    framework: 'fastify',
    age: 'current',
    kind: 'bundle',
    version: hasNodes ? '20.19.5' : current,
  },
]

const ages = ['current', 'oldest'] as const

const allChecks = frameworks.flatMap((framework) =>
  ages.flatMap((age) =>
    compilers.flatMap((compiler) => resolutions.map((how) => ({ framework, age, compiler, how }))),
  ),
)

/** Each framework, compiler and way to resolve once. */
const someChecks = allChecks.filter(
  ({ framework, age, compiler, how }) =>
    age === 'current' &&
    frameworks.indexOf(framework) === compilers.indexOf(compiler) &&
    frameworks.indexOf(framework) === resolutions.indexOf(how),
)

/** The folders of projects, by framework and age. */
const projects = new Map<string, string>()

beforeAll(async () => {
  const tarballs = inject('tarballs')
  await Promise.all(
    frameworks.flatMap((framework) =>
      (isWhole ? ages : ages.slice(0, 1)).map(async (age) => {
        projects.set(`${framework}, ${age}`, await createProject(framework, tarballs, age))
      }),
    ),
  )
})

afterAll(async () => {
  const made = [...projects.values(), ...(await Promise.all(bundles.values()))]
  await Promise.all(made.map((path) => rm(path, { recursive: true })))
})

function projectOf(framework: Framework, age: Age = 'current'): string {
  const project = projects.get(`${framework}, ${age}`)
  if (project === undefined) throw new Error(`No project for ${framework}, ${age}`)
  return project
}

const bundles = new Map<Framework, Promise<string>>()

/** Bundles the server in TypeScript, small as for a function in a cloud. */
async function bundle(framework: Framework): Promise<string> {
  const folder = projectOf(framework)
  const outfile = `${folder}.cjs`
  const { warnings } = await build({
    entryPoints: [join(folder, 'server.ts')],
    outfile,
    bundle: true,
    minify: true,
    // The plugin knows a listener of Fastify's by its name.
    keepNames: framework === 'fastify',
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    logLevel: 'silent',
  })
  expect(warnings).toEqual([])
  return outfile
}

async function fileOf({ framework, age, kind }: Run): Promise<string> {
  const folder = projectOf(framework, age)
  if (kind === 'import') return join(folder, 'server.mjs')
  if (kind === 'require') return join(folder, 'server.cjs')
  const bundled = bundles.get(framework) ?? bundle(framework)
  bundles.set(framework, bundled)
  return bundled
}

describe('An app that has our packages from npm', () => {
  it.each(isWhole ? allRuns : someRuns)(
    'answers as it should: $framework, $age, by $kind, on $version',
    async (chosen) => {
      const { version } = chosen
      const node = version === current ? process.execPath : await nodeOf(version)
      const server = await startServer(node, await fileOf(chosen))
      onTestFinished(() => server.stop())

      const refused = await send(server.port, { method: 'POST', target: '/user' })
      expect(refused.status).toBe(405)
      expect(field(refused, 'Allow')).toBe('GET, HEAD, OPTIONS')
      expect(field(refused, 'X-Content-Type-Options')).toBe('nosniff')
      expect(field(refused, 'Content-Type')).toBe('application/problem+json')

      // Node's parser does not know it: this is the server's own answer.
      const unknown = await send(server.port, { method: 'FROBNICATE', target: '/user' })
      expect(unknown.status).toBe(501)

      const login = await send(server.port, { method: 'POST', target: '/login' })
      expect(login.status).toBe(204)
      const [line = ''] = cookieLines(login)
      expect(line.replace(/=[^;]+/, '=…')).toBe('session=…; HttpOnly; Path=/; SameSite=Lax')

      const fields = { Cookie: cookieOf(login) }
      const user = await send(server.port, { method: 'GET', target: '/user', fields })
      expect(user.content).toBe('ada')
      const nobody = await send(server.port, { method: 'GET', target: '/user' })
      expect(nobody.content).toBe('nobody')
    },
  )
})

describe('An app in TypeScript, strict, that has our packages from npm', () => {
  it.each(isWhole ? allChecks : someChecks)(
    'compiles: $framework, $age, by TypeScript $compiler.version, $how.name',
    async ({ framework, age, compiler, how }) => {
      const parameters = [compiler.file, ...how.parameters, ...how.files]
      const output = await run('node', parameters, { cwd: projectOf(framework, age) })
      expect(output).toBe('')
    },
  )
})

describe('The checker', () => {
  it('runs by npx', async () => {
    const { ['@http-semantics/conformance']: checker } = asDependencies(inject('tarballs'))
    const folder = await mkdtemp(join(tmpdir(), 'http-semantics-conformance-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const dependencies = { '@http-semantics/conformance': checker }
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
    await install(folder)
    const help = await run('npx', ['@http-semantics/conformance', '--help'], { cwd: folder })
    expect(help).toContain('conformance URL [options]')
  })
})
