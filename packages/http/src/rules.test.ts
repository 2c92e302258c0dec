import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { HeadSection } from './head-section.ts'
import { rules, rulesFor } from './rules.ts'

const host = { isSecure: () => false }

/** Fields that some rule is about, with values of which some break it. */
const fields: readonly [name: string, ...values: (string | string[])[]][] = [
  ['Connection', 'close', 'keep-alive', 'upgrade'],
  ['Content-Type', 'text/plain', ['text/plain', 'text/html']],
  ['Content-Length', '5', '7', 'five', ['5', '7']],
  ['Transfer-Encoding', 'chunked', 'chunked, gzip', 'identity'],
  ['Trailer', 'Expires'],
  ['Upgrade', 'websocket'],
  ['Date', 'now', 'Mon, 23 Nov 2026 12:00:00 GMT'],
  ['Last-Modified', 'Fri, 31 Dec 9999 23:59:59 GMT', 'Mon, 01 Jan 2024 00:00:00 GMT'],
  ['Set-Cookie', 'a=b', ['a=b', 'c=d']],
  ['Cache-Control', 'public', 'no-store'],
  ['Strict-Transport-Security', 'max-age=1'],
  ['Location', '/'],
  ['ETag', '"a"', ['"a"', '"b"']],
  ['X-Other', ' spaced '],
]

/** Gives numbers below a bound, the same in every run. */
function numbers(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

function headOf(seed: number, status: number): HeadSection {
  const below = numbers(seed)
  const request = new IncomingMessage(new Socket())
  const [major = 1, minor = 1] =
    [
      [1, 1],
      [1, 0],
      [2, 0],
    ][below(3)] ?? []
  Object.assign(request, { httpVersionMajor: major, httpVersionMinor: minor })
  request.method = ['GET', 'HEAD', 'POST', 'OPTIONS'][below(4)] ?? 'GET'
  const response = new ServerResponse(request)
  response.statusCode = status
  if (below(5) === 0) response.sendDate = false
  for (const [name, ...values] of fields) {
    const value = values[below(values.length * 3)]
    if (value !== undefined) response.setHeader(name, value)
  }
  const content = { chunk: [undefined, 'hello', ''][below(3)], isWhole: below(2) === 0 }
  return new HeadSection(response, content, host, undefined)
}

const idsOf = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id)

describe('rulesFor', () => {
  it.each([200, 201, 204, 205, 206, 302, 304, 401, 405, 416, 426, 429, 500])(
    'leaves out no rule that an answer with %i breaks, whatever fields it has',
    (status) => {
      const ofStatus = rules.filter(({ statuses }) => statuses?.includes(status) ?? true)
      const broken = new Set<string>()
      for (let seed = 1; seed <= 400; seed++) {
        const head = headOf(seed * 7919, status)
        const all = ofStatus.filter((rule) => rule.isBroken(head))
        const found = rulesFor(head).filter((rule) => rule.isBroken(head))
        expect(idsOf(found), `seed ${seed}`).toEqual(idsOf(all))
        for (const id of idsOf(all)) broken.add(id)
      }
      // Else it would prove nothing.
      expect(broken.size).toBeGreaterThan(8)
    },
  )

  it('looks at few rules for an answer as most are', () => {
    const head = headOf(1, 200)
    for (const name of head.response.getHeaderNames()) head.remove(name)
    head.set('Content-Type', 'text/plain')
    head.set('Content-Length', '5')
    expect(idsOf(rulesFor(head))).toEqual([
      'length-value',
      'length-of-content',
      'value-whitespace',
      'date',
    ])
  })
})
