import { methodRegistry, type MethodEntry, type RegisteredMethod } from './registry.ts'

/** `'VERSION-CONTROL'` becomes `'VersionControl'`. */
type ConstantName<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<Lowercase<First>>}${ConstantName<Rest>}`
  : Capitalize<Lowercase<Name>>

/** {@link Method}: `{ Get: 'GET', VersionControl: 'VERSION-CONTROL', … }`. */
export type MethodConstants = {
  readonly [Name in RegisteredMethod as ConstantName<Name>]: Name
}

const constantName = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('')

/**
 * The registered methods as constants.
 *
 * @example
 * ```ts
 * import { Method } from '@http-semantics/methods'
 *
 * Method.Get // => 'GET'
 * Method.VersionControl // => 'VERSION-CONTROL'
 * ```
 */
// `fromEntries` forgets which key has which value; a test compares all of them with the registry.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
export const Method: MethodConstants = /* @__PURE__ */ Object.freeze(
  Object.fromEntries(methodRegistry.map(({ name }) => [constantName(name), name])),
) as MethodConstants

/**
 * A method name: any string, with the registered ones known to the editor.
 * Methods are case-sensitive ([RFC 9110 section 9.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.1)).
 */
// `string & {}` keeps the literals visible; a plain `string` would swallow them.
// oxlint-disable-next-line typescript/ban-types
export type Method = RegisteredMethod | (string & {})

const entries: ReadonlyMap<string, MethodEntry> = /* @__PURE__ */ new Map(
  methodRegistry.map((entry) => [entry.name, entry]),
)

/**
 * The registry's row of a method.
 *
 * @param method - The method token, case-sensitive: `'GET'`.
 * @returns The row, or `undefined` for a method that is not registered.
 *
 * @example
 * ```ts
 * import { findMethod } from '@http-semantics/methods'
 *
 * findMethod('QUERY')?.requestContent // => 'required'
 * findMethod('get') // => undefined
 * ```
 */
export function findMethod(method: Method): MethodEntry | undefined {
  return entries.get(method)
}

/**
 * Whether a method is defined to be read-only
 * ([RFC 9110 section 9.2.1](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.1)).
 * A method nobody registered is not known to be safe.
 *
 * @param method - The method token, case-sensitive.
 *
 * @example
 * ```ts
 * import { isSafe } from '@http-semantics/methods'
 *
 * isSafe('QUERY') // => true
 * isSafe('POST') // => false
 * ```
 */
export function isSafe(method: Method): boolean {
  return entries.get(method)?.safe ?? false
}

/**
 * Whether repeating a request with this method has no further effect on the server
 * ([RFC 9110 section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.2)).
 * A method nobody registered is not known to be idempotent.
 *
 * @param method - The method token, case-sensitive.
 *
 * @example
 * ```ts
 * import { isIdempotent } from '@http-semantics/methods'
 *
 * isIdempotent('DELETE') // => true
 * isIdempotent('PATCH') // => false
 * ```
 */
export function isIdempotent(method: Method): boolean {
  return entries.get(method)?.idempotent ?? false
}

/** `token` of [RFC 9110 section 5.6.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.2). */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/**
 * Whether a text can be a method at all: a `token` of
 * [RFC 9110 section 5.6.2](https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.2).
 *
 * @param text - Any text.
 *
 * @example
 * ```ts
 * import { isMethodToken } from '@http-semantics/methods'
 *
 * isMethodToken('M-SEARCH') // => true
 * isMethodToken('GET /') // => false
 * ```
 */
export function isMethodToken(text: string): boolean {
  return token.test(text)
}
