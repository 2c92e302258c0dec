import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { describe, expect, it } from 'vitest'
import { prepareMessages } from './messages.ts'
import { requestSessions, secured, supervision } from './slots.ts'
import { exchange, last, listen } from './wire.test.helper.ts'

/** The own members of ours that the messages of a server have. */
async function slotsOf(prepare: (server: Server) => void) {
  let found: unknown
  const { port, server } = await listen((request, response) => {
    found = {
      request: Object.hasOwn(request, requestSessions),
      response: [supervision, secured].map((slot) => Object.hasOwn(response, slot)),
      types: [request instanceof IncomingMessage, response instanceof ServerResponse],
    }
    response.end()
  })
  prepare(server)
  await exchange(port, last('GET /'))
  return found
}

describe('prepareMessages', () => {
  it('gives all messages of a server room, as classes that inherit from those of Node', async () => {
    expect(await slotsOf(prepareMessages)).toEqual({
      request: true,
      response: [true, true],
      types: [true, true],
    })
  })

  it('leaves other servers alone', async () => {
    expect(await slotsOf(() => undefined)).toMatchObject({
      request: false,
      response: [false, false],
    })
  })

  it("inherits from an app's own classes", () => {
    class OwnResponse extends ServerResponse {}
    const server = createServer({ ServerResponse: OwnResponse })
    prepareMessages(server)
    const classes = Object.getOwnPropertySymbols(server).map((key): unknown =>
      Reflect.get(server, key),
    )
    expect(
      classes.some(
        (found) => typeof found === 'function' && found.prototype instanceof OwnResponse,
      ),
    ).toBe(true)
  })

  it('changes nothing of a server of HTTP/2', () => {
    const server = createHttp2Server()
    const before = Object.getOwnPropertySymbols(server).map((key): unknown =>
      Reflect.get(server, key),
    )
    Reflect.apply(prepareMessages, undefined, [server])
    const after = Object.getOwnPropertySymbols(server).map((key): unknown =>
      Reflect.get(server, key),
    )
    expect(after).toEqual(before)
  })
})
