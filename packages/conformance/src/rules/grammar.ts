import { page, rfc, type Level, type Reference, type Row } from '../rule.ts'
import { lines } from '../wire/answer.ts'
import {
  date,
  listOf,
  matching,
  parts,
  structured,
  uriReference,
  type Check,
} from './grammar-parts.ts'

const { token, quoted, word, parameters } = parts
const tag = '(?:W/)?"[!#-~\\x80-\\xff]*"'
const language = '[a-z]{1,8}(?:-[a-z\\d]{1,8})*'
const mediaType = `${token}/${token}${parameters}`
const seconds = '\\d+'
const comment = '\\([^()]*\\)'
const fetchSpec = (name: string): Reference =>
  page(`Fetch Standard, ${name}`, 'https://fetch.spec.whatwg.org/#http-cors-protocol')
const challenge = `${token}(?:[ ]+(?:[\\w\\-.~+/]+=*|${token}[ \\t]*=[ \\t]*${word}))?|${token}[ \\t]*=[ \\t]*${word}`
const origin = '[a-z][a-z\\d+.-]*://[^\\s/,]+'
const referrers =
  'no-referrer|no-referrer-when-downgrade|origin|origin-when-cross-origin|same-origin|strict-origin|strict-origin-when-cross-origin|unsafe-url'

/** A Link value: its members, each a target and parameters. */
const link: Check = (value) => {
  const member = `<[^<>\\s"]*>(?:[ \\t]*;[ \\t]*(?:${token}[ \\t]*(?:=[ \\t]*${word})?)?)*`
  return (
    new RegExp(`^${member}(?:[ \\t]*,[ \\t]*${member})*$`, 'i').test(value) ||
    `It is '${value.slice(0, 100)}'.`
  )
}

/** HSTS directives: max-age once, nothing twice. */
const transportSecurity: Check = (value) => {
  const names = value.split(';').map((part) => (part.split('=')[0] ?? '').trim().toLowerCase())
  const used = names.filter((name) => name !== '')
  if (new Set(used).size !== used.length) return `It names a directive twice: '${value}'.`
  if (!/(?:^|;)\s*max-age\s*=\s*(?:\d+|"\d+")\s*(?:;|$)/i.test(value))
    return `It has no max-age in digits: '${value}'.`
  return matching(
    `(?:\\s*(?:${token}(?:\\s*=\\s*${word})?)?\\s*;)*\\s*(?:${token}(?:\\s*=\\s*${word})?)?\\s*`,
  )(value)
}

/** Cache directives: tokens with arguments, times in digits. */
const cacheControl: Check = (value) => {
  const known = listOf(`${token}(?:=${word})?`)(value)
  if (known !== true) return known
  const times =
    /(?:^|[,\s])(?:max-age|s-maxage|stale-while-revalidate|stale-if-error)(?:=("?[^,\s]*))?(?=,|\s|$)/gi
  for (const [text, argument] of value.matchAll(times)) {
    if (!/^(?:\d+|"\d+")$/.test(argument ?? ''))
      return `It has '${text.replace(/^[,\s]+/, '')}': no seconds in digits.`
  }
  return true
}

type Entry = readonly [
  name: string,
  reference: Reference,
  check: Check,
  what: string,
  level?: Level,
]

/** The fields of answers whose grammar is looked at. */
const table: readonly Entry[] = [
  ['Accept-Patch', rfc(5789, '3.1'), listOf(mediaType), 'media types'],
  [
    'Accept-Post',
    page('Linked Data Platform section 7.1', 'https://www.w3.org/TR/ldp/#header-accept-post'),
    listOf(`(?:\\*/\\*|${token}/\\*|${mediaType})${parameters}`),
    'media ranges',
  ],
  ['Accept-Query', rfc(10_008, '3'), structured.list, 'a structured list'],
  ['Accept-Ranges', rfc(9110, '14.3'), listOf(token), 'range units'],
  [
    'Access-Control-Allow-Credentials',
    fetchSpec('Access-Control-Allow-Credentials'),
    matching('true', ''),
    'true',
  ],
  [
    'Access-Control-Allow-Headers',
    fetchSpec('Access-Control-Allow-Headers'),
    listOf(token),
    'field names',
  ],
  [
    'Access-Control-Allow-Methods',
    fetchSpec('Access-Control-Allow-Methods'),
    listOf(token),
    'methods',
  ],
  [
    'Access-Control-Allow-Origin',
    fetchSpec('Access-Control-Allow-Origin'),
    matching(`\\*|null|${origin}`),
    'one origin, * or null',
  ],
  [
    'Access-Control-Expose-Headers',
    fetchSpec('Access-Control-Expose-Headers'),
    listOf(token),
    'field names',
  ],
  ['Access-Control-Max-Age', fetchSpec('Access-Control-Max-Age'), matching(seconds), 'seconds'],
  ['Age', rfc(9111, '5.1'), matching(seconds), 'seconds'],
  ['Allow', rfc(9110, '10.2.1'), (value) => value === '' || listOf(token)(value), 'methods'],
  [
    'Alt-Svc',
    rfc(7838, '3'),
    matching(
      `clear|${token}=${quoted}${parameters}(?:[ \\t]*,[ \\t]*${token}=${quoted}${parameters})*`,
    ),
    'alternatives, or clear',
  ],
  ['Cache-Control', rfc(9111, '5.2'), cacheControl, 'directives'],
  ['Cache-Status', rfc(9211, '2'), structured.list, 'a structured list'],
  ['CDN-Cache-Control', rfc(9213, '2.1'), structured.dictionary, 'a structured dictionary'],
  [
    'Clear-Site-Data',
    page('Clear Site Data section 3.1', 'https://www.w3.org/TR/clear-site-data/#header'),
    listOf(quoted),
    'quoted types',
  ],
  ['Connection', rfc(9110, '7.6.1'), listOf(token), 'connection options'],
  ['Content-Digest', rfc(9530, '2'), structured.dictionary, 'a structured dictionary'],
  [
    'Content-Disposition',
    rfc(6266, '4.1'),
    matching(`${token}${parameters}`),
    'a type and parameters',
  ],
  ['Content-Encoding', rfc(9110, '8.4'), listOf(token), 'content codings'],
  ['Content-Language', rfc(9110, '8.5'), listOf(language), 'language tags'],
  ['Content-Location', rfc(9110, '8.7'), uriReference, 'a URI reference'],
  [
    'Content-Range',
    rfc(9110, '14.4'),
    matching(`${token} (?:\\d+-\\d+/(?:\\d+|\\*)|\\*/\\d+)`),
    'a range and a length',
  ],
  [
    'Content-Security-Policy',
    page('Content Security Policy section 3.1', 'https://www.w3.org/TR/CSP3/#csp-header'),
    matching(
      '(?:[ \\t]*(?:[a-z\\d-]+(?:[ \\t]+[!-+\\--:<-~]+)*)?[ \\t]*[;,])*[ \\t]*(?:[a-z\\d-]+(?:[ \\t]+[!-+\\--:<-~]+)*)?[ \\t]*',
    ),
    'directives',
  ],
  ['Content-Type', rfc(9110, '8.3'), matching(mediaType), 'a media type'],
  [
    'Cross-Origin-Embedder-Policy',
    page('HTML Standard, COEP', 'https://html.spec.whatwg.org/multipage/browsers.html#coep'),
    structured.oneOf('unsafe-none', 'require-corp', 'credentialless'),
    'one of its tokens',
  ],
  [
    'Cross-Origin-Opener-Policy',
    page(
      'HTML Standard, COOP',
      'https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies',
    ),
    structured.oneOf(
      'unsafe-none',
      'same-origin',
      'same-origin-allow-popups',
      'noopener-allow-popups',
    ),
    'one of its tokens',
  ],
  [
    'Cross-Origin-Resource-Policy',
    page(
      'Fetch Standard, CORP',
      'https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header',
    ),
    matching('same-origin|same-site|cross-origin', ''),
    'one of its tokens',
  ],
  ['Date', rfc(9110, '6.6.1'), date, 'a date such as Sun, 06 Nov 1994 08:49:37 GMT'],
  ['Deprecation', rfc(9745, '2.1'), structured.date, 'a structured date'],
  ['ETag', rfc(9110, '8.8.3'), matching(tag, ''), 'an entity tag in quotes'],
  ['Expires', rfc(9111, '5.3'), date, 'a date'],
  [
    'Keep-Alive',
    page('HTTP/1.1 Keep-Alive', 'https://httpwg.org/specs/rfc2068.html#rfc.section.19.7.1.1'),
    listOf(`${token}(?:=${word})?`),
    'parameters',
    'practice',
  ],
  ['Last-Modified', rfc(9110, '8.8.2'), date, 'a date'],
  ['Link', rfc(8288, '3'), link, 'links in angle brackets'],
  ['Location', rfc(9110, '10.2.2'), uriReference, 'a URI reference'],
  [
    'Origin-Agent-Cluster',
    page(
      'HTML Standard, Origin-Agent-Cluster',
      'https://html.spec.whatwg.org/multipage/browsers.html#origin-agent-cluster',
    ),
    structured.boolean,
    'a structured boolean',
  ],
  [
    'Permissions-Policy',
    page(
      'Permissions Policy section 5.2',
      'https://www.w3.org/TR/permissions-policy-1/#permissions-policy-http-header-field',
    ),
    structured.dictionary,
    'a structured dictionary',
  ],
  [
    'Preference-Applied',
    rfc(7240, '3'),
    listOf(`${token}(?:[ \\t]*=[ \\t]*${word})?`),
    'preferences',
  ],
  ['Priority', rfc(9218, '4'), structured.dictionary, 'a structured dictionary'],
  ['Proxy-Authenticate', rfc(9110, '11.7.1'), listOf(challenge), 'challenges'],
  ['Proxy-Status', rfc(9209, '2'), structured.list, 'a structured list'],
  [
    'Referrer-Policy',
    page(
      'Referrer Policy section 4.1',
      'https://www.w3.org/TR/referrer-policy/#referrer-policy-header',
    ),
    listOf(referrers),
    'policies',
  ],
  [
    'Reporting-Endpoints',
    page('Reporting API section 3.2', 'https://www.w3.org/TR/reporting-1/#header'),
    structured.dictionary,
    'a structured dictionary',
  ],
  ['Repr-Digest', rfc(9530, '3'), structured.dictionary, 'a structured dictionary'],
  [
    'Retry-After',
    rfc(9110, '10.2.3'),
    (value) => /^\d+$/.test(value) || date(value),
    'seconds, or a date',
  ],
  [
    'Server',
    rfc(9110, '10.2.4'),
    matching(`${token}(?:/${token})?(?:[ \\t]+(?:${token}(?:/${token})?|${comment}))*`),
    'products',
  ],
  [
    'Server-Timing',
    page(
      'Server Timing section 2',
      'https://www.w3.org/TR/server-timing/#the-server-timing-header-field',
    ),
    listOf(`${token}(?:[ \\t]*;[ \\t]*${token}(?:[ \\t]*=[ \\t]*${word})?)*`),
    'metrics',
  ],
  [
    'Strict-Transport-Security',
    rfc(6797, '6.1'),
    transportSecurity,
    'directives, max-age among them',
  ],
  ['Sunset', rfc(8594, '3'), date, 'a date'],
  [
    'Timing-Allow-Origin',
    page(
      'Resource Timing section 4.5.1',
      'https://www.w3.org/TR/resource-timing/#sec-timing-allow-origin',
    ),
    listOf(`\\*|null|${origin}`),
    'origins',
  ],
  ['Trailer', rfc(9110, '6.6.2'), listOf(token), 'field names'],
  ['Transfer-Encoding', rfc(9112, '6.1'), listOf(`${token}${parameters}`), 'transfer codings'],
  ['Upgrade', rfc(9110, '7.8'), listOf(`${token}(?:/${token})?`), 'protocols'],
  ['Vary', rfc(9110, '12.5.5'), listOf(`\\*|${token}`), 'field names, or *'],
  [
    'Via',
    rfc(9110, '7.6.3'),
    listOf(`(?:${token}/)?${token}[ \\t]+[^\\s,]+(?:[ \\t]+${comment})?`),
    'intermediaries',
  ],
  ['WWW-Authenticate', rfc(9110, '11.6.1'), listOf(challenge), 'challenges'],
  [
    'X-Content-Type-Options',
    page(
      'Fetch Standard, X-Content-Type-Options',
      'https://fetch.spec.whatwg.org/#x-content-type-options-header',
    ),
    matching('nosniff'),
    'nosniff',
  ],
  [
    'X-Frame-Options',
    page(
      'HTML Standard, X-Frame-Options',
      'https://html.spec.whatwg.org/multipage/speculative-loading.html#the-x-frame-options-header',
    ),
    matching('deny|sameorigin'),
    'DENY or SAMEORIGIN',
  ],
]

/** A value that several lines make up; a field that is no list is looked at line by line. */
const grammarRow = ([name, reference, check, what, level]: Entry): Row => ({
  id: `grammar-${name.toLowerCase()}`,
  // What a standard of browsers says binds servers less than an RFC does.
  level: level ?? (reference.text.startsWith('RFC') ? 'must' : 'should'),
  reference,
  sentence: `${name} has ${what}.`,
  when: `an answer has ${name}`,
  judge: ({ answer, interims }) => {
    const values = [...interims, answer].flatMap((one) => lines(one, name))
    if (values.length === 0) return undefined
    for (const value of values) {
      const verdict = check(value)
      if (verdict !== true) return verdict
    }
    return true
  },
})

/** The grammar of the fields of answers. */
export const grammarRules: readonly Row[] = table.map(grammarRow)
