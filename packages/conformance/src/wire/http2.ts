import { connect, constants, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2'
import type { Exchange } from '../rule.ts'
import type { Answer, FieldLine } from './answer.ts'
import { connect as open, type ConnectOptions } from './connect.ts'
import type { Origin } from './origin.ts'
import { fieldLines, type Request } from './request.ts'

/** Fields that a request over HTTP/2 has none of. */
const connectionFields = ['host', 'connection']

/** A connection over HTTP/2, for well-formed requests. */
export class Http2Client {
  readonly #origin: Origin
  readonly #session: ClientHttp2Session
  readonly #timeout: number
  readonly #limit: number

  private constructor(origin: Origin, session: ClientHttp2Session, options: Http2Options) {
    this.#origin = origin
    this.#session = session
    this.#timeout = options.timeout
    this.#limit = options.limit
  }

  /** Connects; `undefined` where the server does not choose `h2` by ALPN. */
  static async connect(origin: Origin, options: Http2Options): Promise<Http2Client | undefined> {
    if (!origin.secure) return undefined
    const socket = await open(origin, { ...options, protocols: ['h2', 'http/1.1'] })
    if (!('alpnProtocol' in socket) || socket.alpnProtocol !== 'h2') {
      socket.destroy()
      return undefined
    }
    const session = connect(`https://${origin.authority}`, { createConnection: () => socket })
    session.on('error', () => undefined)
    return new Http2Client(origin, session, options)
  }

  /** Sends one request on a stream of its own. */
  ask(request: Request): Promise<Exchange> {
    const fields = fieldLines(request, this.#origin.authority).filter(
      ([name]) => !connectionFields.includes(name.toLowerCase()),
    )
    const pseudo = {
      ':method': request.method,
      ':scheme': 'https',
      ':authority': this.#origin.authority,
      ':path': request.target,
    }
    const sent = [...Object.entries(pseudo), ...fields]
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n')
    const interims: Answer[] = []
    const chunks: Buffer[] = []
    let answered: (IncomingHttpHeaders & { ':status'?: number }) | undefined
    let trailers: FieldLine[] = []
    return new Promise((resolve) => {
      const finish = (end: Exchange['end'], isWhole: boolean): void => {
        clearTimeout(timer)
        const answer =
          answered === undefined
            ? undefined
            : answerOf(answered, Buffer.concat(chunks), isWhole, trailers)
        resolve({
          request,
          protocol: 'HTTP/2',
          secure: true,
          sent,
          answer,
          interims,
          rest: '',
          end,
        })
      }
      const timer = setTimeout(() => {
        stream?.close(constants.NGHTTP2_CANCEL)
        finish('timeout', false)
      }, this.#timeout)
      const fail = (): void => finish('reset', false)
      if (this.#session.closed || this.#session.destroyed) return fail()
      const stream = this.#session.request(
        {
          ...pseudo,
          ...Object.fromEntries(fields.map(([name, value]) => [name.toLowerCase(), value])),
        },
        { endStream: request.content === undefined },
      )
      if (request.content !== undefined) stream.end(Buffer.from(request.content, 'latin1'))
      let length = 0
      stream.on('headers', (headers: IncomingHttpHeaders & { ':status'?: number }) => {
        interims.push(answerOf(headers, Buffer.alloc(0), true, []))
      })
      stream.on('response', (headers: IncomingHttpHeaders & { ':status'?: number }) => {
        answered = headers
        if (!/^text\/event-stream/i.test(headers['content-type'] ?? '')) return
        stream.close(constants.NGHTTP2_CANCEL)
        finish('open', false)
      })
      stream.on('trailers', (headers: IncomingHttpHeaders) => {
        trailers = linesOf(headers)
      })
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        length += chunk.length
        if (length > this.#limit) {
          stream.close(constants.NGHTTP2_CANCEL)
          finish('open', false)
        }
      })
      stream.on('error', fail)
      stream.on('close', () =>
        finish(stream.rstCode === 0 ? 'closed' : 'reset', stream.rstCode === 0),
      )
    })
  }

  close(): void {
    this.#session.destroy()
  }
}

/** The bounds of a connection over HTTP/2. */
export interface Http2Options extends ConnectOptions {
  /** How many octets of content are read at most. */
  readonly limit: number
}

/** The field lines Node makes of a field list. */
const linesOf = (headers: IncomingHttpHeaders): FieldLine[] =>
  Object.entries(headers)
    .filter(([name]) => !name.startsWith(':'))
    .flatMap(([name, value = '']) => [value].flat().map((line): FieldLine => [name, line]))

function answerOf(
  headers: IncomingHttpHeaders & { ':status'?: number },
  content: Buffer,
  whole: boolean,
  trailers: readonly FieldLine[],
): Answer {
  const fields = linesOf(headers)
  const status = headers[':status'] ?? 0
  const raw = [`:status: ${status}`, ...fields.map(([name, value]) => `${name}: ${value}`)].join(
    '\r\n',
  )
  return {
    version: 'HTTP/2',
    status,
    reason: '',
    fields,
    content,
    trailers,
    framing: 'length',
    whole,
    faults: [],
    raw: `${raw}\r\n\r\n${content.toString('latin1')}`,
  }
}
