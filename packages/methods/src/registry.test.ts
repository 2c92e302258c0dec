import { METHODS } from 'node:http'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { methodRegistry, type MethodEntry, type RegisteredMethod } from './registry.ts'

/**
 * The IANA HTTP Method Registry as of May 2026, with QUERY as RFC 10008 registers it: names, safe,
 * idempotent. Typed from the registry, not from the table under test.
 */
const registered = `
  ACL               no  yes
  BASELINE-CONTROL  no  yes
  BIND              no  yes
  CHECKIN           no  yes
  CHECKOUT          no  yes
  CONNECT           no  no
  COPY              no  yes
  DELETE            no  yes
  GET               yes yes
  HEAD              yes yes
  LABEL             no  yes
  LINK              no  yes
  LOCK              no  no
  MERGE             no  yes
  MKACTIVITY        no  yes
  MKCALENDAR        no  yes
  MKCOL             no  yes
  MKREDIRECTREF     no  yes
  MKWORKSPACE       no  yes
  MOVE              no  yes
  OPTIONS           yes yes
  ORDERPATCH        no  yes
  PATCH             no  no
  POST              no  no
  PRI               yes yes
  PROPFIND          yes yes
  PROPPATCH         no  yes
  PUT               no  yes
  QUERY             yes yes
  REBIND            no  yes
  REPORT            yes yes
  SEARCH            yes yes
  TRACE             yes yes
  UNBIND            no  yes
  UNCHECKOUT        no  yes
  UNLINK            no  yes
  UNLOCK            no  yes
  UPDATE            no  yes
  UPDATEREDIRECTREF no  yes
  VERSION-CONTROL   no  yes
`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
  .map(([name = '', safe, idempotent]) => ({ name, safe, idempotent }))

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
const names: readonly string[] = methodRegistry.map(({ name }) => name)

describe('The registry', () => {
  it('has the 40 methods that IANA registers, as IANA has them', () => {
    expect(
      methodRegistry.map(({ name, safe, idempotent }) => ({
        name,
        safe: yesNo(safe),
        idempotent: yesNo(idempotent),
      })),
    ).toEqual(registered)
    expect(registered).toHaveLength(40)
  })

  it('is in alphabetical order, without duplicates', () => {
    expect(names).toEqual([...new Set(names)].toSorted())
  })

  it.each(methodRegistry)('names the section that defines $name', ({ reference }) => {
    expect(reference).toMatch(/^RFC \d{4,5} section \d+(\.\d+)*$/)
  })

  it('holds every safe method idempotent (RFC 9110 section 9.2.2)', () => {
    expect(methodRegistry.filter(({ safe, idempotent }) => safe && !idempotent)).toEqual([])
  })

  it('lets a cache store what the definitions allow, and nothing else', () => {
    const cacheable = methodRegistry
      .filter((method) => method.cacheable !== 'no')
      .map((method) => `${method.name} ${method.cacheable}`)
    expect(cacheable).toEqual([
      'GET yes',
      'HEAD yes',
      'PATCH explicit',
      'POST explicit',
      'QUERY yes',
    ])
  })

  it.each([
    ['GET', 'undefined'],
    ['HEAD', 'undefined'],
    ['DELETE', 'undefined'],
    ['CONNECT', 'undefined'],
    ['TRACE', 'forbidden'],
    ['QUERY', 'required'],
    ['PATCH', 'required'],
    ['POST', 'defined'],
    ['PUT', 'defined'],
    ['OPTIONS', 'defined'],
  ])('says of request content to %s: %s', (name, requestContent) => {
    expect(methodRegistry.find((method) => method.name === name)).toMatchObject({ requestContent })
  })

  it('has rows of the type it promises', () => {
    expectTypeOf(methodRegistry).toExtend<readonly MethodEntry[]>()
    expectTypeOf<'GET' | 'VERSION-CONTROL'>().toExtend<RegisteredMethod>()
    expectTypeOf<'PURGE'>().not.toExtend<RegisteredMethod>()
    expectTypeOf<string>().not.toExtend<RegisteredMethod>()
  })
})

describe('Compared with http.METHODS of Node', () => {
  it('lacks what nobody registered: UPnP methods and the customs of caches', () => {
    expect(METHODS.filter((name) => !names.includes(name)).toSorted()).toEqual([
      'M-SEARCH', // UPnP
      'NOTIFY', // UPnP
      'PURGE', // Squid, Varnish
      'SOURCE', // Icecast
      'SUBSCRIBE', // UPnP
      'UNSUBSCRIBE', // UPnP
    ])
  })

  it('has more than the parser: these get 501 from an attached server, 400 from a bare one', () => {
    expect(names.filter((name) => !METHODS.includes(name))).toEqual([
      'BASELINE-CONTROL',
      'CHECKIN',
      'LABEL',
      'MKREDIRECTREF',
      'MKWORKSPACE',
      'ORDERPATCH',
      'PRI', // the HTTP/2 preface; no request at all
      'UNCHECKOUT',
      'UPDATE',
      'UPDATEREDIRECTREF',
      'VERSION-CONTROL',
    ])
  })
})
