import {
  contentLimit,
  createServer,
  hello,
  home,
  logIn,
  noteFields,
  Notes,
  rawAnswer,
  readJson,
  representSession,
  resources,
  respond,
  search,
  sharedSettings,
  statusPage,
  textOf,
  ticks,
  whoIs,
  type Address,
  type Representations,
} from '@http-semantics/example-shared'
import {
  clearSiteData,
  earlyHints,
  httpSemantics,
  negotiate,
  sendContent,
} from '@http-semantics/fastify'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { Server } from 'node:http'

/** Starts the example app on Fastify. */
export async function startFastify(address: Address): Promise<Server> {
  const level = process.env['NODE_ENV'] === 'test' ? 'silent' : 'error'
  const app = Fastify({
    bodyLimit: contentLimit,
    logger: { level },
    serverFactory: (handler) => createServer(handler, address, true),
  })
  await app.register(httpSemantics, { methods: { resources }, ...sharedSettings() })

  const notes = new Notes()
  const mergePatch = ['application/merge-patch+json']
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text))
  const json = (request: FastifyRequest, types?: readonly string[]): unknown =>
    readJson(
      typeof request.body === 'string' ? request.body : '',
      request.headers['content-type'],
      types,
    )
  // As bytes, since Fastify adds a charset to JSON that is text.
  const send = (
    request: FastifyRequest,
    reply: FastifyReply,
    representations: Representations,
  ): FastifyReply => reply.send(Buffer.from(negotiate(request, reply, representations).write()))

  app.get('/', (request, reply) => send(request, reply, home))
  app.post('/', (request) => ({ received: json(request) }))
  app.get<{ Params: { code: string } }>('/status/:code', (request, reply) =>
    send(request, reply, statusPage(request.params.code)),
  )

  app.route<{ Params: { code: string } }>({
    method: ['GET', 'POST'],
    url: '/respond/:code',
    handler: (request, reply) => {
      const { status, fields, content, hints } = respond(request.params.code, request.raw)
      earlyHints(reply, hints)
      return reply
        .code(status)
        .headers(fields)
        .send(content === undefined ? undefined : Buffer.from(content))
    },
  })
  app.get<{ Params: { case: string } }>('/raw/:case', (request, reply) => {
    const { status, content } = rawAnswer(request.params.case)
    return reply.code(status).send(content)
  })

  app.get('/notes', () => notes.list())
  app.post('/notes', (request, reply) => {
    const stored = notes.add(textOf(json(request)))
    reply.code(201).headers({ Location: `/notes/${stored.note.id}`, ...noteFields(stored) })
    return stored.note
  })

  app.get<{ Params: { id: string } }>('/notes/:id', (request, reply) => {
    const stored = notes.get(request.params.id)
    reply.headers(noteFields(stored))
    return stored.note
  })
  app.put<{ Params: { id: string } }>('/notes/:id', (request, reply) => {
    const { id } = request.params
    const status = notes.find(id) === undefined ? 201 : 200
    const stored = notes.put(id, textOf(json(request)))
    reply.code(status).headers(noteFields(stored))
    return stored.note
  })
  app.patch<{ Params: { id: string } }>('/notes/:id', (request, reply) => {
    const { note: before } = notes.get(request.params.id)
    const patch = json(request, mergePatch)
    const stored = notes.put(before.id, textOf({ ...before, ...Object(patch) }))
    reply.headers(noteFields(stored))
    return stored.note
  })
  app.delete<{ Params: { id: string } }>('/notes/:id', (request, reply) => {
    notes.delete(request.params.id)
    return reply.code(204).send()
  })

  app.query('/search', (request) => search(notes, json(request)))

  app.get('/ticks', (_request, reply) =>
    reply
      .headers({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
      .send(ticks()),
  )
  app.get('/files/hello.txt', (request, reply) => sendContent(request, reply, hello))
  app.post('/login', (request, reply) => {
    logIn(request.session, json(request))
    return reply.code(204).send()
  })
  app.get('/me', (request, reply) => {
    reply.header('Cache-Control', 'no-store')
    return whoIs(request.session)
  })
  app.get('/session', (request, reply) => {
    const { fields, content } = representSession(request.session)
    return reply.headers(fields).send(Buffer.from(content))
  })
  app.post('/logout', (request, reply) => {
    request.session.destroy()
    return reply.code(204).header('Clear-Site-Data', clearSiteData('cookies')).send()
  })

  app.get('/boom', () => {
    throw new Error('secret detail')
  })

  await app.listen({ port: address.port, host: address.host })
  return app.server
}
