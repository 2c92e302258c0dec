import { describe, expect, it } from 'vitest'
import { TrustedHosts } from './trusted-hosts.ts'

describe('TrustedHosts', () => {
  const hosts = new TrustedHosts([
    'example.com',
    '.Example.ORG',
    'port.example:8080',
    '[::1]',
    'bücher.example',
    '127.0.0.1',
    'rooted.example.',
    'under_score.example',
    '.service_a.example',
  ])

  it.each([
    'example.com',
    'EXAMPLE.com',
    'example.com:80',
    'example.com:',
    'example.org',
    'a.example.org',
    'a.b.example.org:1',
    'port.example',
    'port.example:9',
    '[::1]',
    '[::1]:80',
    'xn--bcher-kva.example',
    '127.0.0.1:5000',
    'rooted.example.',
    'rooted.example.:80',
    'under_score.example',
    'service_a.example',
    'a.service_a.example',
    'A-1.example.org',
  ])('has %j', (host) => {
    expect(hosts.has(host)).toBe(true)
  })

  it.each([
    undefined,
    '',
    'a.example.com',
    'example.com.',
    'example.com.:80',
    'a.example.org.',
    'rooted.example',
    "';alert(1);'.example.org",
    'a_b.example.org',
    'a%2eb.example.org',
    '%41.example.org',
    'example.com:99999999',
    '[::2]',
    'example.community',
    'notexample.org',
    'example.org.evil.net',
    '.example.org.evil',
    'evil.net:example.com',
    'example.com@evil.net',
    'example.com evil.net',
    '::1',
  ])('has not %j', (host) => {
    expect(hosts.has(host)).toBe(false)
  })

  it.each([
    [
      'example.com',
      "trustedHosts must be a list of host names like ['example.com', '.example.org'], got 'example.com'",
    ],
    [null, 'got null'],
    [{}, 'got {}'],
    [[], 'got []'],
    [
      [1],
      "trustedHosts must hold host names, got 1; write 'example.com', or '.example.com' with its subdomains",
    ],
    [[''], "got ''; write"],
    [['.'], "got '.'; write"],
    [['..a'], "got '..a'; write '.a'"],
    [['*'], "got '*'; write 'example.com'"],
    [['*.example.com'], "got '*.example.com'; write '.example.com'"],
    [['https://example.com:1/a'], "got 'https://example.com:1/a'; write 'example.com'"],
    [['example.com/'], "got 'example.com/'; write 'example.com'"],
    [['a b'], "got 'a b'; write 'example.com'"],
  ])('refuses %j', (value, message) => {
    expect(() => new TrustedHosts(value)).toThrow(TypeError)
    expect(() => new TrustedHosts(value)).toThrow(message)
  })
})
