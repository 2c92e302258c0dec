import { cookies, page, type Level, type Reference, type Row } from '../rule.ts'
import { lines } from '../wire/answer.ts'
import { isDate, parts } from './grammar-parts.ts'

/** One cookie of an answer. */
interface Cookie {
  readonly text: string
  readonly name: string
  readonly value: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
}

function parse(text: string): Cookie {
  const [pair = '', ...rest] = text.split(';')
  const at = pair.indexOf('=')
  return {
    text,
    name: at === -1 ? '' : pair.slice(0, at).trim(),
    value: pair.slice(at + 1).trim(),
    attributes: rest.map((attribute) => {
      const [name = '', ...value] = attribute.split('=')
      return [name.trim().toLowerCase(), value.join('=').trim()]
    }),
  }
}

const attribute = ({ attributes }: Cookie, name: string): string | undefined =>
  attributes.findLast(([candidate]) => candidate === name)?.[1]

/** A rule about single cookies; `undefined` where it is not about this one. */
const cookieRow = (
  id: string,
  level: Level,
  reference: Reference,
  sentence: string,
  when: string,
  judge: (cookie: Cookie, secure: boolean) => boolean | undefined,
): Row => ({
  id: `cookie-${id}`,
  level,
  reference,
  sentence,
  when,
  judge: ({ answer, secure }) => {
    const verdicts = lines(answer, 'set-cookie').map((line) => {
      const cookie = parse(line)
      return { cookie, verdict: judge(cookie, secure) }
    })
    if (verdicts.every(({ verdict }) => verdict === undefined)) return undefined
    const wrong = verdicts.find(({ verdict }) => verdict === false)
    return wrong === undefined || `It is '${wrong.cookie.text.slice(0, 100)}'.`
  },
})

const set = 'an answer sets a cookie'
const syntax = cookies('4.1.1')
const prefixes = cookies('4.1.3')
const storage = cookies('5.7')

const cookieName = new RegExp(`^${parts.token}$`)
const cookieValue = /^(?:[!#-+\--:<-[\]-~]*|"[!#-+\--:<-[\]-~]*")$/

/** Cookies. */
export const cookieRules: readonly Row[] = [
  cookieRow('name', 'should', syntax, 'The name of a cookie is a token.', set, ({ name }) =>
    cookieName.test(name),
  ),
  cookieRow(
    'value',
    'should',
    syntax,
    'The value of a cookie has no spaces, quotes, commas, semicolons or backslashes.',
    set,
    ({ value }) => cookieValue.test(value),
  ),
  cookieRow(
    'attributes',
    'should',
    syntax,
    'No attribute of a cookie comes twice.',
    set,
    ({ attributes }) => {
      const names = attributes.map(([name]) => name)
      return new Set(names).size === names.length
    },
  ),
  cookieRow(
    'known',
    'practice',
    syntax,
    'The attributes of a cookie are ones that a browser knows.',
    set,
    ({ attributes }) =>
      attributes.every(([name]) =>
        [
          'expires',
          'max-age',
          'domain',
          'path',
          'secure',
          'httponly',
          'samesite',
          'partitioned',
          'priority',
        ].includes(name),
      ),
  ),
  {
    id: 'cookie-once',
    level: 'should',
    reference: syntax,
    sentence: 'An answer sets no cookie twice.',
    when: set,
    judge: ({ answer }) => {
      const keys = lines(answer, 'set-cookie').map((line) => {
        const cookie = parse(line)
        return [cookie.name, attribute(cookie, 'domain'), attribute(cookie, 'path')].join(';')
      })
      if (keys.length === 0) return undefined
      return new Set(keys).size === keys.length || 'It does.'
    },
  },
  cookieRow(
    'expires',
    'should',
    cookies('4.1.2.1'),
    'Expires of a cookie is a date such as Sun, 06 Nov 1994 08:49:37 GMT.',
    'a cookie has Expires',
    (cookie) => {
      const expires = attribute(cookie, 'expires')
      return expires === undefined ? undefined : isDate(expires)
    },
  ),
  cookieRow(
    'max-age',
    'should',
    cookies('4.1.2.2'),
    'Max-Age of a cookie is a number of seconds.',
    'a cookie has Max-Age',
    (cookie) => {
      const age = attribute(cookie, 'max-age')
      return age === undefined ? undefined : /^-?\d+$/.test(age)
    },
  ),
  cookieRow(
    'same-site',
    'should',
    cookies('4.1.2.7'),
    'SameSite is Strict, Lax or None.',
    'a cookie has SameSite',
    (cookie) => {
      const site = attribute(cookie, 'samesite')
      return site === undefined ? undefined : /^(?:strict|lax|none)$/i.test(site)
    },
  ),
  cookieRow(
    'same-site-none',
    'should',
    storage,
    'A cookie with SameSite=None has Secure, or browsers drop it.',
    'a cookie has SameSite=None',
    (cookie) => {
      if (attribute(cookie, 'samesite')?.toLowerCase() !== 'none') return undefined
      return attribute(cookie, 'secure') !== undefined
    },
  ),
  cookieRow(
    'partitioned',
    'practice',
    page(
      'Cookies Having Independent Partitioned State',
      'https://datatracker.ietf.org/doc/html/draft-cutler-httpbis-partitioned-cookies',
    ),
    'A cookie with Partitioned has Secure, or browsers drop it.',
    'a cookie has Partitioned',
    (cookie) =>
      attribute(cookie, 'partitioned') === undefined
        ? undefined
        : attribute(cookie, 'secure') !== undefined,
  ),
  cookieRow(
    'host-prefix',
    'should',
    prefixes,
    'A cookie named __Host- has Secure, Path=/ and no Domain, or browsers drop it.',
    'the name of a cookie begins with __Host-',
    (cookie) => {
      if (!/^__host-/i.test(cookie.name)) return undefined
      return (
        attribute(cookie, 'secure') !== undefined &&
        attribute(cookie, 'path') === '/' &&
        !attribute(cookie, 'domain')
      )
    },
  ),
  cookieRow(
    'secure-prefix',
    'should',
    prefixes,
    'A cookie named __Secure- has Secure, or browsers drop it.',
    'the name of a cookie begins with __Secure-',
    (cookie) =>
      /^__secure-/i.test(cookie.name) ? attribute(cookie, 'secure') !== undefined : undefined,
  ),
  cookieRow(
    'size',
    'should',
    cookies('5.6'),
    'The name and value of a cookie are 4,096 octets at most, or browsers drop it.',
    set,
    ({ name, value }) => name.length + value.length <= 4096,
  ),
  cookieRow(
    'secure',
    'practice',
    cookies('4.1.2.5'),
    'A cookie that is set over TLS has Secure.',
    'a cookie is set over TLS',
    (cookie, secure) => (secure ? attribute(cookie, 'secure') !== undefined : undefined),
  ),
  cookieRow(
    'same-site-said',
    'practice',
    cookies('4.1.2.7'),
    'A cookie says by SameSite when it goes along: browsers differ in what they take for granted.',
    set,
    (cookie) => attribute(cookie, 'samesite') !== undefined,
  ),
]
