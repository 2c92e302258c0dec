// Writes what of docs/ comes from code.
//
//   node docs/scripts/write-docs.mjs           write them (after `tsc --build`)
//   node docs/scripts/write-docs.mjs --check   exit 1 with a sentence if they are not what it would write

import { root, table, visit, withPart } from './markdown.mjs'

const script = 'write-docs.mjs'
const load = (path) => import(new URL(`packages/${path}`, root).href)

const part = (file, name, content) =>
  visit(file, (text) => withPart(text, file, script, name, content))

/** `RFC 9110 section 15.5.6` as a link to that section. */
function linked(reference) {
  const [, rfc, section] = /^RFC (\d+) sections? ([\d.]+)/.exec(reference) ?? []
  if (rfc === undefined) throw new Error(`No section of an RFC: ${reference}`)
  return `[${reference}](https://www.rfc-editor.org/rfc/rfc${rfc}.html#section-${section})`
}

const cell = (text) => text.replaceAll('|', '\\|')

/** What becomes of an answer that breaks a rule. */
function outcome({ repair }) {
  if (repair === 'refuse') return '500 instead'
  return repair === 'tell' ? 'told' : 'mended'
}

async function writeRules() {
  const { rules } = await load('http/dist/rules.js')
  const rows = rules.map((rule) => [
    `\`${rule.id}\``,
    cell(rule.sentence),
    linked(rule.reference),
    rule.level,
    outcome(rule),
  ])
  const head = ['id', 'rule', 'where', 'level', 'an answer that breaks it is']
  await part('docs/rules.md', 'rules', table([head, ...rows]))
}

const levels = { must: 'MUST', should: 'SHOULD', practice: 'good practice' }

async function writeConformanceRules() {
  const { rules } = await load('conformance/dist/index.js')
  const areas = [...new Set(rules.map(({ area }) => area))]
  const sections = areas.map((area) => {
    const rows = rules
      .filter((rule) => rule.area === area)
      .map(({ id, sentence, reference, level }) => [
        `\`${id}\``,
        cell(sentence),
        `[${reference.text}](${reference.link})`,
        levels[level],
      ])
    return `## ${area}\n\n${table([['id', 'rule', 'where', 'level'], ...rows])}`
  })
  await visit(
    'docs/conformance-rules.md',
    () => `# What a server can be asked

<!-- Written by docs/scripts/write-docs.mjs. Do not edit by hand. -->

The ${rules.length} rules of [\`@http-semantics/conformance\`](../packages/conformance), by area. One of them, or an area, is put to
a server by \`npx @http-semantics/conformance --only <id or area> <url>\`.

${sections.join('\n\n')}
`,
  )
}

/** How a default is written in a table. */
function shown(value, kind) {
  if (kind === 'duration') return `${value / 86_400} days`
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  return typeof value === 'string' ? `'${value}'` : String(value)
}

async function writeFlaskKeys() {
  const { flaskKeys } = await load('session/dist/flask-keys.js')
  const places = { session: 'session.', host: '', limit: '' }
  const rows = Object.entries(flaskKeys).map(
    ([key, { option, part: place, kind, flask, safe }]) => [
      `\`${key}\``,
      `\`${shown(flask, kind)}\``,
      option === undefined ? '' : `\`${place === 'session' ? places.session : ''}${option}\``,
      safe === undefined ? '' : `\`'${safe}'\``,
    ],
  )
  await part(
    'docs/from-flask.md',
    'keys',
    table([['Flask', 'its default', 'here', 'our default, where it differs'], ...rows]),
  )
}

async function writeSubStatuses() {
  const { findIisSubStatus, iisSubStatuses } = await load('status/dist/iis.js')
  const { reasonPhrase } = await load('status/dist/index.js')
  const rows = iisSubStatuses
    .map((text) => ({ text, ...findIisSubStatus(text) }))
    .filter(({ code, nearest }) => nearest !== code)
    .map(({ text, meanings, nearest }) => [
      text,
      cell([...new Set(meanings.map(({ en }) => en))].join(' ')),
      `${nearest} ${reasonPhrase(nearest)}`,
    ])
  await part(
    'docs/from-iis.md',
    'sub-statuses',
    table([['IIS', 'what it means', 'in HTTP'], ...rows]),
  )
}

/** Which of our constants stand for those of http-status-codes. */
async function writeStatusNames() {
  const { StatusCodes } = await import('http-status-codes')
  const { Status } = await load('status/dist/index.js')
  const names = new Map(Object.entries(Status).map(([name, code]) => [code, name]))
  const rows = Object.entries(StatusCodes)
    .filter(([, code]) => typeof code === 'number')
    .map(([theirs, code]) => {
      const name = names.get(code)
      return [String(code), `\`${theirs}\``, name === undefined ? 'not registered' : `\`${name}\``]
    })
  await part(
    'docs/from-status-packages.md',
    'names',
    table([['code', '`StatusCodes.`', '`Status.`'], ...rows]),
  )
}

await writeRules()
await writeConformanceRules()
await writeFlaskKeys()
await writeSubStatuses()
await writeStatusNames()
