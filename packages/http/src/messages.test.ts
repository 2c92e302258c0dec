import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { describe, expect, it } from 'vitest'
import { makeMessages, prepareMessages } from './messages.ts'
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

describe('makeMessages', () => {
  const given = (): { request: object; response: object } => ({
    request: Object.create(IncomingMessage.prototype) as object,
    response: Object.create(ServerResponse.prototype) as object,
  })

  it('has all that servers of an app make inherit from one heir of what it gives', async () => {
    const prototypes = given()
    const first = makeMessages(createServer(), prototypes)
    if (first === undefined) throw new Error('This Node does not tell its classes')
    expect(Object.getPrototypeOf(first.request)).toBe(prototypes.request)
    expect(Object.getPrototypeOf(first.response)).toBe(prototypes.response)
    let found: unknown
    const { port, server } = await listen((request, response) => {
      found = [Object.getPrototypeOf(request), Object.getPrototypeOf(response)]
      response.end()
    })
    expect(makeMessages(server, first)).toMatchObject({
      request: first.request,
      response: first.response,
    })
    await exchange(port, last('GET /'))
    expect(found).toEqual([first.request, first.response])
  })

  it('gives them room, and their properties one shape', async () => {
    expect(await slotsOf((server) => makeMessages(server, given()))).toMatchObject({
      request: true,
      response: [true, true],
    })
  })

  it('is undone by release', () => {
    const server = createServer()
    prepareMessages(server)
    const classes = (): unknown[] =>
      Object.getOwnPropertySymbols(server).map((key): unknown => Reflect.get(server, key))
    const before = classes()
    makeMessages(server, given())?.release()
    expect(classes()).toEqual(before)
  })

  it('leaves a server of HTTP/2 alone', () => {
    const server = createHttp2Server()
    expect(Reflect.apply(makeMessages, undefined, [server, given()])).toBeUndefined()
  })
})
