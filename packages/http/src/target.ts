import type { HttpError } from 'http-errors'
import { createRefusal } from './refusal.ts'

/**
 * The path of a request target
 * ([RFC 9112 section 3.2](https://www.rfc-editor.org/rfc/rfc9112.html#section-3.2)), still
 * percent-encoded: `/a` for `/a?b` (origin form) and for `http://example.com/a` (absolute form),
 * `*` for `*`.
 *
 * @param target - The request target as it stands in the request line: `req.url`.
 */
export function pathOf(target: string): string {
  let start = 0
  if (!target.startsWith('/')) {
    const authority = target.indexOf('://')
    if (authority === -1) return target
    const length = target.slice(authority + 3).search(/[/?#]/)
    start = authority + 3 + length
    if (length === -1 || target[start] !== '/') return '/'
  }
  for (let index = start; index < target.length; index++) {
    const character = target.charCodeAt(index)
    if (character === 0x3f /* ? */ || character === 0x23 /* # */) return target.slice(start, index)
  }
  return start === 0 ? target : target.slice(start)
}

/**
 * A request target in origin form, path and query: `/a?b` for itself, and for
 * `http://example.com/a?b` (absolute form). `undefined` for `*`.
 *
 * @param target - The request target: `req.url`.
 */
export function originFormOf(target: string): string | undefined {
  if (target.startsWith('/')) return target
  const authority = target.indexOf('://')
  if (authority === -1) return undefined
  const rest = target.slice(authority + 3)
  const length = rest.search(/[/?#]/)
  if (length === -1) return '/'
  return rest[length] === '/' ? rest.slice(length) : `/${rest.slice(length)}`
}

/**
 * The error for a target that names nothing: it has a fragment, which is no part of one
 * ([RFC 9112 section 3.2](https://www.rfc-editor.org/rfc/rfc9112.html#section-3.2)), or the
 * percent-encoding of its path is broken
 * ([RFC 3986 section 2.1](https://www.rfc-editor.org/rfc/rfc3986.html#section-2.1)).
 *
 * @param target - The request target: `req.url`.
 * @returns A 400, or `undefined` for a target that is all right.
 */
export function malformedTarget(target: string): HttpError | undefined {
  if (target.includes('#')) return createRefusal(400, 'A request target has no fragment')
  // Most targets have no percent sign, and cost no more than the search for it.
  if (!target.includes('%')) return undefined
  try {
    decodeURIComponent(pathOf(target))
    return undefined
  } catch {
    return createRefusal(400, 'The path has a malformed percent-encoding')
  }
}
