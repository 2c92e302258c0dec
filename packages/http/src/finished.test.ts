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
]

/** What `on-finished` tells of an answer that ends in some way. */
async function toldOf(end: (typeof endings)[number][1], options: { isOurs: boolean }) {
  const { response, client } = await respond(options)
  response.socket?.on('error', () => undefined)
  const told: (readonly unknown[])[] = []
  const both = new Promise<void>((resolve) => {
    for (const name of ['first', 'second']) {
      onFinished(response, (error, message) => {
        told.push([name, error?.message, message === response, response.writableFinished])
        if (name === 'second') resolve()
      })
    }
  })
  end(response, client)
  await both
  if (!response.closed) await once(response, 'close')
  return told
}

describe('a response of an attached server', () => {
  it.each(endings)('tells on-finished what Node’s own tell it: %s', async (_name, end) => {
    const ours = await toldOf(end, { isOurs: true })
    expect(ours).toEqual(await toldOf(end, { isOurs: false }))
    expect(ours.map(([name]) => name)).toEqual(['first', 'second'])
  })

  it('takes no listener on the connection for that', async () => {
    const { response } = await respond()
    const before = listenersOf(response.socket)
    onFinished(response, () => undefined)
    expect(listenersOf(response.socket)).toBe(before)
    response.end()
  })

  it('has no listener for it while nobody waits', async () => {
    const { response } = await respond()
    const before = response.listenerCount('close')
    onFinished.isFinished(response)
    expect(response.listenerCount('close')).toBe(before)
    onFinished(response, () => undefined)
    expect(response.listenerCount('close')).toBe(before + 1)
    response.end()
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
