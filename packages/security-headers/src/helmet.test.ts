import helmet, { type HelmetOptions } from 'helmet'
import { describe, expect, it } from 'vitest'
import type { SecurityHeadersOptions } from './headers.ts'
import { createSecurityPolicy } from './policy.ts'

/** What helmet sets on an answer. */
function ofHelmet(options: HelmetOptions): Record<string, string> {
  const fields: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => {
      fields[name] = value
    },
    removeHeader: () => undefined,
  }
  type Middleware = (request: object, response: object, next: (error?: unknown) => void) => void
  const middleware = helmet(options) as unknown as Middleware
  middleware({}, response, (error) => {
    if (error !== undefined) throw error as Error
  })
  return fields
}

const ours = (options: SecurityHeadersOptions): Record<string, string> =>
  Object.fromEntries(createSecurityPolicy({ preset: 'helmet', ...options }).fields(true))

/** Helmet's fields that are deprecated, and that we never send. */
const deprecated = { 'X-XSS-Protection': '0', 'X-Download-Options': 'noopen' }

describe('The preset helmet has the names and values of helmet 8', () => {
  it.each<[string, HelmetOptions, SecurityHeadersOptions]>([
    ['by default', {}, {}],
    ['without CSP', { contentSecurityPolicy: false }, { contentSecurityPolicy: false }],
    [
      'with other sources, in helmet’s place',
      { contentSecurityPolicy: { directives: { imgSrc: ["'self'", 'https://img.example'] } } },
      { contentSecurityPolicy: { imgSrc: ["'self'", 'https://img.example'] } },
    ],
    [
      'with directives of all kinds, at the end',
      {
        contentSecurityPolicy: {
          directives: {
            connectSrc: ["'self'", 'wss://a.example'],
            workerSrc: ['blob:'],
            sandbox: ['allow-forms', 'allow-scripts'],
            requireTrustedTypesFor: ["'script'"],
            trustedTypes: ['dompurify'],
            reportUri: ['/csp'],
          },
        },
      },
      {
        contentSecurityPolicy: {
          connectSrc: ["'self'", 'wss://a.example'],
          workerSrc: ['blob:'],
          sandbox: ['allow-forms', 'allow-scripts'],
          requireTrustedTypesFor: ["'script'"],
          trustedTypes: ['dompurify'],
          reportUri: ['/csp'],
        },
      },
    ],
    [
      'without single directives',
      { contentSecurityPolicy: { directives: { objectSrc: null, upgradeInsecureRequests: null } } },
      { contentSecurityPolicy: { objectSrc: false, upgradeInsecureRequests: false } },
    ],
    [
      'with an empty sandbox',
      { contentSecurityPolicy: { directives: { sandbox: [] } } },
      { contentSecurityPolicy: { sandbox: true } },
    ],
    [
      'with unsafe scripts',
      { contentSecurityPolicy: { directives: { scriptSrc: ["'self'", "'unsafe-inline'"] } } },
      { contentSecurityPolicy: { scriptSrc: ["'self'", "'unsafe-inline'"] }, allowUnsafe: true },
    ],
    ...(['require-corp', 'credentialless', 'unsafe-none'] as const).map(
      (policy): [string, HelmetOptions, SecurityHeadersOptions] => [
        `with COEP ${policy}`,
        { crossOriginEmbedderPolicy: { policy } },
        { crossOriginEmbedderPolicy: policy },
      ],
    ),
    ...(
      ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none'] as const
    ).map((policy): [string, HelmetOptions, SecurityHeadersOptions] => [
      `with COOP ${policy}`,
      { crossOriginOpenerPolicy: { policy } },
      { crossOriginOpenerPolicy: policy },
    ]),
    ...(['same-origin', 'same-site', 'cross-origin'] as const).map(
      (policy): [string, HelmetOptions, SecurityHeadersOptions] => [
        `with CORP ${policy}`,
        { crossOriginResourcePolicy: { policy } },
        { crossOriginResourcePolicy: policy },
      ],
    ),
    ['without COOP', { crossOriginOpenerPolicy: false }, { crossOriginOpenerPolicy: false }],
    ['without CORP', { crossOriginResourcePolicy: false }, { crossOriginResourcePolicy: false }],
    ['without Origin-Agent-Cluster', { originAgentCluster: false }, { originAgentCluster: false }],
    [
      'with a list of referrer policies',
      { referrerPolicy: { policy: ['no-referrer', 'strict-origin-when-cross-origin'] } },
      { referrerPolicy: ['no-referrer', 'strict-origin-when-cross-origin'] },
    ],
    ['without Referrer-Policy', { referrerPolicy: false }, { referrerPolicy: false }],
    [
      'with HSTS of another age, without subdomains',
      { strictTransportSecurity: { maxAge: 60, includeSubDomains: false } },
      { strictTransportSecurity: { maxAge: 60, includeSubDomains: false } },
    ],
    [
      'with HSTS preload',
      { strictTransportSecurity: { preload: true } },
      { strictTransportSecurity: { preload: true } },
    ],
    ['without HSTS', { strictTransportSecurity: false }, { strictTransportSecurity: false }],
    ['without nosniff', { xContentTypeOptions: false }, { contentTypeOptions: false }],
    ['without X-Frame-Options', { xFrameOptions: false }, { frameOptions: false }],
    [
      'with DNS prefetch',
      { xDnsPrefetchControl: { allow: true } },
      { extra: [['X-DNS-Prefetch-Control', 'on']] },
    ],
    [
      'without X-DNS-Prefetch-Control',
      { xDnsPrefetchControl: false },
      { extra: [['X-DNS-Prefetch-Control', false]] },
    ],
    ...(['none', 'master-only', 'by-content-type', 'all'] as const).map(
      (permittedPolicies): [string, HelmetOptions, SecurityHeadersOptions] => [
        `with X-Permitted-Cross-Domain-Policies ${permittedPolicies}`,
        { xPermittedCrossDomainPolicies: { permittedPolicies } },
        { extra: [['X-Permitted-Cross-Domain-Policies', permittedPolicies]] },
      ],
    ),
    [
      'without X-Permitted-Cross-Domain-Policies',
      { xPermittedCrossDomainPolicies: false },
      { extra: [['X-Permitted-Cross-Domain-Policies', false]] },
    ],
  ])('%s', (_, theirOptions, ourOptions) => {
    expect({ ...ours(ourOptions), ...deprecated }).toEqual(ofHelmet(theirOptions))
  })
})

describe('And differs from helmet on purpose', () => {
  it('over plain http: no HSTS, no upgrade-insecure-requests, so that localhost works', () => {
    const plain = Object.fromEntries(createSecurityPolicy({ preset: 'helmet' }).fields(false))
    const { 'Strict-Transport-Security': hsts, ...others } = ofHelmet({})
    expect(hsts).toBeDefined()
    expect({ ...plain, ...deprecated }).toEqual({
      ...others,
      'Content-Security-Policy': others['Content-Security-Policy']?.replace(
        ';upgrade-insecure-requests',
        '',
      ),
    })
  })

  it.each<[string, HelmetOptions, SecurityHeadersOptions, Record<string, string | undefined>]>([
    [
      'DENY makes frame-ancestors follow: new browsers read that only, and helmet leaves it at self',
      { xFrameOptions: { action: 'deny' } },
      { frameOptions: 'DENY' },
      {
        'Content-Security-Policy': ofHelmet({})['Content-Security-Policy']?.replace(
          "frame-ancestors 'self'",
          "frame-ancestors 'none'",
        ),
      },
    ],
    [
      'frame-ancestors makes X-Frame-Options follow: helmet leaves it at SAMEORIGIN',
      { contentSecurityPolicy: { directives: { frameAncestors: ["'none'"] } } },
      { contentSecurityPolicy: { frameAncestors: ["'none'"] } },
      { 'X-Frame-Options': 'DENY' },
    ],
    [
      'frame-ancestors of other origins takes X-Frame-Options away: old browsers would refuse them',
      { contentSecurityPolicy: { directives: { frameAncestors: ['https://a.example'] } } },
      { contentSecurityPolicy: { frameAncestors: ['https://a.example'] } },
      { 'X-Frame-Options': undefined },
    ],
    [
      'a report-only policy is only what is given, and does not replace the enforced one',
      {
        contentSecurityPolicy: {
          reportOnly: true,
          useDefaults: false,
          directives: { defaultSrc: ["'self'"] },
        },
      },
      { contentSecurityPolicyReportOnly: { defaultSrc: ["'self'"] } },
      { 'Content-Security-Policy': ofHelmet({})['Content-Security-Policy'] },
    ],
  ])('%s', (_, theirOptions, ourOptions, difference) => {
    const expected = { ...ofHelmet(theirOptions), ...difference }
    expect({ ...ours(ourOptions), ...deprecated }).toEqual(
      Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
    )
    expect({ ...ours(ourOptions), ...deprecated }).not.toEqual(ofHelmet(theirOptions))
  })

  const csp = (directives: object): HelmetOptions =>
    ({ contentSecurityPolicy: { directives } }) as HelmetOptions

  it.each<[string, HelmetOptions, object]>([
    [
      'an unknown option',
      { strictTransportSecurty: false } as object,
      { strictTransportSecurty: false },
    ],
    [
      'an unknown directive',
      csp({ scriptsrc: ["'self'"] }),
      { contentSecurityPolicy: { scriptsrc: ["'self'"] } },
    ],
    [
      "'none' beside others",
      csp({ imgSrc: ["'none'", 'data:'] }),
      { contentSecurityPolicy: { imgSrc: ["'none'", 'data:'] } },
    ],
    [
      'an empty nonce',
      csp({ scriptSrc: ["'nonce-'"] }),
      { contentSecurityPolicy: { scriptSrc: ["'nonce-'"] } },
    ],
    [
      'a duplicate source',
      csp({ imgSrc: ['data:', 'data:'] }),
      { contentSecurityPolicy: { imgSrc: ['data:', 'data:'] } },
    ],
    [
      'a line break in a source',
      csp({ imgSrc: ['a.example\r\nX: y'] }),
      { contentSecurityPolicy: { imgSrc: ['a.example\r\nX: y'] } },
    ],
    [
      'unsafe scripts that nobody allowed',
      csp({ scriptSrc: ["'unsafe-inline'"] }),
      { contentSecurityPolicy: { scriptSrc: ["'unsafe-inline'"] } },
    ],
    [
      'preload with too short an age',
      { hsts: { preload: true, maxAge: 60 } },
      { strictTransportSecurity: { preload: true, maxAge: 60 } },
    ],
    [
      'preload without subdomains',
      { hsts: { preload: true, includeSubDomains: false } },
      { strictTransportSecurity: { preload: true, includeSubDomains: false } },
    ],
    [
      'an age that is no whole number',
      { hsts: { maxAge: 1.5 } },
      { strictTransportSecurity: { maxAge: 1.5 } },
    ],
    [
      'SAME-ORIGIN for X-Frame-Options',
      { xFrameOptions: { action: 'same-origin' } } as unknown as HelmetOptions,
      { frameOptions: 'SAME-ORIGIN' },
    ],
  ])('helmet takes and we refuse %s', (_, theirOptions, ourOptions) => {
    expect(() => ofHelmet(theirOptions)).not.toThrow()
    expect(() => ours(ourOptions)).toThrow(TypeError)
  })
})

/** The directives of a CSP. */
const directivesOf = (value = ''): Map<string, Set<string>> =>
  new Map(
    value.split(';').map((text) => {
      const [name = '', ...sources] = text.split(' ')
      return [name, new Set(sources)]
    }),
  )

describe('The preset default', () => {
  const fields = new Map(createSecurityPolicy().fields(true))

  it('allows in no directive what helmet does not', () => {
    const theirs = directivesOf(ofHelmet({})['Content-Security-Policy'])
    const own = directivesOf(fields.get('Content-Security-Policy'))
    expect([...own.keys()]).toEqual(expect.arrayContaining([...theirs.keys()]))
    for (const [name, sources] of own) {
      expect([
        name,
        [...sources].filter((source) => theirs.get(name)?.has(source) === false),
      ]).toEqual([name, []])
    }
  })

  it('has every other field of helmet as helmet has it', () => {
    for (const [name, value] of Object.entries(ofHelmet({}))) {
      if (name === 'Content-Security-Policy' || Object.hasOwn(deprecated, name)) continue
      expect([name, fields.get(name)]).toEqual([name, value])
    }
  })
})
