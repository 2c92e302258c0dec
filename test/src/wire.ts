import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number
  readonly reason: string
  /** The header fields as sent, in order, names unchanged. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** The content, decoded from chunks where it was chunked. */
  readonly content: string
  /** The same, byte for byte. */
  readonly bytes: Buffer
  /** Everything that came, byte for byte. */
  readonly raw: string
}

/** The values of a field of an answer, joined as RFC 9110 section 5.3 has it; `undefined` without one. */
export function field(answer: WireAnswer, name: string): string | undefined {
  const values = answer.fields
    .filter(([candidate]) => candidate.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}

/** The lines of `Set-Cookie` that an answer has. */
export const cookieLines = ({ fields }: WireAnswer): string[] =>
  fields.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value)

/** The names and values of the cookies an answer sets, as the client sends them back. */
export const cookiesOf = (answer: WireAnswer): string[] =>
  cookieLines(answer).map((line) => line.split(';', 1)[0] ?? '')

/** The cookie of our sessions that an answer sets, as the client sends it back. */
export const cookieOf = (answer: WireAnswer): string =>
  cookiesOf(answer).find((cookie) => cookie.startsWith('session=')) ?? ''

/** Options of {@link exchange}. */
export interface ExchangeOptions {
  /** How long to wait for the connection to close, in milliseconds. Default: 3000. */
  readonly timeout?: number
  /** Whether to talk over TLS, as a client that knows HTTP/1.1 only. */
  readonly tls?: boolean
}

/**
 * Sends bytes on a connection of their own and takes what comes until the server closes it.
 *
 * @param port - The port on 127.0.0.1.
 * @param request - The bytes, as latin1 text. Several: each is a packet of its own.
 * @returns All that came, as latin1 text.
 * @throws Error when the connection is still open after the timeout.
 */
export async function exchange(
  port: number,
  request: string | readonly string[],
  { timeout = 3000, tls = false }: ExchangeOptions = {},
): Promise<string> {
  const socket = await (tls ? openTls(port) : open(port))
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  // A reset after the answer is the server's way to stop reading; what came before counts.
  socket.on('error', () => undefined)
  // Not `once`, which rejects on an error.
  const closed = new Promise((resolve) => socket.on('close', resolve))
  const timer = setTimeout(() => socket.destroy(new Error('timeout')), timeout)
  for (const packet of [request].flat()) {
    if (!socket.writable) break
    await new Promise((resolve) => socket.write(packet, 'latin1', resolve))
  }
  await closed
  clearTimeout(timer)
  const text = Buffer.concat(chunks).toString('latin1')
  if (socket.errored?.message === 'timeout') {
    throw new Error(
      `The connection was still open after ${timeout} ms, having sent: ${text.slice(0, 300)}`,
    )
  }
  return text
}

/** A connected socket, without Nagle's delay, so that packets go out as written. */
export async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** The same over TLS, for a client that knows HTTP/1.1 only. */
export async function openTls(port: number): Promise<Socket> {
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  })
  socket.setNoDelay()
  await once(socket, 'secureConnect')
  return socket
}

/** One request: a method, a target, and what it needs besides `Host` and `Connection: close`. */
export interface WireRequest {
  readonly method: string
  readonly target: string
  readonly fields?: Readonly<Record<string, string>>
  readonly content?: string
}

/** A request message; its `Content-Length` counts UTF-8 bytes. */
export function requestText({ method, target, fields = {}, content }: WireRequest): string {
  const all: Record<string, string> = { Host: 'localhost', Connection: 'close', ...fields }
  const bytes = content === undefined ? undefined : Buffer.from(content)
  if (bytes !== undefined) all['Content-Length'] ??= String(bytes.byteLength)
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${[`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n')}${bytes?.toString('latin1') ?? ''}`
}

/** Sends one request on a connection of its own and reads its answer. */
export async function send(
  port: number,
  request: WireRequest,
  options?: ExchangeOptions,
): Promise<WireAnswer> {
  return parseAnswer(await exchange(port, requestText(request), options))
}

/**
 * Sends several requests on one connection, all at once, and reads their answers. All but the last
 * ask to keep the connection.
 *
 * @throws Error where an answer is missing, cut short, or followed by bytes nobody asked for.
 */
export async function pipeline(
  port: number,
  requests: readonly WireRequest[],
  options?: ExchangeOptions,
): Promise<WireAnswer[]> {
  const messages = requests.map((request, index) =>
    requestText(
      index === requests.length - 1
        ? request
        : { ...request, fields: { Connection: 'keep-alive', ...request.fields } },
    ),
  )
  const raw = await exchange(port, messages, options)
  return parseAnswers(
    raw,
    requests.map(({ method }) => method),
  )
}

/** A connection that is kept, for one request after another. */
export class KeptConnection {
  readonly #socket: Socket
  #came = ''
  #wake: () => void = () => undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      this.#came += text
      this.#wake()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => this.#wake())
  }

  /** Connects to a port on 127.0.0.1. */
  static async to(port: number): Promise<KeptConnection> {
    return new KeptConnection(await open(port))
  }

  /** Sends one request and reads its answer. @throws Error when the server closes before it is whole */
  async send(request: WireRequest): Promise<WireAnswer> {
    const fields = { Connection: 'keep-alive', ...request.fields }
    this.#socket.write(requestText({ ...request, fields }), 'latin1')
    while (!isWhole(this.#came, request.method)) {
      if (this.#socket.closed) throw new Error(`Closed, having sent: ${this.#came.slice(0, 200)}`)
      // oxlint-disable-next-line no-await-in-loop
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const raw = this.#came
    this.#came = ''
    const [answer] = parseAnswers(raw, [request.method])
    if (answer === undefined) throw new Error('No answer')
    return answer
  }

  close(): void {
    this.#socket.destroy()
  }
}

/** Whether all of an answer has come. */
function isWhole(raw: string, method: string): boolean {
  const start = raw.indexOf('\r\n\r\n')
  if (start === -1) return false
  const head = raw.slice(0, start)
  if (method === 'HEAD' || /^HTTP\/1\.1 (?:204|304) /.test(head)) return true
  if (/^transfer-encoding: *chunked$/im.test(head)) return raw.endsWith('0\r\n\r\n')
  const [, length] = /^content-length: *(\d+)\r?$/im.exec(head) ?? []
  return length !== undefined && raw.length >= start + 4 + Number(length)
}

/** Reads the answers to requests with the given methods from the bytes of one connection. */
export function parseAnswers(raw: string, methods: readonly string[]): WireAnswer[] {
  let rest = raw
  const answers = methods.map((method) => {
    const length = answerLength(rest, method)
    const answer = parseAnswer(rest.slice(0, length))
    rest = rest.slice(length)
    return answer
  })
  if (rest !== '') throw new Error(`After the last answer: ${JSON.stringify(rest.slice(0, 200))}`)
  return answers
}

/** How many bytes the first answer takes (RFC 9112 section 6.3). */
function answerLength(raw: string, method: string): number {
  const start = raw.indexOf('\r\n\r\n') + 4
  const head = raw.slice(0, start)
  if (method === 'HEAD' || /^HTTP\/1\.1 (?:1\d\d|204|304) /.test(head)) return start
  if (/^transfer-encoding: *chunked\r$/im.test(head)) return raw.indexOf('0\r\n\r\n', start) + 5
  const [, length] = /^content-length: *(\d+)\r$/im.exec(head) ?? []
  const end = length === undefined ? raw.length : start + Number(length)
  if (end > raw.length) throw new Error(`An answer cut short: ${JSON.stringify(raw.slice(0, 200))}`)
  return end
}

/** Reads one answer from the bytes of a connection that ended with it. */
export function parseAnswer(raw: string): WireAnswer {
  const end = raw.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = raw.slice(0, Math.max(end, 0)).split('\r\n')
  const [, status, reason = ''] = /^HTTP\/1\.1 (\d{3}) (.*)$/.exec(statusLine) ?? []
  if (status === undefined) throw new Error(`No answer, but: ${JSON.stringify(raw.slice(0, 200))}`)
  const fields = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  const rest = raw.slice(end + 4)
  const isChunked = fields.some(
    ([name, value]) => name.toLowerCase() === 'transfer-encoding' && /\bchunked$/.test(value),
  )
  const bytes = Buffer.from(isChunked ? dechunk(rest) : rest, 'latin1')
  return { status: Number(status), reason, fields, content: bytes.toString('utf8'), bytes, raw }
}

function dechunk(text: string): string {
  let rest = text
  let content = ''
  for (;;) {
    const lineEnd = rest.indexOf('\r\n')
    const size = Number.parseInt(rest, 16)
    if (lineEnd === -1 || Number.isNaN(size)) throw new Error(`Bad chunk: ${rest.slice(0, 40)}`)
    if (size === 0) return content
    content += rest.slice(lineEnd + 2, lineEnd + 2 + size)
    rest = rest.slice(lineEnd + 4 + size)
  }
}

/** The first of three ports in a row that are free, below those that systems give out by themselves. */
export async function freePort(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    const free = await Promise.all([first, first + 1, first + 2].map(isFree))
    if (free.every(Boolean)) return first
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
