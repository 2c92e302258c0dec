import { pathOf, type RouteReader } from '@http-semantics/http'
import type { FastifyInstance, RouteOptions } from 'fastify'
import createRouter, { type HTTPMethod, type HTTPVersion, type Instance } from 'find-my-way'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a look-up needs of a request. */
type LookUp = Pick<IncomingMessage, 'url' | 'headers'>

/**
 * Keeps a second router with all routes of a Fastify app, since Fastify does not tell which methods a
 * path has: the same router (find-my-way) with the same settings, so that it matches the same paths.
 * It is asked only when the app's own router found nothing, and for OPTIONS.
 */
export class FastifyRoutes {
  readonly #router: Instance<HTTPVersion.V1>
  readonly #methods = new Set<string>()
  #takesAll = false
  readonly #ignored: ReadonlySet<string>
  readonly #supported: readonly string[]
  /** Routes that stand for a prefix itself. */
  readonly #prefixes: Pick<RouteOptions, 'method' | 'url' | 'constraints'>[] = []

  /**
   * @param fastify - The app, before it has routes.
   * @param ignored - Route patterns that are no resources.
   */
  constructor(fastify: FastifyInstance, ignored: ReadonlySet<string>) {
    const { initialConfig } = fastify
    this.#ignored = ignored
    this.#supported = fastify.supportedMethods
    this.#router = createRouter({
      ...pick(initialConfig),
      ...pick(initialConfig.routerOptions ?? {}),
      defaultRoute: () => undefined,
      onBadUrl: () => undefined,
    })
  }

  /** Takes a route that the app just declared, as an `onRoute` hook sees it. */
  add({
    method,
    url,
    routePath,
    constraints,
  }: RouteOptions & { readonly routePath: string }): void {
    const methods = [method].flat()
    if (this.#ignored.has(url) || isPreflightRoute(url, methods)) return
    if (routePath === '') this.#prefixes.push({ method, url, ...(constraints && { constraints }) })
    for (const name of methods) {
      this.#on(name, url, constraints ?? {})
      this.#methods.add(name)
    }
    if (methods.length >= this.#supported.length) this.#takesAll = true
  }

  /**
   * Takes the routes Fastify adds without a word: `/` under a prefix is there with and without a slash
   * at the end, and hooks are told of one. To be called when all routes are declared.
   */
  addSlashed(fastify: FastifyInstance): void {
    for (const { method, url, constraints } of this.#prefixes) {
      for (const name of [method].flat()) {
        const slashed = { method: name, url: `${url}/`, constraints: constraints ?? {} }
        if (fastify.hasRoute(slashed)) this.#on(name, slashed.url, slashed.constraints)
      }
    }
  }

  /** Reads the routes that match one request's path, and its host or version where routes ask for them. */
  for({ url, headers }: LookUp): RouteReader {
    return {
      allowed: () => {
        // The router takes `*` and the authority of CONNECT for `/`.
        if (!pathOf(url ?? '').startsWith('/')) return undefined
        const names = new Set([...this.#supported, ...this.#methods])
        const allowed = new Set([...names].filter((name) => this.#has(name, { url, headers })))
        return allowed.size === 0 ? undefined : allowed
      },
      known: () => (this.#takesAll ? 'any' : this.#methods),
    }
  }

  #on(method: string, url: string, constraints: Readonly<Record<string, unknown>>): void {
    const handler = (): true => true
    try {
      if (!this.#router.hasRoute(asMethod(method), url, constraints)) {
        this.#router.on(asMethod(method), url, { constraints }, handler)
      }
    } catch {
      // A constraint whose strategy only the app knows: the route then counts for every request.
      if (!this.#router.hasRoute(asMethod(method), url)) {
        this.#router.on(asMethod(method), url, handler)
      }
    }
  }

  #has(method: string, lookUp: LookUp): boolean {
    // `lookup` reads method, url and headers of the request, and hands both on to the handler.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const request = { ...lookUp, method } as IncomingMessage
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const found: unknown = this.#router.lookup(request, undefined as unknown as ServerResponse)
    return found === true
  }
}

/** The types of find-my-way list the methods of an older Node. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const asMethod = (method: string): HTTPMethod => method as HTTPMethod

/**
 * A route for the OPTIONS requests of every path, as `@fastify/cors` adds it: what it answers itself
 * stays, and what it leaves is the guard's.
 */
const isPreflightRoute = (url: string, methods: readonly string[]): boolean =>
  url.endsWith('*') && methods.every((method) => method === 'OPTIONS')

/** The settings that decide which paths a route matches. */
const settings = [
  'allowUnsafeRegex',
  'caseSensitive',
  'ignoreDuplicateSlashes',
  'ignoreTrailingSlash',
  'maxParamLength',
  'useSemicolonDelimiter',
] as const

type Settings = { [Name in (typeof settings)[number]]?: FastifyInstance['initialConfig'][Name] }

function pick(config: Settings): Record<string, unknown> {
  return Object.fromEntries(
    settings.flatMap((name) => (config[name] === undefined ? [] : [[name, config[name]]])),
  )
}
