import {
  contentLimit,
  createServer,
  explorer,
  explorerFile,
  headFields,
  hello,
  logIn,
  noteFields,
  Notes,
  patchedText,
  rawAnswer,
  readJson,
  realHead,
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
  preconditions,
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
  await app.register(httpSemantics, {
    methods: { resources },
    entityTags: 'strong',
    ...sharedSettings(),
  })

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

  app.get('/', (request, reply) => {
    const page = negotiate(request, reply, explorer(request.url)).read()
    return preconditions(reply, page) ? page.content : reply
  })
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

  app.get('/notes', (_request, reply) =>
    preconditions(reply, notes.validators) ? notes.list() : reply,
  )
  app.post('/notes', (request, reply) => {
    const text = textOf(json(request))
    preconditions(reply, notes.validators)
    const stored = notes.add(text)
    reply.code(201).headers({ Location: `/notes/${stored.note.id}`, ...noteFields(stored) })
    return stored.note
  })

  app.get<{ Params: { id: string } }>('/notes/:id', (request, reply) => {
    const stored = notes.get(request.params.id)
    return preconditions(reply, stored) ? stored.note : reply
  })
  // The content has been read when these begin, and nothing in them waits: they compare the entity tag and
  // write in one step, so that no other request gets in between.
  app.put<{ Params: { id: string } }>('/notes/:id', (request, reply) => {
    const { id } = request.params
    const text = textOf(json(request))
    const before = notes.find(id)
    preconditions(reply, before, { require: true })
    const stored = notes.put(id, text)
    reply.code(before ? 200 : 201).headers(noteFields(stored))
    return stored.note
  })
  app.patch<{ Params: { id: string } }>('/notes/:id', (request, reply) => {
    const { id } = request.params
    const patch = json(request, mergePatch)
    const before = notes.get(id)
    preconditions(reply, before, { require: true })
    const stored = notes.put(id, patchedText(before.note, patch))
    reply.headers(noteFields(stored))
    return stored.note
  })
  app.delete<{ Params: { id: string } }>('/notes/:id', (request, reply) => {
    const { id } = request.params
    preconditions(reply, notes.get(id), { require: true })
    notes.delete(id)
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

  app.route({
    method: ['GET', 'POST'],
    url: '/explorer/head',
    handler: async (request, reply) => reply.headers(headFields).send(await realHead(request.raw)),
  })
  app.get<{ Params: { file: string } }>('/explorer/:file', (request, reply) =>
    sendContent(request, reply, explorerFile(request.params.file)),
  )

  app.get('/boom', () => {
    throw new Error('secret detail')
  })

  await app.listen({ port: address.port, host: address.host })
  return app.server
}
