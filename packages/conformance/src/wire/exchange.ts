import { connect, type ConnectOptions } from './connect.ts'
import { isInterim, readAnswers, type Reading } from './answer.ts'
import type { Origin } from './origin.ts'

/** What to send on a connection of its own. */
export interface Message {
  /** The octets, as latin1 text. */
  readonly octets: string
  /** The methods of the requests in it: as many answers are due. */
  readonly methods: readonly string[]
  /** Whether an interim answer is enough. */
  readonly interim?: boolean
}

/** How a connection ended. `open`: the answers were there, and the server did not close. */
export type End = 'closed' | 'reset' | 'open' | 'timeout'

/** What came back. */
export interface Reply extends Reading {
  readonly octets: string
  readonly end: End
}

/** The bounds of an exchange. */
export interface ExchangeOptions extends ConnectOptions {
  /** How long the server may take to close behind its last answer, in milliseconds. */
  readonly grace: number
  /** How many octets are read at most. */
  readonly limit: number
}

/** Whether an answer goes on for ever, so that its header section has to do. */
const isEndless = (fields: readonly (readonly [string, string])[]): boolean =>
  fields.some(
    ([name, value]) => name.toLowerCase() === 'content-type' && /^text\/event-stream/i.test(value),
  )

/**
 * Sends octets on a connection of their own and takes what comes until the answers are there and the
 * server has closed, or the time is over.
 *
 * @throws UnreachableError where there is no connection.
 */
export async function exchange(
  origin: Origin,
  { octets, methods, interim = false }: Message,
  options: ExchangeOptions,
): Promise<Reply> {
  const socket = await connect(origin, options)
  const { promise, settle } = settlement<End>()
  const chunks: string[] = []
  let length = 0
  let timer = setTimeout(() => settle('timeout'), options.timeout)
  let isWhole = false
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    chunks.push(chunk)
    length += chunk.length
    const { finals, interims } = readAnswers(chunks.join(''), methods, false)
    const last = finals.at(-1)
    if (last !== undefined && isEndless(last.fields) && !last.whole) settle('open')
    else if (length > options.limit || (interim && interims.length > 0)) settle('open')
    else if (
      !isWhole &&
      finals.length === methods.length &&
      last?.whole === true &&
      !isInterim(last)
    ) {
      isWhole = true
      clearTimeout(timer)
      timer = setTimeout(() => settle('open'), options.grace)
    }
  })
  const abort = (): void => settle('timeout')
  options.signal?.addEventListener('abort', abort)
  socket.on('error', () => settle('reset'))
  socket.on('end', () => settle('closed'))
  socket.on('close', () => settle('closed'))
  socket.write(octets, 'latin1')
  const end = await promise
  clearTimeout(timer)
  options.signal?.removeEventListener('abort', abort)
  socket.destroy()
  // What is cut off by the caller says nothing about the server.
  options.signal?.throwIfAborted()
  const text = chunks.join('')
  return { octets: text, end, ...readAnswers(text, methods, end === 'closed' || end === 'reset') }
}

/** A promise that anybody may settle, once. */
function settlement<T>(): { promise: Promise<T>; settle: (value: T) => void } {
  let settle: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, settle }
}
