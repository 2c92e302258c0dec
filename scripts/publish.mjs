// `node scripts/publish.mjs FOLDER [--dry-run]`: publishes the tarballs of a folder whose versions npm
// does not have yet, and makes their releases on GitHub. The folder is what `PACKED=FOLDER npm run
// release:dry` has left there: what was looked at is what goes out. Doing it twice is harmless. Nothing
// is to be installed: Node, npm and, in the workflow, gh are all it takes.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [folder, mode] = process.argv.slice(2)
if (folder === undefined || (mode !== undefined && mode !== '--dry-run')) {
  console.error('Usage: node scripts/publish.mjs FOLDER [--dry-run]')
  process.exit(2)
}
const isDry = mode === '--dry-run'
const isWorkflow = process.env['GITHUB_ACTIONS'] === 'true'

/** Runs a command; what it prints is for people, unless it is asked for. */
function run(command, parameters, { quiet = false } = {}) {
  const { status, stdout } = spawnSync(command, parameters, {
    encoding: 'utf8',
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    shell: process.platform === 'win32',
  })
  return { isDone: status === 0, output: stdout ?? '' }
}

// The first npm that can exchange the token of a workflow for one of its own.
const [major = 0, minor = 0, patch = 0] = run('npm', ['--version'], { quiet: true })
  .output.trim()
  .split('.')
  .map(Number)
if (major < 11 || (major === 11 && (minor < 5 || (minor === 5 && patch < 1)))) {
  console.error(`npm 11.5.1 or newer is needed, this is ${major}.${minor}.${patch}.`)
  process.exit(1)
}

const root = fileURLToPath(new URL('../packages', import.meta.url))
const manifests = readdirSync(root)
  .map((name) => JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8')))
  .filter((manifest) => manifest.private !== true)

/** Those that others depend on come first, so that whatever is out can be installed. */
const ordered = []
function add(manifest) {
  if (ordered.includes(manifest)) return
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const dependency = manifests.find((candidate) => candidate.name === name)
    if (dependency !== undefined) add(dependency)
  }
  ordered.push(manifest)
}
for (const manifest of manifests) add(manifest)

/** 0.0.0 is the placeholder on npm of a package that has had no change note yet. */
const isReleased = ({ version }) => version !== '0.0.0'
for (const { name, dependencies = {} } of ordered.filter(isReleased)) {
  const missing = ordered.find(
    (candidate) => !isReleased(candidate) && candidate.name in dependencies,
  )
  if (missing !== undefined) {
    console.error(
      `${name} depends on ${missing.name}, which needs a change note: it is 0.0.0 still.`,
    )
    process.exit(1)
  }
}

/** What the change log says of a version. */
function notesOf({ name, version }) {
  const log = readFileSync(join(root, name.split('/')[1], 'CHANGELOG.md'), 'utf8')
  const section = log.split(/^## /m).find((part) => part.startsWith(`${version}\n`))
  return section?.slice(version.length).trim() ?? ''
}

for (const manifest of ordered) {
  const { name, version } = manifest
  const release = `${name}@${version}`
  if (!isReleased(manifest)) {
    console.log(`${release} is not for release: it has had no change note`)
    continue
  }
  if (run('npm', ['view', release, 'version'], { quiet: true }).output.trim() === version) {
    console.log(`${release} is out already`)
  } else {
    const tarball = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
    const flags = ['--access', 'public', ...(isWorkflow ? ['--provenance'] : [])]
    const dry = isDry ? ['--dry-run'] : []
    if (!run('npm', ['publish', tarball, ...flags, ...dry]).isDone) process.exit(1)
    console.log(`${release} is out${isDry ? ', or would be' : ''}`)
  }
  if (!isWorkflow || isDry || run('gh', ['release', 'view', release], { quiet: true }).isDone) {
    continue
  }
  const notes = join(mkdtempSync(join(tmpdir(), 'notes-')), 'notes.md')
  writeFileSync(notes, notesOf(manifest))
  const target = ['--target', process.env['GITHUB_SHA'] ?? 'main']
  const title = ['--title', release, '--notes-file', notes]
  if (!run('gh', ['release', 'create', release, ...target, ...title]).isDone) process.exit(1)
}
