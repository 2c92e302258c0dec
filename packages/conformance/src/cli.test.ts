import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './cli.ts'
import { certificate } from './fixtures/certificate.test.helper.ts'
import { serveHttp2 } from './fixtures/http2.test.helper.ts'
import { startFixture, startSecureFixture, type Fixture } from './fixtures/server.test.helper.ts'

interface Ran {
  readonly code: number
  readonly out: string
  readonly error: string
}

async function conformance(
  args: readonly string[],
  more: { isTerminal?: boolean; env?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Ran> {
  let [out, error] = ['', '']
  const code = await run(args, {
    out: (text) => (out += text),
    error: (text) => (error += text),
    isTerminal: false,
    env: {},
    signal: new AbortController().signal,
    ...more,
  })
  return { code, out, error }
}

let good: Fixture
let bad: Fixture
const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

beforeAll(async () => {
  good = await startFixture()
  bad = await startFixture({
    overlooks: ['host-missing'],
    answer: (answer) => ({ ...answer, fields: [...answer.fields, ['X-Powered-By', 'Chance']] }),
  })
})
afterAll(async () => {
  await Promise.all([good.stop(), bad.stop()])
  rmSync(folder, { recursive: true })
})

const few = ['--only', 'host-missing,field-powered-by', '--no-links']

describe('the command', () => {
  it('exits with 0 where all rules hold', async () => {
    const { code, out } = await conformance([good.url, ...few])
    expect(code).toBe(0)
    expect(out).toContain('2 held, 0 failed, 0 not applicable')
  })

  it('exits with 1 where a rule fails, and shows what was sent, what came, and what the rule is', async () => {
    const { code, out } = await conformance([bad.url, ...few])
    expect(code).toBe(1)
    expect(out).toContain(
      '✗ host-missing  A request of HTTP/1.1 without Host is answered with 400.',
    )
    expect(out).toContain(
      'MUST, RFC 9112 section 3.2: https://www.rfc-editor.org/rfc/rfc9112.html#section-3.2',
    )
    expect(out).toContain('It got 200 in place of 400.')
    expect(out).toContain('> GET / HTTP/1.1')
    expect(out).toContain('< HTTP/1.1 200 OK')
  })

  it.each([
    [['--only', 'field-powered-by'], 0],
    [['--only', 'field-powered-by', '--level', 'practice'], 1],
    [['--only', 'host', '--skip', 'host-missing'], 0],
    [['--only', 'host'], 1],
  ])('with %j exits with %i', async (args, expected) => {
    expect((await conformance([bad.url, '--no-links', ...args])).code).toBe(expected)
  })

  it('takes its own report as a baseline', async () => {
    const report = await conformance([bad.url, ...few, '--format', 'json'])
    expect(report.code).toBe(1)
    const { code, out } = await conformance([
      bad.url,
      ...few,
      '--baseline',
      file('known.json', report.out),
    ])
    expect(code).toBe(0)
    expect(out).toContain('(in the baseline)')
  })

  it('writes SARIF', async () => {
    const { out } = await conformance([bad.url, ...few, '--format', 'sarif'])
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { rules: [{ id: 'host-missing' }, { id: 'field-powered-by' }] } } }],
    })
    expect(out).toContain('"ruleId": "host-missing"')
    expect(out.match(/"level": "note"/g)?.length).toBeGreaterThan(1)
  })

  it('looks at the paths of an OpenAPI document', async () => {
    const document = file('api.yaml', 'openapi: 3.1.0\npaths:\n  /file:\n    get: {}\n')
    const { out } = await conformance([good.url, ...few, '--openapi', document, '--path', '/items'])
    expect(out).toContain('3 paths: / /items /file')
  })

  it('uses colours on a terminal, unless told not to', async () => {
    const args = [good.url, ...few]
    expect((await conformance(args)).out).not.toContain('\u001B')
    const onTerminal = await conformance(args, { isTerminal: true })
    expect(onTerminal.out).toContain('\u001B[32m2 held')
    expect(onTerminal.error).toContain('2 of 2 rules')
    expect(
      (await conformance(args, { isTerminal: true, env: { NO_COLOR: '1' } })).out,
    ).not.toContain('\u001B')
    expect((await conformance([...args, '--no-color'], { isTerminal: true })).out).not.toContain(
      '\u001B',
    )
  })

  it('shows what was found when it is stopped', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 60)
    const { code, out } = await conformance([good.url, '--delay', '10', '--connections', '1'], {
      signal: stop.signal,
    })
    expect(code).toBe(130)
    expect(out).toContain('Stopped before the end')
  })

  it('lists its rules, and helps', async () => {
    expect((await conformance(['--list'])).out.split('\n').length).toBeGreaterThan(300)
    expect((await conformance(['--help'])).out).toContain('Examples')
    expect((await conformance([good.url, ...few, '--all'])).out).toContain('✓ host-missing')
  })

  it.each<[string[], string]>([
    [[], 'which server? Give its URL, like http://127.0.0.1:3000/; --help tells more.'],
    [
      ['localhost:3000'],
      "'localhost:3000' is no URL of a server; write it like 'http://localhost:3000'.",
    ],
    [['http://a/', 'http://b/'], "one URL at a time, please: 'http://b/' is too much."],
    [['http://127.0.0.1:1/', '--colour'], "Unknown option '--colour'. See --help."],
    [
      ['http://127.0.0.1:1/', '--level', 'all'],
      "--level must be must, should, practice, got 'all'.",
    ],
    [['http://127.0.0.1:1/', '--timeout', '1s'], "--timeout must be a whole number, got '1s'."],
    [
      ['http://127.0.0.1:1/', '--only', 'hosts'],
      "there is no rule and no area 'hosts'; conformance --list shows them all.",
    ],
    [
      ['http://127.0.0.1:1/', '--path', 'a'],
      "paths must begin with '/' and have no spaces, got 'a'.",
    ],
    [
      ['http://127.0.0.1:1/', '--baseline', '/none'],
      "--baseline: the file '/none' cannot be read.",
    ],
    [
      ['http://127.0.0.1:1/'],
      'http://127.0.0.1:1 cannot be checked: nothing listens there. Is the server started?',
    ],
  ])('says of %j what is wrong, in one sentence', async (args, sentence) => {
    expect(await conformance(args)).toEqual({ code: 2, out: '', error: `${sentence}\n` })
  })

  it.skipIf(certificate() === undefined)(
    'hints at --insecure where a certificate is not trusted',
    async () => {
      const server = await startSecureFixture(certificate() ?? {}, (socket) => serveHttp2(socket))
      const refused = await conformance([server.url, ...few])
      expect(refused.code).toBe(2)
      expect(refused.error).toMatch(
        /its certificate is not trusted \(\w+\)\. Use --insecure to check it all the same\.\n$/,
      )
      expect((await conformance([server.url, ...few, '--insecure'])).code).toBe(0)
      await server.stop()
    },
  )
})
