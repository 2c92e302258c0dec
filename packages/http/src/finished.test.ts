import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import onFinished from 'on-finished'
import { describe, expect, it } from 'vitest'
import { prepareMessages } from './messages.ts'
import { last, listen, open } from './wire.test.helper.ts'

/** A response to GET /, whose messages are as Node or as an attached server makes them, and its client. */
async function respond({ isOurs = true } = {}) {
  const { port, server } = await listen(() => undefined)
  if (isOurs) prepareMessages(server)
  const client = await open(port)
  const requested = once(server, 'request')
  client.write(last('GET /'))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the event brings
  const [, response] = (await requested) as [unknown, ServerResponse]
  return { response, client }
}

const itself = (response: ServerResponse): ServerResponse => response

const listenersOf = (socket: Socket | null): number =>
  socket?.eventNames().reduce((sum, name) => sum + socket.listenerCount(name), 0) ?? 0

const endings: readonly (readonly [
  name: string,
  end: (response: ServerResponse, client: Socket) => unknown,
])[] = [
  ['it was ended', (response) => response.end('hello')],
  ['it was ended without content', (response) => response.writeHead(204).end()],
  ['the client has gone', (_response, client) => client.destroy()],
  [
    'the client has gone in the middle of it',
    (response, client) => {
      response.write('hel')
      client.destroy()
    },
  ],
  ['its connection was given up', (response) => response.destroy()],
  ['its connection failed', (response) => response.socket?.destroy(new Error('broken'))],
  ['it was given up for an error', (response) => response.destroy(new Error('broken'))],
  [
    'the client gives up an answer that was ended and is under way',
    (response, client) => {
      client.pause()
      response.end(Buffer.alloc(2 ** 24))
      client.resetAndDestroy()
    },
  ],
  [
    'its listeners were all taken off, and the client has gone',
    (response, client) => {
      response.removeAllListeners()
      client.destroy()
    },
  ],
  [
    'its connection was taken over, and closed',
    (response) => {
      const { socket } = response
      if (socket === null) throw new Error('It has no connection')
      response.detachSocket(socket)
      socket.destroy()
    },
  ],
]

/** What somebody may ask `on-finished` about in place of the response itself. */
const forms: readonly (readonly [
  name: string,
  form: (response: ServerResponse) => ServerResponse,
])[] = [
  ['itself', itself],
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  ['an object that inherits from it', (response) => Object.create(response) as ServerResponse],
  ['a proxy', (response) => new Proxy(response, {})],
]

/** What `on-finished` tells of an answer that ends in some way. */
async function toldOf(
  end: (typeof endings)[number][1],
  { isOurs, form = itself }: { isOurs: boolean; form?: (typeof forms)[number][1] },
) {
  const { response, client } = await respond({ isOurs })
  const { socket } = response
  socket?.on('error', () => undefined)
  const asked = form(response)
  const told: (readonly unknown[])[] = []
  const both = new Promise<void>((resolve) => {
    for (const name of ['first', 'second']) {
      onFinished(asked, (error, message) => {
        const { writableFinished, closed } = response
        told.push([name, error?.message, message === asked, writableFinished, closed])
        if (name === 'second') resolve()
      })
    }
  })
  end(response, client)
  await both
  if (socket?.closed === false) await once(socket, 'close')
  return told
}

describe('a response of an attached server', () => {
  it.each(endings)('tells on-finished what Node’s own tell it: %s', async (_name, end) => {
    const ours = await toldOf(end, { isOurs: true })
    expect(ours).toEqual(await toldOf(end, { isOurs: false }))
    expect(ours.map(([name]) => name)).toEqual(['first', 'second'])
  })

  it.each(forms)('tells of %s as Node’s own do', async (_name, form) => {
    for (const [, end] of endings) {
      const ours = await toldOf(end, { isOurs: true, form })
      expect(ours).toEqual(await toldOf(end, { isOurs: false, form }))
      expect(ours.map(([name, , isAsked]) => [name, isAsked])).toEqual([
        ['first', true],
        ['second', true],
      ])
    }
  })

  it('takes the same listeners on the connection as the answers before it', async () => {
    const { port, server } = await listen((_request, response) => {
      onFinished(response, () => undefined)
      counts.push(listenersOf(response.socket))
      response.end()
    })
    prepareMessages(server)
    const counts: number[] = []
    const client = await open(port)
    for (let index = 0; index < 3; index += 1) {
      client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
      await once(client, 'data')
    }
    expect(new Set(counts).size).toBe(1)
    expect(counts).toHaveLength(3)
  })

  it('has no listener for it while nobody waits', async () => {
    const { response } = await respond()
    const before = [response.listenerCount('finish'), listenersOf(response.socket)]
    onFinished.isFinished(response)
    expect([response.listenerCount('finish'), listenersOf(response.socket)]).toEqual(before)
    response.end()
  })

  it('tells of an answer that waited for another', async () => {
    const { port, server } = await listen((_request, response) => {
      responses.push(response)
      if (responses.length === 2) asked()
    })
    prepareMessages(server)
    const responses: ServerResponse[] = []
    let asked = (): void => undefined
    const both = new Promise<void>((resolve) => {
      asked = resolve
    })
    const client = await open(port)
    client.write(`GET / HTTP/1.1\r\nHost: a\r\n\r\n${last('GET /')}`)
    await both
    const [first, second] = responses
    if (first === undefined || second === undefined) throw new Error('There are two')
    const told = new Promise((resolve) => {
      onFinished(second, (error, message) => resolve([error?.message, message === second]))
    })
    first.end()
    await once(second, 'socket')
    second.socket?.destroy(new Error('broken'))
    expect(await told).toEqual(['broken', true])
  })

  it('tells whoever asks once it is over', async () => {
    const { response } = await respond()
    response.end()
    await once(response, 'close')
    const told = await new Promise((resolve) => {
      onFinished(response, (error, message) => resolve([error, message === response]))
    })
    expect(told).toEqual([null, true])
  })

  it('tells whoever asks while it is telling', async () => {
    const { response } = await respond()
    const told = new Promise((resolve) => {
      onFinished(response, () => onFinished(response, resolve))
    })
    response.end()
    expect(await told).toBeNull()
  })

  it('tells each in the context in which it asked', async () => {
    const { response } = await respond()
    const storage = new AsyncLocalStorage<string>()
    const told = new Promise((resolve) => {
      storage.run('mine', () => onFinished(response, () => resolve(storage.getStore())))
    })
    response.end()
    expect(await told).toBe('mine')
  })

  it('tells of a request as Node’s own do', async () => {
    const { response } = await respond()
    const told = new Promise((resolve) => {
      onFinished(response.req, resolve)
    })
    response.end()
    expect(await told).toBeNull()
  })
})
