import {
  contentLimit,
  createServer,
  hello,
  home,
  listen,
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
} from '@http-semantics/example-shared'
import {
  clearSiteData,
  earlyHints,
  httpSemantics,
  negotiate,
  sendContent,
} from '@http-semantics/express'
import express, { type Request, type RequestHandler } from 'express'
import type { Server } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** Starts the example app on Express. */
export async function startExpress(address: Address): Promise<Server> {
  const app = express()
  const semantics = httpSemantics({ methods: { resources }, ...sharedSettings() })
  app.use(semantics)

  const notes = new Notes()
  const mergePatch = ['application/merge-patch+json']
  const content = express.text({ type: () => true, limit: contentLimit })
  const json = (request: Request, types?: readonly string[]): unknown =>
    readJson(String(request.body ?? ''), request.get('Content-Type'), types)

  app.get('/', (request, response) => {
    response.send(negotiate(request, response, home).write())
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

  app.get('/notes', (_request, response) => {
    response.json(notes.list())
  })
  app.post('/notes', content, (request, response) => {
    const stored = notes.add(textOf(json(request)))
    response
      .status(201)
      .location(`/notes/${stored.note.id}`)
      .set(noteFields(stored))
      .json(stored.note)
  })

  const note = app.route('/notes/:id')
  note.get((request, response) => {
    const stored = notes.get(request.params.id)
    response.set(noteFields(stored)).json(stored.note)
  })
  note.put(content, (request, response) => {
    const { id } = request.params
    const status = notes.find(id) === undefined ? 201 : 200
    const stored = notes.put(id, textOf(json(request)))
    response.status(status).set(noteFields(stored)).json(stored.note)
  })
  note.patch(content, (request, response) => {
    const { note: before } = notes.get(request.params.id)
    const patch = json(request, mergePatch)
    const stored = notes.put(before.id, textOf({ ...before, ...Object(patch) }))
    response.set(noteFields(stored)).json(stored.note)
  })
  note.delete((request, response) => {
    notes.delete(request.params.id)
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

  app.get('/boom', () => {
    throw new Error('secret detail')
  })

  return listen(semantics.attach(createServer(app, address, false)), address)
}
