import { CspEvaluator, DEFAULT_CHECKS, STRICTCSP_CHECKS } from 'csp_evaluator'
import { Severity } from 'csp_evaluator/dist/finding.js'
import { CspParser } from 'csp_evaluator/dist/parser.js'
import { describe, expect, it } from 'vitest'
import { createSecurityPolicy } from './policy.ts'
import { nonce } from './source.ts'

/** The list of the OWASP Secure Headers Project, July 2026. */
const owasp = {
  'Cache-Control': 'no-store, max-age=0',
  'Content-Security-Policy':
    "default-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; upgrade-insecure-requests",
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), autoplay=(), camera=(), cross-origin-isolated=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), keyboard-map=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), sync-xhr=(self), usb=(), web-share=(), xr-spatial-tracking=(), clipboard-read=(), clipboard-write=(), gamepad=(), hid=(), idle-detection=(), interest-cohort=(), serial=(), unload=()',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
}

const fetchDirectives = [
  'child-src',
  'connect-src',
  'font-src',
  'frame-src',
  'img-src',
  'manifest-src',
  'media-src',
  'object-src',
  'script-src',
  'style-src',
  'worker-src',
]

const directivesOf = (value = ''): Map<string, string> =>
  new Map(
    value.split(';').map((text) => {
      const [name = '', ...sources] = text.trim().split(' ')
      return [name, sources.join(' ')]
    }),
  )

const strict = createSecurityPolicy({ preset: 'strict' })
const fields = new Map(strict.fields(true))

describe('The preset strict', () => {
  it('has the fields of OWASP’s list to the byte, but for the CSP', () => {
    const { 'Content-Security-Policy': _, 'Cache-Control': cacheControl, ...others } = owasp
    expect(Object.fromEntries(fields)).toMatchObject(others)
    expect(strict.cacheControl).toBe(cacheControl)
  })

  it('allows with its CSP nothing that OWASP’s does not', () => {
    const own = directivesOf(fields.get('Content-Security-Policy'))
    const theirs = directivesOf(owasp['Content-Security-Policy'])
    for (const name of fetchDirectives) {
      const mine = own.get(name) ?? own.get('default-src')
      const theirOwn = theirs.get(name) ?? theirs.get('default-src')
      expect([name, mine === "'none'" || mine === theirOwn]).toEqual([name, true])
    }
    for (const name of [
      'form-action',
      'base-uri',
      'frame-ancestors',
      'upgrade-insecure-requests',
    ]) {
      expect([name, own.get(name)]).toEqual([name, theirs.get(name)])
    }
  })

  // The rows of the MDN HTTP Observatory that headers alone decide, each at its highest without preload.
  it('gets from the MDN HTTP Observatory the most that headers can get without preload', () => {
    const csp = directivesOf(fields.get('Content-Security-Policy'))
    // +10: default-src is 'none' alone, and nothing unsafe, no broad scheme, no data: for code or styles.
    expect(csp.get('default-src')).toBe("'none'")
    for (const name of ['script-src', 'style-src', 'object-src']) {
      expect(csp.get(name)).toMatch(/^'(?:self|none)'$/)
    }
    expect(fields.get('Content-Security-Policy')).not.toMatch(/unsafe-|data:|https?:|\*/)
    // +5: framing by frame-ancestors.
    expect(csp.get('frame-ancestors')).toBe("'none'")
    // +5: private referrer. +10: resources same-origin. 0, the most: HSTS of six months, nosniff.
    expect(fields.get('Referrer-Policy')).toBe('no-referrer')
    expect(fields.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
    expect(
      Number(/^max-age=(\d+)/.exec(fields.get('Strict-Transport-Security') ?? '')?.[1]),
    ).toBeGreaterThanOrEqual(15_768_000)
    expect(fields.get('X-Content-Type-Options')).toBe('nosniff')
  })
})

describe('The preset compatible', () => {
  it('has four directives', () => {
    const policy = createSecurityPolicy({ preset: 'compatible' })
    expect(
      [
        ...directivesOf(new Map(policy.fields(true)).get('Content-Security-Policy')).keys(),
      ].toSorted(),
    ).toEqual(['base-uri', 'form-action', 'frame-ancestors', 'object-src'])
  })
})

describe('csp_evaluator', () => {
  /** Findings of a severity below 50, which are the grave ones. */
  const grave = (value = ''): string[] => {
    const evaluator = new CspEvaluator(new CspParser(value).csp)
    return evaluator
      .evaluate([], [...DEFAULT_CHECKS, ...STRICTCSP_CHECKS])
      .filter(({ severity }) => severity < Severity.MEDIUM_MAYBE)
      .map(({ directive, description }) => `${directive}: ${description}`)
  }
  const cspOf = (policy = strict, own?: string): string | undefined =>
    new Map(policy.fields(true, own)).get('Content-Security-Policy')

  it('finds nothing of a severity below 50 in strict and api', () => {
    expect(Severity.MEDIUM_MAYBE).toBe(50)
    expect(grave(cspOf())).toEqual([])
    expect(grave(cspOf(createSecurityPolicy({ preset: 'api' })))).toEqual([])
  })

  it('finds something in a policy that lets scripts in, or it would find nothing ever', () => {
    const open = strict.extend({
      allowUnsafe: true,
      contentSecurityPolicy: { scriptSrc: ["'unsafe-inline'"] },
    })
    expect(grave(cspOf(open))).toHaveLength(1)
  })

  it('finds with a nonce no more than that old browsers know none', () => {
    const policy = strict.extend({
      contentSecurityPolicy: { scriptSrc: (list) => [...list, nonce] },
    })
    const found = grave(cspOf(policy, 'MTIzNDU2Nzg5MDEyMzQ1Ng=='))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^script-src: Consider adding 'unsafe-inline'/)
  })
})
