import { statusCodes } from '@http-semantics/status'
import { KeptClient, fieldOf, type KeptAnswer } from './kept.ts'
import { open, requestText, type WireRequest } from './wire.ts'

const methods = 'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE QUERY PROPFIND'.split(' ')

const paths = [
  '/',
  '/status/404',
  '/status/404.11',
  '/status/299',
  '/notes',
  '/notes/1',
  '/notes/none',
  '/notes/1/deeper',
  '/search',
  '/ticks',
  '/files/hello.txt',
  '/login',
  '/me',
  '/session',
  '/logout',
  '/boom',
  '/nowhere',
  '/%zz',
  '/respond/299',
  ...statusCodes.map((code) => `/respond/${code}`),
  ...'201 401 405 407 416 426 204-content 205-content 304-content 100-final none'
    .split(' ')
    .map((name) => `/raw/${name}`),
]

/** What changes something, or never ends, is no part of the list, but of what a visitor does. */
const isApart = (method: string, path: string): boolean =>
  (method === 'POST' && path === '/notes') || (method === 'GET' && path === '/ticks')

const json = { 'Content-Type': 'application/json' }

/** Every method on every path of the examples; what could change a note is refused for want of `If-Match`. */
export const requests: readonly WireRequest[] = paths.flatMap((target) =>
  methods
    .filter((method) => !isApart(method, target))
    .map((method) => {
      if (!['POST', 'PUT', 'PATCH', 'QUERY'].includes(method)) return { method, target }
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
      const content = method === 'QUERY' ? '{"contains":"é"}' : '{"text":"é"}'
      return { method, target, fields: { 'Content-Type': type }, content }
    }),
)

const large = JSON.stringify('x'.repeat(102_399))

/** More of what the answers depend on: content, languages, ranges, origins. */
const details: readonly (readonly [status: number, request: WireRequest])[] = [
  [200, { method: 'GET', target: '/', fields: { Accept: 'application/json' } }],
  [200, { method: 'GET', target: '/', fields: { 'Accept-Language': 'zh-TW' } }],
  [200, { method: 'GET', target: '/status/404', fields: { Accept: 'text/plain' } }],
  [404, { method: 'GET', target: '/nowhere', fields: { Accept: 'text/html' } }],
  [200, { method: 'POST', target: '/', fields: json, content: '{"Q":"A"}' }],
  [200, { method: 'POST', target: '/', content: '{"Q":"A"}' }],
  [400, { method: 'POST', target: '/', fields: json, content: '{"Q":' }],
  [415, { method: 'POST', target: '/', fields: { 'Content-Type': 'text/plain' }, content: 'Q' }],
  [413, { method: 'POST', target: '/', fields: json, content: large }],
  [400, { method: 'QUERY', target: '/search', content: '{"contains":"é"}' }],
  [422, { method: 'POST', target: '/notes', fields: json, content: '{}' }],
  [403, { method: 'POST', target: '/logout', fields: { 'Sec-Fetch-Site': 'cross-site' } }],
  [401, { method: 'GET', target: '/me', fields: { Cookie: 'session=e30.aaaaaa.bbbbbb' } }],
  [206, { method: 'GET', target: '/files/hello.txt', fields: { Range: 'bytes=0-9' } }],
  [206, { method: 'GET', target: '/files/hello.txt', fields: { Range: 'bytes=0-9,50-59' } }],
  [416, { method: 'GET', target: '/files/hello.txt', fields: { Range: 'bytes=999999-' } }],
]

/** One who visits a server: asks one thing after the other, and knows what the answers have to be. */
export class Visitor {
  readonly #port: number
  readonly #client: KeptClient
  #sent = 0

  constructor(port: number) {
    this.#port = port
    this.#client = new KeptClient(port)
  }

  /** How many requests it has sent. */
  get sent(): number {
    return this.#sent
  }

  /** Sends a request and tells the status, without an opinion. */
  async ask(request: WireRequest): Promise<number> {
    return (await this.#send(request)).status
  }

  /** Makes a note, reads it, changes it in ways that work and ways that do not, and takes it away. */
  async keepNotes(): Promise<void> {
    const made = await this.#expect(201, {
      method: 'POST',
      target: '/notes',
      fields: json,
      content: '{"text":"soak"}',
    })
    const target = fieldOf(made, 'Location')
    const first = fieldOf(made, 'ETag')
    const match = { ...json, 'If-Match': first }
    await this.#expect(200, { method: 'GET', target })
    await this.#expect(304, { method: 'GET', target, fields: { 'If-None-Match': first } })
    const put = { method: 'PUT', target, fields: match, content: '{"text":"again"}' }
    const etag = fieldOf(await this.#expect(200, put), 'ETag')
    await this.#expect(412, put)
    await this.#expect(412, { ...put, fields: { ...json, 'If-None-Match': '*' } })
    const patched = await this.#expect(200, {
      method: 'PATCH',
      target,
      fields: { 'Content-Type': 'application/merge-patch+json', 'If-Match': etag },
      content: '{"text":"once more"}',
    })
    await this.#expect(428, { method: 'DELETE', target })
    await this.#expect(412, { method: 'DELETE', target, fields: { 'If-Match': etag } })
    const last = { 'If-Match': fieldOf(patched, 'ETag') }
    await this.#expect(204, { method: 'DELETE', target, fields: last })
    await this.#expect(404, { method: 'GET', target })
  }

  /** Logs in, is known, and logs out. */
  async logIn(): Promise<void> {
    const content = JSON.stringify({ user: 'ann', remember: this.#sent % 2 === 0 })
    const login = { method: 'POST', target: '/login', fields: json, content }
    const [cookie = ''] = fieldOf(await this.#expect(204, login), 'Set-Cookie').split(';', 1)
    const fields = { Cookie: cookie }
    await this.#expect(200, { method: 'GET', target: '/me', fields })
    await this.#expect(200, { method: 'GET', target: '/session', fields })
    await this.#expect(204, { method: 'POST', target: '/logout', fields })
  }

  async askForDetails(): Promise<void> {
    for (const [status, request] of details) await this.#expect(status, request)
    const target = '/files/hello.txt'
    const { head } = await this.#expect(200, { method: 'GET', target })
    const etag = fieldOf({ status: 200, head }, 'ETag')
    await this.#expect(304, { method: 'GET', target, fields: { 'If-None-Match': etag } })
    const fields = { Range: 'bytes=0-9', 'If-Range': etag }
    await this.#expect(206, { method: 'GET', target, fields })
  }

  /** Waits for the first event of a stream without end, and goes. */
  async hearTick(): Promise<void> {
    const socket = await open(this.#port)
    this.#sent += 1
    socket.write(requestText({ method: 'GET', target: '/ticks' }))
    let came = ''
    for await (const chunk of socket) {
      came += String(chunk)
      if (came.includes('data: ')) break
    }
    socket.destroy()
    if (!came.startsWith('HTTP/1.1 200 ')) throw new Error(`No events: ${came.slice(0, 200)}`)
  }

  leave(): void {
    this.#client.close()
  }

  async #expect(status: number, request: WireRequest): Promise<KeptAnswer> {
    const answer = await this.#send(request)
    if (answer.status === status) return answer
    throw new Error(
      `${request.method} ${request.target} got ${answer.status}, not ${status}:\n${answer.head}`,
    )
  }

  #send(request: WireRequest): Promise<KeptAnswer> {
    this.#sent += 1
    return this.#client.send(request)
  }
}
