import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { clearSiteData, type SiteDataType } from './clear.ts'
import { directiveRegistry } from './directives.ts'
import type { SecurityHeadersOptions } from './headers.ts'
import { permissionsFeatures } from './permissions.ts'
import { createSecurityPolicy } from './policy.ts'
import { redirectToHttps } from './redirect.ts'

const seed = Date.now() % 2 ** 31
const parameters = { seed, numRuns: 1500 }
console.log(`injection.test.ts: seed ${seed}`)

/** Texts that attack: pieces of good values with what could end a directive, a value or a field. */
const piece = fc.constantFrom(
  "'self'",
  "'none'",
  "'nonce-",
  "'nonce'",
  'https://a.example',
  '*',
  'self',
  'a',
  '/r',
  '-',
  '=',
  ';',
  ',',
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\t',
  ' ',
  '"',
  '\\',
  "'",
  '(',
  ')',
  '\u2028',
  'ſ',
  '\u0130',
  'script-src *',
  'Set-Cookie: a=b',
  '\v',
  '\u007f',
  '\u0085',
  '%0d%0a',
  '__proto__',
)
const attack = fc.oneof(
  fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')),
  fc.string({ maxLength: 12, unit: 'binary' }),
)
const good = fc.constantFrom(
  "'self'",
  "'none'",
  'https://a.example',
  'data:',
  "'script'",
  'allow-forms',
  'default',
)
const text = fc.oneof(attack, good)
const value = fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.boolean(), fc.integer())

const options = fc.record(
  {
    preset: fc.constantFrom('default', 'compatible', 'strict', 'api', 'helmet'),
    contentSecurityPolicy: fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys(directiveRegistry)), attack),
      value,
      { maxKeys: 2 },
    ),
    contentSecurityPolicyReportOnly: fc.dictionary(
      fc.constantFrom(...Object.keys(directiveRegistry)),
      value,
      { maxKeys: 2 },
    ),
    strictTransportSecurity: fc.record({ maxAge: fc.oneof(fc.nat(), text) }, { requiredKeys: [] }),
    frameOptions: fc.oneof(fc.constantFrom('DENY', 'SAMEORIGIN'), text),
    referrerPolicy: fc.oneof(fc.constant('origin'), value),
    crossOriginOpenerPolicy: fc.record({
      policy: fc.oneof(fc.constant('same-origin'), text),
      reportTo: text,
    }),
    permissionsPolicy: fc.dictionary(
      fc.oneof(fc.constantFrom(...permissionsFeatures), attack),
      value,
      { maxKeys: 2 },
    ),
    reportingEndpoints: fc.dictionary(
      fc.oneof(fc.constantFrom('default', 'a'), attack),
      fc.oneof(
        text,
        attack.map((end) => `/${end}`),
      ),
      { maxKeys: 2 },
    ),
    integrityPolicy: fc.record({
      blockedDestinations: fc.constant(['script']),
      endpoints: fc.array(text, { maxLength: 2 }),
    }),
    cacheControl: text,
    extra: fc.array(fc.tuple(fc.oneof(fc.constant('Document-Policy'), attack), text), {
      maxLength: 2,
    }),
    allowUnsafe: fc.constant(true),
  },
  { requiredKeys: [] },
)
// One or two options at a time, so that what is refused does not hide what is not.
const few = options.chain((all) =>
  fc
    .subarray(Object.keys(all), { maxLength: 2 })
    .map((keys) => Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)))),
)

const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const names = new Set(Object.values(directiveRegistry).map(({ name }) => name))

/** The directives that the options name, in the words of the field. */
const namesGiven = (given: unknown): string[] =>
  Object.entries(directiveRegistry)
    .filter(([key]) => typeof given === 'object' && given !== null && Object.hasOwn(given, key))
    .map(([, { name }]) => name)

/** How many members a structured dictionary has at its top level. */
function members(written: string): number {
  let inString = false
  let depth = 0
  let count = 1
  for (let index = 0; index < written.length; index++) {
    const character = written[index]
    if (inString) {
      if (character === '\\') index += 1
      else if (character === '"') inString = false
      continue
    }
    if (character === '"') inString = true
    else if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    else if (character === ',' && depth === 0) count += 1
  }
  expect([written, inString, depth]).toEqual([written, false, 0])
  return count
}

it('No option can put in a second field or directive', () => {
  let accepted = 0
  fc.assert(
    fc.property(few, (given) => {
      const { preset } = given as SecurityHeadersOptions
      let policy
      try {
        policy = createSecurityPolicy(given)
      } catch (error) {
        // Refused with a sentence on one line, and never by accident.
        expect(error).toBeInstanceOf(TypeError)
        expect((error as Error).message).toMatch(/^[^\r\n]+$/)
        expect((error as Error).message).not.toMatch(
          /undefined \(reading|is not a function|is not iterable/,
        )
        return
      }
      accepted += 1
      const before = new Map(createSecurityPolicy({ preset }).fields(true))
      const fields = policy.fields(true)
      expect(new Set(fields.map(([name]) => name.toLowerCase())).size).toBe(fields.length)
      for (const [name, written] of fields) {
        expect(name).toMatch(fieldName)
        // Visible ASCII with spaces inside: no CR, no LF, nothing that another parser takes for one.
        expect(written).toMatch(/^[!-~](?:[ -~]*[!-~])?$/)
      }
      const map = new Map(fields)
      for (const [field, option] of [
        ['Content-Security-Policy', 'contentSecurityPolicy'],
        ['Content-Security-Policy-Report-Only', 'contentSecurityPolicyReportOnly'],
      ] as const) {
        const written = map.get(field)
        if (written === undefined) continue
        expect(written).not.toContain(',')
        const there = written.split(';').map((directive) => directive.split(' ')[0] ?? '')
        const known = (before.get(field) ?? '')
          .split(';')
          .map((directive) => directive.split(' ')[0])
        expect(new Set(there).size).toBe(there.length)
        const allowed = new Set([...known, ...namesGiven(given[option]), 'frame-ancestors'])
        for (const name of there)
          expect([name, names.has(name), allowed.has(name)]).toEqual([name, true, true])
      }
      const endpoints = map.get('Reporting-Endpoints')
      if (endpoints !== undefined) {
        expect(members(endpoints)).toBe(Object.keys(given['reportingEndpoints'] ?? {}).length)
      }
      const permissions = map.get('Permissions-Policy')
      if (permissions !== undefined) {
        const [most] = [before.get('Permissions-Policy')].map((text) =>
          text === undefined ? 0 : members(text),
        )
        expect(members(permissions)).toBeLessThanOrEqual(
          (most ?? 0) + Object.keys(given['permissionsPolicy'] ?? {}).length,
        )
      }
      if (policy.cacheControl !== undefined) {
        expect(policy.cacheControl).toMatch(/^[!-~](?:[ -~]*[!-~])?$/)
      }
    }),
    parameters,
  )
  // Were all refused, this would show nothing.
  expect(accepted).toBeGreaterThan(100)
})

it('No nonce can', () => {
  const policy = createSecurityPolicy({ contentSecurityPolicy: { scriptSrc: ["'nonce'"] } })
  fc.assert(
    fc.property(
      fc.oneof(
        attack,
        attack.map((end) => 'a'.repeat(22) + end),
      ),
      (nonce) => {
        let written
        try {
          written = policy.fields(true, nonce)[0]?.[1]
        } catch {
          return
        }
        expect(written?.split(';')).toHaveLength(policy.fields(true)[0]?.[1].split(';').length ?? 0)
        expect(written).toMatch(/script-src 'nonce-[\w+/=-]+';/)
      },
    ),
    parameters,
  )
})

it('No Host and no target can, and none leads to another host', () => {
  const host = fc.oneof(
    attack,
    fc.constantFrom('a.example', 'a.example:80'),
    attack.map((end) => `a.example${end}`),
  )
  fc.assert(
    fc.property(
      host,
      attack.map((end) => `/${end}`),
      (host, target) => {
        const redirect = redirectToHttps('always', {
          isSecure: false,
          host,
          target,
          upgradeInsecureRequests: '1',
        })
        const location = redirect?.fields[0]?.[1]
        if (location === undefined) return
        expect(location).toMatch(/^https:\/\/[\w.\-[\]:]+\/[!-~\u0080-\u00ff]*$/)
        expect(host.startsWith(location.slice(8).split('/')[0] ?? '')).toBe(true)
      },
    ),
    parameters,
  )
})

it('No type of site data can', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 2 }), (types) => {
      try {
        expect(clearSiteData(...(types as SiteDataType[]))).toMatch(
          /^"[A-Za-z*]+"(?:, "[A-Za-z]+")?$/,
        )
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
      }
    }),
    parameters,
  )
})
