import { IncomingMessage, ServerResponse, type Server } from 'node:http'
import { Socket } from 'node:net'
import { roomyRequest, roomyResponse, slotsOf } from './messages.ts'
import { originalOf } from './supervise.ts'

/** What the requests and the responses of an app inherit from. */
export interface MessagePrototypes {
  request: object
  response: object
}

/**
 * Has a server make its messages with what an app would put in place of their prototypes anyway. To an
 * object with another prototype than it was made with, V8 of Node 20 and 22 adds each property by a hidden
 * class of its own: nothing that was learned of one request holds for the next, and whatever touches it takes several
 * times as long, in Node and in the framework, too (decision 021).
 *
 * The prototypes have to be those of classes. These take the place of the former ones: their members,
 * and what those inherited from. The former ones inherit from them, so that mounted apps have all of it.
 *
 * @param server - One that makes messages for this app alone.
 * @param app - Has the prototypes, and gets the new ones.
 * @returns Has the server make messages as it did before; `undefined` where nothing was done: the server
 * has classes of somebody else, or the app has members in place of Node's, which Node would then call
 * ahead of the app.
 */
export function makeMessages(server: Server, app: MessagePrototypes): (() => void) | undefined {
  const { request, response } = slotsOf(server)
  if (request === undefined || response === undefined) return undefined
  const Request = roomyRequest(IncomingMessage)
  const Response = roomyResponse(ServerResponse)
  const areOfNode =
    roomyRequest(request.Class) === Request && roomyResponse(response.Class) === Response
  const incoming = new IncomingMessage(new Socket())
  const outgoing = new ServerResponse(incoming)
  if (!areOfNode || !isPlain(app.request, incoming) || !isPlain(app.response, outgoing)) {
    return undefined
  }
  const MadeRequest = takePlace(app.request, () => extendRequest(Request))
  const MadeResponse = takePlace(app.response, () => extendResponse(Response))
  app.request = MadeRequest.prototype
  app.response = MadeResponse.prototype
  Reflect.set(server, request.key, MadeRequest)
  Reflect.set(server, response.key, MadeResponse)
  return () => {
    Reflect.set(server, request.key, request.Class)
    Reflect.set(server, response.key, response.Class)
  }
}

interface Class {
  readonly prototype: object
}

/** The classes that were made, by their prototypes. */
const made = new WeakMap<object, Class>()

/** A class whose prototype takes the place of another; the one that did so already, for another server. */
function takePlace(former: object, make: () => Class): Class {
  const earlier = made.get(former)
  if (earlier !== undefined) return earlier
  const Made = make()
  const { prototype } = Made
  Reflect.deleteProperty(prototype, 'constructor')
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(former))
  Object.setPrototypeOf(prototype, prototypeOf(former))
  for (const key of Reflect.ownKeys(former)) Reflect.deleteProperty(former, key)
  Object.setPrototypeOf(former, prototype)
  made.set(prototype, Made)
  return Made
}

const extendRequest = (Base: typeof IncomingMessage): typeof IncomingMessage =>
  class extends Base {
    static override readonly name = Base.name
  }

const extendResponse = (Base: typeof ServerResponse): typeof ServerResponse =>
  class<Request extends IncomingMessage> extends Base<Request> {
    static override readonly name = Base.name
  }

/**
 * Whether a prototype can be replaced, and neither it nor what it inherits from, ahead of Node's, has
 * anything in place of a member of Node but the methods of ours.
 *
 * @param message - A message as Node makes them.
 */
function isPlain(prototype: object, message: object): boolean {
  const line = lineOf(prototype)
  const nodes = lineOf(message)
  // Behind the message itself comes what all of them inherit from.
  const end = nodes[1] === undefined ? -1 : line.indexOf(nodes[1])
  if (end === -1 || !Object.isExtensible(prototype)) return false
  const own = Object.values(Object.getOwnPropertyDescriptors(prototype))
  if (own.some(({ configurable }) => configurable !== true)) return false
  const names = new Set(nodes.flatMap((level) => Reflect.ownKeys(level)))
  return line.slice(0, end).every((level) =>
    Reflect.ownKeys(level).every((key) => {
      if (!names.has(key)) return true
      const original = originalOf(Object.getOwnPropertyDescriptor(level, key)?.value)
      return original !== undefined && original === Reflect.get(nodes[1] ?? message, key)
    }),
  )
}

/** An object and all that it inherits from. */
function lineOf(first: object): object[] {
  const line: object[] = []
  for (let level: object | null = first; level !== null; level = prototypeOf(level))
    line.push(level)
  return line
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object, or none
const prototypeOf = (value: object): object | null => Object.getPrototypeOf(value) as object | null
