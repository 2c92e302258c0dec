import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { describe, expect, it } from 'vitest'
import { makeMessages, type MessagePrototypes } from './made-messages.ts'
import { prepareMessages } from './messages.ts'
import { supervisePrototype } from './supervise.ts'
import { exchange, last, listen } from './wire.test.helper.ts'

/** Prototypes as an app has them: own ones, which inherit from those of a framework. */
function newApp(): MessagePrototypes {
  const framework = {
    request: Object.create(IncomingMessage.prototype, { accepts: { value: true } }) as object,
    response: Object.create(ServerResponse.prototype, { send: { value: true } }) as object,
  }
  const app = { value: 'app', configurable: true, enumerable: true, writable: true }
  return {
    request: Object.create(framework.request, { app }) as object,
    response: Object.create(framework.response, { app }) as object,
  }
}

const prototypeOf = (value: object): unknown => Object.getPrototypeOf(value)

const classesOf = (server: Server): unknown[] =>
  Object.getOwnPropertySymbols(server).map((key): unknown => Reflect.get(server, key))

describe('makeMessages', () => {
  it('has a server make messages of the kind of an app', async () => {
    const app = newApp()
    let found: unknown
    const { port, server } = await listen((request, response) => {
      found = [prototypeOf(request) === app.request, prototypeOf(response) === app.response]
      response.end()
    })
    expect(makeMessages(server, app)).toBeTypeOf('function')
    await exchange(port, last('GET /'))
    expect(found).toEqual([true, true])
  })

  it.each(['request', 'response'] as const)(
    'has the new prototype of a %s take the place of the former one',
    (kind) => {
      const app = newApp()
      const former = app[kind]
      const above = prototypeOf(former)
      makeMessages(createServer(), app)
      expect(app[kind]).not.toBe(former)
      expect(prototypeOf(app[kind])).toBe(above)
      expect(prototypeOf(former)).toBe(app[kind])
      expect(Reflect.ownKeys(former)).toEqual([])
      expect(Object.getOwnPropertyDescriptors(app[kind])).toEqual({
        app: { value: 'app', configurable: true, enumerable: true, writable: true },
      })
    },
  )

  it('gives all servers of an app the same classes', () => {
    const app = newApp()
    const servers = [createServer(), createServer()]
    const prototypes = servers.map((server) => {
      makeMessages(server, app)
      return [app.request, app.response]
    })
    expect(prototypes[0]?.[0]).toBe(prototypes[1]?.[0])
    const [first = [], second = []] = servers.map(classesOf)
    expect(first.slice(0, 2)).toEqual(second.slice(0, 2))
  })

  it('is undone by what it returns', () => {
    const server = createServer()
    prepareMessages(server)
    const before = classesOf(server)
    const release = makeMessages(server, newApp())
    expect(classesOf(server)).not.toEqual(before)
    release?.()
    expect(classesOf(server)).toEqual(before)
  })

  it('takes methods of supervision for those of Node that they stand for', () => {
    const app = newApp()
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it inherits from that
    supervisePrototype(app.response as ServerResponse, { begin: () => undefined }, () => undefined)
    expect(makeMessages(createServer(), app)).toBeTypeOf('function')
    expect(Object.hasOwn(app.response, 'writeHead')).toBe(true)
  })

  it('sees what else they stand for', () => {
    const app = newApp()
    Object.assign(app.response, { writeHead: () => undefined })
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it inherits from that
    supervisePrototype(app.response as ServerResponse, { begin: () => undefined }, () => undefined)
    expect(makeMessages(createServer(), app)).toBeUndefined()
  })
})

/** Apps and servers for which it is not safe. */
const unsafe: readonly (readonly [name: string, (app: MessagePrototypes) => Server])[] = [
  ['a server of HTTP/2', () => Reflect.apply(createHttp2Server, undefined, []) as Server],
  [
    'a server with a class of its own for requests',
    () => createServer({ IncomingMessage: class extends IncomingMessage {} }),
  ],
  [
    'a server with a class of its own for responses',
    () => createServer({ ServerResponse: class extends ServerResponse {} }),
  ],
  ...(
    [
      ['a method in place of one of Node', 'response', 'setHeader', { value: () => undefined }],
      ['a getter in place of what Node sets', 'request', 'method', { get: () => 'GET' }],
      ['a method in place of one of streams', 'request', 'read', { value: () => undefined }],
    ] as const
  ).map(
    ([name, kind, member, descriptor]): readonly [string, (app: MessagePrototypes) => Server] => [
      `an app with ${name}`,
      (app) => {
        Object.defineProperty(app[kind], member, { configurable: true, ...descriptor })
        return createServer()
      },
    ],
  ),
  [
    'a framework with a method in place of one of Node',
    (app) => {
      Object.assign(prototypeOf(app.response) as object, { end: () => undefined })
      return createServer()
    },
  ],
  [
    'an app whose prototype cannot be changed',
    (app) => {
      Object.freeze(app.response)
      return createServer()
    },
  ],
  [
    'an app whose messages are none of Node',
    (app) => {
      app.request = { app }
      return createServer()
    },
  ],
]

describe.each(unsafe)('makeMessages with %s', (_name, prepare) => {
  it('does nothing', () => {
    const app = newApp()
    const server = prepare(app)
    const before = { ...app, classes: classesOf(server), keys: Reflect.ownKeys(app.response) }
    expect(makeMessages(server, app)).toBeUndefined()
    const after = { ...app, classes: classesOf(server), keys: Reflect.ownKeys(app.response) }
    expect(after).toEqual(before)
    expect(after.request).toBe(before.request)
    expect(after.response).toBe(before.response)
  })
})
