import { makeMessages, type MessagePrototypes } from '@http-semantics/http'
import type { Application } from 'express'
import type { Server } from 'node:http'

/** The events that bring a request besides `request`, and how many of their listeners are ours. */
const others: ReadonlyMap<string | symbol, number> = new Map([
  ['upgrade', 0],
  ['connect', 1],
  ['checkContinue', 1],
  ['checkExpectation', 1],
])

/** Whether all requests of a server go to an app. */
function isAlone(app: Application, server: Server): boolean {
  const [listener, ...more] = server.listeners('request')
  if (listener !== app || more.length > 0) return false
  return Array.from(others).every(([event, ours]) => server.listenerCount(event) <= ours)
}

const adopted = new WeakSet<Server>()

/**
 * Has a server make the requests and responses of an app with the prototypes that Express gives them,
 * `app.request` and `app.response`. Express puts those in place for each request, and from then on
 * everything takes several times as long (decision 021).
 *
 * Whoever else listens to the server gets requests as Node makes them: nothing is done where somebody
 * does, and all is as before once somebody begins to.
 */
export function adoptMessages(app: Application, server: Server): void {
  if (adopted.has(server) || !isAlone(app, server)) return
  // The types of Express leave the two out.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const prototypes = app as Application & MessagePrototypes
  const made = makeMessages(server, prototypes)
  if (made === undefined) return
  adopted.add(server)
  const { request, response, release } = made
  Object.assign(app, { request, response })
  const onListener = (event: string | symbol): void => {
    if (event !== 'request' && !others.has(event)) return
    release()
    server.off('newListener', onListener)
  }
  server.on('newListener', onListener)
}
