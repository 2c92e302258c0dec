import { METHODS } from 'node:http'
import type { RouteReader } from '@http-semantics/http'
import type { Context, Middleware } from 'koa'

/** What @koa/router 15 keeps of one route; middleware of a router is a layer without methods. */
interface Layer {
  readonly path: unknown
  readonly methods: readonly string[]
}

/** A router of @koa/router. */
interface Router {
  readonly stack: readonly Layer[]
  match(path: string, method: string): { readonly path: readonly Layer[] }
}

/** What @koa/router leaves on the context: the layers that match the path, of every router passed. */
interface RoutedContext extends Context {
  readonly matched?: readonly Layer[]
  readonly router?: Router
}

const isRouter = (value: unknown): value is Router =>
  typeof value === 'object' && value !== null && 'stack' in value && 'match' in value

/** The router behind `router.routes()`, or `undefined` for any other middleware. */
function routerOf(middleware: Middleware): Router | undefined {
  return 'router' in middleware && isRouter(middleware.router) ? middleware.router : undefined
}

/**
 * Reads the routes that @koa/router has for one request. Before the routers ran, those are known
 * whose `routes()` stand in the app itself; afterwards all that the request passed.
 */
export class KoaRoutes implements RouteReader {
  readonly #ctx: RoutedContext
  readonly #ignored: ReadonlySet<string>

  /**
   * @param ctx - The request's context.
   * @param ignored - Route patterns that are no resources.
   */
  constructor(ctx: Context, ignored: ReadonlySet<string>) {
    this.#ctx = ctx
    this.#ignored = ignored
  }

  allowed(path: string): ReadonlySet<string> | 'any' | undefined {
    const layers =
      this.#ctx.matched ??
      this.#routers().flatMap((router) => [...router.match(path, this.#ctx.method).path])
    const methods = new Set<string>()
    for (const layer of this.#resources(layers)) {
      if (isAll(layer)) return 'any'
      for (const method of layer.methods) methods.add(method)
    }
    return methods.size === 0 ? undefined : methods
  }

  known(): ReadonlySet<string> | undefined {
    const routers = this.#routers()
    if (routers.length === 0) return undefined
    const layers = routers.flatMap(({ stack }) => [...this.#resources(stack)])
    return new Set(layers.filter((layer) => !isAll(layer)).flatMap(({ methods }) => [...methods]))
  }

  #routers(): Router[] {
    const { app, router } = this.#ctx
    const found = app.middleware.flatMap((middleware) => routerOf(middleware) ?? [])
    // A router inside `compose` or `mount` shows only to the requests that pass it.
    return router === undefined || found.includes(router) ? found : [...found, router]
  }

  #resources(layers: readonly Layer[]): readonly Layer[] {
    if (this.#ignored.size === 0) return layers
    return layers.filter(({ path }) => typeof path !== 'string' || !this.#ignored.has(path))
  }
}

/** `router.all()` lists every method Node knows. */
const isAll = ({ methods }: Layer): boolean => methods.length >= METHODS.length
