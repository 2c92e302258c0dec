import {
  contentLimit,
  createServer,
  filesFolder,
  listen,
  logIn,
  noteFields,
  Notes,
  rawAnswer,
  readJson,
  representHome,
  representSession,
  representStatus,
  resources,
  respond,
  sharedSettings,
  textOf,
  ticks,
  whoIs,
  type Address,
  type Representation,
} from '@http-semantics/example-shared'
import { clearSiteData, httpSemantics } from '@http-semantics/express'
import express, { type Request, type RequestHandler, type Response } from 'express'
import type { Server } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'

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
  const send = (response: Response, representation: Representation): void => {
    response.set(representation.fields).send(representation.content)
  }

  app.get('/', (request, response) => {
    send(response, representHome(request.headers))
  })
  app.post('/', content, (request, response) => {
    response.json({ received: json(request) })
  })
  app.get('/status/:code', (request, response) => {
    send(response, representStatus(request.params.code, request.headers))
  })

  const answer: RequestHandler<{ code: string }> = (request, response) => {
    const { status, fields, content: text, hints } = respond(request.params.code, request)
    if (hints !== undefined) response.writeEarlyHints({ link: hints })
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

  app.get('/ticks', async (_request, response) => {
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    await pipeline(ticks(), response).catch(() => undefined)
  })
  app.get('/files/hello.txt', (_request, response) => {
    response.sendFile('hello.txt', { root: fileURLToPath(filesFolder) })
  })
  app.post('/login', content, (request, response) => {
    logIn(request.session, json(request))
    response.status(204).end()
  })
  app.get('/me', (request, response) => {
    response.set('Cache-Control', 'no-store').json(whoIs(request.session))
  })
  app.get('/session', (request, response) => {
    send(response, representSession(request.session))
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
