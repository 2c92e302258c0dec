import { describe, expect, it } from 'vitest'
import { acceptFields } from './accept.ts'

describe('acceptFields', () => {
  it.each([
    ['nothing', {}, []],
    ['nothing for empty lists', { post: [], patch: [], query: [] }, []],
    ['nothing for undefined', { post: undefined }, []],
    [
      'a field per method, in this order',
      { query: ['text/sql'], patch: ['text/a'], post: ['text/b'] },
      [
        ['Accept-Post', 'text/b'],
        ['Accept-Patch', 'text/a'],
        ['Accept-Query', 'text/sql'],
      ],
    ],
    [
      'several types as a list',
      { post: ['application/json', 'text/*', '*/*'] },
      [['Accept-Post', 'application/json, text/*, */*']],
    ],
    [
      'parameters as they are in Accept-Post and Accept-Patch',
      { patch: ['text/plain;charset=utf-8;level=1; x="a;b,c"'] },
      [['Accept-Patch', 'text/plain;charset=utf-8;level=1; x="a;b,c"']],
    ],
  ])('gives %s', (_, accepted, fields) => {
    expect(acceptFields(accepted)).toEqual(fields)
  })

  // RFC 10008 section 3: a List of Tokens or Strings; RFC 9651 sections 3.1.2, 3.3.3 and 3.3.4.
  it.each([
    ['a type as a token', 'application/jsonpath', 'application/jsonpath'],
    ['any subtype as a token', 'text/*', 'text/*'],
    ['any type as a token', '*/*', '*/*'],
    ['a suffix as a token', 'application/ld+json', 'application/ld+json'],
    ['a type that starts with a digit as a string', '3gpp/x', '"3gpp/x"'],
    ['a type that starts with a mark as a string', '!x/y', '"!x/y"'],
    ['a subtype that starts with a digit as a token', 'audio/3gpp', 'audio/3gpp'],
    ['a parameter that is a token as a token', 'text/x;charset=utf-8', 'text/x;charset=utf-8'],
    ['a quoted parameter as a string', 'text/x;charset="UTF-8"', 'text/x;charset="UTF-8"'],
    ['an integer as a string', 'text/x;level=1', 'text/x;level="1"'],
    ['a decimal as a string', 'text/x;q=0.5', 'text/x;q="0.5"'],
    ['a value with a minus in front as a string', 'text/x;n=-1', 'text/x;n="-1"'],
    ['parameter names in lower case', 'text/x;Charset=UTF-8', 'text/x;charset=UTF-8'],
    ['no space before a parameter', 'text/x; \ta=b; c=d', 'text/x;a=b;c=d'],
    ['what looks like parameters inside a string as it is', 'a/b;x="q; Y=z"', 'a/b;x="q; Y=z"'],
    ['an empty string', 'a/b;x=""', 'a/b;x=""'],
    ['a token that starts with an asterisk', 'a/b;x=*', 'a/b;x=*'],
  ])('writes in Accept-Query %s', (_, range, value) => {
    expect(acceptFields({ query: [range] })).toEqual([['Accept-Query', value]])
  })

  it.each([
    '',
    'json',
    'application/',
    '/json',
    '*',
    '*/json',
    'text/*+json',
    'application/json, text/plain',
    'application /json',
    ' application/json',
    'application/json ',
    'application/json\r\n',
    'application/json\r\nSet-Cookie: a=b',
    'text/plain;\r\n a=b',
    'text/plain;a="\r\nSet-Cookie: a=b"',
    'text/plain;a="\u0000"',
    'text/plain;a="ü"',
    'text/plain;a="\\"',
    'text/plain;a="b"c"',
    'text/plain;',
    'text/plain;a',
    'text/plain;a=',
    'text/plain;=b',
    'text/plain;a=b;',
    'téxt/plain',
  ])('refuses %j, and says so', (range) => {
    for (const option of ['post', 'patch', 'query']) {
      expect(() => acceptFields({ [option]: ['text/plain', range] })).toThrow(
        new TypeError(
          `accept: ${JSON.stringify(range)} is not a media range; write it like 'application/json'`,
        ),
      )
    }
  })

  it.each(['0a', 'a!b', "it's", '-a'])(
    'refuses the parameter name %s in Accept-Query, which cannot express it',
    (name) => {
      const range = `text/plain;${name}=b`
      expect(acceptFields({ post: [range] })).toEqual([['Accept-Post', range]])
      expect(() => acceptFields({ query: [range] })).toThrow(
        new TypeError(
          `accept.query: the parameter '${name}' of "${range}" cannot stand in a structured field; leave it out`,
        ),
      )
    },
  )

  it.each(['post', 'patch', 'query'])('refuses a text in place of the list of %s', (option) => {
    expect(() => Reflect.apply(acceptFields, undefined, [{ [option]: 'text/plain' }])).toThrow(
      new TypeError(`accept.${option} must be a list like ['application/json'], got "text/plain"`),
    )
  })
})
