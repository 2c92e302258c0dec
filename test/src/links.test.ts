import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/*
 * Every link of every Markdown file of the repository. Those within it have to lead somewhere, to a
 * heading where they name one; those that leave it are checked by their form alone, since no test may
 * depend on other people's servers.
 */

const root = fileURLToPath(new URL('../..', import.meta.url))
const passedOver = new Set(['node_modules', 'dist', 'coverage', '.git', '.turbo'])

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (passedOver.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return markdownFiles(path)
    // llms.txt is Markdown too.
    return entry.isFile() && /\.md$|^llms.*\.txt$/.test(entry.name) ? [path] : []
  })
}

const files = markdownFiles(root).map((path) => relative(root, path).split(sep).join('/'))

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** A text without its code, in blocks and in lines, and without comments. */
const prose = (text: string): string =>
  text
    .replaceAll(/^ *(```+)[^]*?^ *\1 *$/gm, '')
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, '`code`')

interface Link {
  readonly file: string
  readonly target: string
}

const links: readonly Link[] = files.flatMap((file) => {
  const text = prose(read(file))
  const targets = [
    ...[...text.matchAll(/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, target]) => target),
    ...[...text.matchAll(/^\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)].map(([, target]) => target),
    ...[...text.matchAll(/<(?:a|img)\b[^>]*?(?:href|src)="([^"]*)"/g)].map(([, target]) => target),
    ...[...text.matchAll(/<(https?:\/\/[^>\s]+)>/g)].map(([, target]) => target),
  ]
  return targets.map((target = '') => ({ file, target }))
})

/** The anchors of a Markdown file, as GitHub makes them of its headings. */
function anchors(file: string): ReadonlySet<string> {
  const text = read(file).replaceAll(/^ *(```+)[^]*?^ *\1 *$/gm, '')
  const seen = new Map<string, number>()
  const made = [...text.matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/<[^>]+>/g, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
  const named = [...text.matchAll(/<a (?:id|name)="([^"]+)">/g)].map(([, name = '']) => name)
  return new Set([...made, ...named])
}

/** What is wrong with a link, if anything. */
function complaint({ file, target }: Link): string | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(target)) return complaintOutside(target)
  const [path = '', anchor] = target.split('#')
  const led = path === '' ? file : join(dirname(file), decodeURI(path)).split(sep).join('/')
  if (led.startsWith('..')) return 'leaves the repository'
  const found = statSync(join(root, led), { throwIfNoEntry: false })
  if (found === undefined) return 'leads nowhere'
  if (anchor === undefined) return undefined
  const page = found.isDirectory() ? `${led}/README.md` : led
  if (!/\.(?:md|txt)$/.test(page)) return 'names an anchor of what has none'
  return anchors(page).has(decodeURIComponent(anchor)) ? undefined : 'names no heading of that file'
}

function complaintOutside(target: string): string | undefined {
  if (target.startsWith('mailto:')) return undefined
  if (!URL.canParse(target)) return 'is no URL'
  const { protocol, hostname, pathname, hash } = new URL(target)
  if (protocol !== 'https:') return 'is not https'
  if (hostname === 'www.rfc-editor.org') {
    const isPage = /^\/rfc\/rfc\d+\.html$/.test(pathname)
    const isPlace =
      hash === '' || /^#(?:section-\d+(?:\.\d+)*|appendix-[A-Z](?:\.\d+)*)$/.test(hash)
    if (!isPage || !isPlace) return 'is not of the form …/rfc/rfc9110.html#section-15.5.6'
  }
  return /^(?:datatracker|tools)\.ietf\.org$/.test(hostname) && /\/rfc\d/.test(pathname)
    ? 'names an RFC elsewhere than at www.rfc-editor.org'
    : undefined
}

it('finds the files and their links', () => {
  expect(files).toContain('README.md')
  expect(files.length).toBeGreaterThan(20)
  expect(links.length).toBeGreaterThan(100)
})

it.each(files)('%s has no dead links', (file) => {
  const dead = links
    .filter((link) => link.file === file)
    .map((link) => ({ target: link.target, complaint: complaint(link) }))
    .filter(({ complaint }) => complaint !== undefined)
    .map(({ target, complaint }) => `${target} ${complaint}`)
  expect(dead).toEqual([])
})

it('names the RFCs in the same form in doc comments', () => {
  const sources = readdirSync(join(root, 'packages'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /^[^/]+\/src\/.*\.ts$/.test(path) && !path.includes('node_modules'))
  const targets = sources.flatMap((path) => [
    ...read(`packages/${path}`).matchAll(/\]\((https:\/\/[^\s)$]+)\)/g),
  ])
  expect(targets.length).toBeGreaterThan(100)
  const dead = targets.map(([, target = '']) => [target, complaint({ file: '', target })] as const)
  expect(dead.filter(([, what]) => what !== undefined)).toEqual([])
})

it.each([
  ['docs/none.md', 'leads nowhere'],
  ['README.md#no-such-heading', 'names no heading of that file'],
  ['http://example.com/', 'is not https'],
  ['https://www.rfc-editor.org/rfc/rfc9110#section-15', 'is not of the form'],
  ['https://www.rfc-editor.org/rfc/rfc9110.html#status.405', 'is not of the form'],
  ['https://datatracker.ietf.org/doc/html/rfc9110', 'names an RFC elsewhere'],
  ['../elsewhere', 'leaves the repository'],
])('would tell that %s %s', (target, expected) => {
  expect(complaint({ file: 'README.md', target })).toContain(expected)
})

it.each([
  'README.md#try-it',
  'packages/status',
  'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6',
])('takes %s', (target) => {
  expect(complaint({ file: 'README.md', target })).toBeUndefined()
})
