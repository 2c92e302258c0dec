import { METHODS, type IncomingMessage } from 'node:http'
import {
  decideMethod,
  formatAllow,
  refusedMethods,
  serverMethods,
  type Field,
} from '@http-semantics/methods'
import type { HttpError } from 'http-errors'
import { checkKeys, show } from '@http-semantics/options'
import { hasContent, retrievals } from './request-content.ts'
import { checkMethods, DeclaredResources, type ResourceDeclarations } from './resources.ts'
import { pathOf } from './target.ts'
import { createRefusal } from './refusal.ts'

/** Options of the method guard. */
export interface MethodGuardOptions {
  /** Methods refused with 405 everywhere, before routing. Default: `['TRACE', 'CONNECT']`. */
  readonly refuse?: readonly string[] | undefined
  /**
   * Methods this server implements although no route that can be read uses them, so that they are
   * answered 404 or 405 rather than 501. Default: none.
   */
  readonly known?: readonly string[] | undefined
  /**
   * Route patterns that are no resources, spelt as in the route: `['/{*splat}']` for a page that
   * answers every path. Default: none.
   */
  readonly ignoreRoutes?: readonly string[] | undefined
  /** What the routes do not tell of resources, by path pattern: methods, media types, codings. */
  readonly resources?: ResourceDeclarations | undefined
}

/** What an adapter reads from its app's routes, asked only when a request needs a decision. */
export interface RouteReader {
  /**
   * The methods of the routes that match a path, whatever their method.
   * `undefined`: no route matches. `'any'`: a matching handler takes every method.
   */
  allowed(path: string): ReadonlySet<string> | 'any' | undefined
  /**
   * The methods that any route uses; `undefined` where the routes cannot be read at all. `'any'`: some
   * route takes every method, so that there is none of Node's that the server does not know.
   */
  known(): ReadonlySet<string> | 'any' | undefined
}

/** Who has the routes, to a request of its framework. */
export interface RouteHost<Context> {
  /** The routes, to the request of this context. */
  routes(context: Context): RouteReader
}

/**
 * An answer without content: to OPTIONS, to a request that belongs on https, or to one for what the client
 * has already.
 */
export interface BareAnswer {
  readonly status: 204 | 304 | 308
  /** `Allow` and the media types the resource takes, or `Location`; those of a 304 are set already. */
  readonly fields: readonly Field[]
}

/** What is to be answered to a request: an error to throw, an answer to send, or nothing. */
export type Verdict = HttpError | BareAnswer | undefined

/** The methods that Node's parser for HTTP/1.1 knows. HTTP/2 lets any others through as well. */
export const nodeMethods: ReadonlySet<string> = new Set(METHODS)

const optionNames = ['refuse', 'known', 'ignoreRoutes', 'resources'] as const

/**
 * Decides for an app what a request method means: 405 with the true `Allow`
 * ([RFC 9110 section 15.5.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6)), 501
 * ([section 15.6.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.2)), or the answer to
 * OPTIONS ([section 9.3.7](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.7)).
 * It knows no framework: an adapter gives it the routes.
 */
export class MethodGuard {
  readonly #refused: ReadonlySet<string>
  readonly #refusedList: readonly string[]
  readonly #known: ReadonlySet<string>
  readonly #resources: DeclaredResources
  /** Route patterns that are no resources; adapters skip them. */
  readonly ignoredRoutes: ReadonlySet<string>

  /**
   * @param options - See {@link MethodGuardOptions}.
   * @throws TypeError for a wrong option, naming it and the right spelling.
   */
  constructor(options: MethodGuardOptions = {}) {
    checkKeys('methods', options, optionNames)
    this.#refusedList = [...checkMethods('methods.refuse', options.refuse ?? refusedMethods)]
    this.#refused = new Set(this.#refusedList)
    this.#resources = new DeclaredResources(options.resources)
    this.#known = unite(
      this.#resources.methods(),
      checkMethods('methods.known', options.known ?? []),
    )
    this.ignoredRoutes = checkPatterns(options.ignoreRoutes ?? [])
  }

  /** Whether a method is refused everywhere, before routing. The one check that every request pays. */
  refuses(method: string): boolean {
    return this.#refused.has(method)
  }

  /**
   * What the method of a request means for its target resource. To be asked before routing when
   * {@link refuses} says so, else only when no route answered.
   *
   * @param method - The request method.
   * @param target - The request target: `req.url`.
   * @param routes - The app's routes.
   * @returns A 405 or 501 as an `http-errors` object, the answer to OPTIONS, or `undefined` when the
   * method is no reason to refuse the request.
   */
  judge(method: string, target: string, routes: RouteReader): Verdict {
    const path = pathOf(target)
    const declared = this.#resources.find(path)
    const known = this.#knownWith(routes)
    if (path === '*' && method === 'OPTIONS' && !this.refuses(method)) {
      return { status: 204, fields: [['Allow', this.#formatServer(known)]] }
    }
    const allowed = resourceMethods(routes.allowed(path), declared.methods)
    // Whatever takes any method takes one of those that can come over HTTP/1.1 too.
    const isOrdinary = nodeMethods.has(method) || this.#known.has(method)
    const decision = decideMethod({
      method,
      allowed: allowed === 'any' && !isOrdinary ? undefined : allowed,
      known: known ?? new Set(isOrdinary ? [method] : []),
      refused: this.#refusedList,
    })
    switch (decision.action) {
      case 'pass':
        return undefined
      case 'answer':
        return { status: 204, fields: [['Allow', decision.allow], ...declared.fields] }
      case 'refuse':
        return decision.status === 501
          ? // Exposed, so that no framework logs it as a failure of the server.
            createRefusal(501, { expose: true })
          : createRefusal(405, {
              headers: Object.fromEntries([['Allow', decision.allow], ...declared.fields]),
            })
    }
  }

  /**
   * The fields an answer to OPTIONS carries, whoever gives the answer: `Allow` of the target
   * resource and the media types it takes. Empty where nothing is known of the resource.
   */
  optionsFields(target: string, routes: RouteReader): readonly Field[] {
    const path = pathOf(target)
    const declared = this.#resources.find(path)
    if (path === '*') return [['Allow', this.#formatServer(this.#knownWith(routes))]]
    const allowed = resourceMethods(routes.allowed(path), declared.methods)
    if (allowed === undefined || allowed === 'any') return declared.fields
    return [['Allow', formatAllow(allowed, this.#refused)], ...declared.fields]
  }

  /**
   * The value of `Allow` for a 405, whoever gives it: the methods of the target resource, on an unknown
   * path those of the server.
   */
  allow(target: string, routes: RouteReader): string {
    const path = pathOf(target)
    const allowed = resourceMethods(routes.allowed(path), this.#resources.find(path).methods)
    return allowed === undefined || allowed === 'any'
      ? this.#formatServer(this.#knownWith(routes))
      : formatAllow(allowed, this.#refused)
  }

  /**
   * The fields that tell which media types a resource takes, for an answer of this status, whoever
   * gives it: all of them on a 405 and a 415, `Accept-Query` on a 400 and on what GET, HEAD and QUERY
   * are answered, too
   * ([RFC 10008 section 3](https://www.rfc-editor.org/rfc/rfc10008.html#section-3)).
   */
  acceptFields(method: string, status: number, target: string): readonly Field[] {
    if (!this.tellsAccepted(method, status)) return nothing
    const declared = this.#resources.find(pathOf(target))
    return status === 405 || status === 415 ? declared.fields : declared.queryFields
  }

  /** Whether {@link acceptFields} has to look at the target: what every answer pays. */
  tellsAccepted(method: string, status: number): boolean {
    if (status === 405 || status === 415) return true
    if (!this.#resources.hasQuery) return false
    return status === 400 || (retrievals.has(method) && (status < 300 || status === 304))
  }

  /**
   * Whether requests with this method may be refused for their content, or for what they accept. The
   * check that every request pays.
   */
  judgesContent(method: string): boolean {
    return this.#resources.judged.has(method)
  }

  /** Whether resources declare what content they take or make. Else only that of QUERY is judged. */
  get declaresContent(): boolean {
    return this.#resources.judged.size > 1
  }

  /**
   * What is wrong with the content of a request, or with what it accepts: to be asked ahead of the
   * handler where {@link judgesContent} says so. Requests that are refused for their method, or whose
   * path does not exist, are left for {@link judge} to answer.
   *
   * @returns A 400, 415 or 406 as an `http-errors` object, or `undefined`.
   */
  judgeContent(request: IncomingMessage, routes: RouteReader): HttpError | undefined {
    const { method = '', headers, url = '' } = request
    const path = pathOf(url)
    const declared = this.#resources.find(path)
    const error = declared.judge({ method, headers, hasContent: hasContent(request) })
    if (error === undefined) return undefined
    const allowed = resourceMethods(routes.allowed(path), declared.methods)
    if (allowed === undefined) return declared.isDeclared ? error : undefined
    if (allowed === 'any' || allowed.has(method)) return error
    return method === 'HEAD' && allowed.has('GET') ? error : undefined
  }

  /** The methods this server knows, `undefined` where it is to call none of Node's unknown. */
  #knownWith(routes: RouteReader): ReadonlySet<string> | undefined {
    const read = routes.known()
    if (read === 'any') return undefined
    if (read === undefined) return this.#known.size === 0 ? undefined : this.#known
    return this.#known.size === 0 ? read : unite(this.#known, read)
  }

  #formatServer(known: ReadonlySet<string> = new Set()): string {
    return formatAllow(serverMethods(known), this.#refused)
  }
}

const nothing: readonly Field[] = []

const unite = (left: ReadonlySet<string>, right: ReadonlySet<string>): Set<string> =>
  new Set([...left, ...right])

/**
 * The methods of a resource, from its routes and its declarations. A path that only OPTIONS knows is
 * no resource: `app.options('/{*any}', cors())` answers preflights of every path there could be.
 */
function resourceMethods(
  routed: ReadonlySet<string> | 'any' | undefined,
  declared: ReadonlySet<string> | undefined,
): ReadonlySet<string> | 'any' | undefined {
  const methods = merge(routed, declared)
  if (methods === undefined || methods === 'any') return methods
  return methods.size === 1 && methods.has('OPTIONS') ? undefined : methods
}

function merge(
  routed: ReadonlySet<string> | 'any' | undefined,
  declared: ReadonlySet<string> | undefined,
): ReadonlySet<string> | 'any' | undefined {
  // A declaration is more precise than a handler that takes everything.
  if (routed === undefined || routed === 'any') return declared ?? routed
  return declared === undefined ? routed : unite(routed, declared)
}

function checkPatterns(patterns: unknown): ReadonlySet<string> {
  if (!Array.isArray(patterns) || patterns.some((pattern) => typeof pattern !== 'string')) {
    throw new TypeError(
      `methods.ignoreRoutes must be a list of route patterns like ['/{*splat}'], got ${show(patterns)}`,
    )
  }
  return new Set<string>(patterns)
}
