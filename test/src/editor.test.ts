import { readFileSync } from 'node:fs'
import ts from 'typescript-6'
import { describe, expect, it } from 'vitest'
import { openEditor } from './editor.ts'
import { frameworks, type Framework } from './hosts.ts'

/** One for all tests: it reads the frameworks' types once. */
const editor = openEditor(ts)

/** A module that installs the middleware, or registers the plugin, with options. */
const installed: Readonly<Record<Framework, (options: string) => string>> = {
  express: (options) =>
    `import { httpSemantics } from '@http-semantics/express'\nhttpSemantics(${options})`,
  koa: (options) =>
    `import { httpSemantics } from '@http-semantics/koa'\nhttpSemantics(${options})`,
  fastify: (options) =>
    `import { httpSemantics } from '@http-semantics/fastify'\nimport Fastify from 'fastify'\nFastify().register(httpSemantics, ${options})`,
}

/** A module with a handler that has a session. */
const handling: Readonly<Record<Framework, (code: string) => string>> = {
  express: (code) =>
    `import { httpSemantics } from '@http-semantics/express'\nimport express from 'express'\nexpress().use(httpSemantics()).get('/', (request) => { request.${code} })`,
  koa: (code) =>
    `import { httpSemantics } from '@http-semantics/koa'\nimport Koa from 'koa'\nnew Koa().use(httpSemantics()).use((ctx) => { ctx.${code} })`,
  fastify: (code) =>
    `import { httpSemantics } from '@http-semantics/fastify'\nimport Fastify from 'fastify'\nconst app = Fastify()\napp.register(httpSemantics)\napp.get('/', (request) => { request.${code} })`,
}

/** Options that Fastify itself adds to those of every plugin. */
const fastifyAdds = new Set(['logLevel', 'logSerializers', 'prefix'])

/** Places of options, with what must be among those offered. */
const places = [
  ['{ | }', ['methods', 'onViolation', 'securityHeaders', 'session', 'trustedHosts']],
  ['{ session: { | } }', ['secretKey', 'store', 'sessionCookieSameSite']],
  ["{ session: { secretKey: '', | } }", ['store', 'permanentSessionLifetime']],
  ['{ securityHeaders: { | } }', ['preset', 'contentSecurityPolicy', 'frameOptions']],
  [
    '{ securityHeaders: { contentSecurityPolicy: { | } } }',
    ['scriptSrc', 'upgradeInsecureRequests'],
  ],
  ['{ securityHeaders: { strictTransportSecurity: { | } } }', ['includeSubDomains', 'maxAge']],
  ['{ crossOriginProtection: { | } }', ['trustedOrigins', 'bypass']],
  ['{ methods: { | } }', ['known', 'refuse', 'resources']],
  ["{ methods: { resources: { '/notes': { | } } } }", ['accept', 'produces']],
] as const

/** The names of what is offered; each must be explained. */
function explained(framework: Framework, place: string): string[] {
  const offers = editor
    .completions(installed[framework](place))
    .filter(({ name }) => framework !== 'fastify' || !fastifyAdds.has(name))
  expect(offers.filter(({ documentation }) => documentation === '')).toEqual([])
  return offers.map(({ name }) => name)
}

// The first one waits until all types are read.
const slow = { timeout: 60_000 }

describe('An editor, where an app writes options', slow, () => {
  it.each(places)('offers each one at %s, and says what it does', (place, expected) => {
    const names = explained('express', place)
    expect(names).toEqual(expect.arrayContaining([...expected]))
    // Nothing but options: a keyword there would mean that it does not know the type.
    expect(names).not.toContain('abstract')
  })

  it.each([
    ["{ onViolation: '|' }", ['repair', 'warn', 'error']],
    ["{ securityHeaders: { frameOptions: '|' } }", ['DENY', 'SAMEORIGIN']],
    ['{ securityHeaders: { permissionsPolicy: { | } } }', ['camera', 'geolocation']],
    ["{ session: { secretKey: '', sessionCookieSameSite: '|' } }", ['Lax', 'Strict', 'None']],
  ])('offers the values at %s', (place, expected) => {
    const names = editor.completions(installed.express(place)).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(expected))
  })

  it.each([
    ["{ session: { |secretKey: '' } }", "Flask's `SECRET_KEY`: signs every cookie."],
    ['{ |securityHeaders: {} }', 'The security header fields of every answer.'],
    ["{ |onViolation: 'warn' }", "Default: `'warn'`"],
  ])('explains an option under the pointer: %s', (place, sentence) => {
    expect(editor.hover(installed.express(place))).toContain(sentence)
  })

  it.each([
    ["{ session: { secret: '' } }", "'secret' does not exist in type 'SessionOptions'"],
    ["{ session: { secretKey: '', sessionCookieSameSite: 'lax' } }", `Type '"lax"'`],
    ["{ securityHeaders: { frameOptions: 'deny' } }", `'"deny"' is not assignable`],
    ['{ onViolation: "ignore" }', `'"ignore"' is not assignable`],
  ])('underlines what is wrong: %s', (place, message) => {
    expect(editor.errors(installed.express(place)).join('\n')).toContain(message)
  })
})

describe.each(frameworks)('An editor, where an app uses %s', slow, (framework) => {
  it.each(places.slice(0, 2))('offers the options at %s', (place, expected) => {
    expect(explained(framework, place)).toEqual(expect.arrayContaining([...expected]))
  })

  it('offers what a session can do, and says what that is', () => {
    const offers = editor.completions(handling[framework]('session.|'))
    expect(offers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['destroy', 'flash', 'permanent', 'regenerate']),
    )
    expect(offers.filter(({ documentation }) => documentation === '')).toEqual([])
  })

  it('takes any key of a session until the app declares its own, and those alone from then on', () => {
    const use = handling[framework]("session['user'] = 'ada'")
    expect(editor.errors(use)).toEqual([])
    const declare = (members: string): string =>
      `\ndeclare module '@http-semantics/${framework}' { interface SessionData { ${members} } }`
    expect(editor.errors(use + declare('user: string'))).toEqual([])
    expect(editor.errors(use + declare('user: number'))).toEqual([
      "Type 'string' is not assignable to type 'number'.",
    ])
    expect(editor.errors(use + declare('name: string'))).toHaveLength(1)
    const offered = editor.completions(handling[framework]('session.|') + declare('user: string'))
    expect(offered.map(({ name }) => name)).toContain('user')
  })

  it('has in the README the declaration that works', () => {
    const readme = readFileSync(
      new URL(`../../packages/${framework}/README.md`, import.meta.url),
      'utf8',
    )
    const [, shown] = /```ts no-run\n(declare module [^]*?)```/.exec(readme) ?? []
    const use = handling[framework]("session['user'] = 7")
    expect(editor.errors(`${use}\n${shown}`)).toEqual([
      "Type 'number' is not assignable to type 'string'.",
    ])
  })
})
