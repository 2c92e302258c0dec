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
} from '@http-semantics/koa'
import { Router } from '@koa/router'
import parse from 'co-body'
import Koa, { type Context } from 'koa'
import type { Server } from 'node:http'

/** Starts the example app on Koa. */
export async function startKoa(address: Address): Promise<Server> {
  const app = new Koa()
  const semantics = httpSemantics({
    methods: { resources },
    entityTags: 'strong',
    ...sharedSettings(),
  })
  app.use(semantics)

  const notes = new Notes()
  const router = new Router()
  const mergePatch = ['application/merge-patch+json']
  const json = async (ctx: Context, types?: readonly string[]): Promise<unknown> =>
    readJson(await parse.text(ctx.req, { limit: contentLimit }), ctx.get('Content-Type'), types)

  router.get('/', (ctx) => {
    const page = negotiate(ctx, explorer(ctx.url)).read()
    if (preconditions(ctx, page)) ctx.body = page.content
  })
  router.post('/', async (ctx) => {
    ctx.body = { received: await json(ctx) }
  })
  router.get('/status/:code', (ctx) => {
    ctx.body = negotiate(ctx, statusPage(ctx.params['code'] ?? '')).write()
  })

  router.register('/respond/:code', ['GET', 'POST'], (ctx) => {
    const { status, fields, content, hints } = respond(ctx.params['code'] ?? '', ctx.req)
    earlyHints(ctx, hints)
    ctx.status = status
    ctx.set(fields)
    if (content !== undefined) ctx.body = content
  })
  router.get('/raw/:case', (ctx) => {
    const { status, content } = rawAnswer(ctx.params['case'] ?? '')
    ctx.status = status
    ctx.body = content
  })

  router.get('/notes', (ctx) => {
    if (!preconditions(ctx, notes.validators)) return
    ctx.body = notes.list()
  })
  router.post('/notes', async (ctx) => {
    const text = textOf(await json(ctx))
    preconditions(ctx, notes.validators)
    const stored = notes.add(text)
    ctx.status = 201
    ctx.set({ Location: `/notes/${stored.note.id}`, ...noteFields(stored) })
    ctx.body = stored.note
  })

  router.get('/notes/:id', (ctx) => {
    const stored = notes.get(ctx.params['id'] ?? '')
    if (!preconditions(ctx, stored)) return
    ctx.body = stored.note
  })
  // Once the content has been read, nothing in these waits: they compare the entity tag and write in one
  // step, so that no other request gets in between.
  router.put('/notes/:id', async (ctx) => {
    const text = textOf(await json(ctx))
    const id = ctx.params['id'] ?? ''
    const before = notes.find(id)
    preconditions(ctx, before, { require: true })
    const stored = notes.put(id, text)
    ctx.status = before ? 200 : 201
    ctx.set(noteFields(stored))
    ctx.body = stored.note
  })
  router.patch('/notes/:id', async (ctx) => {
    const patch = await json(ctx, mergePatch)
    const id = ctx.params['id'] ?? ''
    const before = notes.get(id)
    preconditions(ctx, before, { require: true })
    const stored = notes.put(id, patchedText(before.note, patch))
    ctx.set(noteFields(stored))
    ctx.body = stored.note
  })
  router.delete('/notes/:id', (ctx) => {
    const id = ctx.params['id'] ?? ''
    preconditions(ctx, notes.get(id), { require: true })
    notes.delete(id)
    ctx.status = 204
  })

  router.register('/search', ['QUERY'], async (ctx) => {
    ctx.body = search(notes, await json(ctx))
  })

  router.get('/ticks', (ctx) => {
    ctx.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    ctx.body = ticks()
  })
  router.get('/files/hello.txt', (ctx) => sendContent(ctx, hello))

  router.post('/login', async (ctx) => {
    logIn(ctx.session, await json(ctx))
    ctx.status = 204
  })
  router.get('/me', (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    ctx.body = whoIs(ctx.session)
  })
  router.get('/session', (ctx) => {
    const { fields, content } = representSession(ctx.session)
    ctx.set(fields)
    ctx.body = content
  })
  router.post('/logout', (ctx) => {
    ctx.session.destroy()
    ctx.set('Clear-Site-Data', clearSiteData('cookies'))
    ctx.status = 204
  })

  router.register('/explorer/head', ['GET', 'POST'], async (ctx) => {
    ctx.set(headFields)
    ctx.body = await realHead(ctx.req)
  })
  router.get('/explorer/:file', (ctx) => sendContent(ctx, explorerFile(ctx.params['file'] ?? '')))

  router.get('/boom', () => {
    throw new Error('secret detail')
  })

  app.use(router.routes())
  const handle = app.callback()
  const server = createServer((request, response) => void handle(request, response), address, true)
  return listen(semantics.attach(server), address)
}
