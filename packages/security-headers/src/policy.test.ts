import { describe, expect, expectTypeOf, it } from 'vitest'
import { presetNames, securityHeaderOptionNames, type SecurityHeadersOptions } from './headers.ts'
import { createNonce } from './nonce.ts'
import { createSecurityPolicy, SecurityPolicy } from './policy.ts'
import { nonce } from './source.ts'

const withNonce = createSecurityPolicy({
  contentSecurityPolicy: {
    scriptSrc: (sources) => [...sources, nonce],
    styleSrc: [nonce],
  },
  contentSecurityPolicyReportOnly: { scriptSrc: [nonce, "'strict-dynamic'"] },
})

describe('A policy', () => {
  it('has a Content-Security-Policy where it has a directive', () => {
    const none = createSecurityPolicy({ contentSecurityPolicy: false })
    expect(createSecurityPolicy().hasContentSecurityPolicy).toBe(true)
    expect(none.hasContentSecurityPolicy).toBe(false)
    expect(none.extend({ contentSecurityPolicy: {} }).hasContentSecurityPolicy).toBe(false)
  })

  it.each(presetNames)('of the preset %s is the same list for each answer', (preset) => {
    const policy = createSecurityPolicy({ preset })
    for (const isSecure of [true, false]) {
      expect(policy.fields(isSecure)).toBe(policy.fields(isSecure))
      expect(policy.fields(isSecure, createNonce())).toBe(policy.fields(isSecure))
      expect(Object.isFrozen(policy.fields(isSecure))).toBe(true)
      expect(policy.fields(isSecure).every((field) => Object.isFrozen(field))).toBe(true)
    }
    expect(policy.usesNonce).toBe(false)
    expect(policy).toBeInstanceOf(SecurityPolicy)
  })

  it.each(presetNames)(
    'of the preset %s says nothing of https over http, and else the same',
    (preset) => {
      const policy = createSecurityPolicy({ preset })
      const secure = policy.fields(true).map(([name, value]) => `${name}: ${value}`)
      const plain = policy.fields(false).map(([name, value]) => `${name}: ${value}`)
      expect(plain.join('\n')).not.toMatch(/upgrade-insecure-requests|Strict-Transport-Security/)
      expect(
        secure
          .filter((line) => !line.startsWith('Strict-Transport-Security'))
          .map((line) => line.replace(';upgrade-insecure-requests', '')),
      ).toEqual(plain)
      expect(secure.join('\n')).toContain('Strict-Transport-Security')
    },
  )

  it.each(presetNames)('of the preset %s has no field that is gone, and none twice', (preset) => {
    const names = createSecurityPolicy({ preset })
      .fields(true)
      .map(([name]) => name.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
    for (const gone of [
      'x-xss-protection',
      'x-download-options',
      'expect-ct',
      'feature-policy',
      'server',
      'x-powered-by',
      'cache-control',
    ]) {
      expect(names).not.toContain(gone)
    }
  })

  it('takes off what frameworks name themselves by', () => {
    expect(createSecurityPolicy().removed).toEqual(['server', 'x-powered-by'])
  })

  it('lists its options', () => {
    expect(new Set(securityHeaderOptionNames).size).toBe(securityHeaderOptionNames.length)
    expectTypeOf(securityHeaderOptionNames).toEqualTypeOf<
      readonly (keyof SecurityHeadersOptions)[]
    >()
    const all: Record<keyof SecurityHeadersOptions, true> = {
      preset: true,
      contentSecurityPolicy: true,
      contentSecurityPolicyReportOnly: true,
      strictTransportSecurity: true,
      frameOptions: true,
      contentTypeOptions: true,
      referrerPolicy: true,
      crossOriginOpenerPolicy: true,
      crossOriginOpenerPolicyReportOnly: true,
      crossOriginEmbedderPolicy: true,
      crossOriginEmbedderPolicyReportOnly: true,
      crossOriginResourcePolicy: true,
      permissionsPolicy: true,
      reportingEndpoints: true,
      integrityPolicy: true,
      integrityPolicyReportOnly: true,
      originAgentCluster: true,
      cacheControl: true,
      extra: true,
      allowUnsafe: true,
    }
    expect(securityHeaderOptionNames.toSorted()).toEqual(Object.keys(all).toSorted())
  })

  it.each(securityHeaderOptionNames)('stays as it is where %s is undefined', (name) => {
    expect(createSecurityPolicy({ [name]: undefined }).fields(true)).toEqual(
      createSecurityPolicy().fields(true),
    )
  })
})

describe('A nonce', () => {
  it('is put in all its places, and nowhere else', () => {
    const one = createNonce()
    const fields = withNonce.fields(true, one)
    expect(withNonce.usesNonce).toBe(true)
    expect(fields[0]?.[1]).toContain(`;script-src 'self' 'nonce-${one}';`)
    expect(fields[0]?.[1]).toContain(`;style-src 'nonce-${one}';`)
    expect(fields[1]).toEqual([
      'Content-Security-Policy-Report-Only',
      `script-src 'nonce-${one}' 'strict-dynamic'`,
    ])
    expect(fields.slice(2)).toEqual(createSecurityPolicy().fields(true).slice(1))
    expect(JSON.stringify(fields).split(one)).toHaveLength(4)
  })

  it('of an answer is not that of another', () => {
    const first = withNonce.fields(true, 'a'.repeat(22))
    const second = withNonce.fields(true, 'b'.repeat(22))
    expect(JSON.stringify(first)).not.toContain('bbbb')
    expect(JSON.stringify(second)).not.toContain('aaaa')
  })

  it('that is not given leaves a stricter policy, the same list each time', () => {
    const fields = withNonce.fields(false)
    expect(withNonce.fields(false)).toBe(fields)
    expect(fields[0]?.[1]).toMatch(/;script-src 'self';.*;style-src 'none'$/)
    expect(fields[1]?.[1]).toBe("script-src 'strict-dynamic'")
    expect(JSON.stringify(fields)).not.toContain('nonce')
  })

  it.each(['', 'short', `${'a'.repeat(22)}' *`, `${'a'.repeat(22)};`, `${'a'.repeat(22)}\r\n`])(
    'may not be %j',
    (text) => {
      expect(() => withNonce.fields(true, text)).toThrow(TypeError)
      expect(() => withNonce.fields(true, text)).toThrow(/is no nonce; createNonce\(\) makes one$/)
    },
  )
})

describe('extend', () => {
  it('changes single fields and directives, and leaves the policy as it is', () => {
    const policy = createSecurityPolicy({ cacheControl: 'no-cache' })
    const before = policy.fields(true)
    const route = policy.extend({
      referrerPolicy: 'origin',
      contentSecurityPolicy: { imgSrc: (sources) => [...sources, 'https://img.example'] },
      permissionsPolicy: { geolocation: ['self'], camera: 'default' },
      strictTransportSecurity: { includeSubDomains: false },
      extra: [['Document-Policy', 'a']],
      cacheControl: false,
    })
    expect(policy.fields(true)).toBe(before)
    const changed = new Map(route.fields(true))
    const same = new Map(before)
    expect(changed.get('Content-Security-Policy')).toBe(
      same
        .get('Content-Security-Policy')
        ?.replace("img-src 'self' data:", "img-src 'self' data: https://img.example"),
    )
    expect(changed.get('Permissions-Policy')).toBe(
      same
        .get('Permissions-Policy')
        ?.replace('geolocation=()', 'geolocation=(self)')
        .replace(' camera=(),', ''),
    )
    expect(changed.get('Referrer-Policy')).toBe('origin')
    expect(changed.get('Strict-Transport-Security')).toBe('max-age=31536000')
    expect(changed.get('Document-Policy')).toBe('a')
    expect(changed.get('X-DNS-Prefetch-Control')).toBe('off')
    expect(route.cacheControl).toBeUndefined()
    expect(policy.cacheControl).toBe('no-cache')
  })

  it('goes on from what is extended already', () => {
    const policy = createSecurityPolicy({ contentSecurityPolicy: { imgSrc: ['a.example'] } })
      .extend({ contentSecurityPolicy: { imgSrc: (sources) => [...sources, 'b.example'] } })
      .extend({ contentSecurityPolicy: { imgSrc: (sources) => [...sources, 'c.example'] } })
    expect(policy.fields(true)[0]?.[1]).toContain('img-src a.example b.example c.example;')
  })

  it('starts from a preset where one is named', () => {
    expect(
      createSecurityPolicy({ referrerPolicy: 'origin' }).extend({ preset: 'api' }).fields(true),
    ).toEqual(createSecurityPolicy({ preset: 'api' }).fields(true))
  })

  it('checks the whole: endpoints and unsafe scripts', () => {
    const policy = createSecurityPolicy({
      reportingEndpoints: { csp: '/csp' },
      contentSecurityPolicy: { reportTo: 'csp' },
    })
    expect(() => policy.extend({ reportingEndpoints: { csp: false } })).toThrow(
      "contentSecurityPolicy.reportTo: 'csp' is none of the reportingEndpoints; add it there",
    )
    expect(() => policy.extend({ reportingEndpoints: false })).toThrow(TypeError)
    expect(() => policy.extend({ reportingEndpoints: { more: '/more' } })).not.toThrow()
    const unsafe = { contentSecurityPolicy: { scriptSrc: ["'unsafe-inline'"] } } as const
    expect(() => policy.extend(unsafe)).toThrow(/allowUnsafe: true$/)
    expect(() => policy.extend({ allowUnsafe: true }).extend(unsafe)).not.toThrow()
  })

  it('may bring in a nonce, or take it out', () => {
    expect(withNonce.extend({ referrerPolicy: false }).usesNonce).toBe(true)
    expect(withNonce.extend({ preset: 'default' }).usesNonce).toBe(false)
    const route = createSecurityPolicy().extend({ contentSecurityPolicy: { scriptSrc: [nonce] } })
    expect(route.usesNonce).toBe(true)
  })
})
