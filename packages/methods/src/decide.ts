import { completeMethods, formatAllow } from './allow.ts'

/** The methods refused everywhere unless an app asks for them: both are traps on an origin server. */
export const refusedMethods: readonly string[] = ['TRACE', 'CONNECT']

/** The methods every server has to know ([RFC 9110 section 9.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.1)), and OPTIONS. */
const alwaysKnown: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What {@link decideMethod} has to know. */
export interface MethodQuestion {
  /** The request method, case-sensitive: `'PUT'`. */
  readonly method: string
  /**
   * The methods of the target resource's routes. `undefined`: there is no such resource.
   * `'any'`: some handler of it takes methods nobody declared.
   */
  readonly allowed: ReadonlySet<string> | 'any' | undefined
  /** The methods that any route of the server uses. GET, HEAD and OPTIONS are always known. */
  readonly known: ReadonlySet<string>
  /** The methods refused everywhere. Default: TRACE and CONNECT. */
  readonly refused?: readonly string[] | undefined
}

/** What a request method means for its target resource. */
export type MethodDecision =
  /** The method is no reason to refuse the request. For an unknown resource this leaves the 404 to the host. */
  | { readonly action: 'pass' }
  /** Answer an OPTIONS request. */
  | { readonly action: 'answer'; readonly status: 204; readonly allow: string }
  /** Refuse: 405 with its `Allow`. */
  | { readonly action: 'refuse'; readonly status: 405; readonly allow: string }
  /** Refuse: no route of this server uses the method. */
  | { readonly action: 'refuse'; readonly status: 501 }

const pass: MethodDecision = { action: 'pass' }
const notImplemented: MethodDecision = { action: 'refuse', status: 501 }

/**
 * Decides what a request method means for its target resource:
 * 405 for the methods refused everywhere, then 501, then (by the host) 404, then 405.
 *
 * @returns `pass`, the `answer` to OPTIONS, or `refuse` with 405 and its `Allow`
 * ([RFC 9110 section 15.5.6](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6)) or 501
 * ([section 15.6.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.6.2)).
 *
 * @example
 * ```ts
 * import { decideMethod } from '@http-semantics/methods'
 *
 * const allowed = new Set(['GET', 'PUT'])
 * const known = new Set(['GET', 'PUT', 'POST'])
 * decideMethod({ method: 'PUT', allowed, known }) // => { action: 'pass' }
 * decideMethod({ method: 'POST', allowed, known }) // => { action: 'refuse', status: 405, allow: 'GET, HEAD, PUT, OPTIONS' }
 * decideMethod({ method: 'PROPFIND', allowed, known }) // => { action: 'refuse', status: 501 }
 * decideMethod({ method: 'OPTIONS', allowed, known }) // => { action: 'answer', status: 204, allow: 'GET, HEAD, PUT, OPTIONS' }
 * ```
 */
export function decideMethod(question: MethodQuestion): MethodDecision {
  const { method, allowed, known, refused = refusedMethods } = question
  if (refused.includes(method)) {
    const methods = allowed === undefined || allowed === 'any' ? serverMethods(known) : allowed
    return { action: 'refuse', status: 405, allow: formatAllow(methods, refused) }
  }
  if (allowed === 'any') return pass
  if (allowed !== undefined) {
    if (allowed.has(method) || (method === 'HEAD' && allowed.has('GET'))) return pass
    if (method === 'OPTIONS')
      return { action: 'answer', status: 204, allow: formatAllow(allowed, refused) }
  }
  if (!known.has(method) && !alwaysKnown.has(method)) return notImplemented
  if (allowed === undefined) return pass
  return { action: 'refuse', status: 405, allow: formatAllow(allowed, refused) }
}

/**
 * The methods of the server as a whole: those its routes use, and GET, HEAD and OPTIONS.
 * `OPTIONS *` is answered with them.
 *
 * @param known - The methods that any route of the server uses.
 */
export function serverMethods(known: ReadonlySet<string>): Set<string> {
  return completeMethods([...alwaysKnown, ...known])
}
