import { classOf, keptIf } from '../find.ts'
import { missingPath } from '../probe.ts'
import { page, rfc, type Row } from '../rule.ts'
import { field, members, type Answer } from '../wire/answer.ts'

const isPage = (answer: Answer): boolean =>
  /^text\/html\b/i.test(field(answer, 'content-type') ?? '')
const csp = page(
  'Content Security Policy section 2.3',
  'https://www.w3.org/TR/CSP3/#framework-directives',
)
const foreign = 'https://conformance.invalid'

/** The directives of the policies of an answer. */
const directives = (answer: Answer): string[][] =>
  (field(answer, 'content-security-policy') ?? '').split(',').flatMap((policy) => [
    policy
      .split(';')
      .map((text) => text.trim().toLowerCase())
      .filter((text) => text !== ''),
  ])

/** Fields that keep an answer safe. */
export const securityRules: readonly Row[] = [
  {
    id: 'hsts-http',
    level: 'must',
    reference: rfc(6797, '7.2'),
    sentence: 'No Strict-Transport-Security goes over plain http.',
    when: 'the server is asked over plain http',
    judge: ({ answer, secure }) =>
      secure ? undefined : field(answer, 'strict-transport-security') === undefined || 'It does.',
  },
  {
    id: 'hsts-https',
    level: 'practice',
    reference: rfc(6797, '7.1'),
    sentence: 'Answers over TLS have Strict-Transport-Security.',
    when: 'the server is asked over TLS, by a well-formed request',
    judge: ({ answer, secure }) =>
      !secure || answer.status === 400
        ? undefined
        : field(answer, 'strict-transport-security') !== undefined || 'It has none.',
  },
  {
    id: 'security-nosniff',
    level: 'practice',
    reference: page(
      'Fetch Standard, X-Content-Type-Options',
      'https://fetch.spec.whatwg.org/#x-content-type-options-header',
    ),
    sentence: 'Content has X-Content-Type-Options: nosniff.',
    when: 'GET is answered with content',
    judge: ({ answer, request }) => {
      if (request.method !== 'GET' || answer.content.length === 0 || answer.status !== 200)
        return undefined
      return field(answer, 'x-content-type-options') !== undefined || 'It has none.'
    },
  },
  {
    id: 'security-csp',
    level: 'practice',
    reference: csp,
    sentence: 'A page has a Content-Security-Policy.',
    when: 'GET is answered with a 200 that is text/html',
    judge: ({ answer, request }) => {
      if (request.method !== 'GET' || answer.status !== 200 || !isPage(answer)) return undefined
      return field(answer, 'content-security-policy') !== undefined || 'It has none.'
    },
  },
  {
    id: 'security-framing',
    level: 'practice',
    reference: page(
      'Content Security Policy section 6.4.2',
      'https://www.w3.org/TR/CSP3/#directive-frame-ancestors',
    ),
    sentence: 'A page says who may frame it: by frame-ancestors or X-Frame-Options.',
    when: 'GET is answered with a 200 that is text/html',
    judge: ({ answer, request }) => {
      if (request.method !== 'GET' || answer.status !== 200 || !isPage(answer)) return undefined
      const isSaid =
        /frame-ancestors/i.test(field(answer, 'content-security-policy') ?? '') ||
        field(answer, 'x-frame-options') !== undefined
      return isSaid || 'It does not.'
    },
  },
  {
    id: 'security-csp-once',
    level: 'practice',
    reference: csp,
    sentence: 'No directive of a Content-Security-Policy comes twice: the second is not looked at.',
    when: 'an answer has Content-Security-Policy',
    judge: ({ answer }) => {
      if (field(answer, 'content-security-policy') === undefined) return undefined
      const twice = directives(answer).flatMap((policy) => {
        const names = policy.map((text) => text.split(/\s/)[0] ?? '')
        return names.filter((name, index) => names.indexOf(name) !== index)
      })
      return twice.length === 0 || `It has ${twice.join(', ')} twice.`
    },
  },
  {
    id: 'security-csp-none',
    level: 'practice',
    reference: csp,
    sentence:
      "'none' in a Content-Security-Policy stands alone: beside other sources it is not looked at.",
    when: 'an answer has Content-Security-Policy',
    judge: ({ answer }) => {
      if (field(answer, 'content-security-policy') === undefined) return undefined
      const wrong = directives(answer)
        .flat()
        .find((text) => /\s'none'(?:\s|$)/.test(text) && text.split(/\s+/).length > 2)
      return wrong === undefined || `It has ${wrong}.`
    },
  },
  {
    id: 'security-xss-protection',
    level: 'practice',
    reference: page(
      'OWASP HTTP Headers Cheat Sheet',
      'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html#x-xss-protection',
    ),
    sentence: 'X-XSS-Protection is 0 or absent: the filter it turned on was a hole of its own.',
    when: 'the server answers at all',
    judge: ({ answer }) => {
      const value = field(answer, 'x-xss-protection')
      return value === undefined || value.trim() === '0' || `It is ${value}.`
    },
  },
  {
    id: 'security-on-errors',
    level: 'practice',
    reference: rfc(9110, '15.5'),
    sentence:
      'An error has the X-Content-Type-Options and Strict-Transport-Security that a 200 has.',
    when: 'GET is answered with a 200 that has one of them, and what does not exist with 404',
    probe: async (probe) => {
      const plain = await probe.get(probe.path)
      const exchange = await probe.get(missingPath)
      const { answer } = exchange
      if (classOf(plain) !== 2 || plain.answer === undefined || answer?.status !== 404) return []
      const names = ['X-Content-Type-Options', 'Strict-Transport-Security'].filter(
        (name) => plain.answer !== undefined && field(plain.answer, name) !== undefined,
      )
      if (names.length === 0) return []
      const lacks = names.filter((name) => field(answer, name) === undefined)
      return [keptIf(exchange, lacks.length === 0, `The 404 lacks ${lacks.join(', ')}.`)]
    },
  },
  {
    id: 'cors-credentials',
    level: 'should',
    reference: page(
      'Fetch Standard, CORS and credentials',
      'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
    ),
    sentence:
      'Access-Control-Allow-Credentials does not stand beside Access-Control-Allow-Origin: *.',
    when: 'an answer has Access-Control-Allow-Origin',
    judge: ({ answer }) => {
      const origin = field(answer, 'access-control-allow-origin')
      if (origin === undefined) return undefined
      return (
        origin !== '*' ||
        field(answer, 'access-control-allow-credentials') === undefined ||
        'It does.'
      )
    },
  },
  {
    id: 'cors-any-origin',
    level: 'practice',
    reference: page(
      'Fetch Standard, CORS and credentials',
      'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
    ),
    sentence: 'Not every origin is let in with credentials.',
    when: 'the server answers at all',
    probe: (probe) =>
      probe.each(async (path) => {
        const exchange = await probe.get(path, { Origin: foreign })
        const { answer } = exchange
        if (answer === undefined) return undefined
        const isOpen =
          field(answer, 'access-control-allow-origin') === foreign &&
          field(answer, 'access-control-allow-credentials') === 'true'
        return keptIf(exchange, !isOpen, `${foreign} is let in.`)
      }),
  },
  {
    id: 'cors-vary',
    level: 'should',
    reference: page(
      'Fetch Standard, CORS and caches',
      'https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches',
    ),
    sentence: 'An answer that repeats the origin of the request names Origin in Vary.',
    when: 'Access-Control-Allow-Origin repeats the Origin of a request',
    probe: (probe) =>
      probe.each(async (path) => {
        const exchange = await probe.get(path, { Origin: foreign })
        const { answer } = exchange
        if (answer === undefined || field(answer, 'access-control-allow-origin') !== foreign)
          return undefined
        const isNamed = ['origin', '*'].some((name) => members(answer, 'vary').includes(name))
        return keptIf(exchange, isNamed, 'It does not.')
      }),
  },
]
