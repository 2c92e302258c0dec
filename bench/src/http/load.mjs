import { once } from 'node:events'
import { connect } from 'node:net'

/** How long the head of an answer is at most, in bytes. */
const headLimit = 16_384

/** Whether an answer of this status has no content, whatever its fields say (RFC 9110 section 6.4.1). */
const isBare = (method, status) => method === 'HEAD' || status === 204 || status === 304

/** A kept connection, on which one request follows the other, each when the answer before is there. */
export class Connection {
  #socket
  #request = Buffer.alloc(0)
  #method = 'GET'
  #received = []
  #length = 0
  /** The length of the answer that is coming, once its head is there. */
  #expected = Infinity
  #left = 0
  #done = () => undefined
  #failed = () => undefined

  /** Opens one. */
  static async open(port) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new Connection(socket)
  }

  constructor(socket) {
    this.#socket = socket
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('error', (error) => this.#failed(error))
    socket.on('close', () => this.#failed(new Error('The server closed a connection')))
  }

  /**
   * Sends a request again and again.
   *
   * @param request - What stands in it: `method`, `target`, `fields`.
   * @param count - How often, at least once.
   * @returns The last answer.
   */
  send({ method, target, fields }, count) {
    const lines = Object.entries({ Host: 'localhost', ...fields }).map((line) => line.join(': '))
    this.#request = Buffer.from([`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
    this.#method = method
    this.#left = count
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#failed = reject
      this.#socket.write(this.#request)
    })
  }

  close() {
    this.#failed = () => undefined
    this.#socket.destroy()
  }

  #read(chunk) {
    this.#received.push(chunk)
    this.#length += chunk.length
    if (this.#expected === Infinity) this.#expected = this.#expect()
    if (this.#length < this.#expected) return
    const received = this.#received
    this.#received = []
    this.#length = 0
    this.#expected = Infinity
    this.#left -= 1
    if (this.#left > 0) this.#socket.write(this.#request)
    else this.#done(parse(Buffer.concat(received)))
  }

  /** The length of the answer, or `Infinity` while its head has not ended. */
  #expect() {
    const head = this.#received.length === 1 ? this.#received[0] : Buffer.concat(this.#received)
    const end = head.indexOf('\r\n\r\n')
    if (end === -1 && head.length < headLimit) return Infinity
    const text = head.latin1Slice(0, end).toLowerCase()
    if (isBare(this.#method, Number(text.slice(9, 12)))) return end + 4
    const start = text.indexOf('\r\ncontent-length: ')
    if (start === -1) throw new Error(`An answer does not tell its length:\n${text}`)
    return end + 4 + Number.parseInt(text.slice(start + 18), 10)
  }
}

/** An answer with its status, its fields by their names in small letters, and its content. */
function parse(bytes) {
  const end = bytes.indexOf('\r\n\r\n')
  const [first, ...lines] = bytes.latin1Slice(0, end).split('\r\n')
  const fields = new Map()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const before = fields.get(name)
    const value = line.slice(colon + 1).trim()
    fields.set(name, before === undefined ? value : `${before}\n${value}`)
  }
  return { status: Number(first.slice(9, 12)), fields, content: bytes.toString('utf8', end + 4) }
}
