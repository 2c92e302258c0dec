import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { finished } from './slots.ts'

/** Called once when an answer is over. `error`: that of its connection, `null` where there was none. */
type Listener = (error: Error | null, message: ServerResponse) => void

/** What `on-finished` keeps on a message: those it will call. */
interface Listeners {
  queue: Listener[] | null
  /** What it was asked about: the response, or something that stands for it. */
  readonly message: ServerResponse
  /** Those of all answers that go to the same connection, while there is one. */
  others: Set<Listeners> | undefined
}

interface FinishingResponse extends ServerResponse {
  [finished]?: Listeners | null | undefined
}

/** Those who wait for the end of an answer, by its connection. */
const waiting = new WeakMap<Socket, Set<Listeners>>()

/** Those of a connection, of which each is told when it fails or closes. */
function waitingFor(socket: Socket): Set<Listeners> {
  const known = waiting.get(socket)
  if (known !== undefined) return known
  const all = new Set<Listeners>()
  waiting.set(socket, all)
  const tellAll = (error: Error | null): void => {
    for (const listeners of all) tell(listeners, error)
  }
  socket.on('error', tellAll)
  socket.on('close', () => tellAll(null))
  return all
}

/** Tells all that an answer is over. */
function tell(listeners: Listeners, error: Error | null): void {
  const { queue, message, others } = listeners
  others?.delete(listeners)
  listeners.queue = null
  const response: FinishingResponse = message
  if (response[finished] === listeners) response[finished] = null
  for (const listener of queue ?? []) listener(error, message)
}

function onFinish(this: FinishingResponse): void {
  const { [finished]: listeners } = this
  if (listeners) tell(listeners, null)
}

function onSocket(this: FinishingResponse, socket: Socket): void {
  const { [finished]: listeners } = this
  if (listeners) listeners.others = waitingFor(socket).add(listeners)
}

/** Notes that somebody waits for the end of an answer. */
function listen(response: FinishingResponse): Listeners {
  const { socket } = response
  const others = socket === null ? undefined : waitingFor(socket)
  const listeners: Listeners = { queue: [], message: response, others }
  response[finished] = listeners
  response.on('finish', onFinish)
  if (others === undefined) response.once('socket', onSocket)
  else others.add(listeners)
  return listeners
}

/**
 * Has responses tell `on-finished` of their end, by which Koa, `send` and `morgan` learn of it. That looks for
 * `__onFinished` first, to add to what waits there already; where there is nothing, it puts five listeners on the response and
 * on its connection, and takes them off again, which is a tenth of what an answer of Koa costs (decision 022).
 */
export function tellFinished(prototype: ServerResponse): void {
  Object.defineProperty(prototype, '__onFinished', {
    configurable: true,
    get(this: FinishingResponse): unknown {
      const listeners = this[finished]
      // An object that inherits from a response is left to `on-finished`.
      return listeners === undefined && Object.hasOwn(this, finished) ? listen(this) : listeners
    },
    set(this: FinishingResponse, listeners: Listeners | null) {
      this[finished] = listeners
    },
  })
}
