import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
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

const bare = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

/** A server that does with each connection, once something came, what it is told to. */
async function serve(
  answer: (socket: Socket, count: number, octets: string) => unknown,
): Promise<{ url: string; stopping: AbortController; stop: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  let count = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', (octets) => answer(socket, (count += 1), octets.toString('latin1')))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/`,
    stopping: new AbortController(),
    stop: async () => {
      server.close()
      for (const socket of sockets) socket.destroySoon()
    },
  }
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

  it('stops at once, and takes nothing that was cut off for a breach', async () => {
    const stop = new AbortController()
    const begun = Date.now()
    setTimeout(() => stop.abort(), 60)
    const waiting = await conformance([good.url, '--delay', '60000'], { signal: stop.signal })
    expect(waiting.code).toBe(130)
    expect(waiting.out).toContain('0 held, 0 failed')
    const slow = await serve((socket, count) => count === 1 && socket.end(bare))
    setTimeout(() => slow.stopping.abort(), 200)
    const cut = await conformance([slow.url, '--only', 'host'], { signal: slow.stopping.signal })
    await slow.stop()
    expect(cut.code).toBe(130)
    expect(cut.out).toContain('0 held, 0 failed')
    expect(Date.now() - begun).toBeLessThan(4000)
  })

  it.each<[string, (socket: Socket) => unknown, RegExp]>([
    ['says nothing', () => undefined, /: no answer came within 100 ms\.\n$/],
    ['hangs up', (socket) => socket.destroy(), /closes the connection without an answer/],
    ['speaks another protocol', (socket) => socket.end('SSH-2.0-x\r\n'), /is no answer of HTTP/],
  ])('checks nothing where a server %s', async (_, answer, sentence) => {
    const server = await serve(answer)
    const { code, out, error } = await conformance([server.url, '--timeout', '100'])
    await server.stop()
    expect([code, out]).toEqual([2, ''])
    expect(error).toMatch(sentence)
  })

  it('does not pass a server that is gone before the end', async () => {
    const server = await serve((socket, count) => {
      socket.end(bare)
      if (count === 1) void server.stop()
    })
    const { code, out } = await conformance([server.url, '--only', 'cookies'])
    expect(code).toBe(1)
    expect(out).toContain('failed on the way')
  })

  it.each(['terminal', 'json', 'sarif'])(
    'lets no control character of the server out to the terminal, as %s',
    async (format) => {
      const tag = '\u001B]0;a\u0007\u009B31m\u007F'
      const server = await serve((socket) =>
        socket.end(bare.replace('\r\n', `\r\nETag: ${tag}\r\n`), 'latin1'),
      )
      const { out } = await conformance([server.url, '--all', '--format', format])
      await server.stop()
      expect(out).toContain(format === 'terminal' ? String.raw`\x9b31m` : String.raw`\u009b31m`)
      expect(out).not.toMatch(/(?!\n)\p{Cc}/u)
    },
  )

  it.skipIf(certificate() === undefined)(
    'leaves no connection behind a wrong document',
    async () => {
      let open = 0
      const server = await startSecureFixture(certificate() ?? {}, (socket) => {
        open += 1
        serveHttp2(socket)
      })
      const wrong = file('wrong.yaml', 'a: 1')
      const { code, error } = await conformance([server.url, '--insecure', '--openapi', wrong])
      await server.stop()
      expect([code, open]).toEqual([2, 0])
      expect(error).toContain('this is no OpenAPI document')
    },
  )

  it('takes an answer of HTTP/0.9 to content for what it is', async () => {
    const server = await serve((socket, _count, octets) => {
      const [first = '', ...more] = octets.split('\r\n\r\n')
      const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n'
      if (first.includes('close')) return socket.end(`${ok}Connection: close\r\n\r\n`)
      if (!first.includes('chunked')) return socket.end(`${ok}\r\n`.repeat(more.length))
      return socket.end(`${ok}\r\n<p>Error 400</p>`)
    })
    const { code, out } = await conformance([server.url, '--only', 'framing-chunked'])
    await server.stop()
    expect(out).toContain('The request behind it got a closed connection without an answer')
    expect(code).toBe(1)
  })

  it.skipIf(certificate() === undefined)('stops while it connects over HTTP/2', async () => {
    const server = await startSecureFixture(certificate() ?? {}, (socket) => serveHttp2(socket))
    const stop = new AbortController()
    const relay = await serve((socket, count, octets) => {
      if (count > 1) return stop.abort()
      const onward = connect(Number(new URL(server.url).port), '127.0.0.1')
      onward.write(octets, 'latin1')
      return socket.pipe(onward).pipe(socket)
    })
    const url = relay.url.replace('http:', 'https:')
    const { code } = await conformance([url, '--insecure'], { signal: stop.signal })
    await Promise.all([relay.stop(), server.stop()])
    expect([code, stop.signal.aborted]).toEqual([130, true])
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
      ['http://127.0.0.1:1/', '--levle', 'must'],
      "Unknown option '--levle'; did you mean '--level'? See --help.",
    ],
    [
      ['http://127.0.0.1:1/', '--no-colour'],
      "Unknown option '--no-colour'; did you mean '--no-color'? See --help.",
    ],
    [
      ['http://127.0.0.1:1/', '--delay', '-1'],
      "Option '--delay' argument is ambiguous. See --help.",
    ],
    [
      ['http://127.0.0.1:1/', '--level', 'mst'],
      "--level must be must, should, practice, got 'mst'; did you mean 'must'?",
    ],
    [
      ['http://127.0.0.1:1/', '--only', ''],
      "there is no rule and no area ''; conformance --list shows them all.",
    ],
    [
      ['http://127.0.0.1:1/', '--level', 'all'],
      "--level must be must, should, practice, got 'all'.",
    ],
    [['http://127.0.0.1:1/', '--timeout', '1s'], "--timeout must be a whole number, got '1s'."],
    [
      ['http://127.0.0.1:1/', '--only', 'hosts'],
      "there is no rule and no area 'hosts'; did you mean 'host'?",
    ],
    [
      ['http://127.0.0.1:1/', '--path', 'a'],
      "paths must begin with '/' and have no spaces or '#', got 'a'.",
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
