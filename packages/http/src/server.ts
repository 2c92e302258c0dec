import { ServerResponse, type IncomingMessage, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { linger, refuse, requestUnderWay, whenAnswered, type Connection } from './connection.ts'
import { continueWhenRead } from './expectation.ts'
import { prepareMessages } from './messages.ts'
import { statusOfFailure, type ParserFailure } from './parser-error.ts'
import type { SecurityLayer } from './security.ts'

/** How long to wait for the rest of a request line that the parser gave up on, in milliseconds. */
const collectTime = 250

/** What Node adds to the error of a request it could not parse. */
interface ParserError extends Error {
  readonly code?: string
  readonly reason?: string
  readonly bytesParsed?: number
  readonly rawPacket?: Buffer
}

/** Options of {@link attachTo}. */
export interface AttachOptions {
  /**
   * Whether the app keeps the request rules, so that a missing `Host` and an expectation that cannot
   * be met are its to answer. Default: `false`, Node answers them, without content.
   */
  readonly rules?: boolean
  /** The security header fields of answers that no response stands for. Default: none. */
  readonly security?: SecurityLayer | undefined
}

/** A message that is being refused: what was seen of it, until its status is known. */
interface Refusal {
  failure: ParserFailure | undefined
  timer: NodeJS.Timeout | undefined
  readonly security: SecurityLayer | undefined
}

/** The servers that are attached, and the events of each that have a listener of ours. */
const attached = new WeakMap<object, string[]>()
const refusals = new WeakMap<object, Refusal>()

/**
 * Answers what Node shows only to the server and no framework sees: CONNECT goes to the app, which
 * refuses it with 405 (Node drops the connection), what the parser cannot read gets problem details
 * (a method it does not know 501, where Node says 400), and 100 (Continue) is sent when the content is
 * read, not before anybody saw the request. A server whose events an app listens to itself keeps them.
 *
 * @param server - The server, before or after it listens. Doing it twice to one server is harmless.
 * @param options - See {@link AttachOptions}.
 * @returns The events that it listens to.
 */
export function attachTo(
  server: Server,
  { rules = false, security }: AttachOptions = {},
): readonly string[] {
  const earlier = attached.get(server)
  if (earlier !== undefined) return earlier
  const events = ['connect', 'clientError', 'checkContinue']
  attached.set(server, events)
  prepareMessages(server)

  /** An app that listens to an event itself means to answer it. */
  const isOurs = (event: string): boolean => server.listenerCount(event) === 1

  server.on('connect', (request: IncomingMessage, socket: Socket | ServerResponse) => {
    if (isOurs('connect')) passConnect(server, request, socket)
  })
  server.on('clientError', (error: ParserError, socket: Socket) =>
    refuseMessage(error, socket, security),
  )
  server.on('checkContinue', (request, response) => {
    if (!isOurs('checkContinue')) return
    continueWhenRead(request, response)
    server.emit('request', request, response)
  })
  if (!rules) return events
  events.push('checkExpectation')
  server.on('checkExpectation', (request, response) => {
    if (isOurs('checkExpectation')) server.emit('request', request, response)
  })
  // An option of `createServer`, read with each request; Node's own answer has no content.
  if ('requireHostHeader' in server) server.requireHostHeader = false
  return events
}

/** Lets the app answer CONNECT like any other request, with all the fields its answers have. */
function passConnect(
  server: Server,
  request: IncomingMessage,
  connection: Socket | ServerResponse,
): void {
  // `host:port` names no resource of this server, and Express cannot route it; `*` is the server.
  if (request.url?.startsWith('/') !== true) request.url = '*'
  if (!('destroySoon' in connection)) {
    // On HTTP/2 the event brings the response.
    server.emit('request', request, connection)
    return
  }
  connection.on('error', () => connection.destroy())
  whenAnswered(connection, () => {
    if (!connection.writable) return
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(connection)
    response.on('finish', () => {
      response.detachSocket(connection)
      linger(connection)
    })
    server.emit('request', request, response)
  })
}

/** Refuses a message the parser could not read, once; what comes behind it may tell what it was. */
function refuseMessage(
  error: ParserError,
  connection: Connection,
  security: SecurityLayer | undefined,
): void {
  const earlier = refusals.get(connection)
  if (earlier !== undefined) {
    collect(earlier, error, connection)
    return
  }
  const { code = '', reason = '', rawPacket, bytesParsed = 0 } = error
  const refusal: Refusal = { failure: undefined, timer: undefined, security }
  refusals.set(connection, refusal)
  connection.on('error', () => connection.destroy())
  if (!isAboutMessage(code)) {
    connection.destroy()
    return
  }
  if (!connection.writable) {
    // The last answer is on its way.
    linger(connection)
    return
  }
  refusal.failure = {
    code,
    reason,
    text: rawPacket?.toString('latin1') ?? '',
    position: bytesParsed,
    isContinued: connection.bytesRead > (rawPacket?.length ?? 0),
    codings: requestUnderWay(connection)?.headers['transfer-encoding'],
  }
  decide(refusal, connection, false)
}

/** Whether an error is the message's, rather than one of the connection or of TLS. */
const isAboutMessage = (code: string): boolean =>
  code.startsWith('HPE_') || code === 'ERR_HTTP_REQUEST_TIMEOUT'

/** Takes more of a message whose status is not known: the parser fails anew with each packet. */
function collect(refusal: Refusal, { rawPacket }: ParserError, connection: Connection): void {
  const { failure } = refusal
  if (failure === undefined) return
  refusal.failure = { ...failure, text: failure.text + (rawPacket?.toString('latin1') ?? '') }
  decide(refusal, connection, rawPacket === undefined)
}

function decide(refusal: Refusal, connection: Connection, isAll: boolean): void {
  const { failure } = refusal
  if (failure === undefined) return
  const status = statusOfFailure(failure, isAll)
  if (status === undefined) {
    refusal.timer ??= setTimeout(() => decide(refusal, connection, true), collectTime)
    return
  }
  clearTimeout(refusal.timer)
  refusal.failure = undefined
  refuse(connection, status, refusal.security)
}
