import { describe, expect, it } from 'vitest'
import type { SecurityHeadersOptions } from './headers.ts'
import { createSecurityPolicy } from './policy.ts'

/** `X-Frame-Options`, and `frame-ancestors` of the CSP. */
function both(...options: readonly SecurityHeadersOptions[]): (string | undefined)[] {
  const [first, ...others] = options
  let policy = createSecurityPolicy(first)
  for (const other of others) policy = policy.extend(other)
  const fields = new Map(policy.fields(true))
  const [, ancestors] =
    /(?:^|;)frame-ancestors ([^;]+)/.exec(fields.get('Content-Security-Policy') ?? '') ?? []
  return [fields.get('X-Frame-Options'), ancestors]
}

const ancestors = (...list: ("'none'" | "'self'" | 'https://a.example' | '*')[]) => ({
  contentSecurityPolicy: { frameAncestors: list },
})
const other = 'https://a.example' as const

describe('frameOptions and frameAncestors', () => {
  it.each<[string, SecurityHeadersOptions[], (string | undefined)[]]>([
    ['are same-origin by default', [{}], ['SAMEORIGIN', "'self'"]],
    ['follow DENY', [{ frameOptions: 'DENY' }], ['DENY', "'none'"]],
    [
      'follow SAMEORIGIN',
      [{ preset: 'api', frameOptions: 'SAMEORIGIN' }],
      ['SAMEORIGIN', "'self'"],
    ],
    ["follow 'none'", [ancestors("'none'")], ['DENY', "'none'"]],
    ["follow 'self'", [{ preset: 'strict', ...ancestors("'self'") }], ['SAMEORIGIN', "'self'"]],
    ['leave the field out for another origin', [ancestors(other)], [undefined, other]],
    [
      "leave the field out for 'self' and another",
      [ancestors("'self'", other)],
      [undefined, `'self' ${other}`],
    ],
    ['leave the field out for all', [ancestors('*')], [undefined, '*']],
    ['may be given alike', [{ frameOptions: 'DENY', ...ancestors("'none'") }], ['DENY', "'none'"]],
    [
      'may be given alike, same-origin',
      [{ frameOptions: 'SAMEORIGIN', ...ancestors("'self'") }],
      ['SAMEORIGIN', "'self'"],
    ],
    [
      'take away only the field with frameOptions: false',
      [{ frameOptions: false }],
      [undefined, "'self'"],
    ],
    [
      'take away only the directive with false',
      [{ contentSecurityPolicy: { frameAncestors: false } }],
      ['SAMEORIGIN', undefined],
    ],
    [
      'take the field away and keep the directive given',
      [{ frameOptions: false, ...ancestors("'none'") }],
      [undefined, "'none'"],
    ],
    [
      'take the directive away and keep the field given',
      [{ frameOptions: 'DENY', contentSecurityPolicy: { frameAncestors: false } }],
      ['DENY', undefined],
    ],
    [
      'leave the field without a CSP',
      [{ frameOptions: 'DENY', contentSecurityPolicy: false }],
      ['DENY', undefined],
    ],
    [
      'follow in a route',
      [{ frameOptions: 'DENY' }, ancestors("'self'")],
      ['SAMEORIGIN', "'self'"],
    ],
    [
      'follow in a route, the other way',
      [ancestors("'none'"), { frameOptions: 'SAMEORIGIN' }],
      ['SAMEORIGIN', "'self'"],
    ],
    ['come back in a route', [ancestors(other), ancestors("'none'")], ['DENY', "'none'"]],
    [
      'stay in a route about something else',
      [{ frameOptions: 'DENY' }, { referrerPolicy: 'origin' }],
      ['DENY', "'none'"],
    ],
    [
      'follow a function',
      [{ contentSecurityPolicy: { frameAncestors: (list) => [...list, other] } }],
      [undefined, `'self' ${other}`],
    ],
    [
      'are not moved by a report-only policy',
      [{ contentSecurityPolicyReportOnly: { frameAncestors: ["'none'"] } }],
      ['SAMEORIGIN', "'self'"],
    ],
  ])('%s', (_, options, expected) => {
    expect(both(...options)).toEqual(expected)
  })

  it.each<[SecurityHeadersOptions, string]>([
    [
      { frameOptions: 'DENY', ...ancestors("'self'") },
      `frameOptions: 'DENY' contradicts contentSecurityPolicy.frameAncestors: [ "'self'" ]; write 'SAMEORIGIN', or leave one of them out`,
    ],
    [
      { frameOptions: 'SAMEORIGIN', ...ancestors("'none'") },
      `frameOptions: 'SAMEORIGIN' contradicts contentSecurityPolicy.frameAncestors: [ "'none'" ]; write 'DENY', or leave one of them out`,
    ],
    [
      { frameOptions: 'DENY', ...ancestors(other) },
      "frameOptions: 'DENY' contradicts contentSecurityPolicy.frameAncestors: [ 'https://a.example' ]; leave frameOptions out",
    ],
    [
      { frameOptions: 'SAMEORIGIN', ...ancestors("'self'", other) },
      `frameOptions: 'SAMEORIGIN' contradicts contentSecurityPolicy.frameAncestors: [ "'self'", 'https://a.example' ]; leave frameOptions out`,
    ],
  ])('are refused where they contradict each other: %j', (options, message) => {
    expect(() => createSecurityPolicy(options)).toThrow(new TypeError(message))
    expect(() => createSecurityPolicy().extend(options)).toThrow(new TypeError(message))
  })
})
