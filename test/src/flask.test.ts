import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Float, Markup, Tuple, Uuid } from '@http-semantics/session'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { start, type App } from './apps.ts'
import { frameworks } from './hosts.ts'
import { cookieOf, freePort, send, type WireAnswer } from './wire.ts'

const { flask } = inject('peers')
const secretKey = 'correct horse battery staple'

/** A Flask app on a port of its own choice, which it prints. */
const program = String.raw`
import uuid
from datetime import datetime, timezone
from flask import Flask, flash, get_flashed_messages, session
from markupsafe import Markup
from werkzeug.serving import make_server

app = Flask(__name__)
app.secret_key = '${secretKey}'
ID = uuid.UUID('12345678-1234-5678-1234-567812345678')

@app.get('/write')
def write():
    session.update(user='ada', pair=(1, 'b'), raw=b'\x00\xff', html=Markup('<b>'), id=ID, one=1.0,
                   at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc), big=2**70, nested={' t': [1, (2,)]})
    session.permanent = True
    flash('from Flask', 'info')
    return 'ok'

@app.get('/read')
def read():
    return repr({key: session[key] for key in sorted(session) if key != '_flashes'})

@app.get('/flashes')
def flashes():
    return repr(get_flashed_messages(with_categories=True))

@app.get('/clear')
def clear():
    session.clear()
    return 'ok'

server = make_server('127.0.0.1', 0, app, threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
`

/** What Flask says of the session that {@link program} writes, and of the one that Node writes. */
const written =
  "{'_permanent': True, 'at': datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), " +
  "'big': 1180591620717411303424, 'html': Markup('<b>'), " +
  "'id': UUID('12345678-1234-5678-1234-567812345678'), 'nested': {' t': [1, (2,)]}, 'one': 1.0, " +
  "'pair': (1, 'b'), 'raw': b'\\x00\\xff', 'user': 'ada'}"

const get = (port: number, target: string, cookie = ''): Promise<WireAnswer> =>
  send(port, { method: 'GET', target, fields: { Cookie: cookie } })

const app: App = {
  session: { secretKey },
  routes: [
    [
      'GET',
      '/write',
      (reply) => {
        const session = reply.session()
        Object.assign(session, {
          user: 'ada',
          pair: Tuple.of<unknown>(1, 'b'),
          raw: Uint8Array.of(0, 255),
          html: new Markup('<b>'),
          id: new Uuid('12345678-1234-5678-1234-567812345678'),
          one: new Float(1),
          at: new Date('2026-01-02T03:04:05Z'),
          big: 2n ** 70n,
          nested: { ' t': [1, Tuple.of(2)] },
        })
        session.permanent = true
        session.flash('from Node', 'info')
        reply.send(200, 'ok')
      },
    ],
    [
      'GET',
      '/rename',
      (reply) => {
        reply.session()['user'] = 'bob'
        reply.send(200, 'ok')
      },
    ],
    ['GET', '/user', (reply) => reply.send(200, { user: reply.session()['user'] })],
    ['GET', '/flashes', (reply) => reply.send(200, reply.session().takeFlash())],
    [
      'GET',
      '/clear',
      (reply) => {
        reply.session().clear()
        reply.send(200, 'ok')
      },
    ],
  ],
}

describe.skipIf(flask === undefined)('a Flask app', () => {
  let port: number
  let stop: () => void

  beforeAll(async () => {
    const child = spawn(flask ?? '', ['-c', program], { stdio: ['ignore', 'pipe', 'ignore'] })
    stop = () => void child.kill()
    const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next()
    port = Number(value)
  })
  afterAll(() => stop())

  describe.each(frameworks)('and one of %s', (framework) => {
    it('share a session that Flask began', async () => {
      const node = await start(framework, app)
      const cookie = cookieOf(await get(port, '/write'))
      expect((await get(node, '/user', cookie)).content).toBe('{"user":"ada"}')
      // What Node does not touch keeps the types that Flask gave it.
      const renamed = cookieOf(await get(node, '/rename', cookie))
      expect((await get(port, '/read', renamed)).content).toBe(written.replace('ada', 'bob'))
      expect((await get(node, '/flashes', renamed)).content).toBe(
        '[{"category":"info","message":"from Flask"}]',
      )
    })

    it('share a session that Node began', async () => {
      const node = await start(framework, app)
      const cookie = cookieOf(await get(node, '/write'))
      expect((await get(port, '/read', cookie)).content).toBe(written)
      expect((await get(port, '/flashes', cookie)).content).toBe("[('info', 'from Node')]")
    })

    it('end it for each other', async () => {
      const node = await start(framework, app)
      const cookie = cookieOf(await get(port, '/write'))
      const [byNode, byFlask] = await Promise.all([
        get(node, '/clear', cookie),
        get(port, '/clear', cookie),
      ])
      expect(cookieOf(byNode)).toBe('session=')
      expect(cookieOf(byFlask)).toBe('session=')
    })
  })
})

describe.skipIf(flask === undefined)('npm run start:flask', () => {
  const main = fileURLToPath(new URL('../../examples/flask-and-node/dist/main.js', import.meta.url))

  it('starts both halves, where a login at one is known to the other', async () => {
    const first = await freePort()
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, PORT: String(first) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const printed: string[] = []
      for await (const line of createInterface(child.stdout)) {
        if (printed.push(line) === 2) break
      }
      expect(printed).toEqual([
        `flask http://127.0.0.1:${first}`,
        `node http://127.0.0.1:${first + 1}`,
      ])
      for (const [at, other, name] of [
        [first, first + 1, 'Flask'],
        [first + 1, first, 'Node'],
      ] as const) {
        const login = await send(at, {
          method: 'POST',
          target: '/login',
          fields: { 'Content-Type': 'application/x-www-form-urlencoded' },
          content: 'user=%3Ci%3Eada',
        })
        const cookie = cookieOf(login)
        expect(JSON.parse((await get(other, '/me', cookie)).content)).toEqual({ user: '<i>ada' })
        const { content } = await get(other, '/', cookie)
        expect(content).toContain('You are &lt;i&gt;ada.')
        expect(content).toContain(`Logged in at ${name}.`)
      }
    } finally {
      child.kill()
    }
  })
})
