import { assertStatusCode } from './range.ts'
import { isRegistered } from './registered.ts'
import { registry, type StatusCode } from './registry.ts'

type Registry = typeof registry

/**
 * The reason phrase of a registered code: `ReasonPhrase<404>` is `'Not Found'`.
 * Without an argument, the union of all.
 */
export type ReasonPhrase<Code extends StatusCode = StatusCode> = Registry[Code]['phrase']

/** The name of the constant of a registered code: `StatusName<404>` is `'NotFound'`. */
export type StatusName<Code extends StatusCode = StatusCode> = Names[Code]

type Names = {
  [Code in StatusCode]: Registry[Code] extends { name: infer Name extends string }
    ? Name
    : Without<' ', Without<'-', Registry[Code]['phrase']>>
}

/** A text without one kind of character. */
type Without<
  Character extends string,
  Text extends string,
> = Text extends `${infer Head}${Character}${infer Tail}`
  ? `${Head}${Without<Character, Tail>}`
  : Text

/**
 * The phrases by code, for a look-up of one kind; the rows of the registry differ in form, which takes the
 * engine longer.
 */
const phrases: readonly (ReasonPhrase | undefined)[] = Array.from({ length: 600 }, (_, code) =>
  code >= 100 && isRegistered(code) ? registry[code].phrase : undefined,
)

/**
 * The reason phrase RFC 9110 recommends, or `undefined` for a code that is not registered.
 *
 * The reserved 306 and 418 are `'(Unused)'`, as the registry has it. The phrase is for people: RFC
 * 9112 section 4 has clients ignore it, and HTTP/2 and later do not carry it.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.1
 * @example
 * reasonPhrase(404) // => 'Not Found'
 * reasonPhrase(413) // => 'Content Too Large'
 * reasonPhrase(471) // => undefined
 */
export function reasonPhrase<Code extends StatusCode>(code: Code): ReasonPhrase<Code>
export function reasonPhrase(code: number): ReasonPhrase | undefined
export function reasonPhrase(code: number): ReasonPhrase | undefined {
  // Not '404', which names an element of the list, too.
  const phrase = typeof code === 'number' ? phrases[code] : undefined
  if (phrase === undefined) assertStatusCode(code)
  return phrase
}

/**
 * The name of the constant for a code, or `undefined` for a code that is not registered.
 *
 * @throws {RangeError} unless the code is an integer from 100 to 999.
 * @example
 * statusName(404) // => 'NotFound'
 * statusName(471) // => undefined
 */
export function statusName<Code extends StatusCode>(code: Code): StatusName<Code>
export function statusName(code: number): StatusName | undefined
export function statusName(code: number): string | undefined {
  if (!isRegistered(code)) return undefined
  const row: { phrase: string; name?: string } = registry[code]
  return row.name ?? row.phrase.replaceAll(/[ -]/g, '')
}
