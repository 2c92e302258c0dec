import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { Admission } from './admission.ts'
import { continueWhenRead } from './expectation.ts'
import { MethodGuard, type RouteReader } from './guard.ts'
import { RequestRules } from './request-rules.ts'

const routes: RouteReader = {
  allowed: (path) => (path === '/a' ? new Set(['GET']) : path === '/all' ? 'any' : undefined),
  known: () => new Set(['GET', 'PUT']),
}

/** What an admission reads of a request, and how often it was asked for its routes. */
function requestOf(
  method: string,
  url: string,
  { version = '1.1', host = 'a' }: { version?: '1.1' | '2.0'; host?: string } = {},
): IncomingMessage {
  const request = {
    method,
    url,
    httpVersion: version,
    httpVersionMajor: Number(version[0]),
    headers: { host },
    rawHeaders: ['Host', host],
    ...(version === '2.0' && { stream: {} }),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is read of it
  return request as unknown as IncomingMessage
}

/** An admission that counts how often it asks for the routes. */
function admissionOf(rules?: RequestRules): { admission: Admission<unknown>; asked: () => number } {
  let asked = 0
  const host = {
    routes() {
      asked += 1
      return routes
    },
  }
  const parts = { guard: new MethodGuard(), requests: rules, security: undefined, host }
  return { admission: new Admission(parts), asked: () => asked }
}

describe('Admission', () => {
  const rules = new RequestRules({ trustedHosts: ['a'] })
  const waiting = requestOf('PUT', '/a')
  const waitingElsewhere = requestOf('PUT', '/missing')
  const waitingUnknown = requestOf('POST', '/missing')
  for (const request of [waiting, waitingElsewhere, waitingUnknown]) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody answers it
    continueWhenRead(request, {} as never)
  }

  it.each([
    ['lets a request in', requestOf('GET', '/a'), undefined, 0],
    ['leaves a method to the app', requestOf('PUT', '/a'), undefined, 0],
    ['leaves a method that no route uses to the app', requestOf('POST', '/a'), undefined, 0],
    ['refuses a malformed target', requestOf('GET', '/%zz'), 400, 0],
    ['refuses a malformed host', requestOf('TRACE', '/a', { host: 'a b' }), 400, 0],
    ['refuses a host that is not trusted', requestOf('TRACE', '/a', { host: 'b' }), 400, 0],
    ['refuses TRACE', requestOf('TRACE', '/a'), 405, 1],
    ['refuses TRACE of an unknown path', requestOf('TRACE', '/missing'), 405, 1],
    ['refuses CONNECT', requestOf('CONNECT', '*'), 405, 1],
    ['refuses a method whose client waits', waiting, 405, 1],
    ['leaves an unknown path to the app whose client waits', waitingElsewhere, undefined, 1],
    ['leaves an unknown method of it to the app', waitingUnknown, undefined, 1],
    ['lets HTTP/2 in', requestOf('GET', '/a', { version: '2.0' }), undefined, 0],
    ['leaves methods that Node knows', requestOf('POST', '/a', { version: '2.0' }), undefined, 0],
    ['refuses others', requestOf('FOO', '/a', { version: '2.0' }), 501, 1],
    ['refuses others of an unknown path', requestOf('FOO', '/b', { version: '2.0' }), 501, 1],
    ['refuses others where any are taken', requestOf('FOO', '/all', { version: '2.0' }), 501, 1],
    ['refuses lower case', requestOf('get', '/a', { version: '2.0' }), 501, 1],
    ['refuses the target first', requestOf('get', '/%', { version: '2.0' }), 400, 0],
    ['refuses the host first', requestOf('get', '/', { version: '2.0', host: 'b' }), 400, 0],
  ])('%s', (_name, request, status, times) => {
    const { admission, asked } = admissionOf(rules)
    const error = admission.judge(request, { host: request.headers.host, protocol: 'http' })
    expect([error?.status, asked()]).toEqual([status, times])
  })

  it.each([
    ['/a', 'b c', undefined],
    ['/%zz', 'a', 400],
  ])('looks at the target alone without rules: %s with the host %j', (url, host, status) => {
    const { admission } = admissionOf()
    const error = admission.judge(requestOf('GET', url, { host }), { host, protocol: 'http' })
    expect(error?.status).toBe(status)
  })
})
