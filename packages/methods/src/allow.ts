/** The methods people look for first, in the order an `Allow` field lists them. */
const order = ['GET', 'HEAD', 'QUERY', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * All methods a resource answers, given those it has routes for: HEAD comes with GET, and OPTIONS
 * with every resource, since the guard answers it.
 *
 * @param methods - The methods of the resource's routes.
 * @returns The complete set.
 */
export function completeMethods(methods: Iterable<string>): Set<string> {
  const complete = new Set(methods)
  if (complete.has('GET')) complete.add('HEAD')
  complete.add('OPTIONS')
  return complete
}

/**
 * The value of an `Allow` field ([RFC 9110 section 10.2.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.1))
 * in a fixed order: the common methods first, then the others alphabetically. HEAD is implied by
 * GET, and OPTIONS is always in, unless they are refused.
 *
 * @param methods - The methods of the resource's routes, case-sensitive, in any order.
 * @param refused - Methods refused everywhere, which the field must not offer. Default: none.
 * @returns The field value.
 *
 * @example
 * ```ts
 * import { formatAllow } from '@http-semantics/methods'
 *
 * formatAllow(['PUT', 'GET']) // => 'GET, HEAD, PUT, OPTIONS'
 * formatAllow([]) // => 'OPTIONS'
 * formatAllow(['GET', 'TRACE'], ['TRACE']) // => 'GET, HEAD, OPTIONS'
 * ```
 */
export function formatAllow(methods: Iterable<string>, refused: Iterable<string> = []): string {
  const complete = completeMethods(methods)
  for (const method of refused) complete.delete(method)
  const common = order.filter((method) => complete.delete(method))
  return [...common, ...[...complete].toSorted()].join(', ')
}
