import { describe, expect, expectTypeOf, it } from 'vitest'
import { directiveRegistry, type ContentSecurityPolicyDirectives } from './directives.ts'
import type { SecurityHeadersOptions } from './headers.ts'
import { createSecurityPolicy } from './policy.ts'
import { nonce, type Source } from './source.ts'

const fixed = 'MTIzNDU2Nzg5MDEyMzQ1Ng=='

/** The directives of a policy that starts from nothing. */
function written(
  directives: ContentSecurityPolicyDirectives,
  more: SecurityHeadersOptions = {},
  isSecure = true,
): string | undefined {
  const policy = createSecurityPolicy({ contentSecurityPolicy: false, ...more }).extend({
    contentSecurityPolicy: directives,
  })
  return policy.fields(isSecure, fixed).find(([name]) => name === 'Content-Security-Policy')?.[1]
}

const reporting = { reportingEndpoints: { csp: '/csp' } }
const unsafe = { allowUnsafe: true }

describe('Each directive is written', () => {
  it.each<[string, ContentSecurityPolicyDirectives, SecurityHeadersOptions?]>([
    ["default-src 'none'", { defaultSrc: ["'none'"] }],
    [
      "script-src 'self' https://cdn.example 'strict-dynamic'",
      { scriptSrc: ["'self'", 'https://cdn.example', "'strict-dynamic'"] },
    ],
    [`script-src 'self' 'nonce-${fixed}'`, { scriptSrc: ["'self'", nonce] }],
    ["script-src-elem 'self'", { scriptSrcElem: ["'self'"] }],
    ["script-src-attr 'none'", { scriptSrcAttr: ["'none'"] }],
    ["style-src 'self' 'unsafe-inline'", { styleSrc: ["'self'", "'unsafe-inline'"] }],
    ["style-src-elem 'self'", { styleSrcElem: ["'self'"] }],
    ["style-src-attr 'none'", { styleSrcAttr: ["'none'"] }],
    ['child-src blob:', { childSrc: ['blob:'] }],
    ['connect-src wss://a.example', { connectSrc: ['wss://a.example'] }],
    ["fenced-frame-src 'none'", { fencedFrameSrc: ["'none'"] }],
    ['font-src data:', { fontSrc: ['data:'] }],
    ['frame-src https://a.example', { frameSrc: ['https://a.example'] }],
    ['img-src *', { imgSrc: ['*'] }],
    ["manifest-src 'self'", { manifestSrc: ["'self'"] }],
    ["media-src 'self'", { mediaSrc: ["'self'"] }],
    ["object-src 'none'", { objectSrc: ["'none'"] }],
    ["worker-src 'self'", { workerSrc: ["'self'"] }],
    ["base-uri 'none'", { baseUri: ["'none'"] }],
    ["form-action 'self'", { formAction: ["'self'"] }],
    ["frame-ancestors 'none'", { frameAncestors: ["'none'"] }],
    ['sandbox', { sandbox: true }],
    ['sandbox', { sandbox: [] }],
    ['sandbox allow-forms allow-scripts', { sandbox: ['allow-forms', 'allow-scripts'] }],
    ["require-trusted-types-for 'script'", { requireTrustedTypesFor: ["'script'"] }],
    [
      "trusted-types dompurify 'allow-duplicates'",
      { trustedTypes: ['dompurify', "'allow-duplicates'"] },
    ],
    ["trusted-types 'none'", { trustedTypes: ["'none'"] }],
    ["webrtc 'block'", { webrtc: "'block'" }],
    ['report-to csp', { reportTo: 'csp' }, reporting],
    ['report-uri /csp https://a.example/r?x', { reportUri: ['/csp', 'https://a.example/r?x'] }],
    ['upgrade-insecure-requests', { upgradeInsecureRequests: true }],
    ["script-src 'unsafe-inline'", { scriptSrc: ["'unsafe-inline'"] }, unsafe],
    ["script-src 'unsafe-eval'", { scriptSrc: ["'unsafe-eval'"] }, unsafe],
    ["script-src 'nonce-abc'", { scriptSrc: ["'nonce-abc'"] }, unsafe],
    [
      "default-src 'unsafe-inline';script-src 'self'",
      { defaultSrc: ["'unsafe-inline'"], scriptSrc: ["'self'"] },
    ],
  ])('%s', (value, directives, more) => {
    expect(written(directives, more)).toBe(value)
  })

  it('and each of them has a row above and a type', () => {
    expectTypeOf<keyof typeof directiveRegistry>().toEqualTypeOf<
      keyof ContentSecurityPolicyDirectives
    >()
    expect(Object.keys(directiveRegistry)).toHaveLength(27)
  })

  it('in the order of the options, `false` leaving it out', () => {
    expect(written({ styleSrc: ["'self'"], scriptSrc: ["'self'"], imgSrc: false })).toBe(
      "style-src 'self';script-src 'self'",
    )
    expect(written({ upgradeInsecureRequests: true }, {}, false)).toBeUndefined()
    expect(written({ baseUri: ["'none'"], upgradeInsecureRequests: true }, {}, false)).toBe(
      "base-uri 'none'",
    )
  })
})

describe('Refused is', () => {
  it.each([
    [
      { scriptsrc: [] },
      "contentSecurityPolicy: unknown directive 'scriptsrc'; did you mean 'scriptSrc'?",
    ],
    [
      { 'script-src': [] },
      "contentSecurityPolicy: unknown directive 'script-src'; did you mean 'scriptSrc'?",
    ],
    [
      { directives: {} },
      "contentSecurityPolicy: unknown directive 'directives'; write its members straight into contentSecurityPolicy",
    ],
    [
      { blockAllMixedContent: true },
      "contentSecurityPolicy: unknown directive 'blockAllMixedContent'; browsers ignore it; upgradeInsecureRequests does it",
    ],
    [
      { scriptSrc: ['self'] },
      `contentSecurityPolicy.scriptSrc: 'self' needs its quotes; write "'self'"`,
    ],
    [
      { scriptSrc: "'self'" },
      `contentSecurityPolicy.scriptSrc must be a list like ["'self'", 'https://cdn.example'], got "'self'"`,
    ],
    [
      { scriptSrc: true },
      `contentSecurityPolicy.scriptSrc must be a list like ["'self'", 'https://cdn.example'], got true`,
    ],
    [
      { scriptSrc: null },
      `contentSecurityPolicy.scriptSrc must be a list like ["'self'", 'https://cdn.example'], got null`,
    ],
    [
      { scriptSrc: [] },
      `contentSecurityPolicy.scriptSrc: [] says nothing; write ["'none'"], or false to leave it out`,
    ],
    [
      { imgSrc: ["'none'", 'data:'] },
      `contentSecurityPolicy.imgSrc: "'none'" is ignored beside other sources; leave out it or them`,
    ],
    [
      { imgSrc: ['data:', 'data:'] },
      "contentSecurityPolicy.imgSrc: 'data:' is there twice; once is enough",
    ],
    [
      { scriptSrc: ["'nonce-'"] },
      `contentSecurityPolicy.scriptSrc: "'nonce-'" is an empty nonce; use the exported \`nonce\`, which becomes a new one for each answer`,
    ],
    [
      { imgSrc: ['a.example;b'] },
      "contentSecurityPolicy.imgSrc: 'a.example;b' holds ';' or ','; give each source as an entry of its own, and encode them in paths as %3B and %2C",
    ],
    [
      { frameAncestors: ["'unsafe-inline'"] },
      `contentSecurityPolicy.frameAncestors: "'unsafe-inline'" has no meaning here, browsers would ignore it; it belongs in scriptSrc or styleSrc`,
    ],
    [
      { sandbox: ['allow-script'] },
      "contentSecurityPolicy.sandbox: 'allow-script' is not allowed; did you mean 'allow-scripts'?",
    ],
    [
      { requireTrustedTypesFor: ['script'] },
      `contentSecurityPolicy.requireTrustedTypesFor: 'script' is not allowed; did you mean "'script'"?`,
    ],
    [
      { requireTrustedTypesFor: [] },
      `contentSecurityPolicy.requireTrustedTypesFor: [] says nothing; write ["'script'"], or false to leave it out`,
    ],
    [
      { trustedTypes: ['none'] },
      `contentSecurityPolicy.trustedTypes: 'none' needs its quotes; write "'none'"`,
    ],
    [
      { trustedTypes: ['a b'] },
      `contentSecurityPolicy.trustedTypes: 'a b' is no name of a policy (letters, digits and -#=_/@.%), nor "'none'", "'allow-duplicates'" or '*'`,
    ],
    [
      { trustedTypes: ['a', "'none'"] },
      `contentSecurityPolicy.trustedTypes: "'none'" is ignored beside other entries; leave out it or them`,
    ],
    [
      { trustedTypes: [] },
      `contentSecurityPolicy.trustedTypes: [] says nothing; write ["'none'"], or false to leave it out`,
    ],
    [
      { webrtc: 'block' },
      `contentSecurityPolicy.webrtc: 'block' is not allowed; did you mean "'block'"?`,
    ],
    [
      { reportTo: 'csp' },
      "contentSecurityPolicy.reportTo: 'csp' is none of the reportingEndpoints; add it there",
    ],
    [
      { reportTo: ['csp'] },
      "contentSecurityPolicy.reportTo must be the name of an endpoint, got [ 'csp' ]",
    ],
    [
      { reportUri: ['/a;b'] },
      "contentSecurityPolicy.reportUri: '/a;b' is no URL without spaces, ';' and ','; encode them (%20, %3B, %2C)",
    ],
    [
      { reportUri: ['https://'] },
      "contentSecurityPolicy.reportUri: 'https://' is no URL; write one like '/csp-reports'",
    ],
    [
      { upgradeInsecureRequests: [] },
      'contentSecurityPolicy.upgradeInsecureRequests must be true or false, got []',
    ],
    [
      { sandbox: () => [] },
      'contentSecurityPolicy.sandbox: a function extends source lists only; give the value',
    ],
    [
      { imgSrc: () => ['self'] },
      `contentSecurityPolicy.imgSrc: 'self' needs its quotes; write "'self'"`,
    ],
    [
      { imgSrc: () => undefined },
      `contentSecurityPolicy.imgSrc must be a list like ["'self'", 'https://cdn.example'], got undefined`,
    ],
    [true, 'contentSecurityPolicy must be an object, got true'],
    [[], 'contentSecurityPolicy must be an object, got []'],
  ])('%j', (directives, message) => {
    const options = { contentSecurityPolicy: directives } as SecurityHeadersOptions
    expect(() => createSecurityPolicy(options)).toThrow(new TypeError(message))
  })

  it.each(['scriptSrc', 'scriptSrcElem', 'scriptSrcAttr', 'defaultSrc'] as const)(
    'what lets an injected script run, in %s, without allowUnsafe',
    (directive) => {
      for (const source of ["'unsafe-inline'", "'unsafe-eval'", "'nonce-abc'"] as const) {
        expect(() => written({ [directive]: [source] })).toThrow(
          new TypeError(
            `contentSecurityPolicy.${directive}: "${source}" lets an injected script run; ` +
              'use the exported `nonce` or hashSource(), or say allowUnsafe: true',
          ),
        )
        expect(written({ [directive]: [source] }, unsafe)).toContain(source)
      }
    },
  )

  it.each(['sandbox', 'upgradeInsecureRequests'] as const)(
    '%s where browsers only report',
    (directive) => {
      expect(() =>
        createSecurityPolicy({ contentSecurityPolicyReportOnly: { [directive]: true } }),
      ).toThrow(
        new TypeError(
          `contentSecurityPolicyReportOnly.${directive}: browsers ignore it where they only report; put it into contentSecurityPolicy`,
        ),
      )
    },
  )
})

describe('A function', () => {
  /** What the function is given for a directive. */
  function seen(
    directive: keyof ContentSecurityPolicyDirectives,
    before: ContentSecurityPolicyDirectives,
  ): readonly string[] | undefined {
    let list: readonly string[] | undefined
    written({
      ...before,
      [directive]: (sources: readonly Source[]) => {
        list = sources
        return sources
      },
    })
    return list
  }

  it('extends the list of the preset', () => {
    const policy = createSecurityPolicy({
      contentSecurityPolicy: { scriptSrc: (sources) => [...sources, 'https://cdn.example'] },
    })
    expect(policy.fields(true)[0]?.[1]).toContain(";script-src 'self' https://cdn.example;")
  })

  it.each([
    ['scriptSrc', { defaultSrc: ["'self'", 'a.example'] }, ["'self'", 'a.example']],
    ['scriptSrcElem', { defaultSrc: ['a.example'], scriptSrc: ['b.example'] }, ['b.example']],
    ['workerSrc', { defaultSrc: ['a.example'], childSrc: ['b.example'] }, ['b.example']],
    ['frameSrc', { defaultSrc: ['a.example'], childSrc: ['b.example'] }, ['b.example']],
    ['imgSrc', { defaultSrc: ["'self'", nonce, "'report-sample'"] }, ["'self'"]],
    ['baseUri', { defaultSrc: ["'self'"] }, []],
    ['imgSrc', { defaultSrc: ["'none'"] }, []],
  ] as const)('of %s gets what is in force with %j', (directive, before, list) => {
    expect(seen(directive, before)).toEqual(list)
  })

  it('leaves nothing allowed where nothing was', () => {
    expect(written({ defaultSrc: ["'none'"], imgSrc: (sources) => sources })).toBe(
      "default-src 'none';img-src 'none'",
    )
  })

  it("that adds a nonce never drops 'self', from whatever preset", () => {
    for (const preset of ['default', 'strict', 'helmet'] as const) {
      const policy = createSecurityPolicy({
        preset,
        contentSecurityPolicy: {
          scriptSrc: (sources) => [...sources, nonce],
          styleSrcElem: (sources) => [...sources, nonce],
        },
      })
      const [, value] = policy.fields(true, fixed)[0] ?? []
      expect(value).toContain(`;script-src 'self' 'nonce-${fixed}';`)
      expect(value).toMatch(/;style-src-elem 'self'(?: [^;]+)? 'nonce-/)
    }
  })

  it('of a report-only policy starts from the enforced one', () => {
    const policy = createSecurityPolicy({
      contentSecurityPolicyReportOnly: { scriptSrc: (sources) => [...sources, "'strict-dynamic'"] },
    })
    expect(policy.fields(true)[1]).toEqual([
      'Content-Security-Policy-Report-Only',
      "script-src 'self' 'strict-dynamic'",
    ])
  })

  it('cannot change the list it gets', () => {
    expect(() =>
      createSecurityPolicy({
        contentSecurityPolicy: {
          scriptSrc: (sources) => {
            ;(sources as Source[]).push('https:')
            return sources
          },
        },
      }),
    ).toThrow(/not extensible/)
  })
})
