import { describe, expect, it } from 'vitest'
import type { SecurityHeadersOptions } from './headers.ts'
import { createSecurityPolicy } from './policy.ts'

/** The value that a field has, over https, by options on top of `default`. */
const value = (name: string, options: SecurityHeadersOptions): string | undefined =>
  createSecurityPolicy(options)
    .fields(true)
    .find(([field]) => field === name)?.[1]

describe('Each option is written as its field', () => {
  it.each<[string, SecurityHeadersOptions, string | undefined]>([
    [
      'Strict-Transport-Security',
      { strictTransportSecurity: { maxAge: 0 } },
      'max-age=0; includeSubDomains',
    ],
    [
      'Strict-Transport-Security',
      { strictTransportSecurity: { includeSubDomains: false } },
      'max-age=31536000',
    ],
    [
      'Strict-Transport-Security',
      { strictTransportSecurity: { preload: true } },
      'max-age=31536000; includeSubDomains; preload',
    ],
    [
      'Strict-Transport-Security',
      { strictTransportSecurity: {} },
      'max-age=31536000; includeSubDomains',
    ],
    ['Strict-Transport-Security', { strictTransportSecurity: false }, undefined],
    ['X-Frame-Options', {}, 'SAMEORIGIN'],
    ['X-Frame-Options', { frameOptions: 'DENY' }, 'DENY'],
    ['X-Frame-Options', { frameOptions: false }, undefined],
    ['X-Content-Type-Options', { contentTypeOptions: 'nosniff' }, 'nosniff'],
    ['X-Content-Type-Options', { contentTypeOptions: false }, undefined],
    ['Referrer-Policy', { referrerPolicy: 'same-origin' }, 'same-origin'],
    [
      'Referrer-Policy',
      { referrerPolicy: ['no-referrer', 'strict-origin'] },
      'no-referrer,strict-origin',
    ],
    ['Referrer-Policy', { referrerPolicy: false }, undefined],
    [
      'Cross-Origin-Opener-Policy',
      { crossOriginOpenerPolicy: 'noopener-allow-popups' },
      'noopener-allow-popups',
    ],
    [
      'Cross-Origin-Opener-Policy',
      {
        crossOriginOpenerPolicy: { policy: 'same-origin', reportTo: 'a' },
        reportingEndpoints: { a: '/a' },
      },
      'same-origin;report-to="a"',
    ],
    ['Cross-Origin-Opener-Policy', { crossOriginOpenerPolicy: false }, undefined],
    [
      'Cross-Origin-Opener-Policy-Report-Only',
      { crossOriginOpenerPolicyReportOnly: 'same-origin' },
      'same-origin',
    ],
    [
      'Cross-Origin-Embedder-Policy',
      { crossOriginEmbedderPolicy: 'credentialless' },
      'credentialless',
    ],
    [
      'Cross-Origin-Embedder-Policy',
      { preset: 'strict', crossOriginEmbedderPolicy: false },
      undefined,
    ],
    [
      'Cross-Origin-Embedder-Policy-Report-Only',
      {
        crossOriginEmbedderPolicyReportOnly: { policy: 'require-corp', reportTo: 'a' },
        reportingEndpoints: { a: '/a' },
      },
      'require-corp;report-to="a"',
    ],
    ['Cross-Origin-Resource-Policy', { crossOriginResourcePolicy: 'cross-origin' }, 'cross-origin'],
    ['Cross-Origin-Resource-Policy', { crossOriginResourcePolicy: false }, undefined],
    [
      'Permissions-Policy',
      { preset: 'helmet', permissionsPolicy: { camera: [], displayCapture: ['self'] } },
      'camera=(), display-capture=(self)',
    ],
    [
      'Permissions-Policy',
      {
        preset: 'helmet',
        permissionsPolicy: {
          fullscreen: '*',
          usb: ['self', 'https://a.example', 'https://*.b.example:8443'],
        },
      },
      'fullscreen=*, usb=(self "https://a.example" "https://*.b.example:8443")',
    ],
    [
      'Permissions-Policy',
      {
        preset: 'helmet',
        permissionsPolicy: {
          publickeyCredentialsGet: [],
          chUaFullVersionList: [],
          xrSpatialTracking: [],
        },
      },
      'publickey-credentials-get=(), ch-ua-full-version-list=(), xr-spatial-tracking=()',
    ],
    ['Permissions-Policy', { preset: 'helmet', permissionsPolicy: {} }, undefined],
    ['Permissions-Policy', { permissionsPolicy: false }, undefined],
    [
      'Reporting-Endpoints',
      { reportingEndpoints: { default: 'https://a.example/r?x="', csp: '/csp' } },
      String.raw`default="https://a.example/r?x=\"", csp="/csp"`,
    ],
    ['Reporting-Endpoints', { reportingEndpoints: { a: false } }, undefined],
    [
      'Integrity-Policy',
      { integrityPolicy: { blockedDestinations: ['script'] } },
      'blocked-destinations=(script)',
    ],
    [
      'Integrity-Policy',
      {
        integrityPolicy: {
          blockedDestinations: ['script', 'style'],
          sources: ['inline'],
          endpoints: ['a', 'b'],
        },
        reportingEndpoints: { a: '/a', b: '/b' },
      },
      'blocked-destinations=(script style), sources=(inline), endpoints=(a b)',
    ],
    [
      'Integrity-Policy-Report-Only',
      { integrityPolicyReportOnly: { blockedDestinations: ['style'] } },
      'blocked-destinations=(style)',
    ],
    ['Origin-Agent-Cluster', { originAgentCluster: true }, '?1'],
    ['Origin-Agent-Cluster', { originAgentCluster: false }, undefined],
    ['X-DNS-Prefetch-Control', { extra: [['X-DNS-Prefetch-Control', 'on']] }, 'on'],
    ['X-DNS-Prefetch-Control', { extra: [['x-dns-prefetch-control', false]] }, undefined],
    ['X-DNS-Prefetch-Control', { extra: [['Document-Policy', 'a']] }, 'off'],
    ['X-DNS-Prefetch-Control', { extra: false }, undefined],
    [
      'X-Permitted-Cross-Domain-Policies',
      { extra: [['X-Permitted-Cross-Domain-Policies', 'master-only']] },
      'master-only',
    ],
    [
      'Document-Policy',
      { extra: [['Document-Policy', 'document-write=?0, *;report-to=a']] },
      'document-write=?0, *;report-to=a',
    ],
    ['Content-Security-Policy', { contentSecurityPolicy: false }, undefined],
    [
      'Content-Security-Policy-Report-Only',
      { contentSecurityPolicyReportOnly: { imgSrc: ["'self'"] } },
      "img-src 'self'",
    ],
    ['Content-Security-Policy-Report-Only', { contentSecurityPolicyReportOnly: false }, undefined],
  ])('%s with %j', (name, options, expected) => {
    expect(value(name, options)).toBe(expected)
  })

  it.each([
    [{}, undefined],
    [{ preset: 'strict' } as const, 'no-store, max-age=0'],
    [{ cacheControl: 'no-store' }, 'no-store'],
    [{ cacheControl: false }, undefined],
  ] as const)('Cache-Control apart, with %j', (options, expected) => {
    const policy = createSecurityPolicy(options)
    expect(policy.cacheControl).toBe(expected)
    expect(policy.fields(true).map(([name]) => name)).not.toContain('Cache-Control')
  })
})

describe('Refused is', () => {
  const year = 31_536_000
  it.each<[unknown, string]>([
    [
      { strictTransportSecurty: false },
      "securityHeaders: unknown option 'strictTransportSecurty'; did you mean 'strictTransportSecurity'?",
    ],
    [
      { hsts: false },
      "securityHeaders: unknown option 'hsts'; did you mean 'strictTransportSecurity'?",
    ],
    [
      { xXssProtection: true },
      "securityHeaders: unknown option 'xXssProtection'; X-XSS-Protection is never sent",
    ],
    [{ preset: 'strickt' }, "preset: 'strickt' is not allowed; did you mean 'strict'?"],
    [[], 'securityHeaders must be an object, got []'],
    [
      { scriptSrc: ["'self'"] },
      "securityHeaders: unknown option 'scriptSrc'; it is a directive; write it into contentSecurityPolicy",
    ],
    [
      { strictTransportSecurity: { maxage: 1 } },
      "strictTransportSecurity: unknown option 'maxage'; did you mean 'maxAge'?",
    ],
    [
      { strictTransportSecurity: { includeSubdomains: true } },
      "strictTransportSecurity: unknown option 'includeSubdomains'; did you mean 'includeSubDomains'?",
    ],
    [{ strictTransportSecurity: true }, 'strictTransportSecurity must be an object, got true'],
    ...[-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53].map((maxAge): [unknown, string] => [
      { strictTransportSecurity: { maxAge } },
      `strictTransportSecurity.maxAge must be a whole number of seconds from 0, like ${year}, got ${maxAge}`,
    ]),
    [
      { strictTransportSecurity: { maxAge: null } },
      `strictTransportSecurity.maxAge must be a whole number of seconds from 0, like ${year}, got null`,
    ],
    [
      { strictTransportSecurity: { maxAge: '1' } },
      `strictTransportSecurity.maxAge must be a whole number of seconds from 0, like ${year}, got '1'`,
    ],
    [
      { strictTransportSecurity: { includeSubDomains: 1 } },
      'strictTransportSecurity.includeSubDomains must be true or false, got 1',
    ],
    [
      { strictTransportSecurity: { preload: true, maxAge: year - 1 } },
      `strictTransportSecurity: preload: true needs a maxAge of at least ${year} (a year), got ${year - 1}`,
    ],
    [
      { strictTransportSecurity: { preload: true, includeSubDomains: false } },
      'strictTransportSecurity: preload: true needs includeSubDomains: true, got false',
    ],
    [
      { frameOptions: 'ALLOW-FROM https://a.example' },
      "frameOptions: 'ALLOW-FROM https://a.example' is read by no browser; list the origin in contentSecurityPolicy.frameAncestors",
    ],
    [{ frameOptions: 'deny' }, "frameOptions: 'deny' is not allowed; did you mean 'DENY'?"],
    [
      { frameOptions: 'SAME-ORIGIN' },
      "frameOptions: 'SAME-ORIGIN' is not allowed; did you mean 'SAMEORIGIN'?",
    ],
    [
      { contentTypeOptions: true },
      "contentTypeOptions: true is not allowed; write one of 'nosniff'",
    ],
    [
      { referrerPolicy: 'no-referer' },
      "referrerPolicy: 'no-referer' is not allowed; did you mean 'no-referrer'?",
    ],
    [
      { referrerPolicy: ['origin', 'origin'] },
      "referrerPolicy: 'origin' is there twice; once is enough",
    ],
    [
      { referrerPolicy: [] },
      "referrerPolicy: [] says nothing; write 'no-referrer', or false to leave it out",
    ],
    [
      { crossOriginOpenerPolicy: 'same-orgin' },
      "crossOriginOpenerPolicy: 'same-orgin' is not allowed; did you mean 'same-origin'?",
    ],
    [
      { crossOriginOpenerPolicy: { policy: 'same-origin', reportTo: 'a' } },
      "crossOriginOpenerPolicy.reportTo: 'a' is none of the reportingEndpoints; add it there",
    ],
    [
      { crossOriginOpenerPolicy: { policy: 'x' } },
      "crossOriginOpenerPolicy.policy: 'x' is not allowed; write one of 'same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none'",
    ],
    [
      {
        crossOriginOpenerPolicyReportOnly: { policy: 'same-origin', reportTo: 'b' },
        reportingEndpoints: { a: '/a' },
      },
      "crossOriginOpenerPolicyReportOnly.reportTo: 'b' is none of the reportingEndpoints 'a'; add it there",
    ],
    [
      { crossOriginEmbedderPolicy: 'require_corp' },
      "crossOriginEmbedderPolicy: 'require_corp' is not allowed; did you mean 'require-corp'?",
    ],
    [
      { crossOriginEmbedderPolicyReportOnly: { policy: 'require-corp', reportTo: 7 } },
      'crossOriginEmbedderPolicyReportOnly.reportTo must be the name of an endpoint, got 7',
    ],
    [
      { crossOriginResourcePolicy: 'none' },
      "crossOriginResourcePolicy: 'none' is not allowed; write one of 'same-origin', 'same-site', 'cross-origin'",
    ],
    [
      { permissionsPolicy: { 'display-capture': [] } },
      "permissionsPolicy: unknown feature 'display-capture'; did you mean 'displayCapture'?",
    ],
    [
      { permissionsPolicy: { geolocatoin: [] } },
      "permissionsPolicy: unknown feature 'geolocatoin'; did you mean 'geolocation'?",
    ],
    [
      { permissionsPolicy: { camera: false } },
      "permissionsPolicy.camera: false can be read in two ways; write [] for nobody, ['self'] for this origin, '*' for everybody, or 'default' to leave the feature to the browser",
    ],
    [
      { permissionsPolicy: { camera: 'self' } },
      "permissionsPolicy.camera must be a list like ['self', 'https://a.example'], '*' or 'default', got 'self'",
    ],
    [
      { permissionsPolicy: { camera: ["'self'"] } },
      `permissionsPolicy.camera: "'self'" is not allowed; write 'self', without quotes of its own`,
    ],
    [
      { permissionsPolicy: { camera: ['https://a.example/'] } },
      "permissionsPolicy.camera: 'https://a.example/' is not allowed; write 'self' or an origin like 'https://a.example'",
    ],
    [
      { permissionsPolicy: { camera: ['https://a.example")'] } },
      `permissionsPolicy.camera: 'https://a.example")' is not allowed; write 'self' or an origin like 'https://a.example'`,
    ],
    [
      { permissionsPolicy: { camera: ['self', 'self'] } },
      "permissionsPolicy.camera: 'self' is there twice; once is enough",
    ],
    [
      { reportingEndpoints: { CSP: '/a' } },
      "reportingEndpoints: 'CSP' is no name of an endpoint; use lower-case letters, digits and _-.*, and start with a letter",
    ],
    [
      { reportingEndpoints: { a: 'http://a.example' } },
      "reportingEndpoints.a: 'http://a.example' is no URL that browsers report to; write one of https or a path like '/reports'",
    ],
    [
      { reportingEndpoints: { a: '/a b' } },
      "reportingEndpoints.a: '/a b' is no URL that browsers report to; write one of https or a path like '/reports'",
    ],
    [
      { reportingEndpoints: ['/a'] },
      "reportingEndpoints must be an object like { default: '/reports' }, got [ '/a' ]",
    ],
    [
      { integrityPolicy: { blockedDestinations: ['scripts'] } },
      "integrityPolicy.blockedDestinations: 'scripts' is not allowed; did you mean 'script'?",
    ],
    [
      { integrityPolicy: { blockedDestinations: [] } },
      "integrityPolicy.blockedDestinations: [] blocks nothing; write ['script'], or integrityPolicy: false",
    ],
    [
      { integrityPolicy: {} },
      "integrityPolicy.blockedDestinations must be a list like ['script'], got undefined",
    ],
    [
      { integrityPolicy: { blockedDestinations: ['script'], endpoints: ['a'] } },
      "integrityPolicy.endpoints: 'a' is none of the reportingEndpoints; add it there",
    ],
    [
      { integrityPolicyReportOnly: { blockedDestinations: ['script'], sources: ['x'] } },
      "integrityPolicyReportOnly.sources: 'x' is not allowed; write one of 'inline'",
    ],
    [{ originAgentCluster: '?1' }, "originAgentCluster must be true or false, got '?1'"],
    [
      { cacheControl: 'no-store\r\nX: y' },
      String.raw`cacheControl: 'no-store\r\nX: y' is no value of a field; write visible ASCII on one line, without spaces around it`,
    ],
    [
      { cacheControl: true },
      'cacheControl: true is no value of a field; write visible ASCII on one line, without spaces around it',
    ],
    [{ allowUnsafe: 1 }, 'allowUnsafe must be true or false, got 1'],
    [
      { extra: { 'Document-Policy': 'a' } },
      "extra must be a list like [['Document-Policy', 'document-write=?0']], got { 'Document-Policy': 'a' }; use Object.entries()",
    ],
    [
      { extra: ['Document-Policy'] },
      "extra: 'Document-Policy' must be a pair like ['X-DNS-Prefetch-Control', 'off']",
    ],
    [
      { extra: [['X-DNS-Prefetch-Control', 'of']] },
      "extra X-DNS-Prefetch-Control: 'of' is not allowed; did you mean 'off'?",
    ],
    [
      { extra: [['X-Permitted-Cross-Domain-Policies', 'nil']] },
      "extra X-Permitted-Cross-Domain-Policies: 'nil' is not allowed; did you mean 'all'?",
    ],
    [
      { extra: [['a b', 'c']] },
      "extra: 'a b' is no name of a field; write one like 'Document-Policy'",
    ],
    [
      {
        extra: [
          ['A', 'b'],
          ['a', 'c'],
        ],
      },
      "extra: 'a' is there twice; once is enough",
    ],
    [
      { extra: [['A', '']] },
      "extra A: '' is no value of a field; write visible ASCII on one line, without spaces around it",
    ],
    [
      { extra: [['X-Frame-Options', 'DENY']] },
      "extra: 'X-Frame-Options' cannot be among them; use the option frameOptions",
    ],
    [
      { extra: [['set-cookie', 'a=b']] },
      "extra: 'set-cookie' cannot be among them; it belongs to single answers; set it there",
    ],
    [
      { extra: [['Server', 'x']] },
      "extra: 'Server' cannot be among them; it is taken off every answer",
    ],
    ...['X-XSS-Protection', 'X-Download-Options', 'Expect-CT', 'Feature-Policy'].map(
      (name): [unknown, string] => [
        { extra: [[name, 'x']] },
        `extra: '${name}' cannot be among them; `,
      ],
    ),
  ])('%j', (options, message) => {
    const make = (): unknown => createSecurityPolicy(options as SecurityHeadersOptions)
    expect(make).toThrow(TypeError)
    if (message.endsWith('; ')) expect(make).toThrow(message)
    else expect(make).toThrow(new TypeError(message))
  })
})
