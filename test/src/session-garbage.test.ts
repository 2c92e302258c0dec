import type { SessionOptions } from '@http-semantics/http'
import { CookieCodec, readCookie, sessionChannel, type SessionEvent } from '@http-semantics/session'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { start, type App } from './apps.ts'
import { heapUsed } from './heap.ts'
import { frameworks, type Framework } from './hosts.ts'
import { pipeline } from './wire.ts'

/** How many bad cookies there are for all servers: `SOAK=100000`, or `--mode soak`, for many. */
const total = Number(process.env['SOAK'] ?? (process.env['MODE'] === 'soak' ? 100_000 : 5000))
const perFramework = Math.ceil(total / frameworks.length)
/** How many there are on one connection. */
const batch = 100
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const key = 'correct horse battery staple'
const codec = { keys: [Buffer.from(key)], maxAge: 2_678_400 }
const ours = new CookieCodec(codec)
const foreign = new CookieCodec({ keys: [Buffer.from('another key, long enough')], maxAge: 60 })

const now = Date.now() / 1000
const content = '{"user":"ada"}'
const compressible = JSON.stringify({ user: 'ada'.repeat(40) })
const good = ours.seal(content, now)
/** Old enough to be over. */
const expired = ours.seal(content, now - 3_000_000)

/** What Node lets pass in a field (RFC 9110 section 5.5); of other bytes it makes a 400. */
const isFieldByte = (byte: number): boolean => byte === 9 || (byte >= 32 && byte !== 127)
const fieldBytes = Array.from({ length: 256 }, (_, byte) => byte).filter(isFieldByte)

const textOf = (codes: readonly number[], maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...codes), { maxLength, size: 'max' })
    .map((array) => String.fromCharCode(...array))
const base64Text = (maxLength: number): fc.Arbitrary<string> =>
  textOf(
    Array.from(Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')),
    maxLength,
  )

const parts = fc.array(
  fc.oneof(base64Text(40), fc.constantFrom(...good.split('.'), ...expired.split('.'))),
  { maxLength: 5 },
)

/** Values that are no session, from bytes without sense to what only its key or its age speaks against. */
const garbage = fc.oneof(
  textOf(fieldBytes, 60),
  textOf(fieldBytes, 6000),
  base64Text(200),
  parts.map((all) => all.join('.')),
  parts.map((all) => `.${all.join('.')}`),
  // A good one with something else in a place of it.
  fc
    .tuple(fc.nat(good.length), fc.nat(3), textOf(fieldBytes, 3))
    .map(([index, length, text]) => good.slice(0, index) + text + good.slice(index + length)),
  fc.nat(good.length - 1).map((length) => good.slice(0, length)),
  fc.constant(expired),
  fc.json().map((text) => foreign.seal(text, now)),
  // Signed by us, and yet without a session in it.
  fc.string().map((text) => ours.seal(`[${text}`, now)),
  fc.json().map((text) => ours.seal(`[${text}]`, now)),
)

/** Fields, not all of which have a cookie of ours at all. */
const field = fc
  .oneof(
    { weight: 9, arbitrary: garbage.map((value) => `session=${value}`) },
    { weight: 1, arbitrary: garbage },
    { weight: 1, arbitrary: garbage.map((value) => `a=b; session = "${value}"; session=${good}`) },
    { weight: 1, arbitrary: fc.array(garbage, { maxLength: 5 }).map((all) => all.join(';')) },
  )
  .map((text) => text.slice(0, 12_000))
  .filter((text) => readCookie(text, 'session') !== good)

const app: App = {
  routes: [
    [
      'GET',
      '/',
      (reply) =>
        reply.send(200, JSON.stringify({ ...reply.session(), isNew: reply.session().isNew })),
    ],
  ],
}

const startApp = (framework: Framework, options: Partial<SessionOptions> = {}): Promise<number> =>
  start(framework, { ...app, session: { secretKey: key, ...options } })

/** Sends Cookie fields on one connection, and tells how each was answered. */
async function ask(port: number, cookies: readonly string[]): Promise<string[]> {
  const requests = cookies.map((cookie) => ({
    method: 'GET',
    target: '/',
    fields: { Cookie: cookie },
  }))
  const answers = await pipeline(port, requests, { timeout: 20_000 })
  return answers.map(({ status, content }) => `${status} ${content}`)
}

/** Collects why cookies are refused, until the end of the test. */
function listen(): ReadonlySet<string> {
  const reasons = new Set<string>()
  const note = (message: unknown): void => {
    reasons.add((message as SessionEvent).reason)
  }
  subscribe(sessionChannel, note)
  onTestFinished(() => void unsubscribe(sessionChannel, note))
  return reasons
}

const unreadable = 'a cookie with a good signature cannot be read: json'
const empty = '200 {"isNew":true}'
const full = '200 {"user":"ada","isNew":false}'

beforeEach(() => {
  // Cookies that are signed but cannot be read are told of.
  vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(frameworks)('%s', (framework) => {
  it(
    `takes none of ${perFramework} bad cookies for a session`,
    async () => {
      const port = await startApp(framework)
      const attack = (seedOfHalf: number): Promise<void> =>
        fc.assert(
          fc.asyncProperty(
            fc.array(field, { minLength: batch, maxLength: batch }),
            async (fields) => {
              const answers = await ask(port, [...fields, `session=${good}`])
              expect(answers).toEqual([...fields.map(() => empty), full])
            },
          ),
          {
            seed: seedOfHalf,
            numRuns: Math.ceil(perFramework / batch / 2),
            interruptAfterTimeLimit: total * 20,
          },
        )
      console.log(`seed ${seed}`)
      const reasons = listen()
      await attack(seed)
      const before = heapUsed()
      await attack(seed + 1)
      expect(heapUsed() - before).toBeLessThan(4 * 2 ** 20)
      expect([...reasons]).toEqual(
        expect.arrayContaining(['form', 'signature', 'expired', unreadable]),
      )
    },
    total * 40 + 10_000,
  )

  it.each([
    ['signed', {}, content],
    ['compressed', {}, compressible],
    ['encrypted', { encrypt: true }, content],
  ])('takes no %s cookie for a session that has one bit changed', async (_how, options, text) => {
    const value = new CookieCodec({ ...codec, ...options }).seal(text, now)
    const port = await startApp(framework, options)
    const bytes = Buffer.from(value)
    const changed = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const copy = Buffer.from(bytes)
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return copy
    })
    const sendable = changed.filter((copy) => copy.every(isFieldByte))
    // All but those that Node refuses by itself.
    expect(sendable.length).toBeGreaterThan(bytes.length * 5)
    while (sendable.length > 0) {
      const cookies = sendable.splice(0, batch).map((copy) => `session=${copy.toString('latin1')}`)
      const answers = await ask(port, [...cookies, `session=${value}`])
      expect(answers.pop()).toContain('"isNew":false')
      expect(cookies.filter((_, index) => answers[index] !== empty)).toEqual([])
    }
  })
})
