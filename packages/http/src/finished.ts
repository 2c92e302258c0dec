import type { ServerResponse } from 'node:http'
import { finished } from './slots.ts'

/** Called once when an answer is over. `error`: that of its connection, `null` where there was none. */
type Listener = (error: Error | null, response: ServerResponse) => void

/** What `on-finished` keeps on a message: those it will call. */
interface Listeners {
  queue: Listener[] | null
}

interface FinishingResponse extends ServerResponse {
  [finished]?: Listeners | null | undefined
}

/** Tells all that an answer is over. Node closes it once it has finished, or has lost its connection. */
function tell(this: FinishingResponse): void {
  const { [finished]: listeners, socket } = this
  const queue = listeners?.queue ?? []
  if (listeners) listeners.queue = null
  this[finished] = null
  for (const listener of queue) listener(socket?.errored ?? null, this)
}

/** Notes that somebody waits for the end of an answer. */
function listen(response: FinishingResponse): Listeners {
  const listeners: Listeners = { queue: [] }
  response[finished] = listeners
  response.on('finish', tell)
  response.on('close', tell)
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
      return listeners === undefined ? listen(this) : listeners
    },
    // `on-finished` puts its own there where ours will not do.
    set(this: FinishingResponse, listeners: Listeners | null) {
      this[finished] = listeners
    },
  })
}
