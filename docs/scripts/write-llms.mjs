// Writes llms.txt, the list of all documentation for programs that read.
//
//   node docs/scripts/write-llms.mjs           write it
//   node docs/scripts/write-llms.mjs --check   exit 1 with a sentence if it is not what it would write

import { readdir, readFile } from 'node:fs/promises'
import { root, visit } from './markdown.mjs'
import { packages } from './packages.mjs'

const pages = {
  'docs/express.md':
    'an app on Express 5: where the middleware goes, errors, proxies, sessions, tests',
  'docs/koa.md': 'the same for Koa 3',
  'docs/fastify.md': 'the same for Fastify 5',
  'docs/from-flask.md': 'configuration keys, sessions and error handlers of Flask, side by side',
  'docs/from-helmet.md': 'what becomes of helmet() and its options',
  'docs/from-status-packages.md': 'from http-status-codes, statuses, http-errors',
  'docs/from-iis.md': 'sub-statuses of IIS in logs, and its answers',
  'docs/rules.md': 'every rule that answers are held to, with its section of an RFC',
  'docs/conformance-rules.md': 'every question that the checker puts to a server',
  'docs/security-model.md':
    'what session cookies, keys, headers and proxies protect, and what they do not',
}

async function writeLlms() {
  const readme = await readFile(new URL('README.md', root), 'utf8')
  const [, summary] = /\n\n(One middleware [^]*?)\n\n/.exec(readme) ?? []
  if (summary === undefined) throw new Error('README.md has lost its first sentence')
  const missing = (await readdir(new URL('docs', root)))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .filter((name) => !(`docs/${name}` in pages))
  if (missing.length > 0) throw new Error(`Not in the list of pages: ${missing.join(', ')}`)
  const index = await readFile(new URL('docs/README.md', root), 'utf8')
  const unlisted = Object.keys(pages).filter((file) => !index.includes(file.replace('docs/', '(')))
  if (unlisted.length > 0) throw new Error(`Not in docs/README.md: ${unlisted.join(', ')}`)
  const list = (rows) =>
    rows.map(([file, name, text]) => `- [${name}](${file}): ${text}`).join('\n')
  const titles = await Promise.all(
    Object.entries(pages).map(async ([file, text]) => {
      const page = await readFile(new URL(file, root), 'utf8')
      return [file, page.slice(2, page.indexOf('\n')), text]
    }),
  )
  await visit(
    'llms.txt',
    () => `# http-semantics

> ${summary.replaceAll('\n', ' ')}

Every code block of these files that is not marked \`no-run\` is run by the tests, and every table that comes from code is checked against it.

## Guides

${list(titles)}

## Packages

${list(packages.map(({ name, folder, description }) => [`${folder}/README.md`, name, description]))}

## Optional

${list([
  ['README.md', 'README', 'the project in short, before and after'],
  ['README.zh-TW.md', 'README in Traditional Chinese', 'the same'],
  ['CONTRIBUTING.md', 'Contributing', 'how the repository is built and tested'],
  ['decisions/README.md', 'Decisions', 'why things are as they are'],
])}
`,
  )
}

await writeLlms()
