import { makeMessages, type MessagePrototypes } from '@http-semantics/http'
import type { Application } from 'express'
import type { Server } from 'node:http'

/** The events that bring a request besides `request`. */
const others: readonly string[] = ['upgrade', 'connect', 'checkContinue', 'checkExpectation']

/**
 * Whether all requests of a server go to an app, and nobody sees them before.
 *
 * @param ours - The events that `attachTo` listens to.
 */
function isAlone(app: Application, server: Server, ours: readonly string[]): boolean {
  const [listener, ...more] = server.listeners('request')
  if (listener !== app || more.length > 0 || Object.hasOwn(server, 'emit')) return false
  // Beyond that number Node answers by itself.
  if ((server.maxRequestsPerSocket ?? 0) > 0) return false
  return others.every((event) => server.listenerCount(event) === Number(ours.includes(event)))
}

const adopted = new WeakSet<Server>()

/**
 * Has a server make the requests and responses of an app with the prototypes that Express gives them,
 * `app.request` and `app.response`. Express puts those in place for each request, and on Node 20 and
 * 22 everything takes several times as long from then on (decision 021).
 *
 * Whoever else listens to the server gets requests as Node makes them: nothing is done where somebody
 * does, and all is as before once somebody begins to.
 *
 * @param ours - The events that `attachTo` listens to.
 */
export function adoptMessages(app: Application, server: Server, ours: readonly string[]): void {
  if (adopted.has(server) || !isAlone(app, server, ours)) return
  // The types of Express leave the two out.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const release = makeMessages(server, app as Application & MessagePrototypes)
  if (release === undefined) return
  adopted.add(server)
  const onListener = (event: string): void => {
    if (event !== 'request' && !others.includes(event)) return
    release()
    server.off('newListener', onListener)
  }
  server.on('newListener', onListener)
}
