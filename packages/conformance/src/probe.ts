import { setTimeout as wait } from 'node:timers/promises'
import type { Exchange, Finding } from './rule.ts'
import { UnreachableError } from './wire/connect.ts'
import { exchange, type ExchangeOptions } from './wire/exchange.ts'
import type { Origin } from './wire/origin.ts'
import { writeRequests, type Request } from './wire/request.ts'
import type { Http2Client } from './wire/http2.ts'

/** What bounds a run. */
export interface Bounds extends ExchangeOptions {
  /** How many connections are open at a time. */
  readonly connections: number
  /** How long to wait before each exchange, in milliseconds. */
  readonly delay: number
  readonly signal: AbortSignal | undefined
}

/** A path that no server has. */
export const missingPath = '/http-semantics-conformance/no-such-resource'

/** What rules use to talk to the server. The same request is sent once, however many rules ask. */
export class Probe {
  readonly origin: Origin
  /** The paths to look at; the first is that of the URL. */
  readonly paths: readonly string[]
  /** All exchanges of the run. */
  readonly exchanges: Exchange[] = []
  /** The server over HTTP/2, where it offers that. */
  readonly http2: Http2Client | undefined
  readonly #bounds: Bounds
  readonly #cache = new Map<string, Promise<readonly Exchange[]>>()
  readonly #waiting: (() => void)[] = []
  #open = 0
  #unreached = 0

  constructor(
    origin: Origin,
    paths: readonly string[],
    bounds: Bounds,
    http2: Http2Client | undefined,
  ) {
    this.origin = origin
    this.paths = paths
    this.http2 = http2
    this.#bounds = bounds
  }

  /** The path of the URL. */
  get path(): string {
    return this.origin.path
  }

  /** The bounds that the raw probes over HTTP/2 need. */
  get bounds(): Bounds {
    return this.#bounds
  }

  /** How many connections failed. */
  get unreached(): number {
    return this.#unreached
  }

  /** Sends one request on a connection of its own. */
  async ask(request: Request): Promise<Exchange> {
    const [only] = await this.pipe([request])
    if (only === undefined) throw new Error('No exchange')
    return only
  }

  /** The answer to GET. */
  get(path: string, fields: Request['fields'] = {}): Promise<Exchange> {
    return this.ask({ method: 'GET', target: path, fields })
  }

  /** Sends requests on one connection, all at once. */
  pipe(requests: readonly Request[]): Promise<readonly Exchange[]> {
    const { octets } = writeRequests(requests, this.origin.authority)
    return this.raw(octets, requests)
  }

  /**
   * Sends octets as they are on a connection of their own.
   *
   * @param octets - latin1 text.
   * @param requests - What answers are due to.
   * @param interim - Whether an interim answer is enough.
   */
  raw(octets: string, requests: readonly Request[], interim = false): Promise<readonly Exchange[]> {
    const key = JSON.stringify([octets, requests.map(({ method }) => method)])
    const cached = this.#cache.get(key)
    if (cached !== undefined) return cached
    const made = this.slot(() => this.#exchange(octets, requests, interim))
    this.#cache.set(key, made)
    return made
  }

  async #exchange(
    octets: string,
    requests: readonly Request[],
    interim: boolean,
  ): Promise<readonly Exchange[]> {
    const methods = requests.map(({ method }) => method)
    const reply = await exchange(this.origin, { octets, methods, interim }, this.#bounds)
    const made = requests.map((request, index): Exchange => ({
      request,
      protocol: 'HTTP/1.1',
      secure: this.origin.secure,
      sent: octets,
      answer: reply.finals[index],
      interims: reply.interims.flatMap(({ request: at, answer }) => (at === index ? [answer] : [])),
      rest: index === requests.length - 1 ? reply.rest : '',
      end: reply.end,
    }))
    this.exchanges.push(...made)
    return made
  }

  /** Sends one request over HTTP/2; nothing where the server has none. */
  async ask2(request: Request): Promise<Exchange | undefined> {
    const { http2 } = this
    if (http2 === undefined) return undefined
    const key = `h2 ${JSON.stringify(request)}`
    const cached = this.#cache.get(key)
    if (cached !== undefined) return (await cached)[0]
    const made = this.slot(async () => {
      const exchanged = await http2.ask(request)
      this.exchanges.push(exchanged)
      return [exchanged]
    })
    this.#cache.set(key, made)
    return (await made)[0]
  }

  /** Runs something that opens a connection, when there is room for one. */
  async slot<T>(run: () => Promise<T>): Promise<T> {
    while (this.#open >= this.#bounds.connections) {
      // oxlint-disable-next-line no-await-in-loop -- it waits for its turn
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
    this.#open += 1
    try {
      this.#bounds.signal?.throwIfAborted()
      if (this.#bounds.delay > 0) {
        await wait(this.#bounds.delay, undefined, { signal: this.#bounds.signal })
      }
      return await run()
    } catch (error) {
      if (error instanceof UnreachableError) this.#unreached += 1
      throw error
    } finally {
      this.#open -= 1
      this.#waiting.shift()?.()
    }
  }

  /** Puts a question to every path, and gathers what was found. */
  async each(
    question: (path: string) => Promise<Finding | undefined>,
  ): Promise<readonly Finding[]> {
    const found = await Promise.all(this.paths.map(question))
    return found.filter((finding) => finding !== undefined)
  }
}
