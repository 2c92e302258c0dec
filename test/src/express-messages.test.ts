import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { httpSemantics, session } from '@http-semantics/express'
import Express from 'express'
import { describe, expect, it, onTestFinished } from 'vitest'
import { address, serve } from './apps.ts'
import { send } from './wire.ts'

function newApp(): { app: Express.Express; attach: (server: Server) => Server } {
  const app = Express()
  app.set('env', 'test')
  const semantics = httpSemantics()
  app.use(semantics)
  return { app, attach: (server) => semantics.attach(server) }
}

/** What the messages inherit from that servers make, before any listener has them. */
function watchMade(): { request: object; response: object }[] {
  const made: { request: object; response: object }[] = []
  const note = (message: unknown): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Node publishes there
    const { request, response } = message as { request: object; response: object }
    made.push({ request: prototypeOf(request), response: prototypeOf(response) })
  }
  subscribe('http.server.request.start', note)
  onTestFinished(() => {
    unsubscribe('http.server.request.start', note)
  })
  return made
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all messages have one
const prototypeOf = (value: object): object => Object.getPrototypeOf(value) as object

const call = (target: object, name: string): string => {
  const method: unknown = Reflect.get(target, name)
  return typeof method === 'function' ? String(Reflect.apply(method, target, [])) : ''
}

const listening = (server: Server): Server => server.listen(address.port, address.host)

describe('The messages of an attached Express app', () => {
  it('are made with the prototypes that Express gives them', async () => {
    const made = watchMade()
    const { app, attach } = newApp()
    const former = { request: app.request, response: app.response }
    app.get('/', (request, response) => {
      expect(Object.getPrototypeOf(request)).toBe(app.request)
      expect(Object.getPrototypeOf(response)).toBe(app.response)
      response.send(request.path)
    })
    const port = await serve(attach(listening(createServer(app))))
    expect((await send(port, { method: 'GET', target: '/' })).content).toBe('/')
    expect(made[0]?.request).toBe(app.request)
    expect(made[0]?.response).toBe(app.response)
    expect(Object.getPrototypeOf(former.request)).toBe(app.request)
    expect(Object.getPrototypeOf(former.response)).toBe(app.response)
    expect(Object.getPrototypeOf(app.request)).toBe(Express.request)
    expect(Object.getPrototypeOf(app.response)).toBe(Express.response)
  })

  it('are what they were to whoever asks', async () => {
    const { app, attach } = newApp()
    let found: unknown
    app.get('/', (request, response) => {
      found = [
        request instanceof IncomingMessage,
        response instanceof ServerResponse,
        request.constructor === IncomingMessage,
        response.constructor === ServerResponse,
        request.app === app,
        response.app === app,
      ]
      response.end()
    })
    const port = await serve(attach(listening(createServer(app))))
    await send(port, { method: 'GET', target: '/' })
    expect(found).toEqual([true, true, true, true, true, true])
  })

  it('have what the app put on its prototypes, before and after', async () => {
    const { app, attach } = newApp()
    Object.assign(app.response, { early: () => 'early' })
    const server = attach(listening(createServer(app)))
    Object.assign(app.response, { late: () => 'late' })
    app.get('/', (_request, response) => {
      response.send(`${call(response, 'early')} ${call(response, 'late')}`)
    })
    expect((await send(await serve(server), { method: 'GET', target: '/' })).content).toBe(
      'early late',
    )
  })

  it('get those of a mounted app within it, and their own back behind it', async () => {
    const { app, attach } = newApp()
    const mounted = Express()
    Object.assign(mounted.response, { name: () => 'mounted' })
    Object.assign(app.response, { name: () => 'outer' })
    mounted.get('/in', (request, response) => {
      response.send(`${call(response, 'name')} ${request.app === mounted}`)
    })
    app.use('/sub', mounted)
    app.use((request, response) => {
      response.send(`${call(response, 'name')} ${request.app === app}`)
    })
    const port = await serve(attach(listening(createServer(app))))
    const ask = async (target: string): Promise<string> =>
      (await send(port, { method: 'GET', target })).content
    expect(await ask('/sub/in')).toBe('mounted true')
    expect(await ask('/sub/out')).toBe('outer true')
    expect(await ask('/sub/in')).toBe('mounted true')
  })

  it('are of one kind for all servers of the app', async () => {
    const made = watchMade()
    const { app, attach } = newApp()
    app.get('/', (_request, response) => void response.end('hello'))
    for (const server of [createServer(app), createServer(app)]) {
      const port = await serve(attach(listening(server)))
      expect((await send(port, { method: 'GET', target: '/' })).status).toBe(200)
    }
    expect(made.map(({ response }) => response)).toEqual([app.response, app.response])
    expect(made[0]?.response).toBe(made[1]?.response)
  })

  it('do not change by a server that is attached twice', async () => {
    const { app, attach } = newApp()
    const server = attach(listening(createServer(app)))
    const { request, response } = app
    attach(server)
    expect(app.request).toBe(request)
    expect(app.response).toBe(response)
    await serve(server)
  })

  it('have in a mounted app what the outer app gets later', async () => {
    const { app, attach } = newApp()
    const mounted = Express()
    mounted.get('/', (_request, response) => void response.sendStatus(200))
    app.use('/sub', mounted)
    const server = attach(listening(createServer(app)))
    Object.assign(app.response, {
      sendStatus(this: Express.Response) {
        this.send('overridden')
      },
    })
    const answer = await send(await serve(server), { method: 'GET', target: '/sub' })
    expect(answer.content).toBe('overridden')
  })

  it('have their session in a mounted app', async () => {
    const { app, attach } = newApp()
    app.use(session({ secretKey: 'correct horse battery staple' }))
    const mounted = Express()
    mounted.get('/', (request, response) => void response.send(typeof request.session))
    app.use('/sub', mounted)
    const port = await serve(attach(listening(createServer(app))))
    expect((await send(port, { method: 'GET', target: '/sub' })).content).toBe('object')
  })

  it('are as before where the app is mounted later', async () => {
    const { app, attach } = newApp()
    app.get('/', (_request, response) => {
      response.send(`${call(response, 'name')} ${response.app === app}`)
    })
    Object.assign(app.response, { name: () => 'own' })
    const port = await serve(attach(listening(createServer(app))))
    const outer = Express()
    outer.use('/admin', app)
    const answer = await send(port, { method: 'GET', target: '/' })
    expect(answer.content).toBe('own true')
    expect(answer.fields.some(([name]) => name === 'X-Frame-Options')).toBe(true)
  })

  it('have the session of one library only', async () => {
    const { app, attach } = newApp()
    const secretKey = 'correct horse battery staple'
    app.use(session({ secretKey }))
    app.use(session({ secretKey }))
    app.get('/', (_request, response) => void response.send('hello'))
    const port = await serve(attach(listening(createServer(app))))
    expect((await send(port, { method: 'GET', target: '/' })).status).toBe(500)
  })
})

/** Servers of which others have requests, too. */
const shared: readonly (readonly [name: string, (server: Server) => void])[] = [
  ['to its requests', (server) => server.on('request', () => undefined)],
  ['to its upgrades', (server) => server.on('upgrade', (_request, socket) => socket.destroy())],
  ['to CONNECT', (server) => server.on('connect', (_request, socket) => socket.destroy())],
]

describe.each(shared)('A server where somebody else listens %s', (_name, listenToo) => {
  it.each(['before it is attached', 'afterwards'])(
    'makes messages as Node does: %s',
    async (when) => {
      const made = watchMade()
      const { app, attach } = newApp()
      app.get('/', (_request, response) => void response.send('hello'))
      const server = createServer(app)
      if (when === 'before it is attached') listenToo(server)
      attach(listening(server))
      if (when === 'afterwards') listenToo(server)
      const port = await serve(server)
      expect((await send(port, { method: 'GET', target: '/' })).content).toBe('hello')
      expect(made).toHaveLength(1)
      expect(made[0]?.request).not.toBe(app.request)
      expect(Object.hasOwn(made[0]?.request ?? {}, 'constructor')).toBe(true)
      expect('query' in (made[0]?.request ?? app)).toBe(false)
      expect('send' in (made[0]?.response ?? app)).toBe(false)
    },
  )
})

/** Whoever sees messages ahead of the app, or has made them. */
const ahead: readonly (readonly [name: string, (app: Express.Express) => Server])[] = [
  [
    'with another emit',
    (app) => {
      const server = createServer(app)
      const emit = server.emit.bind(server)
      return Object.assign(server, {
        emit(event: string, ...parameters: unknown[]): boolean {
          if (event === 'request') Object.assign(parameters[0] ?? {}, { query: 'own' })
          return emit(event, ...parameters)
        },
      })
    },
  ],
  [
    'with a class of its own',
    (app) => {
      class OwnRequest extends IncomingMessage {
        query = 'own'
      }
      return createServer({ IncomingMessage: OwnRequest }, app)
    },
  ],
]

it.each(ahead)('A server %s goes on as it was', async (_name, create) => {
  const { app, attach } = newApp()
  app.get('/', (request, response) => void response.send(request.query))
  const port = await serve(attach(listening(create(app))))
  expect((await send(port, { method: 'GET', target: '/' })).content).toBe('own')
})

it('A method of the app in place of one of Node is called by the app alone', async () => {
  const { app, attach } = newApp()
  Object.assign(app.response, {
    setHeader(this: Express.Response, name: string, value: string) {
      if (this.locals['isQuiet'] !== true)
        ServerResponse.prototype.setHeader.call(this, name, value)
      return this
    },
  })
  app.get('/', (_request, response) => void response.set('X-One', '1').end('hello'))
  const port = await serve(attach(listening(createServer(app))))
  expect((await send(port, { method: 'GET', target: '/' })).content).toBe('hello')
})

it('A request for an upgrade can be given what Express has as a getter', async () => {
  const { app, attach } = newApp()
  const server = attach(listening(createServer(app)))
  const seen = new Promise((resolve) => {
    server.on('upgrade', (request, socket) => {
      resolve(Object.assign(request, { query: 'own' }).query)
      socket.destroy()
    })
  })
  const port = await serve(server)
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n')
  expect(await seen).toBe('own')
  socket.destroy()
})

it('A server that hands its requests to the app by a function makes messages as Node does', async () => {
  const made = watchMade()
  const { app, attach } = newApp()
  app.get('/', (_request, response) => void response.send('hello'))
  const server = createServer((request, response) => {
    app(request, response)
  })
  const port = await serve(attach(listening(server)))
  expect((await send(port, { method: 'GET', target: '/' })).content).toBe('hello')
  expect('send' in (made[0]?.response ?? app)).toBe(false)
})
