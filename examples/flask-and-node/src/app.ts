import { fromPrefixedEnv, httpSemantics, type HttpSemantics } from '@http-semantics/express'
import { escapeHtml } from '@http-semantics/problem'
import express, { type Express } from 'express'

/** The Node half: what `app.py` does, on the same session. */
export function createApp(environment: NodeJS.ProcessEnv): {
  readonly app: Express
  readonly semantics: HttpSemantics
} {
  const { session } = fromPrefixedEnv(environment)
  const app = express()
  const semantics = httpSemantics({ session })
  app.use(semantics)

  app.get('/', (request, response) => {
    const { user } = request.session
    const messages = request.session.takeFlash().map(({ message }) => String(message))
    response.send(page(typeof user === 'string' ? user : undefined, messages, environment['OTHER']))
  })
  app.post('/login', express.urlencoded(), (request, response) => {
    const { user } = Object(request.body)
    request.session['user'] = String(user)
    request.session.permanent = true
    request.session.flash('Logged in at Node.')
    response.redirect(303, '/')
  })
  app.get('/me', (request, response) => {
    response.json({ user: request.session['user'] ?? null })
  })
  app.post('/logout', (request, response) => {
    request.session.clear()
    request.session.flash('Logged out at Node.')
    response.redirect(303, '/')
  })
  return { app, semantics }
}

const page = (user: string | undefined, messages: readonly string[], other = '/'): string =>
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Node</title>
<h1>Node</h1>
${messages.map((message) => `<p>${escapeHtml(message)}</p>`).join('')}
${
  user === undefined
    ? `<p>Nobody is logged in.</p>
<form method="post" action="/login"><input name="user" aria-label="user"><button>Log in</button></form>`
    : `<p>You are ${escapeHtml(user)}.</p>
<form method="post" action="/logout"><button>Log out</button></form>`
}
<p><a href="${escapeHtml(other)}">The Flask half</a></p>
`
