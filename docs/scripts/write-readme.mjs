// Writes the parts of README.md and README.zh-TW.md that come from code: answers of real servers, the
// quick starts, and the tables.
//
//   node docs/scripts/write-readme.mjs           write them (after `tsc --build`)
//   node docs/scripts/write-readme.mjs --check   exit 1 with a sentence if they are not what it would write

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { comparedAnswers, quickStart, quickStarts } from './answers.mjs'
import { fence, partOf, root, table, visit, withPart } from './markdown.mjs'
import { packages } from './packages.mjs'

const script = 'write-readme.mjs'

const texts = {
  en: {
    file: 'README.md',
    packages: ['package', 'what it is'],
    conformance: {},
    describe: ({ description }) => description.replace(/\.$/, ''),
    speed: {
      none: 'What it costs is measured by `npx pnpm@12.21.0 run bench`.',
      caption: ({ date, node, machine }) =>
        `What it costs: CPU time of a request in µs, beside what people put in front of an app today (helmet, cookie-session and their like). Measured on ${date}, Node ${node}, ${machine}; [all of it](bench/README.md).`,
      head: ['framework', 'answer', 'bare', 'with others', 'with http-semantics'],
      cases: { hello: 'hello, as text', 'session-read': 'a session is read' },
    },
  },
  'zh-TW': {
    file: 'README.zh-TW.md',
    packages: ['套件', '用途'],
    conformance: {
      server: '伺服器',
      held: '符合',
      'failed MUST': '違反 MUST',
      'failed SHOULD': '違反 SHOULD',
      'failed good practice': '違反良好慣例',
      'not applicable': '不適用',
      'with http-semantics': '加上 http-semantics',
    },
    describe: ({ chinese }) => chinese,
    speed: {
      none: '對效能的影響可以用 `npx pnpm@12.21.0 run bench` 自行量測。',
      caption: ({ date, node, machine }) =>
        `對效能的影響：每個請求的 CPU 時間（µs），並與現今常見的套件組合（helmet、cookie-session 等）相比。量測於 ${date}，Node ${node}，${machine}；詳見[完整結果](bench/README.md)。`,
      head: ['框架', '回應', '單獨執行', '加上其他套件', '加上 http-semantics'],
      cases: { hello: 'hello 純文字', 'session-read': '讀取 session' },
    },
  },
}

const names = { express: 'Express', koa: 'Koa', fastify: 'Fastify' }

/** The table of conformance, as its package shows it. */
async function conformance(words) {
  const readme = await readFile(new URL('packages/conformance/README.md', root), 'utf8')
  const part = partOf(
    readme,
    '<!-- results: written by scripts/write-table.mjs -->\n',
    '<!-- end of results -->\n',
  )
  const [caption, ...lines] = part.split(/\n\n|\n(?=\|)/)
  const [, date, protocol, versions] =
    /^Checked on ([\d-]+), over ([^,]+), (.*)\.$/.exec(caption) ?? []
  const rows = lines
    .filter((_, index) => index !== 1)
    .map((line) =>
      line
        .slice(2, -2)
        .split('|')
        .map((cell) =>
          Object.entries(words).reduce(
            (text, [from, to]) =>
              text === from ? to : text.replace(/with http-semantics/, (match) => words[match]),
            cell.trim(),
          ),
        ),
    )
  return { date, protocol, versions, caption, table: table(rows) }
}

/** The times of whole requests, as the benchmark recorded them. */
async function speed({ none, caption, head, cases }) {
  const file = new URL('bench/results.json', root)
  if (!existsSync(file)) return none
  const results = JSON.parse(await readFile(file, 'utf8'))
  const rows = quickStarts.flatMap((framework) =>
    Object.entries(cases).map(([name, title]) => {
      const cells = ['bare', 'peers', 'ours'].map((stack) => {
        const found = results.servers.find(
          (one) =>
            one.framework === framework && one.name === name && one.stack.split('+')[0] === stack,
        )
        return found.cpu.median.toFixed(1)
      })
      return [names[framework], title, ...cells]
    }),
  )
  return `${caption(results)}\n\n${table([head, ...rows])}`
}

async function parts(language) {
  const { packages: head, conformance: words, describe } = texts[language]
  const found = await conformance(words)
  const answers = await answersOnce()
  const all = {
    answers: quickStarts
      .map((name, index) => `**${names[name]}**\n\n${fence('diff', answers[index])}`)
      .join('\n\n'),
    packages: table([
      head,
      ...packages.map((row) => [`[\`${row.name}\`](${row.folder})`, describe(row)]),
    ]),
    speed: await speed(texts[language].speed),
    conformance: `${
      language === 'en'
        ? found.caption
        : `檢查日期 ${found.date}，${found.protocol}，${found.versions.replaceAll(', ', '、').replace(': ', '：')}。`
    }\n\n${found.table}`,
  }
  for (const name of quickStarts) {
    all[`quick start, ${names[name]}`] = fence('js no-run', await quickStart(name))
  }
  return all
}

let asked
const answersOnce = () => (asked ??= comparedAnswers())

for (const [language, { file }] of Object.entries(texts)) {
  if (!existsSync(new URL(file, root))) continue
  await visit(file, async (text) =>
    Object.entries(await parts(language)).reduce(
      (done, [name, content]) => withPart(done, file, script, name, content),
      text,
    ),
  )
}
