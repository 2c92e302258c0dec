import { METHODS } from 'node:http'
import type { RouteReader } from '@http-semantics/http'
import type { Application, Request } from 'express'

/** What router 2 keeps of one `use`, `get`, … call. */
interface Layer {
  /** router 2.3 returns what matched; up to 2.2 it returned `true` and left the path on the layer. */
  match(path: string): boolean | { readonly path: string }
  readonly path?: string
  readonly rawPath?: unknown
  readonly name: string
  readonly handle: LayerHandle
  readonly route?: Route
}

/** What router 2 keeps of one path's handlers; `_all` stands for `route.all`. */
interface Route {
  readonly path: unknown
  readonly methods: Readonly<Record<string, boolean>>
}

/** A handler; routers and apps are handlers that have layers of their own. */
interface LayerHandle {
  (request: unknown, response: unknown, next: () => void): unknown
  readonly stack?: readonly Layer[]
  readonly router?: { readonly stack: readonly Layer[] }
}

/** The layers of an app, live: routes added later are in it. */
export const layersOf = (app: Application): Layer[] =>
  // `app.router` is typed as a plain handler, its documented `stack` is not.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  (app.router as unknown as { readonly stack: Layer[] }).stack

/**
 * Reads an Express app's routes: nested routers, mounted apps, arrays and regular expressions.
 * Nothing is copied, so routes added later count at once. `app.use` handlers have no methods to read.
 */
export class ExpressRoutes implements RouteReader {
  readonly #app: Application
  readonly #ignored: ReadonlySet<string>

  /**
   * @param app - The outermost app.
   * @param ignored - Route patterns that are no resources.
   */
  constructor(app: Application, ignored: ReadonlySet<string>) {
    this.#app = app
    this.#ignored = ignored
  }

  allowed(path: string): ReadonlySet<string> | 'any' | undefined {
    const methods = new Set<string>()
    this.#collect(layersOf(this.#app), path, methods)
    if (methods.has('_ALL')) return 'any'
    return methods.size === 0 ? undefined : methods
  }

  known(): ReadonlySet<string> | 'any' | undefined {
    const methods = new Set<string>()
    this.#collect(layersOf(this.#app), undefined, methods)
    if (methods.has('_ALL')) return 'any'
    // An app without routes answers in `app.use` handlers, which do not tell their methods.
    return methods.size === 0 ? undefined : methods
  }

  /**
   * Whether a route that counts took the request, be it to answer or to leave it. `request.route`
   * alone does not tell: Express enters every matching route with HEAD.
   */
  hasHandled({ route, method }: Pick<Request, 'method'> & { readonly route?: Route }): boolean {
    if (route === undefined || this.#isIgnored({ route })) return false
    const { _all, get, [method.toLowerCase()]: own } = route.methods
    return _all === true || own === true || (method === 'HEAD' && get === true)
  }

  /** Adds the methods of the routes that match a path; of all routes where no path is given. */
  #collect(layers: readonly Layer[], path: string | undefined, methods: Set<string>): void {
    for (const layer of layers) {
      const nested = layer.route === undefined ? nestedLayers(layer) : undefined
      if (layer.route === undefined && nested === undefined) continue
      if (this.#isIgnored(layer)) continue
      const matched = path === undefined ? '' : matchedPath(layer, path)
      if (matched === undefined) continue
      if (layer.route !== undefined) {
        for (const method of methodsOf(layer.route)) methods.add(method)
      } else if (nested !== undefined) {
        const rest = path?.slice(matched.length)
        // A mount path ends where a segment ends.
        if (rest !== undefined && rest !== '' && !rest.startsWith('/')) continue
        this.#collect(nested, rest === '' ? '/' : rest, methods)
      }
    }
  }

  #isIgnored(layer: Pick<Layer, 'rawPath' | 'route'>): boolean {
    if (this.#ignored.size === 0) return false
    const patterns = [layer.rawPath ?? layer.route?.path].flat()
    return patterns.every((pattern) => typeof pattern === 'string' && this.#ignored.has(pattern))
  }
}

/** The methods of a route; `_ALL` for one that takes all: `app.all` lists every method Node knows. */
function methodsOf({ methods }: Route): readonly string[] {
  const names = Object.keys(methods)
  return names.length >= METHODS.length ? ['_ALL'] : names.map((name) => name.toUpperCase())
}

/** The part of a path that a layer matches, or `undefined` where it does not. */
function matchedPath(layer: Layer, path: string): string | undefined {
  try {
    const match = layer.match(path)
    if (match === false) return undefined
    const matched = match === true ? (layer.path ?? '') : match.path
    return layer.route !== undefined || path.startsWith(matched) ? matched : undefined
  } catch {
    // A path that cannot be decoded matches no route.
    return undefined
  }
}

function nestedLayers(layer: Layer): readonly Layer[] | undefined {
  const { handle } = layer
  return handle.stack ?? handle.router?.stack ?? mountedLayers(layer)
}

/** Whether a handler stands in a router or a mounted app behind these layers. */
export function isNested(layers: readonly Layer[], handle: unknown): boolean {
  return layers
    .flatMap((layer) => nestedLayers(layer) ?? [])
    .some((layer) => layer.handle === handle || isNested([layer], handle))
}

const mounted = new WeakMap<LayerHandle, { readonly app: Application | undefined }>()

/**
 * The layers of an app mounted with `app.use(path, subApp)`. Express wraps it in a function named
 * `mounted_app` and keeps no reference.
 */
function mountedLayers({ name, handle }: Layer): readonly Layer[] | undefined {
  if (name !== 'mounted_app') return undefined
  let found = mounted.get(handle)
  if (found === undefined) {
    found = { app: findMountedApp(handle) }
    mounted.set(handle, found)
  }
  return found.app && layersOf(found.app)
}

/**
 * Learns which app a `mounted_app` function stands for: before an app runs any of its middleware, it
 * makes its own `app.request` the prototype of the request, and `app.request.app` is the app. A
 * request that only listens for that, and stops there, shows it without running anything of the app.
 */
function findMountedApp(handle: LayerHandle): Application | undefined {
  let app: Application | undefined
  const stop = new Error('The mounted app is known; go no further')
  const request = new Proxy(
    {},
    {
      get: (_target, name) => {
        // `mounted_app` reads `app` first; whoever reads more is no Express 5 app.
        if (name !== 'app') throw stop
      },
      set: () => true,
      setPrototypeOf: (_target, prototype: { readonly app?: Application } | null) => {
        app = prototype?.app
        throw stop
      },
    },
  )
  try {
    handle(request, { setHeader: () => undefined }, () => undefined)
  } catch {
    // Always thrown: `stop`, or whatever an unknown kind of app makes of the probe.
  }
  return app
}
