import {
  contentLimit,
  createServer,
  explorer,
  explorerFile,
  headFields,
  hello,
  listen,
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
} from '@http-semantics/example-shared'
import {
  clearSiteData,
  earlyHints,
  httpSemantics,
  negotiate,
  preconditions,
  sendContent,
} from '@http-semantics/express'
import express, { type Request, type RequestHandler } from 'express'
import type { Server } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** Starts the example app on Express. */
export async function startExpress(address: Address): Promise<Server> {
  const app = express()
  const semantics = httpSemantics({
    methods: { resources },
    entityTags: 'strong',
    ...sharedSettings(),
  })
  app.use(semantics)

  const notes = new Notes()
  const mergePatch = ['application/merge-patch+json']
  // As bytes, since JSON is UTF-8 whatever charset its type names.
  const content = express.raw({ type: () => true, limit: contentLimit })
  const json = (request: Request, types?: readonly string[]): unknown =>
    readJson(String(request.body ?? ''), request.get('Content-Type'), types)

  app.get('/', (request, response) => {
    const page = negotiate(request, response, explorer(request.url)).read()
    if (preconditions(request, page)) response.send(page.content)
  })
  app.post('/', content, (request, response) => {
    response.json({ received: json(request) })
  })
  app.get('/status/:code', (request, response) => {
    response.send(negotiate(request, response, statusPage(request.params.code)).write())
  })

  const answer: RequestHandler<{ code: string }> = (request, response) => {
    const { status, fields, content: text, hints } = respond(request.params.code, request)
    earlyHints(response, hints)
    // Not `send`, which would add an ETag and a charset.
    response
      .status(status)
      .setHeaders(new Map(Object.entries(fields)))
      .end(text)
  }
  app.route('/respond/:code').get(answer).post(answer)
  app.get('/raw/:case', (request, response) => {
    const { status, content: text } = rawAnswer(request.params.case)
    response.status(status).end(text)
  })

  app.get('/notes', (request, response) => {
    if (!preconditions(request, notes.validators)) return
    response.json(notes.list())
  })
  app.post('/notes', content, (request, response) => {
    const text = textOf(json(request))
    preconditions(request, notes.validators)
    const stored = notes.add(text)
    response
      .status(201)
      .location(`/notes/${stored.note.id}`)
      .set(noteFields(stored))
      .json(stored.note)
  })

  const note = app.route('/notes/:id')
  note.get((request, response) => {
    const stored = notes.get(request.params.id)
    if (!preconditions(request, stored)) return
    response.json(stored.note)
  })
  // The content has been read when these begin, and nothing in them waits: they compare the entity tag and
  // write in one step, so that no other request gets in between.
  note.put(content, (request, response) => {
    const { id } = request.params
    const text = textOf(json(request))
    const before = notes.find(id)
    preconditions(request, before, { require: true })
    const stored = notes.put(id, text)
    response
      .status(before ? 200 : 201)
      .set(noteFields(stored))
      .json(stored.note)
  })
  note.patch(content, (request, response) => {
    const { id } = request.params
    const patch = json(request, mergePatch)
    const before = notes.get(id)
    preconditions(request, before, { require: true })
    const stored = notes.put(id, patchedText(before.note, patch))
    response.set(noteFields(stored)).json(stored.note)
  })
  note.delete((request, response) => {
    const { id } = request.params
    preconditions(request, notes.get(id), { require: true })
    notes.delete(id)
    response.status(204).end()
  })

  app.query('/search', content, (request, response) => {
    response.json(search(notes, json(request)))
  })

  app.get('/ticks', async (_request, response) => {
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    await pipeline(ticks(), response).catch(() => undefined)
  })
  app.get('/files/hello.txt', (request, response) => sendContent(request, response, hello))

  app.post('/login', content, (request, response) => {
    logIn(request.session, json(request))
    response.status(204).end()
  })
  app.get('/me', (request, response) => {
    response.set('Cache-Control', 'no-store').json(whoIs(request.session))
  })
  app.get('/session', (request, response) => {
    const { fields, content: text } = representSession(request.session)
    response.set(fields).send(Buffer.from(text))
  })
  app.post('/logout', (request, response) => {
    request.session.destroy()
    response.status(204).set('Clear-Site-Data', clearSiteData('cookies')).end()
  })

  const showHead: RequestHandler = (request, response) =>
    realHead(request).then((head) => void response.set(headFields).send(head))
  app.route('/explorer/head').get(showHead).post(showHead)
  app.get('/explorer/:file', (request, response) =>
    sendContent(request, response, explorerFile(request.params.file)),
  )

  app.get('/boom', () => {
    throw new Error('secret detail')
  })

  return listen(semantics.attach(createServer(app, address, false)), address)
}
