import { METHODS } from 'node:http'
import type { RouteReader } from '@http-semantics/http'
import type Application from 'koa'
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
  matchHost(host?: string): boolean
}

/** The routers that one request passed, the last of which is `ctx.router`. */
const own: unique symbol = Symbol('http-semantics.routers')

/** What @koa/router leaves on the context: the layers that match the path, of every router passed. */
interface RoutedContext extends Context {
  readonly matched?: readonly Layer[]
  readonly [own]?: readonly unknown[]
}

const isRouter = (value: unknown): value is Router =>
  typeof value === 'object' && value !== null && 'stack' in value && 'match' in value

/** The router behind `router.routes()`, or `undefined` for any other middleware. */
function routerOf(middleware: Middleware): Router | undefined {
  return 'router' in middleware && isRouter(middleware.router) ? middleware.router : undefined
}

/** The routers inside `compose` or `mount`, by app: each shows to the first request that passes it. */
const passed = new WeakMap<Application, Set<Router>>()

interface PassedContext {
  [own]?: unknown[]
}

/**
 * Notes the routers that requests of an app pass: @koa/router sets `ctx.router` to each in turn, and
 * the last would hide the others.
 *
 * @param app - The app, before its routers run.
 */
export function watchRouters(app: Application): void {
  const routers = new Set<Router>()
  passed.set(app, routers)
  const before: unknown = app.context['router']
  Object.defineProperty(app.context, 'router', {
    configurable: true,
    get(this: PassedContext): unknown {
      return this[own]?.at(-1) ?? before
    },
    set(this: PassedContext, router: unknown) {
      if (isRouter(router)) routers.add(router)
      // On the context of an app itself it would be that of all requests.
      if (Object.hasOwn(this, own)) this[own]?.push(router)
      else this[own] = [router]
    },
  })
}

/**
 * Reads the routes that @koa/router has for one request: of the routers whose `routes()` stand in the
 * app itself, and of those that requests passed.
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
    const { matched = [], method, host } = this.#ctx
    const asked = Object.hasOwn(this.#ctx, own) ? (this.#ctx[own] ?? []) : []
    // A router behind the one that answered has not left its matches.
    const direct = this.#directRouters()
      .filter((router) => !asked.includes(router) && router.matchHost(host))
      .flatMap((router) => [...router.match(path, method).path])
    const methods = new Set<string>()
    for (const layer of this.#resources([...matched, ...direct])) {
      if (isAll(layer)) return 'any'
      for (const name of layer.methods) methods.add(name)
    }
    return methods.size === 0 ? undefined : methods
  }

  known(): ReadonlySet<string> | 'any' | undefined {
    const { app } = this.#ctx
    const routers = new Set([...this.#directRouters(), ...(passed.get(app) ?? [])])
    if (routers.size === 0) return undefined
    const known = new Set<string>()
    for (const { stack } of routers) {
      for (const layer of this.#resources(stack)) {
        if (isAll(layer)) return 'any'
        for (const name of layer.methods) known.add(name)
      }
    }
    return known
  }

  #directRouters(): Router[] {
    return this.#ctx.app.middleware.flatMap((middleware) => routerOf(middleware) ?? [])
  }

  #resources(layers: readonly Layer[]): readonly Layer[] {
    if (this.#ignored.size === 0) return layers
    return layers.filter(({ path }) => typeof path !== 'string' || !this.#ignored.has(path))
  }
}

/** `router.all()` lists every method Node knows. */
const isAll = ({ methods }: Layer): boolean => methods.length >= METHODS.length
