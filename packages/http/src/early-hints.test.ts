import type { ServerResponse } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import { sendEarlyHints } from './early-hints.ts'

const style = { target: '/style.css', rel: 'preload', parameters: { as: 'style' } }

/** What a response to a request of this version is told to send. */
function told(links: Parameters<typeof sendEarlyHints>[1], response: object = {}): unknown[] {
  const writeEarlyHints = vi.fn<ServerResponse['writeEarlyHints']>()
  const req = { httpVersionMajor: 1, httpVersionMinor: 1 }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is read of it
  const all = { req, headersSent: false, writeEarlyHints, ...response } as unknown as ServerResponse
  sendEarlyHints(all, links)
  return writeEarlyHints.mock.calls
}

describe('sendEarlyHints', () => {
  it.each([
    ['HTTP/1.1', { httpVersionMajor: 1, httpVersionMinor: 1 }, true],
    ['HTTP/2', { httpVersionMajor: 2, httpVersionMinor: 0 }, true],
    ['HTTP/1.0', { httpVersionMajor: 1, httpVersionMinor: 0 }, false],
  ])('sends to %s as it may', (_name, req, isSent) => {
    const call = [{ link: ['</style.css>; rel=preload; as=style'] }]
    expect(told([style], { req })).toEqual(isSent ? [call] : [])
  })

  it.each([
    ['without links', [], {}],
    ['once the answer has begun', [style], { headersSent: true }],
  ])('sends nothing %s', (_name, links, response) => {
    expect(told(links, response)).toEqual([])
  })

  it('refuses a link that cannot be written, whoever asks', () => {
    const req = { httpVersionMajor: 1, httpVersionMinor: 0 }
    expect(() => told([{ target: 'a b', rel: 'next' }], { req })).toThrow(
      "target must be a URI reference such as '/style.css', got 'a b'",
    )
  })
})
