import { describe, expect, it } from 'vitest'
import { authorityOf, hostName, isHost } from './host.ts'

describe('isHost', () => {
  it.each([
    'example.com',
    'EXAMPLE.com:8080',
    'a:0',
    'a:00080',
    'a:65535',
    '[::1]:65535',
    'a',
    'a:',
    'a.b-c_d~e',
    "!$&'()*+,;=",
    '%41%c3%BC',
    '127.0.0.1:80',
    '1.2.3.4.5',
    '[::1]',
    '[::1]:80',
    '[2001:db8::7]:',
    '[::ffff:1.2.3.4]',
    '[v1.a:b]',
    '[vF.!]:1',
  ])('takes %j', (host) => {
    expect(isHost(host)).toBe(true)
  })

  it.each([
    '',
    ':',
    ':80',
    'a b',
    ' a',
    'a ',
    'a/b',
    'a?b',
    'a#b',
    'a@b',
    'a\\b',
    'a"b',
    'a<b>',
    'a^b',
    'a`b',
    'a|b',
    '{a}',
    'a:b',
    'a:1:2',
    'a:-1',
    'a:65536',
    'a:99999999',
    `a:${'9'.repeat(400)}`,
    '[::1]:65536',
    'a%',
    'a%4',
    'a%4g',
    'bücher.example',
    'a\u007f',
    '::1',
    '[',
    '[]',
    '[::1',
    '::1]',
    '[::1]a',
    '[::1]80',
    '[::g]',
    '[1.2.3.4]',
    '[fe80::1%eth0]',
    '[fe80::1%25eth0]',
    '[v.a]',
    '[v1.]',
    '[vg.a]',
    'a[::1]',
  ])('refuses %j', (host) => {
    expect(isHost(host)).toBe(false)
  })

  it.each(Array.from({ length: 256 }, (_, code) => code))('agrees with RFC 3986 on %i', (code) => {
    const character = String.fromCharCode(code)
    const isAllowed = /^[A-Za-z0-9\-._~!$&'()*+,;=]$/.test(character)
    expect(isHost(`a${character}b`)).toBe(isAllowed)
  })
})

describe('hostName', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['a:80', 'a'],
    ['[::A]:80', '[::a]'],
    ['a b', undefined],
    ['', undefined],
  ])('of %j is %j', (host, name) => {
    expect(hostName(host)).toBe(name)
  })
})

describe('authorityOf', () => {
  it.each([
    ['/a', undefined],
    ['//a/b', undefined],
    ['/http://a/b', undefined],
    ['*', undefined],
    ['a:1', undefined],
    ['', undefined],
    ['http://a', 'a'],
    ['http://a:1/b', 'a:1'],
    ['https://[::1]?b', '[::1]'],
    ['http://a#b', 'a'],
    ['http:///b', ''],
    ['http://me@a/', 'me@a'],
  ])('of %j is %j', (target, authority) => {
    expect(authorityOf(target)).toBe(authority)
  })
})
